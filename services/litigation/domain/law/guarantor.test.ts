import { describe, expect, it } from '@jest/globals';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { guarantee } from '../../rules/law/guarantee.ts';
import { guarantor, type GuarantorEvent, type GuaranteeTerms } from './guarantor.ts';

const calendar = prcCalendar();
const terms: GuaranteeTerms = { contractOn: '2025-01-10', principalDueOn: '2025-10-31' };
const event = (
  kind: GuarantorEvent['kind'],
  on: string,
  more: Partial<GuarantorEvent> = {},
): GuarantorEvent => ({ id: `${kind} ${on}`, kind, on, proof: 'proven', ...more });
const clock = (
  more: Partial<GuaranteeTerms> = {},
  events: GuarantorEvent[] = [],
  today = '2026-03-02',
) => guarantor({ ...terms, ...more, events, today }, calendar, { guarantee });

describe('the period of a guarantor', () => {
  it.each<[string, Partial<GuaranteeTerms>, string, string]>([
    ['nothing agreed', {}, '2026-04-30', 'general'],
    ['joint', { kind: 'joint' }, '2026-04-30', 'joint'],
    ['two years agreed', { agreedMonths: 24 }, '2027-10-31', 'general'],
    ['a day agreed', { agreedUntil: '2026-06-30' }, '2026-06-30', 'general'],
    ['a day not after the due day', { agreedUntil: '2025-10-31' }, '2026-04-30', 'general'],
    ['until all is paid', { unclear: true }, '2026-04-30', 'general'],
    [
      'of before 2021, until all is paid',
      { contractOn: '2020-12-31', unclear: true },
      '2027-10-31',
      'joint',
    ],
    ['of before 2021, nothing agreed', { contractOn: '2020-12-31' }, '2026-04-30', 'joint'],
  ])('with %s', (_name, more, end, kind) => {
    const made = clock(more);
    expect([made.period.endOn, made.kind, made.state]).toEqual([end, kind, 'open']);
  });

  it('warns of an agreed period that is none', () => {
    expect(clock({ agreedUntil: '2025-10-31' }).warnings).toEqual(['agreed_period_too_short']);
  });

  it('is announced before its end', () => {
    const made = clock();
    expect(made.daysLeft).toBe(59);
    expect(made.alarms.map(({ on, state }) => [on, state])).toEqual([
      ['2026-01-30', 'past'],
      ['2026-03-31', 'ahead'],
      ['2026-04-23', 'ahead'],
    ]);
  });
});

describe('a guarantor', () => {
  const demand = event('demand_guarantor', '2026-02-02');
  const suit = event('sue_debtor', '2026-02-02');
  it.each<[string, Partial<GuaranteeTerms>, GuarantorEvent[], string]>([
    ['joint, asked in time', { kind: 'joint' }, [demand], 'kept'],
    ['joint, asked without proof', { kind: 'joint' }, [{ ...demand, proof: 'weak' }], 'released'],
    [
      'joint, asked before the debt was due',
      { kind: 'joint' },
      [event('demand_guarantor', '2025-10-30')],
      'released',
    ],
    ['joint, only the debtor sued', { kind: 'joint' }, [suit], 'released'],
    [
      'joint, sued, withdrawn after service',
      { kind: 'joint' },
      [event('sue_guarantor', '2026-02-02', { withdrawn: true, served: true })],
      'kept',
    ],
    [
      'joint, sued, withdrawn unserved',
      { kind: 'joint' },
      [event('sue_guarantor', '2026-02-02', { withdrawn: true })],
      'released',
    ],
    ['general, the debtor sued in time', {}, [suit], 'kept'],
    ['general, that suit withdrawn', {}, [{ ...suit, withdrawn: true, served: true }], 'released'],
    ['general, only asked', {}, [demand], 'released'],
    ['general, the debtor sued a day late', {}, [event('sue_debtor', '2026-05-01')], 'released'],
  ])('%s is %s', (_name, more, events, state) => {
    expect(clock(more, events, '2026-06-01').state).toBe(state);
  });

  it('asked though general is warned of', () => {
    expect(clock({}, [demand]).warnings).toEqual(['demand_does_not_keep_general']);
  });

  it('kept has a limitation of its own', () => {
    expect(clock({ kind: 'joint' }, [demand]).limitationEndsOn).toBe('2029-02-02');
    expect(clock({}, [suit]).limitationEndsOn).toBeUndefined();
    const refused = event('refusal_right_ended', '2026-03-02');
    expect(clock({}, [suit, refused]).limitationEndsOn).toBe('2029-03-02');
  });

  it('is not bound by an extension without written consent', () => {
    const more = { until: '2026-10-31' };
    const without = clock({}, [event('due_date_extended', '2025-11-05', more)]);
    expect([without.period.endOn, without.warnings]).toEqual([
      '2026-04-30',
      ['extension_without_consent'],
    ]);
    const made = clock({}, [
      event('due_date_extended', '2025-11-05', { ...more, consented: true }),
    ]);
    expect([made.period.endOn, made.period.provisional]).toEqual(['2027-04-30', true]);
  });

  it.each([
    [{ contractOn: 'then' }, 'not_a_date'],
    [{ agreedMonths: 1.5 }, 'months_not_whole'],
    [{ contractOn: '1995-09-30' }, 'no_rule_on_day'],
  ])('with %o is refused: %s', (more, reason) => {
    expect(() => clock(more)).toThrow(reason);
  });
});
