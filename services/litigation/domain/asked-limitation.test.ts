import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import {
  CalculateLimitationRequest,
  type GivenEvent,
} from '@recourse/proto/litigation/v1/calculators.ts';
import { Guarantor, ProofGrade } from '@recourse/proto/litigation/v1/limitation.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { askedLimitation } from './asked-limitation.ts';

const given = (kind: string, on: string, more: Partial<GivenEvent> = {}): Partial<GivenEvent> => ({
  kind,
  on,
  grade: ProofGrade.PROVEN,
  ...more,
});

function asked(
  events: Partial<GivenEvent>[],
  more: Partial<CalculateLimitationRequest> = {},
  today = '2026-03-02',
) {
  const request = CalculateLimitationRequest.fromPartial({ dueDay: '2022-01-10', events, ...more });
  return askedLimitation(request, day(today), prcCalendar(), law);
}

describe('a debt that is nowhere recorded', () => {
  it('runs three years from the last proven interruption', () => {
    const { clock, events } = asked([
      given('demand', '2024-05-06'),
      given('demand', '2023-02-01', { grade: ProofGrade.WEAK }),
    ]);
    expect(clock).toMatchObject({
      state: 'LIMITATION_STATE_RUNNING',
      expiresOn: '2027-05-06',
      absoluteEnd: '2042-01-10',
      lastInterruptionOn: '2024-05-06',
      confidence: 'high',
    });
    expect(events.map(({ effect }) => effect)).toEqual(['interrupts', 'none']);
    expect(events[1]?.reason).toBe('proof_weak');
  });

  it('stands while proceedings are pending and runs anew from their end', () => {
    const pending = asked([given('suit', '2024-06-03')]);
    expect(pending.clock?.state).toBe('LIMITATION_STATE_PENDING');
    const settled = { until: '2024-09-02', outcome: 'settled' };
    expect(asked([given('suit', '2024-06-03', settled)]).clock?.expiresOn).toBe('2027-09-02');
  });

  it('has acts of a court at their fee when the amount is known', () => {
    const amount = { currency: 'CNY', minor: 5_000_000n };
    const late = '2025-01-09';
    expect(asked([], {}, late).clock?.nextAct?.cost).toBeUndefined();
    expect(asked([], { amount }, late).clock?.nextAct?.cost?.minor).toBeGreaterThan(0n);
  });

  it.each([
    [given('sunrise', '2024-06-03'), 'limitation_event_unknown', '/events/1/kind'],
    [given('suit', '2024-06-03', { until: '2024-06-02' }), 'until_before_event', '/events/1/until'],
    [given('demand', '2026-03-03'), 'event_after_day', '/events/1/on'],
    [given('demand_guarantor', '2026-03-03'), 'event_after_day', '/events/1/on'],
  ])('names an event that cannot be by its place: %j', (one, rule, field) => {
    const ask = () => asked([given('demand', '2024-05-06'), one]);
    expect(ask).toThrow(rule);
    expect(ask).toThrow(
      expect.objectContaining({ violations: [expect.objectContaining({ field })] }),
    );
  });
});

describe('the day of calculation', () => {
  it('may be that of the event, and lies before a day that was agreed ahead', () => {
    expect(asked([given('demand', '2026-03-02')]).clock?.lastInterruptionOn).toBe('');
    const { clock, events } = asked([given('instalment_due', '2026-06-01')]);
    expect(clock?.state).toBe('LIMITATION_STATE_NOT_STARTED');
    expect(events[0]?.effect).toBe('starts');
  });

  it('refuses what came after it, though it is past by now', () => {
    const ask = () => asked([given('demand', '2024-05-06')], { asOf: '2024-05-05' }, '2024-05-05');
    expect(ask).toThrow('event_after_day');
  });
});

describe('its guarantor', () => {
  const joint = Guarantor.fromPartial({ name: '王某', kind: 'joint', contractOn: '2021-06-01' });
  const state = (kind: string, events: Partial<GivenEvent>[]) =>
    asked(events, { guarantor: { ...joint, kind } }, '2022-09-01').guarantor?.state;

  it.each([
    ['joint', [], 'released'],
    ['joint', [given('demand_guarantor', '2022-05-09')], 'kept'],
    ['joint', [given('demand_guarantor', '2022-08-09')], 'released'],
    ['general', [given('demand_guarantor', '2022-05-09')], 'released'],
    ['general', [given('suit', '2022-05-09')], 'kept'],
    ['general', [given('suit', '2022-05-09', { outcome: 'withdrawn' })], 'released'],
  ])('%s after %j is %s (民法典 692–695)', (kind, events, expected) => {
    expect(state(kind, events)).toBe(expected);
  });

  it('is apart from the limitation: a demand on him does not interrupt it', () => {
    const { clock, events } = asked([given('demand_guarantor', '2024-05-06')]);
    expect(clock?.lastInterruptionOn).toBe('');
    expect(events[0]?.effect).toBe('');
  });
});
