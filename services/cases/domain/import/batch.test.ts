import { describe, expect, it } from '@jest/globals';
import { dependent } from './batch.ts';

describe('a committed batch', () => {
  const nothing = { payments: 0n, laterImports: 0n, closings: 0n };
  it.each([
    ['nothing', nothing, undefined],
    ['a write-off', { ...nothing, closings: 1n }, 'closings_rest_on_import'],
    [
      'a later import',
      { payments: 0n, laterImports: 2n, closings: 1n },
      'later_imports_rest_on_import',
    ],
    ['a payment', { payments: 1n, laterImports: 2n, closings: 1n }, 'payments_rest_on_import'],
  ])('on which %s rests is kept for it', (_what, of, reason) => {
    expect(dependent('i', of)?.reason).toBe(reason);
  });
});
