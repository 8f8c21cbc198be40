import { describe, expect, it } from '@jest/globals';
import { runningBalance } from './ledger.ts';

describe('a claim of 700 after a payment of 400 and costs of 100', () => {
  const changes = [
    { id: 'cost', changeMinor: 100n },
    { id: 'payment', changeMinor: -400n },
  ];

  it('stood at 600 between them and began with 1,000', () => {
    expect(runningBalance(700n, changes)).toEqual({
      entries: [
        { id: 'cost', changeMinor: 100n, balanceMinor: 700n },
        { id: 'payment', changeMinor: -400n, balanceMinor: 600n },
      ],
      openingMinor: 1000n,
    });
  });

  it('began with what is open when nothing happened', () => {
    expect(runningBalance(700n, [])).toEqual({ entries: [], openingMinor: 700n });
  });
});
