import { describe, expect, it } from '@jest/globals';
import { yuanInWords } from './amount-words.ts';

describe('an amount in capital numerals', () => {
  it.each([
    [0n, '零元整'],
    [5n, '伍分'],
    [50n, '伍角'],
    [905n, '玖元零伍分'],
    [100_530n, '壹仟零伍元叁角'],
    [1_000_000n, '壹万元整'],
    [10_050_000n, '壹拾万零伍佰元整'],
    [50_000_000n, '伍拾万元整'],
    [48_230_000n, '肆拾捌万贰仟叁佰元整'],
    [1_000_000_100n, '壹仟万零壹元整'],
    [10_000_000_000n, '壹亿元整'],
    [10_000_000_107n, '壹亿零壹元零柒分'],
  ])('%s fen is %s', (fen, words) => {
    expect(yuanInWords(fen)).toBe(words);
  });
});
