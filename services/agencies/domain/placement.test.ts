import type { Fault } from '@recourse/kit/fault.ts';
import { describe, expect, it } from '@jest/globals';
import { noLoad } from './agency.ts';
import {
  accept,
  checkSameCommand,
  complete,
  decline,
  lapse,
  loadMoves,
  openLoadMinor,
  place,
  type PlaceFacts,
  recall,
} from './placement.ts';
import {
  active,
  agencyId,
  bands,
  basis,
  command,
  creditor,
  facts,
  flat,
  offered,
  profile,
  wednesday,
} from './sample.ts';

const later = Temporal.Instant.from('2026-03-20T02:00:00Z');
const expired = [{ kind: '备案', number: 'B1', expiresOn: '2026-03-03' }];
const suspended = profile({ licences: [...profile().licences, ...expired] });

function refusal(run: () => unknown): Pick<Fault, 'kind' | 'reason' | 'facts'> {
  try {
    run();
  } catch (thrown) {
    const { kind, reason, facts: about } = thrown as Fault;
    return { kind, reason, facts: about };
  }
  throw new Error('nothing was refused');
}

describe('placing a case', () => {
  it('freezes terms, rate, figures and the masked name, and offers for 7 days', () => {
    const terms = bands([0, 800], [61, 1200]);
    const { state, events } = place(facts(), command({ terms }), creditor, wednesday);
    expect(state).toMatchObject({
      state: 'OFFERED',
      rateBps: 1200,
      term: 'age_band:61-',
      terms,
      creditorName: '远望机电',
      placedAmount: { currency: 'CNY', minor: 48_230_000n },
      placedDaysOverdue: 67,
      maskedName: '上海某某有限公司',
      debtorName: '上海恒达机械有限公司',
      version: 1n,
    });
    expect(state.answerBy.toString()).toBe('2026-03-11');
    expect(events.map((event) => event.$case)).toEqual(['placementOffered']);
  });

  it('uses the list terms when none are agreed', () => {
    expect(place(facts(), command(), creditor, wednesday).state.rateBps).toBe(1500);
  });

  it('counts the days to answer by the clock of the creditor', () => {
    const lateEvening = Temporal.Instant.from('2026-03-04T16:30:00Z'); // 00:30 of the 5th there
    const { state } = place(facts(), command(), creditor, lateEvening);
    expect(state.answerBy.toString()).toBe('2026-03-12');
  });

  const self = profile({ name: basis().debtorName });
  const settled = basis({ open: { currency: 'CNY', minor: 0n } });
  // Everything is wrong at first; each row mends one more thing, so the rows are the order of
  // refusals.
  const broken: PlaceFacts = {
    basis: undefined,
    closedMeanwhile: true,
    livePlacementId: 'p0',
    agency: undefined,
    load: { ...noLoad, offered: 100 },
    conflicts: [],
    missing: ['CONTRACT'],
  };
  const mending: readonly (readonly [reason: string, kind: string, Partial<PlaceFacts>])[] = [
    ['case_missing', 'missing', {}],
    ['case_not_open', 'refused', { basis: { ...settled, isOpen: false } }],
    ['case_not_open', 'refused', { basis: settled }],
    ['case_already_placed', 'refused', { closedMeanwhile: false }],
    ['nothing_owed', 'refused', { livePlacementId: undefined }],
    ['pack_incomplete', 'refused', { basis: basis() }],
    ['agency_unknown', 'missing', { missing: [] }],
    ['licence_missing', 'refused', { agency: { ...self, regions: ['江苏'], licences: [] } }],
    ['licence_expired', 'refused', { agency: { ...suspended, name: self.name } }],
    ['conflict_of_interest', 'refused', { agency: { ...self, regions: ['江苏'] } }],
    ['region_not_covered', 'refused', { agency: profile({ regions: ['江苏'] }) }],
    ['capacity_exceeded', 'exhausted', { agency: profile({ regions: ['上海'] }) }],
    [
      'amount_exceeded',
      'exhausted',
      { load: { offered: 0, active: 99, openMinor: 15_000_000_000n - 48_229_999n } },
    ],
    [
      'terms_not_rising',
      'refused',
      { load: { offered: 0, active: 99, openMinor: 15_000_000_000n - 48_230_000n } },
    ],
  ];
  const terms = bands([0, 1], [0, 2]);
  it.each(mending.map(([reason, kind], index) => [index + 1, kind, reason]))(
    'is refused, in place %s of the order: %s %s',
    (position, kind, reason) => {
      const mended = mending.slice(0, Number(position)).map(([, , more]) => more);
      const state: PlaceFacts = Object.assign({}, broken, ...mended);
      const found = refusal(() => place(state, command({ terms }), creditor, wednesday));
      expect(found).toMatchObject({ kind, reason });
    },
  );

  it('names the paper that has expired', () => {
    const state = facts({ agency: suspended });
    expect(refusal(() => place(state, command(), creditor, wednesday)).facts).toEqual({
      agencyId,
      kind: '备案',
      number: 'B1',
      expiresOn: '2026-03-03',
    });
  });

  it('again with the same content is no fault, with other content it is', () => {
    const present = offered();
    expect(() => checkSameCommand(present, command())).not.toThrow();
    const other = command({ terms: flat(1) });
    expect(refusal(() => checkSameCommand(present, other))).toMatchObject({
      kind: 'exists',
      reason: 'placement_exists_with_other_content',
    });
  });
});

describe('an offer', () => {
  it('is accepted by its agency', () => {
    const { state, events } = accept(offered(), profile(), agencyId, wednesday);
    expect(state).toMatchObject({ state: 'ACTIVE', acceptedAt: wednesday, version: 2n });
    expect(events.map((event) => event.$case)).toEqual(['placementAccepted']);
  });

  it('may be accepted on its last day and not after', () => {
    const lastMinute = Temporal.Instant.from('2026-03-11T15:59:59Z');
    expect(accept(offered(), profile(), agencyId, lastMinute).state.state).toBe('ACTIVE');
    const over = Temporal.Instant.from('2026-03-11T16:00:00Z');
    expect(refusal(() => accept(offered(), profile(), agencyId, over)).reason).toBe('offer_lapsed');
  });

  it('lapses after its last day and stays before', () => {
    const over = Temporal.Instant.from('2026-03-11T16:00:00Z');
    expect(lapse(offered(), over).state).toMatchObject({
      state: 'DECLINED',
      endReason: 'offer_lapsed',
      endedAt: over,
    });
    expect(lapse(offered(), wednesday).events).toEqual([]);
    expect(lapse(active(), over).events).toEqual([]);
  });

  it('is declined with the reason', () => {
    const { state, events } = decline(offered(), agencyId, '人手不足', wednesday);
    expect(state).toMatchObject({ state: 'DECLINED', endReason: '人手不足' });
    expect(events[0]).toMatchObject({ $case: 'placementDeclined', value: { reason: '人手不足' } });
  });

  it.each([
    ['nobody’s', undefined, agencyId, 'placement_unknown'],
    ['another agency’s', offered(), 'someone else', 'placement_unknown'],
    ['an accepted one', active(), agencyId, 'placement_not_offered'],
  ])('%s cannot be answered', (_name, found, by, reason) => {
    expect(refusal(() => accept(found, profile(), by, wednesday)).reason).toBe(reason);
    expect(refusal(() => decline(found, by, 'x', wednesday)).reason).toBe(reason);
  });

  it('is not accepted on expired papers', () => {
    const found = () => accept(offered(), suspended, agencyId, wednesday);
    expect(refusal(found).reason).toBe('licence_expired');
    const bare = () => accept(offered(), profile({ licences: [] }), agencyId, wednesday);
    expect(refusal(bare).reason).toBe('licence_missing');
  });
});

describe('the end of a placement', () => {
  it.each([
    ['offered', offered()],
    ['active', active()],
  ])('recalls an %s one', (_name, found) => {
    const { state, events } = recall(found, '另行处理', later);
    expect(state).toMatchObject({ state: 'RECALLED', endedAt: later, endReason: '另行处理' });
    expect(events.map((event) => event.$case)).toEqual(['placementRecalled']);
  });

  it('is refused twice', () => {
    const gone = recall(active(), 'x', later).state;
    expect(refusal(() => recall(gone, 'x', later)).reason).toBe('placement_ended');
    expect(refusal(() => recall(undefined, 'x', later)).reason).toBe('placement_unknown');
  });

  it('completes a live one when the case is closed, and leaves an ended one alone', () => {
    expect(complete(active(), later).state).toMatchObject({
      state: 'COMPLETED',
      endReason: 'case_closed',
    });
    const gone = recall(active(), 'x', later).state;
    expect(complete(gone, later)).toEqual({ state: gone, events: [] });
  });
});

describe('the loads of agencies', () => {
  it('follow the states of placements', () => {
    const [one, two] = [offered(), active()];
    const other = { ...offered(), agencyId: 'b' };
    const moves = loadMoves([
      { before: undefined, after: one },
      { before: offered(), after: two },
      { before: two, after: recall(two, 'x', later).state },
      { before: undefined, after: other },
    ]);
    expect([...moves]).toEqual([
      [agencyId, { offered: 0, active: 0, openMinor: 0n }],
      ['b', { offered: 1, active: 0, openMinor: 48_230_000n }],
    ]);
  });

  const cny = (minor: bigint) => ({ currency: 'CNY', minor });
  it.each([
    ['nothing', 0n, 48_230_000n],
    ['a part', 8_230_001n, 39_999_999n],
    ['all', 48_230_000n, 0n],
    ['more than all', 50_000_000n, 0n],
  ])('hold what is open once %s came in', (_name, recovered, openMinor) => {
    expect(openLoadMinor(active({ recovered: cny(recovered) }))).toBe(openMinor);
  });

  it('hold other currencies at round rates, rounded down', () => {
    const open = { currency: 'USD', minor: 1_001n };
    const { state } = place(facts({ basis: basis({ open }) }), command(), creditor, wednesday);
    expect(state.loadMinor).toBe(7_007n);
    // 7007 × 701 / 1001 = 4907
    expect(openLoadMinor({ ...state, recovered: { currency: 'USD', minor: 300n } })).toBe(4_907n);
    const unknown = basis({ open: { currency: 'XAU', minor: 9n } });
    expect(place(facts({ basis: unknown }), command(), creditor, wednesday).state.loadMinor).toBe(
      0n,
    );
  });

  it('take off what was open when it ends', () => {
    const before = active({ recovered: cny(8_230_000n) });
    const moves = loadMoves([{ before, after: recall(before, 'x', later).state }]);
    expect(moves.get(agencyId)).toEqual({ offered: 0, active: -1, openMinor: -40_000_000n });
  });
});
