import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import {
  Happening,
  Matter as MatterCodec,
  type PaymentOrderConditions,
} from '@recourse/proto/litigation/v1/matters.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';
import { recordJudgment } from './judgment.ts';
import { procedureEventKinds } from './law/deadline-rule.ts';
import type { Matter } from './matter.ts';
import { checkApplication, orderConditions } from './payment-order.ts';
import { begin, correct, move, recordHappening } from './proceeding.ts';

const book = { tracks, law, calendar: prcCalendar() };
const actor = { userId: 'u', name: '王律', orgId: 'o', orgName: '远望机电' };
const at = Temporal.Instant.from('2026-07-01T01:00:00Z');
const doing = { actor, at, today: day('2026-07-01') };

/** Every condition answered with yes. */
const met: PaymentOrderConditions = Object.fromEntries(orderConditions.map((one) => [one, true]));

const matter = (proceeding?: object): Matter =>
  MatterCodec.fromPartial({
    matterId: 'm',
    state: 'MATTER_STATE_OPEN',
    currency: 'CNY',
    proceedings: proceeding === undefined ? [] : [proceeding],
  });

const beginning = (conditions?: PaymentOrderConditions) => {
  const said = { procedure: 'PROCEDURE_PAYMENT_ORDER', court: '', on: '', moveId: 'b' } as const;
  return begin(matter(), { proceedingId: 'p', ...said, conditions }, book, doing).state;
};

describe('a payment order that is to be applied for', () => {
  it('begins with every condition met, and keeps the answers', () => {
    const [proceeding] = beginning(met).proceedings;
    expect(proceeding).toMatchObject({ stage: 'preparing', conditions: met });
  });

  it('names every condition that nobody answered', () => {
    const { due: _d, canBeServed: _c, ...rest } = met;
    expect(() => beginning(rest)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        reason: 'order_conditions_missing',
        facts: { missing: 'due canBeServed' },
        violations: [
          expect.objectContaining({ field: '/conditions/due', rule: 'required' }),
          expect.objectContaining({ field: '/conditions/canBeServed', rule: 'required' }),
        ],
      }),
    );
    const all = { missing: orderConditions.join(' ') };
    expect(() => beginning()).toThrow(expect.objectContaining({ facts: all }));
  });

  // 民诉法 225, 解释 427; charges: 督促程序规定 (legal.md 2.5).
  it.each([
    ['forMoney', 'order_not_for_money'],
    ['due', 'order_debt_not_due'],
    ['amountFixed', 'order_amount_not_fixed'],
    ['chargesAgreed', 'order_charges_not_agreed'],
    ['noCounterPerformance', 'order_needs_counter_performance'],
    ['noOtherDispute', 'order_other_dispute'],
    ['debtorPresent', 'order_debtor_absent'],
    ['canBeServed', 'order_cannot_be_served'],
    ['courtHasJurisdiction', 'order_without_jurisdiction'],
    ['noPreSuitPreservation', 'pre_suit_preservation_bars_payment_order'],
  ] as const)('with %s answered no is refused: %s', (name, reason) => {
    expect(() => beginning({ ...met, [name]: false })).toThrow(
      expect.objectContaining({ kind: 'refused', reason }),
    );
  });

  it('is the only procedure that is asked for them', () => {
    const said = { procedure: 'PROCEDURE_ORDINARY', court: '', on: '', moveId: 'b' } as const;
    const asked = { proceedingId: 'p', ...said, conditions: met };
    expect(() => begin(matter(), asked, book, doing)).toThrow('order_conditions_out_of_place');
  });
});

describe('the application for a payment order', () => {
  const kind = 'DOCUMENT_KIND_PAYMENT_ORDER_APPLICATION';
  const begun = beginning(met);
  const before = matter({ proceedingId: 'p', procedure: 'PROCEDURE_PAYMENT_ORDER' });

  it('rests on what the proceeding answered, or on what is answered with it', () => {
    expect(() => checkApplication(begun, kind, undefined)).not.toThrow();
    expect(() => checkApplication(before, kind, met)).not.toThrow();
  });

  it.each([
    [matter(), undefined, 'order_conditions_missing'],
    [before, undefined, 'order_conditions_missing'],
    [begun, { ...met, due: false }, 'order_debt_not_due'],
  ])('is not drawn up otherwise', (one, given, reason) => {
    expect(() => checkApplication(one, kind, given)).toThrow(expect.objectContaining({ reason }));
  });

  it('is the only document that is asked for them', () => {
    const claim = 'DOCUMENT_KIND_STATEMENT_OF_CLAIM';
    expect(() => checkApplication(matter(), claim, undefined)).not.toThrow();
    expect(() => checkApplication(matter(), claim, met)).toThrow('order_conditions_out_of_place');
  });
});

/** Served on 2026-03-02, a Monday: the debtor may object until the 17th (民诉法 227). */
const served = (on = '2026-03-02'): Matter =>
  matter({
    proceedingId: 'p',
    procedure: 'PROCEDURE_PAYMENT_ORDER',
    stage: 'served',
    conditions: met,
    moves: [
      { moveId: 'i', stage: 'issued', on: '2026-02-24' },
      { moveId: 's', stage: 'served', on },
    ],
  });
const effect = (of: Matter, on: string) => {
  const said = { note: '', docketNumber: '', court: '', expectedVersion: 0n, moveId: 'e' };
  return move(of, { proceedingId: 'p', stage: 'effective', on, ...said }, book, doing).state;
};
const told = (of: Matter, kind: string, on: string): Matter => {
  const happening = Happening.fromPartial({ happeningId: `${kind} ${on}`, kind, on });
  const asked = { ...happening, proceedingId: 'p' };
  return recordHappening(of, asked, procedureEventKinds, doing).state;
};

describe('a payment order served on 2026-03-02', () => {
  it('takes effect on the day after the 15 days', () => {
    expect(effect(served(), '2026-03-18').proceedings[0]?.stage).toBe('effective');
  });

  it.each(['2026-03-02', '2026-03-16', '2026-03-17'])('not yet on %s', (on) => {
    expect(() => effect(served(), on)).toThrow(
      expect.objectContaining({
        kind: 'refused',
        reason: 'order_objection_period_runs',
        facts: { on, servedOn: '2026-03-02', objectBy: '2026-03-17' },
      }),
    );
  });

  it('not before a last day that moved off the holiday is over', () => {
    // 15 days from 2026-04-17 end on Saturday 2 May, in the holiday of 1 to 5 May (民诉法 85).
    const before = served('2026-04-17');
    expect(() => effect(before, '2026-05-06')).toThrow('order_objection_period_runs');
    expect(effect(before, '2026-05-07').proceedings[0]?.ended).toBe(true);
  });

  it('not when the debtor objected in time', () => {
    const objected = told(served(), 'payment_order_objected', '2026-03-17');
    expect(() => effect(objected, '2026-03-18')).toThrow(
      expect.objectContaining({
        reason: 'order_objected',
        facts: { objectedOn: '2026-03-17', servedOn: '2026-03-02' },
      }),
    );
  });

  it('but when the court rejected the objection, or it came late', () => {
    const objected = told(served(), 'payment_order_objected', '2026-03-10');
    const rejected = told(objected, 'payment_order_objection_rejected', '2026-03-20');
    expect(effect(rejected, '2026-03-21').proceedings[0]?.stage).toBe('effective');
    const late = told(served(), 'payment_order_objected', '2026-03-18');
    expect(effect(late, '2026-03-19').proceedings[0]?.stage).toBe('effective');
  });

  it('does not stay in effect by a service corrected to a later day', () => {
    const after = effect(served(), '2026-03-18');
    const fixed = { proceedingId: 'p', moveId: 's', reason: '回执', expectedVersion: 0n };
    expect(() => correct(after, { ...fixed, on: '2026-03-03' }, book, doing)).toThrow(
      'order_objection_period_runs',
    );
    const earlier = correct(after, { ...fixed, on: '2026-02-27' }, book, doing);
    expect(earlier.state.proceedings[0]?.moves[1]?.on).toBe('2026-02-27');
  });
});

describe('the decision that is recorded of a payment order', () => {
  const record = (of: Matter, effectiveOn: string) => {
    const amounts = { principal: undefined, interest: undefined, costs: undefined };
    const days = { decidedOn: '2026-02-24', effectiveOn, performBy: '' };
    const words = { form: 'payment_order', docketNumber: '', generalInterest: '' };
    const asked = { judgmentId: 'j', proceedingId: 'p', ...amounts, ...days, ...words };
    return recordJudgment(of, asked, book, doing).state;
  };
  const issued = matter({
    proceedingId: 'p',
    procedure: 'PROCEDURE_PAYMENT_ORDER',
    stage: 'issued',
    moves: [{ moveId: 'i', stage: 'issued', on: '2026-02-24' }],
  });

  it.each([
    [served(), '2026-03-17', 'order_objection_period_runs'],
    [told(served(), 'payment_order_objected', '2026-03-05'), '2026-03-18', 'order_objected'],
    [issued, '2026-03-18', 'order_not_served'],
  ])('has no effect before its time', (of, effectiveOn, reason) => {
    expect(() => record(of, effectiveOn)).toThrow(expect.objectContaining({ reason }));
  });

  it('may be recorded without a day of effect, or with the right one', () => {
    expect(record(issued, '').judgments).toHaveLength(1);
    expect(record(served(), '2026-03-18').judgments[0]?.effectiveOn).toBe('2026-03-18');
  });
});
