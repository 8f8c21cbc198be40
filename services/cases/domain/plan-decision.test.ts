import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { day } from '@recourse/kit/day.ts';
import { decidePlans, type PlanRecord } from './plan-decision.ts';
import type { Receipt } from './promise.ts';

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);

/** Three instalments of 100, 100 and 50, on the 10th of March, April and May. */
function plan(more: Partial<PlanRecord> = {}): PlanRecord {
  return {
    planId: 'p',
    agreedOn: '2026-03-01',
    agreedAt: instant('2026-03-01T04:00:00Z'),
    accelerates: true,
    instalments: [
      { number: 1, dueDay: '2026-03-10', amountMinor: 100n },
      { number: 2, dueDay: '2026-04-10', amountMinor: 100n },
      { number: 3, dueDay: '2026-05-10', amountMinor: 50n },
    ],
    cancelled: undefined,
    ...more,
  };
}

function paid(receivedOn: string, minor: bigint, recordedAt = `${receivedOn}T06:00:00Z`): Receipt {
  return { receivedOn, amountMinor: minor, recordedAt: instant(recordedAt) };
}

/** What became of plans, in short: the state, then each instalment with what came of it. */
function said(plans: readonly PlanRecord[], receipts: readonly Receipt[], today: string): string[] {
  return decidePlans(plans, receipts, day(today)).map(({ state, instalments }) =>
    [state, ...instalments.map((one) => `${one.state} ${one.receivedMinor}`)].join(' '),
  );
}

describe('a plan with the acceleration clause', () => {
  it.each<[string, Receipt[], string, string]>([
    ['runs on the first due day', [], '2026-03-10', 'ACTIVE PENDING 0 PENDING 0 PENDING 0'],
    [
      'is broken the day after, and the rest is due',
      [],
      '2026-03-11',
      'BROKEN MISSED 0 ACCELERATED 0 ACCELERATED 0',
    ],
    [
      'runs on when the first is met on its day',
      [paid('2026-03-10', 100n)],
      '2026-04-10',
      'ACTIVE MET 100 PENDING 0 PENDING 0',
    ],
    [
      'is met by money of the due day that is booked later',
      [paid('2026-03-10', 100n, '2026-03-15T06:00:00Z')],
      '2026-03-15',
      'ACTIVE MET 100 PENDING 0 PENDING 0',
    ],
    [
      'is broken by a cent',
      [paid('2026-03-10', 99n)],
      '2026-03-11',
      'BROKEN MISSED 99 ACCELERATED 0 ACCELERATED 0',
    ],
    [
      'counts what is above one for the next',
      [paid('2026-03-05', 230n)],
      '2026-03-05',
      'ACTIVE MET 100 MET 100 PENDING 30',
    ],
    [
      'is kept as soon as all came',
      [paid('2026-03-05', 130n), paid('2026-03-20', 120n)],
      '2026-03-20',
      'KEPT MET 100 MET 100 MET 50',
    ],
    [
      'takes no more than it is',
      [paid('2026-03-05', 1_000n)],
      '2026-06-01',
      'KEPT MET 100 MET 100 MET 50',
    ],
    [
      'does not mend by money after the breaking, which is counted all the same',
      [paid('2026-03-11', 210n)],
      '2026-03-12',
      'BROKEN LATE 100 LATE 100 ACCELERATED 10',
    ],
    [
      'is broken at a later one, and keeps what was met',
      [paid('2026-03-10', 100n), paid('2026-04-11', 150n)],
      '2026-04-11',
      'BROKEN MET 100 LATE 100 LATE 50',
    ],
    [
      'does not count money from before it was agreed',
      [paid('2026-02-28', 100n), paid('2026-03-01', 100n, '2026-03-01T03:59:59Z')],
      '2026-03-10',
      'ACTIVE PENDING 0 PENDING 0 PENDING 0',
    ],
  ])('%s', (_name, receipts, today, expected) => {
    expect(said([plan()], receipts, today)).toEqual([expected]);
  });

  it('says on which day each was complete', () => {
    const receipts = [paid('2026-03-09', 60n), paid('2026-03-04', 60n), paid('2026-03-12', 500n)];
    const [decided] = decidePlans([plan()], receipts, day('2026-03-12'));
    expect(decided?.instalments.map((one) => one.metOn)).toEqual([
      '2026-03-09',
      '2026-03-12',
      '2026-03-12',
    ]);
  });
});

describe('a plan without the clause', () => {
  const loose = [plan({ accelerates: false })];
  it.each<[string, Receipt[], string, string]>([
    ['goes on after a missed one', [], '2026-03-11', 'ACTIVE MISSED 0 PENDING 0 PENDING 0'],
    [
      'has it made good by late money',
      [paid('2026-03-20', 120n)],
      '2026-03-20',
      'ACTIVE LATE 100 PENDING 20 PENDING 0',
    ],
    [
      'is kept when all came by the last day',
      [paid('2026-03-20', 100n), paid('2026-05-10', 150n)],
      '2026-05-11',
      'KEPT LATE 100 LATE 100 MET 50',
    ],
    [
      'is broken when the last day is over without',
      [paid('2026-03-10', 100n)],
      '2026-05-11',
      'BROKEN MET 100 MISSED 0 MISSED 0',
    ],
    [
      'stays so when the rest comes later',
      [paid('2026-03-10', 100n), paid('2026-05-11', 150n)],
      '2026-05-11',
      'BROKEN MET 100 LATE 100 LATE 50',
    ],
  ])('%s', (_name, receipts, today, expected) => {
    expect(said(loose, receipts, today)).toEqual([expected]);
  });
});

describe('a cancelled plan', () => {
  const cancelled = { at: instant('2026-03-20T04:00:00Z'), on: '2026-03-20' };
  it('keeps what came before, awaits nothing and takes no more', () => {
    const receipts = [paid('2026-03-10', 120n), paid('2026-03-20', 500n, '2026-03-20T05:00:00Z')];
    expect(said([plan({ cancelled })], receipts, '2026-06-01')).toEqual([
      'CANCELLED MET 100 CANCELLED 20 CANCELLED 0',
    ]);
  });

  it('loses what was taken back', () => {
    expect(said([plan({ cancelled })], [], '2026-06-01')).toEqual([
      'CANCELLED MISSED 0 CANCELLED 0 CANCELLED 0',
    ]);
  });
});

describe('a plan after another', () => {
  const second = plan({
    planId: 'q',
    agreedOn: '2026-03-15',
    agreedAt: instant('2026-03-15T04:00:00Z'),
    instalments: [{ number: 1, dueDay: '2026-04-15', amountMinor: 200n }],
  });

  it('has the money from then on, and the first what came before', () => {
    const receipts = [paid('2026-03-10', 40n, '2026-03-16T04:00:00Z'), paid('2026-03-15', 150n)];
    expect(said([second, plan()], receipts, '2026-03-20')).toEqual([
      'BROKEN MISSED 40 ACCELERATED 0 ACCELERATED 0',
      'ACTIVE PENDING 150',
    ]);
  });

  it('leaves a first that was kept broken when its money is taken back', () => {
    const early = { at: '2026-03-05', minor: 250n };
    expect(said([plan(), second], [paid(early.at, early.minor)], '2026-03-09')).toEqual([
      'KEPT MET 100 MET 100 MET 50',
      'ACTIVE PENDING 0',
    ]);
    expect(said([plan(), second], [], '2026-03-09')).toEqual([
      'BROKEN CANCELLED 0 CANCELLED 0 CANCELLED 0',
      'ACTIVE PENDING 0',
    ]);
  });
});

it('gives out no more than came, and the same again when a payment is taken back', () => {
  const receipt = fc
    .record({ days: fc.integer({ min: 0, max: 90 }), minor: fc.bigInt({ min: 1n, max: 120n }) })
    .map(({ days, minor }) => paid(day('2026-03-01').add({ days }).toString(), minor));
  const any = fc.tuple(fc.array(receipt, { maxLength: 8 }), receipt, fc.boolean());
  fc.assert(
    fc.property(any, ([receipts, more, accelerates]) => {
      const plans = [plan({ accelerates })];
      const today = day('2026-05-20');
      const before = decidePlans(plans, receipts, today);
      const all = [...receipts, more];
      const received = decidePlans(plans, all, today)
        .flatMap((one) => one.instalments)
        .reduce((sum, one) => sum + one.receivedMinor, 0n);
      const came = all.reduce((sum, one) => sum + one.amountMinor, 0n);
      expect(received).toBe(came < 250n ? came : 250n);
      expect(decidePlans(plans, all.toSpliced(-1, 1).toReversed(), today)).toEqual(before);
    }),
  );
});
