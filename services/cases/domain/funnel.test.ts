import { describe, expect, it } from '@jest/globals';
import { currenciesByCases, type FunnelRow, funnelSteps } from './funnel.ts';

const row = (o: Partial<FunnelRow>): FunnelRow => ({
  currency: 'CNY',
  isReached: false,
  isPromised: false,
  isPaidInPart: false,
  isPaidInFull: false,
  cases: 1n,
  baseMinor: 100n,
  recoveredMinor: 0n,
  ...o,
});

describe('the funnel', () => {
  it('counts at each step the cases to which just that has happened', () => {
    const steps = funnelSteps([
      row({ cases: 4n, baseMinor: 400n }),
      row({ isReached: true, isPromised: true }),
      row({ isReached: true, isPromised: true, isPaidInPart: true, recoveredMinor: 30n }),
      // Paid without a word.
      row({ isPaidInPart: true, isPaidInFull: true, recoveredMinor: 100n }),
      // Settled by a delivery of the ledger: nothing was recorded.
      row({ isPaidInFull: true }),
    ]);
    const figures = steps.map((one) => [one.stage, one.cases, one.base.minor, one.recovered.minor]);
    expect(figures).toEqual([
      ['OPENED', 8n, 800n, 130n],
      ['REACHED', 2n, 200n, 30n],
      ['PROMISED', 2n, 200n, 30n],
      ['PAID_IN_PART', 3n, 300n, 130n],
      ['PAID_IN_FULL', 2n, 200n, 100n],
    ]);
  });

  it('stands for each currency by itself', () => {
    const steps = funnelSteps([row({ currency: 'USD' }), row({ isReached: true })]);
    expect(steps.map((one) => [one.base.currency, one.stage, one.cases])).toEqual([
      ['CNY', 'OPENED', 1n],
      ['CNY', 'REACHED', 1n],
      ['CNY', 'PROMISED', 0n],
      ['CNY', 'PAID_IN_PART', 0n],
      ['CNY', 'PAID_IN_FULL', 0n],
      ['USD', 'OPENED', 1n],
      ['USD', 'REACHED', 0n],
      ['USD', 'PROMISED', 0n],
      ['USD', 'PAID_IN_PART', 0n],
      ['USD', 'PAID_IN_FULL', 0n],
    ]);
  });
});

describe('currencies', () => {
  it('come by their cases, then by their codes', () => {
    const counted = [
      { currency: 'USD', cases: 2n },
      { currency: 'CNY', cases: 1n },
      { currency: 'CNY', cases: 3n },
      { currency: 'EUR', cases: 2n },
    ];
    expect(currenciesByCases(counted)).toEqual(['CNY', 'EUR', 'USD']);
  });
});
