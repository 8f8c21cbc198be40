import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { Guarantor } from '@recourse/proto/litigation/v1/limitation.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import type { Claim, Debt, DebtEvent } from './debt.ts';
import { guarantorMessage, guarantorPeriods } from './guarantor-period.ts';

const joint = Guarantor.fromPartial({ name: '王某', kind: 'joint', contractOn: '2024-01-01' });

function claim(receivableId: string, dueDay: string): Claim {
  const open = { currency: 'CNY', minor: 100n };
  return { receivableId, dueDay, documentNumber: receivableId, open };
}

const claims = [claim('r1', '2025-03-31'), claim('r2', '2025-09-30'), claim('r3', '2025-09-30')];
const debt = { dueDay: '2025-03-31', claims, guarantor: joint };

function event(kind: string, on: string, more: Partial<DebtEvent> = {}): DebtEvent {
  return {
    eventId: `${kind} ${on}`,
    debtId: 'd',
    kind,
    on,
    proof: 'proven',
    source: '',
    note: '',
    evidence: undefined,
    details: {},
    receivableIds: [],
    actor: undefined,
    recordedAt: '',
    struck: false,
    strikeReason: '',
    ...more,
  };
}

type Of = Pick<Debt, 'dueDay' | 'claims' | 'guarantor'>;

function shown(events: readonly DebtEvent[], today: string, of: Of = debt) {
  const periods = guarantorPeriods(of, events, day(today), prcCalendar(), law);
  const each = periods.map(
    ({ receivableId, clock }) => `${receivableId} ${clock.period.endOn} ${clock.state}`,
  );
  return { each, message: guarantorMessage(of, periods) };
}

describe('a guarantor of several invoices', () => {
  it('is bound for each by its own due day; the open one that ends next is shown', () => {
    const { each, message } = shown([], '2025-12-01');
    // r1 ended on 30 September 2025, the others end six months after theirs.
    expect(each).toEqual(['r1 2025-09-30 released', 'r2 2026-03-30 open', 'r3 2026-03-30 open']);
    expect(message).toMatchObject({
      state: 'open',
      expiresOn: '2026-03-30',
      openCount: 2,
      keptCount: 0,
      releasedCount: 1,
    });
  });

  it('is kept by a demand for what was due then, and for nothing that came due later', () => {
    const demand = event('demand_guarantor', '2025-09-08');
    expect(shown([demand], '2025-12-01').each).toEqual([
      'r1 2025-09-30 kept',
      'r2 2026-03-30 open',
      'r3 2026-03-30 open',
    ]);
  });

  it('is kept for the invoices that a demand names', () => {
    const demand = event('demand_guarantor', '2025-11-03', { receivableIds: ['r3'] });
    const { each, message } = shown([demand], '2026-06-01');
    expect(each).toEqual([
      'r1 2025-09-30 released',
      'r2 2026-03-30 released',
      'r3 2026-03-30 kept',
    ]);
    expect(message).toMatchObject({ state: 'kept', keptCount: 1, releasedCount: 2 });
  });

  it('is not bound longer by more time for the debtor, which is warned of (民法典 695)', () => {
    const plan = event('repayment_plan', '2025-10-15');
    const { each, message } = shown([plan], '2025-12-01');
    expect(each).toContain('r2 2026-03-30 open');
    expect(message?.warnings).toEqual(['extension_without_consent']);
  });

  it.each<[string, Partial<DebtEvent>, string, string[]]>([
    ['agreed to', { details: { until: '2026-06-30', guarantorConsented: true } }, '2026-12-30', []],
    [
      'not agreed to',
      { details: { until: '2026-06-30' } },
      '2025-12-30',
      ['extension_without_consent'],
    ],
    [
      'agreed to when he was free',
      { on: '2026-01-05', details: { until: '2026-06-30', guarantorConsented: true } },
      '2025-12-30',
      ['extension_after_period'],
    ],
  ])('and more time that he has %s (民法典 695)', (_name, more, endOn, warnings) => {
    const of = { dueDay: '2025-06-30', claims: [], guarantor: joint };
    const { message } = shown([event('extension', '2025-08-04', more)], '2026-03-02', of);
    expect(message).toMatchObject({ expiresOn: endOn, warnings });
  });

  it('who was called upon stays bound, whatever time the debtor is given later', () => {
    const of = { dueDay: '2025-06-30', claims: [], guarantor: joint };
    const details = { until: '2026-06-30', guarantorConsented: true };
    const told = [
      event('demand_guarantor', '2025-07-07'),
      event('extension', '2025-08-04', { details }),
    ];
    expect(shown(told, '2026-03-02', of).message?.state).toBe('kept');
  });

  it('owed in parts is bound for all of them by the day of the last (民法典 189)', () => {
    const last = event('instalment_due', '2025-12-31', { receivableIds: ['r1', 'r2'] });
    const { each, message } = shown([last], '2025-12-01');
    expect(each).toEqual(['r3 2026-03-30 open', 'r1 2026-06-30 open', 'r2 2026-06-30 open']);
    expect(message?.why.map(({ source }) => source)).not.toContain(undefined);
    const asked = [last, event('demand_guarantor', '2026-01-05', { receivableIds: ['r1'] })];
    expect(shown(asked, '2026-07-15').each).toContain('r1 2026-06-30 kept');
  });

  it.each<[string, Partial<Guarantor>, string]>([
    ['months', { agreedMonths: 24 }, '2027-06-30'],
    ['a day', { agreedUntil: '2026-03-31' }, '2026-03-31'],
    ['“until all is paid”', { agreedUnclear: true }, '2025-12-30'],
    [
      '“until all is paid” before 2021',
      { agreedUnclear: true, contractOn: '2020-06-01' },
      '2027-06-30',
    ],
  ])('who agreed to %s', (_name, more, endOn) => {
    const of = { dueDay: '2025-06-30', claims: [], guarantor: { ...joint, ...more } };
    expect(shown([], '2025-09-01', of).message?.expiresOn).toBe(endOn);
  });

  it('whose invoices are not known has the period of the oldest due day', () => {
    const bare = { ...debt, claims: [] };
    expect(shown([], '2025-06-02', bare).message).toMatchObject({
      state: 'open',
      expiresOn: '2025-09-30',
      openCount: 1,
    });
  });

  it('that is not recorded has no period', () => {
    expect(shown([], '2025-06-02', { ...debt, guarantor: undefined }).message).toBeUndefined();
  });
});
