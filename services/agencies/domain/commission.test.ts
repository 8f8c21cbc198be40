import { addDays, day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CommissionLine,
  due,
  type Earning,
  earningOf,
  type PaymentFact,
} from './commission.ts';
import { postings } from './ledger.ts';
import { recall } from './placement.ts';
import { active, earning, flat, offered, payment, wednesday } from './sample.ts';

const nothing: ReadonlySet<string> = new Set();
const cny = (minor: bigint) => ({ currency: 'CNY', minor });

describe('what a placement earns on', () => {
  it('is nothing before it is accepted', () => {
    expect(earningOf(offered())).toBeUndefined();
  });

  it('runs from the day of acceptance without an end while active', () => {
    const made = earningOf(active());
    expect(made?.firstDay.toString()).toBe('2026-03-04');
    expect(made?.lastDay).toBeUndefined();
  });

  it('ends with the tail after the day it ended', () => {
    const gone = recall(active(), 'x', Temporal.Instant.from('2026-03-20T02:00:00Z')).state;
    expect(earningOf(gone)?.lastDay?.toString()).toBe('2026-04-19');
    const bare = earningOf({ ...gone, terms: flat(1500, { tailDays: 0 }) });
    expect(bare?.lastDay?.toString()).toBe('2026-03-20');
  });
});

describe('a payment', () => {
  const ended = earning({ lastDay: day('2026-04-19') });
  it.each([
    ['the day before acceptance', '2026-03-03', ended, 0],
    ['the day of acceptance', '2026-03-04', ended, 1],
    ['the last day of the tail', '2026-04-19', ended, 1],
    ['the day after the tail', '2026-04-20', ended, 0],
    ['long after, while active', '2028-01-01', earning(), 1],
    ['of another case', '2026-03-10', earning({ caseId: 'other' }), 0],
  ])('received on %s', (_name, receivedOn, one, count) => {
    const lines = due([one], [payment({ receivedOn: day(receivedOn) })], nothing);
    expect(lines).toHaveLength(count);
  });

  // 10.00 × 12.5 % = 1.25; × 6 % VAT = 0.075 → 0.08 (half-even); 0.02 × 12.5 % = 0.0025 → 0.00.
  it.each([
    [5_000_000n, 1500, 600, 750_000n, 45_000n],
    [1_000n, 1250, 600, 125n, 8n],
    [2n, 1250, 600, 0n, 0n],
    [4n, 1250, 0, 0n, 0n],
    [12n, 1250, 0, 2n, 0n],
    [1_000n, 0, 600, 0n, 0n],
    [1_000n, 10_000, 0, 1_000n, 0n],
  ])(
    'of %s at %s bps and %s bps VAT earns %s and %s',
    (minor, rateBps, vatBps, commission, vat) => {
      const [line] = due(
        [earning({ rateBps, vatBps })],
        [payment({ amount: cny(minor) })],
        nothing,
      );
      expect(line).toMatchObject({ kind: 'ACCRUAL', commission: cny(commission), vat: cny(vat) });
    },
  );

  it('that was reversed is taken back to the cent, in the month of the reversal', () => {
    const reversed = payment({ amount: cny(333n), reversedOn: day('2026-05-02') });
    const [there, back] = due([earning()], [reversed], nothing);
    expect(back).toMatchObject({
      kind: 'CLAW_BACK',
      payment: cny(-333n),
      commission: cny(-(there?.commission.minor ?? 0n)),
      vat: cny(-(there?.vat.minor ?? 0n)),
    });
    expect(back?.bookedOn.toString()).toBe('2026-05-02');
    expect(back?.receivedOn.toString()).toBe('2026-03-10');
  });

  it('of which only the reversal is known waits for the payment', () => {
    const early = payment({ recordedAt: undefined, reversedOn: day('2026-05-02') });
    expect(due([earning()], [early], nothing)).toEqual([]);
  });

  it('earns nothing twice', () => {
    const [line] = due([earning()], [payment()], nothing);
    expect(due([earning()], [payment()], new Set([line?.lineId ?? '']))).toEqual([]);
  });

  it('pays one agency once, by its earliest placement, and two by each contract', () => {
    const again = earning({
      placementId: 'second',
      acceptedAt: wednesday.add({ hours: 90 }),
      firstDay: day('2026-03-08'),
      rateBps: 2000,
    });
    const lines = due([again, earning()], [payment()], nothing);
    expect(lines.map((line) => line.rateBps)).toEqual([1500]);
    const both = due([{ ...again, agencyId: 'other' }, earning()], [payment()], nothing);
    expect(both.map((line) => line.rateBps)).toEqual([1500, 2000]);
  });

  it('in another currency than the case is a defect', () => {
    const foreign = payment({ amount: { currency: 'USD', minor: 1n } });
    expect(() => due([earning()], [foreign], nothing)).toThrow('payment_in_other_currency');
  });
});

/** What has become known by some moment, and the lines it has made: a model of inbox and store. */
type Known = {
  earnings: Map<string, Earning>;
  payments: Map<string, PaymentFact>;
  lines: Map<string, CommissionLine>;
};

type News =
  | { kind: 'accepted'; earning: Earning }
  | { kind: 'recorded'; payment: PaymentFact }
  | { kind: 'reversed'; payment: PaymentFact };

function learn(known: Known, news: News): void {
  if (news.kind === 'accepted') known.earnings.set(news.earning.placementId, news.earning);
  else {
    const { paymentId } = news.payment;
    const before = known.payments.get(paymentId) ?? {
      ...news.payment,
      recordedAt: undefined,
      reversedOn: undefined,
    };
    const told =
      news.kind === 'recorded'
        ? { recordedAt: news.payment.recordedAt }
        : { reversedOn: news.payment.reversedOn };
    known.payments.set(paymentId, { ...before, ...told });
  }
  const { earnings, payments, lines } = known;
  const found = due([...earnings.values()], [...payments.values()], new Set(lines.keys()));
  for (const line of found) lines.set(line.lineId, line);
}

function ledgerOf(news: readonly News[]): string[] {
  const known: Known = { earnings: new Map(), payments: new Map(), lines: new Map() };
  for (const one of news) learn(known, one);
  return [...known.lines.values()]
    .map((line) => [line.lineId, line.kind, line.commission.minor, line.vat.minor].join(' '))
    .sort();
}

const start = day('2026-03-01');

/** Two placements of one case after each other, payments around them, some reversed. */
const history = fc
  .record({
    firstDay: fc.integer({ min: 0, max: 20 }),
    length: fc.integer({ min: 0, max: 40 }),
    rates: fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 })),
    sameAgency: fc.boolean(),
    payments: fc.array(
      fc.record({
        on: fc.integer({ min: 0, max: 90 }),
        minor: fc.bigInt({ min: 1n, max: 10_000_000n }),
        reversed: fc.boolean(),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ firstDay, length, rates, sameAgency, payments }) => {
    const from = addDays(start, firstDay);
    const next = addDays(from, length);
    const first = earning({
      firstDay: from,
      lastDay: addDays(next, 10),
      rateBps: rates[0],
    });
    const second = earning({
      placementId: 'second',
      agencyId: sameAgency ? first.agencyId : 'other',
      firstDay: next,
      acceptedAt: wednesday.add({ hours: 1 }),
      rateBps: rates[1],
    });
    const news: News[] = [first, second].map((one) => ({ kind: 'accepted', earning: one }));
    for (const [index, { on, minor, reversed }] of payments.entries()) {
      const one = payment({
        paymentId: `p${index}`,
        amount: cny(minor),
        receivedOn: addDays(start, on),
        reversedOn: reversed ? addDays(start, on + 3) : undefined,
      });
      news.push({ kind: 'recorded', payment: one });
      if (reversed) news.push({ kind: 'reversed', payment: one });
    }
    return news;
  });

/**
 * Acceptances are our own book: a case is placed again only after the first placement has ended.
 */
function acceptancesInOrder(news: readonly News[]): News[] {
  const accepted = news
    .filter((one) => one.kind === 'accepted')
    .sort((a, b) => Temporal.Instant.compare(a.earning.acceptedAt, b.earning.acceptedAt))
    .values();
  return news.map((one) => (one.kind === 'accepted' ? (accepted.next().value ?? one) : one));
}

describe('the lines of a history', () => {
  it('are the same in any order of payments, reversals and acceptances, repeated or not', () => {
    const shuffled = history.chain((news) =>
      fc.tuple(
        fc.constant(news),
        fc.shuffledSubarray([...news, ...news, ...news], { minLength: news.length * 3 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([news, mixed]) => {
        expect(ledgerOf(acceptancesInOrder(mixed))).toEqual(ledgerOf(news));
      }),
      { numRuns: 300 },
    );
  });

  it('give nothing in the end for what was reversed, and balance entry by entry', () => {
    fc.assert(
      fc.property(history, (news) => {
        const known: Known = { earnings: new Map(), payments: new Map(), lines: new Map() };
        for (const one of news) learn(known, one);
        const net = new Map<string, bigint>();
        for (const line of known.lines.values()) {
          const sides = postings(line);
          const sum = sides.reduce((total, side) => total + side.debit - side.credit, 0n);
          expect(sum).toBe(0n);
          net.set(line.paymentId, (net.get(line.paymentId) ?? 0n) + line.commission.minor);
        }
        for (const fact of known.payments.values()) {
          if (fact.reversedOn !== undefined) expect(net.get(fact.paymentId) ?? 0n).toBe(0n);
        }
      }),
      { numRuns: 200 },
    );
  });
});
