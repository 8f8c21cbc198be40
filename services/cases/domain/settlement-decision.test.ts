import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { day } from '@recourse/kit/day.ts';
import type { Receipt } from './promise.ts';
import { decideSettlements, type SettlementRecord } from './settlement-decision.ts';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

const approved: SettlementRecord = {
  settlementId: 's',
  state: 'APPROVED',
  amountMinor: 800n,
  dueDay: '2026-03-10',
  approved: { on: '2026-03-02', at: at('2026-03-02T04:00:00Z') },
};

function paid(receivedOn: string, amountMinor: bigint, recordedAt?: string): Receipt {
  return { receivedOn, amountMinor, recordedAt: at(recordedAt ?? `${receivedOn}T09:00:00Z`) };
}

/** What became of one settlement, in short. */
function said(receipts: readonly Receipt[], today: string, of: Partial<SettlementRecord> = {}) {
  const [decision] = decideSettlements([{ ...approved, ...of }], receipts, day(today));
  return [decision?.state, decision?.receivedMinor, decision?.fulfilledOn].join(' ').trim();
}

describe('an approved settlement', () => {
  it.each<[string, readonly Receipt[], string, string]>([
    ['waits', [], '2026-03-10', 'APPROVED 0'],
    ['waits for the last cent', [paid('2026-03-05', 799n)], '2026-03-10', 'APPROVED 799'],
    [
      'is fulfilled by the last cent on its day',
      [paid('2026-03-05', 799n), paid('2026-03-10', 1n)],
      '2026-03-10',
      'FULFILLED 800 2026-03-10',
    ],
    ['is fulfilled by more', [paid('2026-03-04', 900n)], '2026-03-05', 'FULFILLED 900 2026-03-04'],
    ['lapses the day after', [paid('2026-03-05', 799n)], '2026-03-11', 'LAPSED 799'],
    [
      'is not fulfilled by what comes later',
      [paid('2026-03-05', 799n), paid('2026-03-11', 500n)],
      '2026-03-11',
      'LAPSED 799',
    ],
    [
      'is fulfilled by what came in time and is recorded late',
      [paid('2026-03-10', 800n, '2026-03-12T01:00:00Z')],
      '2026-03-12',
      'FULFILLED 800 2026-03-10',
    ],
    [
      'takes nothing received before it was approved',
      [paid('2026-03-01', 800n, '2026-03-03T01:00:00Z')],
      '2026-03-05',
      'APPROVED 0',
    ],
    [
      'takes nothing that was known before it was approved',
      [paid('2026-03-02', 800n, '2026-03-02T03:59:59Z')],
      '2026-03-05',
      'APPROVED 0',
    ],
  ])('%s', (_what, receipts, today, expected) => {
    expect(said(receipts, today)).toBe(expected);
    expect(said(receipts.toReversed(), today)).toBe(expected);
  });

  it('comes back exactly when money is taken back', () => {
    const [one, other] = [paid('2026-03-04', 500n), paid('2026-03-05', 300n)];
    const fulfilled = { state: 'FULFILLED' } as const;
    expect(said([one, other], '2026-03-06')).toBe('FULFILLED 800 2026-03-05');
    expect(said([one], '2026-03-06', fulfilled)).toBe('APPROVED 500');
    expect(said([one], '2026-03-11', fulfilled)).toBe('LAPSED 500');
  });

  it('is decided by the money alone, whatever it was before', () => {
    const days = fc
      .integer({ min: 1, max: 14 })
      .map((n) => `2026-03-${String(n).padStart(2, '0')}`);
    const receipts = fc.array(fc.tuple(days, fc.bigInt({ min: 1n, max: 900n })), { maxLength: 6 });
    fc.assert(
      fc.property(receipts, days, (given, today) => {
        const money = given.map(([on, minor]) => paid(on, minor));
        const before = said(money, today);
        for (const state of ['FULFILLED', 'LAPSED'] as const) {
          expect(said(money, today, { state })).toBe(before);
        }
      }),
    );
  });
});

describe('one that is not approved', () => {
  const { approved: _none, ...rest } = approved;
  const proposed: SettlementRecord = { ...rest, state: 'PROPOSED', approved: undefined };

  it('waits until its day and is withdrawn after it', () => {
    expect(said([paid('2026-03-05', 800n)], '2026-03-10', proposed)).toBe('PROPOSED 0');
    expect(said([], '2026-03-11', proposed)).toBe('WITHDRAWN 0');
  });

  it.each(['REFUSED', 'WITHDRAWN'] as const)('stays %s', (state) => {
    const money = [paid('2026-03-05', 800n)];
    expect(decideSettlements([{ ...approved, state }], money, day('2026-03-06'))).toEqual([]);
  });
});

describe('two, one after the other', () => {
  const second: SettlementRecord = {
    ...approved,
    settlementId: 't',
    dueDay: '2026-03-20',
    approved: { on: '2026-03-12', at: at('2026-03-12T04:00:00Z') },
  };
  const both = [{ ...approved, state: 'LAPSED' as const }, second];

  it('share no money: it is of the one approved last before it came', () => {
    const money = [paid('2026-03-09', 500n), paid('2026-03-13', 300n)];
    const decisions = decideSettlements(both, money, day('2026-03-14'));
    expect(decisions.map((one) => [one.state, one.receivedMinor])).toEqual([
      ['LAPSED', 500n],
      ['APPROVED', 300n],
    ]);
  });
});
