import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { deadlines as rows } from '../../rules/law/deadlines.ts';
import { deadlines } from './deadline.ts';
import type { ProcedureEvent } from './deadline-event.ts';
import { type Procedure, procedureEventKinds, procedures } from './deadline-rule.ts';

const calendar = prcCalendar();
const law = { deadlines: rows };
const event = (
  kind: ProcedureEvent['kind'],
  on: string,
  more: Partial<ProcedureEvent> = {},
): ProcedureEvent => ({ id: `${kind} ${on}`, kind, on, ...more });
const made = (procedure: Procedure, ...events: ProcedureEvent[]) =>
  deadlines(procedure, events, calendar, law);
const named = (procedure: Procedure, name: string, ...events: ProcedureEvent[]) => {
  const found = made(procedure, ...events).find(({ deadline }) => deadline === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

/** Procedure, event, its day, the deadline, its day, who is bound. */
const table: readonly [Procedure, ProcedureEvent['kind'], string, string, string, string][] = [
  ['ordinary', 'filed', '2026-03-02', 'docket_or_reject', '2026-03-09', 'court'],
  ['ordinary', 'docketed', '2026-03-02', 'send_complaint', '2026-03-09', 'court'],
  ['ordinary', 'docketed', '2026-03-02', 'trial_limit', '2026-09-02', 'court'],
  ['simplified', 'docketed', '2026-03-02', 'trial_limit', '2026-06-02', 'court'],
  ['small_claims', 'docketed', '2026-03-02', 'trial_limit', '2026-05-06', 'court'],
  ['ordinary', 'fee_notice_received', '2026-03-02', 'pay_fee', '2026-03-09', 'us'],
  ['ordinary', 'complaint_served', '2026-03-02', 'answer', '2026-03-17', 'opponent'],
  [
    'ordinary',
    'complaint_served',
    '2026-03-02',
    'object_to_jurisdiction',
    '2026-03-17',
    'opponent',
  ],
  ['ordinary', 'evidence_notice_served', '2026-03-02', 'evidence', '2026-03-17', 'us'],
  ['simplified', 'evidence_notice_served', '2026-03-02', 'evidence', '2026-03-17', 'us'],
  ['simplified', 'complaint_served', '2026-03-02', 'answer', '2026-03-17', 'opponent'],
  ['small_claims', 'evidence_notice_served', '2026-03-02', 'evidence', '2026-03-09', 'us'],
  ['appeal', 'evidence_notice_served', '2026-03-02', 'evidence', '2026-03-12', 'us'],
  ['ordinary', 'hearing', '2026-03-20', 'notice_of_hearing', '2026-03-17', 'court'],
  ['ordinary', 'public_notice_published', '2026-03-02', 'deemed_served', '2026-04-01', 'court'],
  ['ordinary', 'public_notice_published', '2021-03-02', 'deemed_served', '2021-05-06', 'court'],
  ['ordinary', 'judgment_served', '2026-03-02', 'appeal_judgment', '2026-03-17', 'us'],
  ['ordinary', 'ruling_served', '2026-03-02', 'appeal_ruling', '2026-03-12', 'us'],
  [
    'appeal',
    'second_instance_docketed',
    '2026-03-02',
    'second_instance_limit',
    '2026-06-02',
    'court',
  ],
  [
    'appeal',
    'ruling_appeal_docketed',
    '2026-03-02',
    'second_instance_ruling_limit',
    '2026-04-01',
    'court',
  ],
  ['ordinary', 'harmful_act_known', '2025-03-05', 'rescind_once_known', '2026-03-05', 'us'],
  ['enforcement', 'harmful_act_done', '2021-03-05', 'rescind_at_latest', '2026-03-05', 'us'],
  ['ordinary', 'judgment_effective', '2026-03-02', 'retrial', '2026-09-02', 'us'],
  ['ordinary', 'performance_due', '2024-03-05', 'apply_for_enforcement', '2026-03-05', 'us'],
  ['enforcement', 'enforcement_applied', '2026-03-02', 'enforcement_notice', '2026-03-12', 'court'],
  ['enforcement', 'enforcement_applied', '2026-03-02', 'ask_higher_court', '2026-09-02', 'court'],
  [
    'enforcement',
    'enforcement_objection_filed',
    '2026-03-02',
    'review_enforcement_objection',
    '2026-03-17',
    'court',
  ],
  [
    'enforcement',
    'objection_ruling_served',
    '2026-03-02',
    'reconsider_enforcement_ruling',
    '2026-03-12',
    'us',
  ],
  [
    'enforcement',
    'outsider_objection_ruling_served',
    '2026-03-02',
    'outsider_suit',
    '2026-03-17',
    'us',
  ],
  [
    'enforcement',
    'distribution_plan_served',
    '2026-03-02',
    'object_to_distribution',
    '2026-03-17',
    'us',
  ],
  [
    'enforcement',
    'distribution_objection_notified',
    '2026-03-02',
    'distribution_suit',
    '2026-03-17',
    'us',
  ],
  [
    'payment_order',
    'payment_order_applied',
    '2026-03-02',
    'accept_payment_order',
    '2026-03-09',
    'court',
  ],
  [
    'payment_order',
    'payment_order_accepted',
    '2026-03-02',
    'issue_payment_order',
    '2026-03-17',
    'court',
  ],
  [
    'payment_order',
    'payment_order_issued',
    '2026-03-02',
    'serve_payment_order',
    '2026-04-01',
    'court',
  ],
  [
    'payment_order',
    'payment_order_served',
    '2026-03-02',
    'object_to_payment_order',
    '2026-03-17',
    'opponent',
  ],
  [
    'preservation',
    'preservation_applied',
    '2026-03-02',
    'rule_on_preservation',
    '2026-03-09',
    'court',
  ],
  ['preservation', 'security_provided', '2026-03-02', 'rule_after_security', '2026-03-09', 'court'],
  [
    'preservation',
    'preservation_ruled',
    '2026-03-02',
    'execute_preservation',
    '2026-03-09',
    'court',
  ],
  [
    'preservation',
    'preservation_ruling_served',
    '2026-03-02',
    'reconsider_preservation',
    '2026-03-09',
    'us',
  ],
  [
    'preservation',
    'pre_suit_preservation_executed',
    '2026-03-02',
    'sue_after_preservation',
    '2026-04-01',
    'us',
  ],
  // Seven days before a Monday is a Monday; before a Sunday a Sunday, so the Friday before it.
  ['preservation', 'preservation_expires', '2026-03-16', 'renew_preservation', '2026-03-09', 'us'],
  ['preservation', 'preservation_expires', '2026-03-15', 'renew_preservation', '2026-03-06', 'us'],
  [
    'bankruptcy',
    'bankruptcy_claims_opened',
    '2026-03-02',
    'file_bankruptcy_claim',
    '2026-04-01',
    'us',
  ],
];

describe('the deadlines of legal.md 2.3 to 2.6', () => {
  it.each(table)('%s: %s of %s makes %s on %s (%s)', (procedure, kind, on, name, due, bound) => {
    const one = named(procedure, name, event(kind, on));
    expect([one.dueOn, one.boundParty]).toEqual([due, bound]);
    expect(one.rule.source).not.toBe('');
    expect(one.secondCheck).toBe(one.fatal && bound === 'us');
  });

  it('gives 48 hours to the minute, or to the day when the hour is unknown', () => {
    const at = '2026-03-02T07:30:00Z';
    const kind = 'preservation_applied_urgently';
    expect(
      named('preservation', 'rule_on_urgent_preservation', event(kind, '2026-03-02', { at })),
    ).toMatchObject({ dueAt: '2026-03-04T07:30:00Z', dueOn: '2026-03-04' });
    const one = named('preservation', 'rule_on_urgent_preservation', event(kind, '2026-03-02'));
    expect([one.dueOn, one.dueAt]).toEqual(['2026-03-04', undefined]);
  });

  it('proves every row of the table: none stands without a line above', () => {
    const proven = new Set(table.map(([procedure, , , name]) => `${procedure} ${name}`));
    const named = new Set(table.map(([, , , name]) => name));
    // Counted in hours, so that it has a test of its own.
    named.add('rule_on_urgent_preservation');
    const unproven = rows.filter(({ value }) => !named.has(value.deadline));
    expect(unproven.map(({ value }) => value.deadline)).toEqual([]);
    // Where one deadline has a length for each procedure, each length is proven.
    const lengths = Map.groupBy(rows, ({ value }) => value.deadline);
    for (const [name, all] of lengths) {
      if (new Set(all.map(({ value }) => `${value.length} ${value.unit}`)).size === 1) continue;
      const some = all.map(({ value }) =>
        value.procedures.some((one) => proven.has(`${one} ${name}`)),
      );
      expect([name, some.includes(false)]).toEqual([name, false]);
    }
  });

  it('has no appeal from small claims', () => {
    const names = made('small_claims', event('judgment_served', '2026-03-02'));
    expect(names.map(({ deadline }) => deadline)).not.toContain('appeal_judgment');
  });

  it('names the act and the right lost in both languages for every row', () => {
    for (const { value, source } of rows) {
      expect([
        value.act.zh,
        value.act.en,
        value.rightLost.zh,
        value.rightLost.en,
        source,
      ]).not.toContain('');
    }
  });
});

describe('a judgment served on both', () => {
  it('runs for each from its own service', () => {
    const all = made(
      'ordinary',
      event('judgment_served', '2026-03-02', { party: 'us' }),
      event('judgment_served', '2026-03-05', { party: 'opponent' }),
    ).filter(({ deadline }) => deadline === 'appeal_judgment');
    expect(
      all.map(({ boundParty, dueOn, secondCheck }) => [boundParty, dueOn, secondCheck]),
    ).toEqual([
      ['us', '2026-03-17', true],
      ['opponent', '2026-03-20', false],
    ]);
  });

  it('is met by the party that appealed', () => {
    const [us, opponent] = made(
      'ordinary',
      event('judgment_served', '2026-03-02', { party: 'us' }),
      event('judgment_served', '2026-03-05', { party: 'opponent' }),
      event('appeal_filed', '2026-03-18', { party: 'opponent' }),
    ).filter(({ deadline }) => deadline === 'appeal_judgment');
    expect(us?.metBy).toBeUndefined();
    expect(opponent).toMatchObject({ metBy: 'appeal_filed 2026-03-18', metLate: false });
  });
});

describe('a deadline', () => {
  const served = event('judgment_served', '2026-03-02');

  it('whose service is corrected is made anew', () => {
    const right = event('judgment_served', '2026-09-16', { replaces: served.id });
    const all = made('ordinary', served, right);
    expect(all.map(({ dueOn, moved, countedEnd }) => [dueOn, moved, countedEnd])).toEqual([
      ['2026-10-08', true, '2026-10-01'],
    ]);
  });

  it('met late is named so', () => {
    const one = named('ordinary', 'appeal_judgment', served, event('appeal_filed', '2026-03-18'));
    expect(one).toMatchObject({ metBy: 'appeal_filed 2026-03-18', metLate: true });
  });

  it('that the court postponed ends on the new day, off holidays, by the last decision', () => {
    const notice = event('evidence_notice_served', '2026-03-02', { days: 20 });
    const first = event('postponed', '2026-03-10', { deadline: 'evidence', until: '2026-04-10' });
    const last = event('postponed', '2026-03-12', { deadline: 'evidence', until: '2026-04-05' });
    expect(named('ordinary', 'evidence', notice).dueOn).toBe('2026-03-23');
    const one = named('ordinary', 'evidence', notice, last, first);
    expect(one).toMatchObject({ dueOn: '2026-04-07', postponedBy: last.id, moved: true });
  });

  it('whose length the court has yet to say is the least or the most of the law', () => {
    const notice = event('evidence_notice_served', '2026-03-02');
    expect(named('ordinary', 'evidence', notice).assumedLength).toBe(true);
    const said = { ...notice, days: 30 };
    expect(named('ordinary', 'evidence', said)).toMatchObject({ dueOn: '2026-04-01' });
    expect(named('ordinary', 'evidence', said).assumedLength).toBeUndefined();
  });

  // 破产法 art. 45: from 30 days to three months, of 92 days here.
  it.each([
    [29, undefined],
    [30, '2026-04-01'],
    [92, '2026-06-02'],
    [93, undefined],
    [365, undefined],
  ])('of claims in bankruptcy may be set to %s days: %s', (days, dueOn) => {
    const opened = event('bankruptcy_claims_opened', '2026-03-02', { days });
    const ask = () => named('bankruptcy', 'file_bankruptcy_claim', opened);
    if (dueOn === undefined) expect(ask).toThrow('length_not_allowed');
    else expect(ask().dueOn).toBe(dueOn);
  });

  it('past the holiday table is provisional', () => {
    const late = event('judgment_served', '2026-12-19');
    expect(named('ordinary', 'appeal_judgment', late)).toMatchObject({
      dueOn: '2027-01-03',
      provisional: true,
    });
  });
});

describe('events that cannot be', () => {
  const served = event('judgment_served', '2026-03-02');
  it.each<[string, ProcedureEvent[]]>([
    ['service_before_filing', [event('filed', '2026-03-03'), served]],
    ['service_before_filing', [served, event('filed', '2026-03-03')]],
    ['event_id_twice', [served, { ...served, on: '2026-03-03' }]],
    ['replaces_unknown', [{ ...served, replaces: 'nothing' }]],
    ['replaces_unknown', [{ ...served, replaces: served.id }]],
    ['not_a_date', [event('filed', '2026-02-29')]],
    ['until_before_event', [event('filed', '2026-03-03', { until: '2026-03-02' })]],
    ['postponement_incomplete', [event('postponed', '2026-03-03', { deadline: 'evidence' })]],
    ['length_not_allowed', [event('evidence_notice_served', '2026-03-03', { days: 14 })]],
    ['not_a_date', [event('filed', '2026-03-03', { at: 'at noon' })]],
  ])('are refused: %s', (reason, events) => {
    expect(() => made('ordinary', ...events)).toThrow(reason);
  });

  it('said twice in the same words count once', () => {
    expect(made('ordinary', served, served)).toEqual(made('ordinary', served));
  });
});

describe('any events', () => {
  const first = Temporal.PlainDate.from('2025-01-01');
  const one = fc.record({
    id: fc.uuid(),
    kind: fc.constantFrom(...procedureEventKinds.filter((kind) => kind !== 'postponed')),
    on: fc.nat(700).map((days) => first.add({ days }).toString()),
  });
  it('make the same deadlines in any order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...procedures),
        fc.array(one, { maxLength: 8 }),
        (procedure, events) => {
          const outcome = (list: readonly ProcedureEvent[]) => {
            try {
              return made(procedure, ...list);
            } catch (error) {
              return String(error);
            }
          };
          expect(outcome(events.toReversed())).toEqual(outcome(events));
        },
      ),
    );
  });
});
