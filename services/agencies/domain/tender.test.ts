import { day } from '@recourse/kit/day.ts';
import type { Fault } from '@recourse/kit/fault.ts';
import { describe, expect, it } from '@jest/globals';
import { noLoad } from './agency.ts';
import { compareBids } from './comparison.ts';
import { agencyId, basis, caseId, creditor, flat, profile, wednesday } from './sample.ts';
import {
  award,
  awarded,
  type Bid,
  cancel,
  checkSameTender,
  mayOpen,
  openBids,
  passDeadline,
  putBid,
  putTender,
  type PutTender,
  standing,
  stateOf,
  type Tender,
  type TenderFacts,
  withdrawBid,
} from './tender.ts';
import { fits, summaryOf, type Tendered } from './tender-summary.ts';

const today = day('2026-03-04');
const deadline = wednesday.add({ hours: 48 });
const [before, after] = [deadline.subtract({ seconds: 1 }), deadline];
const other = '018f0000-0000-7000-8000-0000000000a2';
const [first, second] = [
  '018f0000-0000-7000-8000-0000000000b1',
  '018f0000-0000-7000-8000-0000000000b2',
];

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    const { kind, reason } = thrown as Fault;
    return `${kind} ${reason}`;
  }
  throw new Error('nothing was refused');
}

function tendered(more: Parameters<typeof basis>[0] = {}, tier = 'HIGH'): Tendered {
  return { basis: basis(more), tier };
}

function facts(more: Partial<TenderFacts> = {}): TenderFacts {
  return {
    cases: new Map([[caseId, tendered()]]),
    agencyIds: new Set([agencyId, other]),
    tendered: new Map(),
    ...more,
  };
}

function command(more: Partial<PutTender> = {}): PutTender {
  return {
    tenderId: '018f0000-0000-7000-8000-0000000007e5',
    title: ' 华东 2026 ',
    note: '',
    caseIds: [caseId],
    agencyIds: [agencyId, other],
    deadline,
    ...more,
  };
}

function open(more: Partial<Tender> = {}): Tender {
  return { ...putTender(facts(), command(), creditor, wednesday).state, ...more };
}

const byFirst = profile();
const bySecond = profile({ agencyId: other, name: '瑞衡' });

function stood(rateBps = 1200, bidId = first, agency = byFirst): Bid {
  return putBid(open(), [], { bidId, terms: flat(rateBps), note: '' }, agency, before).bid;
}

const both = [stood(), stood(900, second, bySecond)];
const invited = [agencyId, other];

describe('tendering cases', () => {
  it('keeps what was asked and tells it', () => {
    const { state, cases, events } = putTender(facts(), command(), creditor, wednesday);
    expect(state).toMatchObject({ title: '华东 2026', openToAll: false, decided: 'OPEN' });
    expect(cases).toMatchObject([{ caseId, caseNumber: 'C-2026-000001', reason: '' }]);
    expect(events.map((event) => event.$case)).toEqual(['tenderPublished']);
    const toAll = putTender(facts(), command({ agencyIds: [] }), creditor, wednesday).state;
    expect(toAll.openToAll).toBe(true);
  });

  it.each([
    ['refused tender_deadline_passed', {}, { deadline: wednesday }],
    ['missing case_missing', { cases: new Map() }, {}],
    ['refused case_not_open', { cases: new Map([[caseId, tendered({ isOpen: false })]]) }, {}],
    ['refused case_already_placed', { cases: new Map([[caseId, tendered({ isPlaced: true })]]) }],
    ['refused case_tendered', { tendered: new Map([[caseId, 'another']]) }, {}],
    ['missing agency_unknown', { agencyIds: new Set([other]) }, {}],
  ])('%s', (reason, known, more = {}) => {
    expect(refusal(() => putTender(facts(known), command(more), creditor, wednesday))).toBe(reason);
  });

  it('is the same only with the same content', () => {
    checkSameTender(open(), command());
    const longer = command({ deadline: deadline.add({ hours: 1 }) });
    expect(refusal(() => checkSameTender(open(), longer))).toBe(
      'exists tender_exists_with_other_content',
    );
  });
});

describe('what agencies learn', () => {
  const cases = [
    tendered({ region: '江苏省', daysOverdue: -3, open: { currency: 'CNY', minor: 4_999_999n } }),
    tendered({ region: '江苏省', daysOverdue: 31 }, 'LOW'),
    tendered({ region: '', industry: ' ', daysOverdue: 400 }),
    tendered({ open: { currency: 'USD', minor: 1_000_000n } }),
  ];
  const summary = summaryOf(cases, today);

  it('is counts and sums, without a name, a number or an id', () => {
    expect(summary).toEqual({
      cases: 4,
      openByCurrency: [
        { currency: 'CNY', minor: 4_999_999n + 2n * 48_230_000n },
        { currency: 'USD', minor: 1_000_000n },
      ],
      ages: [
        { fromDaysOverdue: 0, toDaysOverdue: 30, cases: 1 },
        { fromDaysOverdue: 31, toDaysOverdue: 90, cases: 2 },
        { fromDaysOverdue: 361, toDaysOverdue: 0, cases: 1 },
      ],
      amounts: [
        { fromAmount: cny(0n), toAmount: cny(5_000_000n), cases: 1 },
        { fromAmount: cny(5_000_000n), toAmount: cny(20_000_000n), cases: 1 },
        { fromAmount: cny(20_000_000n), toAmount: cny(100_000_000n), cases: 2 },
      ],
      tiers: [
        { name: 'HIGH', cases: 3 },
        { name: 'LOW', cases: 1 },
      ],
      regions: [
        { name: '江苏省', cases: 2 },
        { name: '', cases: 1 },
        { name: '上海市', cases: 1 },
      ],
      sectors: [
        { name: 'machinery', cases: 3 },
        { name: '', cases: 1 },
      ],
    });
  });

  it.each([
    ['takes anything', {}, true],
    ['works in one of the regions', { regions: ['上海市'] }, true],
    ['has no papers', { licences: [] }, false],
    ['has papers that have expired', { licences: [paper('2026-03-03')] }, false],
    ['serves another sector', { sectors: ['food'] }, false],
  ])('whoever %s: %s', (_who, more, isOpen) => {
    const known = summaryOf([tendered({ region: '上海市' })], today);
    expect(fits(profile(more), known, today)).toBe(isOpen);
  });

  it('comes not to an agency that works elsewhere, unless a region is not known', () => {
    const elsewhere = profile({ regions: ['广东'] });
    expect(fits(elsewhere, summaryOf([tendered()], today), today)).toBe(false);
    expect(fits(elsewhere, summary, today)).toBe(true);
  });
});

function cny(minor: bigint) {
  return { currency: 'CNY', minor };
}

function paper(expiresOn: string) {
  return { kind: '营业执照', number: 'YY1', expiresOn };
}

describe('a tender', () => {
  it('is open until its deadline, closed from then on by the clock alone', () => {
    expect([before, after].map((at) => stateOf(open(), at))).toEqual(['OPEN', 'CLOSED']);
    expect(stateOf(open({ openedAt: before }), before)).toBe('CLOSED');
  });

  it('is told once to be closed, at its deadline and not where it was opened or decided', () => {
    const { state, events } = passDeadline(open(), both, after);
    const value = { tenderId: state.tenderId, deadline: deadline.toString(), bids: 2 };
    expect(events).toEqual([{ $case: 'tenderClosed', value }]);
    const untold: [Tender, Temporal.Instant][] = [
      [open(), before],
      [state, after.add({ hours: 1 })],
      [open({ openedAt: before }), after],
      [open({ decided: 'CANCELLED', endedAt: before }), after],
    ];
    for (const [tender, at] of untold) {
      expect(passDeadline(tender, both, at)).toEqual({ state: tender, events: [] });
    }
  });

  it('may be opened after the deadline, or when whoever is invited has bid', () => {
    expect(mayOpen(open(), invited, both.slice(0, 1), before)).toBe(false);
    expect(mayOpen(open(), invited, both.slice(0, 1), after)).toBe(true);
    expect(mayOpen(open(), invited, both, before)).toBe(true);
    expect(mayOpen(open({ openToAll: true }), [], both, before)).toBe(false);
  });

  it('is opened once, and then nobody bids any more', () => {
    expect(refusal(() => openBids(open(), invited, [], before))).toBe('refused bids_sealed');
    const { state } = openBids(open(), invited, both, before);
    expect(openBids(state, invited, both, after)).toEqual({ state, events: [] });
    const late = { bidId: 'x', terms: flat(1), note: '' };
    expect(refusal(() => putBid(state, both, late, byFirst, before))).toBe(
      'refused bidding_closed',
    );
  });

  it('is cancelled for a reason, which ends its bids and is final', () => {
    const { state, bids } = cancel(open(), both, '自行催收', after);
    expect([state.decided, ...bids.map((bid) => bid.state)]).toEqual(['CANCELLED', 'LOST', 'LOST']);
    expect(cancel(state, [], '自行催收', after).events).toEqual([]);
    expect(refusal(() => cancel(state, [], '别的原因', after))).toBe('refused tender_decided');
    expect(refusal(() => openBids(state, invited, both, after))).toBe('refused tender_decided');
  });
});

describe('a bid', () => {
  it('takes the place of the agency’s former one and of nobody else’s', () => {
    const further = { bidId: 'b3', terms: flat(1000), note: '' };
    const { bid, replaced, events } = putBid(open(), both, further, byFirst, before);
    expect(bid).toMatchObject({ agencyId, state: 'STANDING' });
    expect(replaced).toMatchObject([{ bidId: first, state: 'REPLACED' }]);
    expect(JSON.stringify(events)).not.toContain('1000');
  });

  it('may be repeated, also when it is too late, but not said otherwise', () => {
    const same = { bidId: first, terms: flat(1200), note: '' };
    expect(putBid(open(), both, same, byFirst, after)).toMatchObject({ replaced: [], events: [] });
    for (const [said, agency] of [
      [{ ...same, note: '更多' }, byFirst],
      [same, bySecond],
    ] as const) {
      expect(refusal(() => putBid(open(), both, said, agency, before))).toBe(
        'exists bid_exists_with_other_content',
      );
    }
  });

  it('comes before the deadline and with terms that hold', () => {
    const fresh = { bidId: 'b3', terms: flat(1000), note: '' };
    expect(refusal(() => putBid(open(), [], fresh, byFirst, after))).toBe('refused bidding_closed');
    const without = { ...fresh, terms: undefined };
    expect(refusal(() => putBid(open(), [], without, byFirst, before))).toBe(
      'refused terms_missing',
    );
  });

  it('is taken back by its agency while bidding is open', () => {
    const { bid } = withdrawBid(open(), both, first, agencyId, before);
    expect(bid.state).toBe('WITHDRAWN');
    expect(withdrawBid(open(), [bid], first, agencyId, after).events).toEqual([]);
    expect(refusal(() => withdrawBid(open(), both, first, other, before))).toBe(
      'missing bid_unknown',
    );
    expect(refusal(() => withdrawBid(open(), both, first, agencyId, after))).toBe(
      'refused bidding_closed',
    );
  });
});

describe('bids side by side', () => {
  const recovers = (rateBps: number) => () => ({ sample: 40, rateBps, lowBps: 0, highBps: 9000 });
  const candidate = (agency: typeof byFirst, rateBps: number) => ({
    profile: agency,
    load: noLoad,
    conflicts: [],
    recoveryIn: recovers(rateBps),
  });

  it('stand by expected net, so that the cheapest does not simply win', () => {
    const cheap = { candidate: candidate(byFirst, 2000), terms: flat(800) };
    const good = { candidate: candidate(bySecond, 5000), terms: flat(2000) };
    const offers = compareBids([cheap, good], [basis({ open: cny(1_000_000n) })], today);
    expect(offers.map((one) => one.candidate.profile.agencyId)).toEqual([other, agencyId]);
    expect(offers.map((one) => one.placeableNet)).toEqual([cny(400_000n), cny(184_000n)]);
  });

  it('name what keeps a bidder from cases, and come behind those that may take all', () => {
    const full = profile({ capacityCases: 0, agentCount: 0 });
    const bids = [
      { candidate: candidate(full, 9000), terms: flat(100) },
      { candidate: candidate(bySecond, 1000), terms: flat(3000) },
    ];
    const [best, worst] = compareBids(bids, [basis()], today);
    expect(best?.candidate.profile.agencyId).toBe(other);
    expect(worst?.reach.kept.map((kept) => kept.reason)).toEqual(['capacity_exceeded']);
  });
});

describe('an award', () => {
  const opened = open({ openedAt: after, note: '请按周报告' });

  it('asks to place each case under the terms of the bid', () => {
    const commands = award(opened, both, [caseId], second);
    expect(commands).toMatchObject([{ caseId, agencyId: other, terms: flat(900) }]);
    expect(award(opened, both, [caseId], second)).toEqual(commands);
    expect(commands[0]?.note).toBe('请按周报告');
  });

  it.each([
    ['refused bids_sealed', open(), both, first],
    ['missing bid_unknown', opened, both, 'b9'],
    ['refused bid_not_standing', opened, [{ ...stood(), state: 'REPLACED' as const }], first],
    ['refused tender_decided', { ...opened, decided: 'CANCELLED' as const }, both, first],
  ])('%s', (reason, tender, bids, bidId) => {
    expect(refusal(() => award(tender, bids, [caseId], bidId))).toBe(reason);
  });

  it('makes one win and the others lose, and counts what was left out', () => {
    const results = [
      { caseId, placementId: 'p1', reason: '' },
      { caseId: 'c2', placementId: 'p2', reason: 'case_not_open' },
    ];
    const { state, bids, events } = awarded(opened, both, second, results, after);
    expect(state.decided).toBe('AWARDED');
    expect(bids.map((bid) => bid.state)).toEqual(['LOST', 'WON']);
    expect(standing(bids)).toEqual([]);
    expect(events).toMatchObject([{ value: { agencyId: other, placed: 1, leftOut: 1 } }]);
    const none = results.slice(1);
    expect(refusal(() => awarded(opened, both, second, none, after))).toBe(
      'refused award_places_nothing',
    );
  });
});
