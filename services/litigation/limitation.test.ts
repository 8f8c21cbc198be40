import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { now } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { EventDetails, Guarantor, ProofGrade } from '@recourse/proto/litigation/v1/limitation.ts';
import { Procedure } from '@recourse/proto/litigation/v1/matters.ts';
import { creditorDay } from './domain/clock-zone.ts';
import { alarmsTold, type Creditor, debtorId, morning, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Creditor;
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const officer = () => creditor.as('legal_officer');

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
});

afterAll(() => stage.stop());

type Told = NonNullable<CasesEvent['event']>;

function opened(caseId: string, oldestDueDate: string): Told {
  const overdue = cny(10_000_000n);
  const value = { caseId, caseNumber: 'C-2026-000900', debtorId, overdue, oldestDueDate };
  return { $case: 'caseOpened', value };
}

function payment(caseId: string, paymentId: string, receivedOn: string): Told {
  const recordedAt = `${receivedOn}T04:00:00Z`;
  const paid = { caseId, paymentId, debtorId, amount: cny(1_000_000n), receivedOn };
  const value = { ...paid, recordedAt, effects: [], credit: undefined };
  return { $case: 'paymentRecorded', value };
}

function reversal(caseId: string, paymentId: string, receivedOn: string): Told {
  const reversedAt = `${receivedOn}T05:00:00Z`;
  const paid = { caseId, paymentId, debtorId, amount: cny(1_000_000n), receivedOn };
  return { $case: 'paymentReversed', value: { ...paid, reversedAt, effects: [] } };
}

function contact(caseId: string, channel: string, result: string, on: string): Told {
  const said = { caseId, contactId: randomUUIDv7(), debtorId, channel, result, refused: false };
  return {
    $case: 'contactLogged',
    value: { ...said, happenedAt: `${on}T04:00:00Z`, agencyId: '', party: 'DEBTOR' },
  };
}

async function debtOf(debtId: string) {
  return (await stage.limitation.getDebt({ debtId }, await officer())).debt;
}

describe('a debt’s clock', () => {
  const kept = randomUUIDv7();
  const bounced = randomUUIDv7();
  const day = '2025-03-10';

  it('comes to one end in whatever order its events arrive', async () => {
    const first = randomUUIDv7();
    const second = randomUUIDv7();
    const facts = (caseId: string, ids: readonly string[]): Told[] => [
      opened(caseId, '2024-06-30'),
      payment(caseId, ids[0] ?? '', day),
      payment(caseId, ids[1] ?? '', '2026-02-02'),
      reversal(caseId, ids[1] ?? '', '2026-02-02'),
      contact(caseId, 'CALL', 'REACHED', '2026-03-03'),
    ];
    for (const event of facts(first, [kept, bounced])) {
      await stage.tell(creditor, first, event);
    }
    const others = [randomUUIDv7(), randomUUIDv7()];
    for (const event of facts(second, others).toReversed()) {
      // Each under an aggregate of its own, so that the order of arrival is that of telling.
      await stage.tell(creditor, randomUUIDv7(), event);
    }
    for (const caseId of [first, second]) {
      await eventually(async () => {
        const debt = await debtOf(caseId);
        expect(debt?.events).toHaveLength(3);
        expect(debt?.events.filter((event) => event.struck)).toHaveLength(1);
        // Three years from the payment that stands; a call leaves only our word.
        expect(debt?.clock).toMatchObject({
          expiresOn: '2028-03-10',
          lastInterruptionOn: day,
          lastInterruptionKind: 'part_payment',
          confidence: 'high',
        });
      });
    }
  });

  it('takes a backdated event in where it belongs', async () => {
    const debtId = randomUUIDv7();
    await stage.tell(creditor, debtId, opened(debtId, '2024-06-30'));
    await stage.tell(creditor, debtId, contact(debtId, 'EMAIL', 'SENT', '2026-01-12'));
    await eventually(async () => {
      expect((await debtOf(debtId))?.clock?.expiresOn).toBe('2029-01-12');
    });
    const details = undefined;
    const said = { note: '2025 年函', uploadId: '', grade: ProofGrade.LIKELY, details };
    const named = { debtId, kind: 'demand', on: '2025-01-10', receivableIds: [] };
    const asked = { ...named, eventId: randomUUIDv7(), ...said };
    const { debt } = await stage.limitation.recordLimitationEvent(asked, await officer());
    expect(debt?.clock?.expiresOn).toBe('2029-01-12');
    expect(debt?.events.map((event) => event.on)).toEqual(['2025-01-10', '2026-01-12']);
    const again = await stage.limitation.recordLimitationEvent(asked, await officer());
    expect(again.debt?.events).toHaveLength(2);
    for (const [more, reason] of [
      [{ on: '2099-01-01' }, 'day_in_future'],
      [{ grade: ProofGrade.PROVEN }, 'proven_without_evidence'],
      [{ kind: 'prayer' }, 'limitation_event_unknown'],
    ] as const) {
      const wrong = { ...asked, eventId: randomUUIDv7(), ...more };
      const refused = stage.limitation.recordLimitationEvent(wrong, await officer());
      await expect(refused).rejects.toMatchObject({ reason });
    }
  });

  it('keeps what a person says of an event: an end, an outcome, a new due day', async () => {
    const debtId = randomUUIDv7();
    await stage.tell(creditor, debtId, opened(debtId, '2024-01-05'));
    await eventually(async () => expect(await debtOf(debtId)).toBeDefined());
    const record = async (kind: string, on: string, more: Partial<EventDetails>) => {
      const details = EventDetails.fromPartial(more);
      const said = { note: '', uploadId: '', grade: ProofGrade.LIKELY, receivableIds: [] };
      const asked = { debtId, eventId: randomUUIDv7(), kind, on, details, ...said };
      return (await stage.limitation.recordLimitationEvent(asked, await officer())).debt;
    };
    const pending = await record('arbitration', '2024-06-05', {});
    expect(pending?.clock).toMatchObject({ state: 'LIMITATION_STATE_PENDING', expiresOn: '' });
    const struck = { debtId, eventId: pending?.events[0]?.eventId ?? '', reason: '补记结束' };
    await stage.limitation.strikeLimitationEvent(
      { ...struck, requestId: randomUUIDv7() },
      await officer(),
    );
    const ended = { outcome: 'settled', until: '2024-09-10' };
    const settled = await record('arbitration', '2024-06-05', ended);
    expect(settled?.clock?.expiresOn).toBe('2027-09-10');
    expect(settled?.events.at(-1)?.details).toMatchObject(ended);
    const longer = await record('extension', '2024-10-08', { until: '2025-03-31' });
    expect(longer?.clock?.expiresOn).toBe('2028-03-31');
    const strange = record('demand', '2025-06-05', { until: '2025-09-10' });
    await expect(strange).rejects.toMatchObject({ reason: 'detail_not_of_kind' });
  });

  it('is told once when it nears its end, and again for a new end', async () => {
    const debtId = randomUUIDv7();
    const today = creditorDay(now());
    const due = today.subtract({ years: 3 }).add({ days: 100 }).toString();
    await stage.tell(creditor, debtId, opened(debtId, due));
    await eventually(async () => {
      expect((await debtOf(debtId))?.clock?.state).toBe('LIMITATION_STATE_RUNNING');
    });
    await morning(stage, creditor.orgId);
    await morning(stage, creditor.orgId);
    expect(await alarmsTold(stage, creditor.orgId, debtId)).toMatchObject([{ days: 180 }]);
    expect((await debtOf(debtId))?.alarmsTold).toEqual([180]);
    const guarantor = Guarantor.fromPartial({ name: '王某', kind: 'joint', contractOn: due });
    const asked = { debtId, guarantor, requestId: randomUUIDv7() };
    const { debt } = await stage.limitation.setGuarantor(asked, await officer());
    expect(debt?.guarantor).toMatchObject({ state: 'released', guarantor: { name: '王某' } });
  });

  it('lists debts by their ends, without those of closed cases', async () => {
    const debtId = randomUUIDv7();
    await stage.tell(creditor, debtId, opened(debtId, '2024-01-05'));
    await eventually(() => debtOf(debtId));
    const asked = { expiresBy: '', matterId: '', query: '', page: { size: 50, cursor: '' } };
    const list = async () =>
      stage.limitation.listDebts({ ...asked, includeClosed: false }, await officer());
    const ends = (await list()).debts.map((debt) => debt.clock?.expiresOn ?? '');
    expect(ends).toEqual(ends.toSorted());
    expect((await list()).debts.map((debt) => debt.debtId)).toContain(debtId);
    const closed = { caseId: debtId, debtorId, outcome: 'CASE_OUTCOME_PAID' as const };
    await stage.tell(creditor, debtId, { $case: 'caseClosed', value: closed });
    await eventually(async () => {
      expect((await list()).debts.map((debt) => debt.debtId)).not.toContain(debtId);
    });
  });
});

describe('a calendar feed', () => {
  it('is read by its token without a person until it is revoked', async () => {
    const feedId = randomUUIDv7();
    const asked = { feedId, name: '我的期限', language: '' };
    const { token } = await stage.deadlines.putCalendarFeed(asked, await officer());
    const again = await stage.deadlines.putCalendarFeed(asked, await officer());
    expect(again.token).toBe(token);
    const rows = await stage.service.ownerQuery(
      'SELECT token_hash FROM calendar_feed WHERE feed_id = $1',
      [feedId],
    );
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[2]);
    const machine = { role: 'service', orgId: randomUUIDv7(), orgKind: 'platform' as const };
    const gateway = await stage.platform.call(machine);
    const { ics } = await stage.deadlines.getCalendar({ token }, gateway);
    expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(ics).toContain('我的期限');
    await expect(stage.deadlines.getCalendar({ token }, await officer())).rejects.toMatchObject({
      kind: 'denied',
    });
    await expect(
      stage.deadlines.getCalendar({ token: `${token}x` }, gateway),
    ).rejects.toMatchObject({ kind: 'missing', reason: 'calendar_unknown' });
    const revoke = { feedId, requestId: randomUUIDv7() };
    await stage.deadlines.revokeCalendarFeed(revoke, await officer());
    await expect(stage.deadlines.getCalendar({ token }, gateway)).rejects.toMatchObject({
      reason: 'calendar_unknown',
    });
  });
});

describe('the calculators', () => {
  it('give the fees of the official schedule', async () => {
    const amount = cny(5_000_000n);
    const { fees } = await stage.calculators.calculateFees({ amount }, await officer());
    const exact = Object.fromEntries(fees.map(({ name, fee }) => [name, fee?.exact?.minor]));
    // legal.md 2.2 vectors of 50,000: 1,050 | 350 | 650 | 520.
    expect(exact).toMatchObject({
      acceptance: 105_000n,
      acceptance_halved: 52_500n,
      payment_order: 35_000n,
      enforcement: 65_000n,
      preservation: 52_000n,
    });
  });

  it('give the double part of late performance', async () => {
    const asked = { amount: cny(10_000_000n), performBy: '2025-01-01', until: '2025-04-01' };
    const made = await stage.calculators.calculateDoubleInterest(
      { ...asked, payments: [], further: [], stays: [] },
      await officer(),
    );
    // legal.md 2.7: 100,000 × 0.000175 × 90 d.
    expect(made.interest).toEqual(cny(157_500n));
    const stays = [{ fromDay: '2025-02-01', toDay: '2025-02-10' }];
    const further = [{ amount: cny(10_000_000n), performBy: '2025-03-02' }];
    const payments = [{ amount: cny(10_000_000n), on: '2025-03-02' }];
    const parted = await stage.calculators.calculateDoubleInterest(
      { ...asked, payments, further, stays },
      await officer(),
    );
    // 60 days of the first sum but 10 of the stay, then 30 of the second: 80 × 17.50.
    expect(parted).toMatchObject({ interest: cny(140_000n), unpaid: cny(10_000_000n) });
  });

  it('tell the ceilings of small claims with the notice, and ask where there is none', async () => {
    const asked = { amount: cny(7_000_000n), on: '2026-03-02', wage: undefined };
    const check = async (province: string) =>
      stage.calculators.checkSmallClaim({ ...asked, province }, await officer());
    expect(await check('江苏省')).toMatchObject({
      verdict: 'by_agreement',
      mandatoryUpTo: cny(6_461_000n),
      byAgreementUpTo: cny(25_844_000n),
      wageYear: 2024,
      wageWhy: {
        rule: 'average_wage_CN-JS',
        source: expect.stringContaining('江苏省高级人民法院'),
      },
    });
    expect(await check('北京')).toMatchObject({ verdict: 'unknown', wageWhy: undefined });
    await expect(check('Atlantis')).rejects.toMatchObject({ reason: 'province_unknown' });
  });

  it('refuse a service dated before the filing', async () => {
    const events = [
      { kind: 'filed', on: '2026-01-08', party: '', days: 0 },
      { kind: 'judgment_served', on: '2026-01-07', party: '', days: 0 },
    ];
    const asked = { procedure: Procedure.ORDINARY, events };
    const made = stage.calculators.calculateDeadlines(asked, await officer());
    await expect(made).rejects.toMatchObject({ reason: 'service_before_filing' });
  });

  it('name for every procedure the events that start a deadline', async () => {
    const { rules } = await stage.calculators.listDeadlineRules({}, await officer());
    const started = rules.filter((one) => one.procedure === Procedure.PAYMENT_ORDER);
    expect(started.map((one) => one.fromKind)).toContain('payment_order_served');
    expect(rules.every((one) => (one.why?.source ?? '') !== '')).toBe(true);
  });
});
