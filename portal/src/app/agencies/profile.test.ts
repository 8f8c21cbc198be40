import { expect, it } from '@jest/globals';
import { listOf } from './profile';

it('divides words by commas of both kinds', () => {
  expect(listOf('机械，五金, 电子、 化工;')).toEqual(['机械', '五金', '电子', '化工']);
});
