import { describe, expect, it } from '@jest/globals';
import { decidePromises, makePromise, type PromiseRecord, type Receipt } from './promise.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

function promise(
  promiseId: string,
  amountMinor: bigint,
  dueDay: string,
  madeOn = '2026-03-01',
): PromiseRecord {
  return { promiseId, amountMinor, madeOn, madeAt: instant(`${madeOn}T04:00:00Z`), dueDay };
}

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);

function paid(
  receivedOn: string,
  amountMinor: bigint,
  recordedAt = `${receivedOn}T06:00:00Z`,
): Receipt {
  return { receivedOn, amountMinor, recordedAt: instant(recordedAt) };
}

describe('a promise', () => {
  const one = [promise('p', 100n, '2026-03-10')];
  it.each<[string, Receipt[], string, string, bigint]>([
    ['is pending on its due day', [], '2026-03-10', 'PENDING', 0n],
    ['is broken the day after', [], '2026-03-11', 'BROKEN', 0n],
    ['is pending while only part came', [paid('2026-03-05', 40n)], '2026-03-10', 'PENDING', 40n],
    ['is partly kept when part came', [paid('2026-03-05', 40n)], '2026-03-11', 'PARTLY_KEPT', 40n],
    ['is kept as soon as all came', [paid('2026-03-05', 100n)], '2026-03-06', 'KEPT', 100n],
    [
      'is kept by several payments',
      [paid('2026-03-05', 40n), paid('2026-03-10', 60n)],
      '2026-03-11',
      'KEPT',
      100n,
    ],
    [
      'is kept by money of its due day that is booked later',
      [paid('2026-03-10', 100n)],
      '2026-03-20',
      'KEPT',
      100n,
    ],
    [
      'is not kept by money that came too late',
      [paid('2026-03-11', 100n)],
      '2026-03-12',
      'BROKEN',
      0n,
    ],
    [
      'is not kept by money from before it was made',
      [paid('2026-02-28', 100n)],
      '2026-03-11',
      'BROKEN',
      0n,
    ],
    [
      'is not kept by money that was known when it was made',
      [paid('2026-03-01', 100n, '2026-03-01T03:59:59Z')],
      '2026-03-11',
      'BROKEN',
      0n,
    ],
    [
      'is kept by money of the same day that came after it',
      [paid('2026-03-01', 100n, '2026-03-01T04:00:01Z')],
      '2026-03-02',
      'KEPT',
      100n,
    ],
  ])('%s', (_name, receipts, today, state, receivedMinor) => {
    expect(decidePromises(one, receipts, day(today))).toEqual([
      { promiseId: 'p', state, receivedMinor },
    ]);
  });
});

describe('several promises', () => {
  const two = [promise('later', 100n, '2026-03-20'), promise('sooner', 100n, '2026-03-10')];

  it('take money in the order of their due days, and each piece once', () => {
    const receipts = [paid('2026-03-05', 150n)];
    expect(decidePromises(two, receipts, day('2026-03-21'))).toEqual([
      { promiseId: 'sooner', state: 'KEPT', receivedMinor: 100n },
      { promiseId: 'later', state: 'PARTLY_KEPT', receivedMinor: 50n },
    ]);
  });

  it('come out the same in whatever order payments are told', () => {
    const receipts = [paid('2026-03-05', 60n), paid('2026-03-12', 90n), paid('2026-03-09', 40n)];
    const expected = decidePromises(two, receipts, day('2026-03-21'));
    expect(decidePromises(two.toReversed(), receipts.toReversed(), day('2026-03-21'))).toEqual(
      expected,
    );
  });
});

describe('making a promise', () => {
  const file = { caseId: 'c', state: 'OPEN' as const, currency: 'CNY' };
  const today = day('2026-03-10');
  const cny = { currency: 'CNY', minor: 1n };
  it.each([
    ['2026-03-10', undefined],
    ['2027-03-10', undefined],
    ['2026-03-09', 'promise_in_past'],
    ['2027-03-11', 'promise_too_far'],
  ])('for %s is refused as %s', (dueDay, reason) => {
    const make = (): void =>
      makePromise(file, { amount: cny, dueDay: day(dueDay), today }, { promiseAheadDays: 365 });
    if (reason === undefined) expect(make).not.toThrow();
    else expect(make).toThrow(expect.objectContaining({ kind: 'refused', reason }));
  });

  it('is refused on a closed case and in another currency', () => {
    const terms = { promiseAheadDays: 365 };
    const usd = { amount: { currency: 'USD', minor: 1n }, dueDay: today, today };
    expect(() => makePromise({ ...file, state: 'CLOSED' }, usd, terms)).toThrow(
      expect.objectContaining({ reason: 'case_closed' }),
    );
    expect(() => makePromise(file, usd, terms)).toThrow(
      expect.objectContaining({ reason: 'currencies_differ' }),
    );
  });
});
