import { describe } from '@jest/globals';
import { openEmbedded } from './tokens/embedded.ts';
import { tokenSuite } from './tokens/suite.ts';

describe('The embedded identity provider', () => {
  tokenSuite(openEmbedded);
});
