import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { now } from '@recourse/kit/clock.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { Guarantor, ProofGrade } from '@recourse/proto/litigation/v1/limitation.ts';
import { creditorDay } from './domain/clock-zone.ts';
import type { DebtEvent } from './domain/debt.ts';
import { letter, opened, tellAll as tellIn, type Order, type Told } from './letter-rig.ts';
import { keepClaims } from './store/claims.ts';
import { addEvent } from './store/limitation-events.ts';
import { refreshClocks } from './store/watch.ts';
import { alarmsTold, type Creditor, debtorId, morning, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Creditor;
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const officer = () => creditor.as('legal_officer');
const tellAll = (events: readonly Told[], order: Order) => tellIn(stage, creditor, events, order);

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
});

afterAll(() => stage.stop());

function joined(caseId: string, due: Readonly<Record<string, string>>): Told {
  const receivables = Object.entries(due).map(([receivableId, dueDate]) => ({
    receivableId,
    dueDate,
    documentNumber: receivableId.slice(-4),
    open: cny(100n),
  }));
  return { $case: 'receivablesJoined', value: { caseId, debtorId, receivables } };
}

function payment(caseId: string, receivedOn: string, open: Readonly<Record<string, bigint>>): Told {
  const effects = Object.entries(open).map(([receivableId, minor]) => ({
    receivableId,
    open: cny(minor),
    settledDate: minor === 0n ? receivedOn : '',
  }));
  const paid = { caseId, debtorId, paymentId: randomUUIDv7(), amount: cny(1n), receivedOn };
  const value = { ...paid, recordedAt: `${receivedOn}T04:00:00Z`, effects, credit: undefined };
  return { $case: 'paymentRecorded', value };
}

/** What was held for the debtor, put onto receivables. */
function credit(caseId: string, open: Readonly<Record<string, bigint>>) {
  const effects = Object.entries(open).map(([receivableId, minor]) => ({
    receivableId,
    open: cny(minor),
    settledDate: minor === 0n ? '2026-08-03' : '',
  }));
  const paid = { caseId, debtorId, paymentId: randomUUIDv7(), amount: cny(170n) };
  const value = { ...paid, appliedOn: '2026-08-03', recordedAt: '2026-08-03T04:00:00Z', effects };
  return { $case: 'creditApplied' as const, value };
}

/** A proven demand, as it is kept. */
function demandOn(debtId: string, on: string): DebtEvent {
  return {
    eventId: randomUUIDv7(),
    debtId,
    kind: 'demand',
    on,
    proof: 'proven',
    source: '时效规定 14',
    note: '',
    evidence: undefined,
    details: {},
    receivableIds: [],
    actor: undefined,
    recordedAt: `${on}T04:00:00Z`,
    struck: false,
    strikeReason: '',
  };
}

async function debtOf(debtId: string) {
  return (await stage.limitation.getDebt({ debtId }, await officer())).debt;
}

describe('letters in the limitation', () => {
  it('to the debtor restart it with their proof; one that came back does nothing', async () => {
    const debtId = randomUUIDv7();
    const delivered = letter(debtId, { on: '2026-03-02' });
    const returned = letter(debtId, { on: '2026-06-01', outcome: 'RETURNED' });
    await tellAll([opened(debtId), ...delivered, ...returned], 'reversed');
    await eventually(async () => {
      const debt = await debtOf(debtId);
      expect(debt?.events).toHaveLength(3);
      expect(debt?.clock).toMatchObject({ expiresOn: '2029-03-02', confidence: 'high' });
      const back = debt?.events.find((event) => event.on === '2026-06-01');
      expect(back).toMatchObject({ struck: true, strikeReason: 'letter_returned' });
      const proven = debt?.events.find((event) => event.grade === ProofGrade.PROVEN);
      expect(proven).toMatchObject({ effect: 'interrupts', evidence: { fileName: '回执.pdf' } });
    });
  });

  it('to the guarantor keep him and leave the debtor’s clock alone', async () => {
    const debtId = randomUUIDv7();
    const [sent, settled] = letter(debtId, { on: '2024-09-10', party: 'GUARANTOR' });
    const called: Told = {
      $case: 'contactLogged',
      value: {
        caseId: debtId,
        contactId: randomUUIDv7(),
        debtorId,
        channel: 'EMAIL',
        result: 'SENT',
        refused: false,
        happenedAt: '2026-01-12T04:00:00Z',
        agencyId: '',
        party: 'GUARANTOR',
      },
    };
    const toThird: Told = { ...called, value: { ...called.value, party: 'THIRD_PARTY' } };
    await tellAll([opened(debtId), sent, settled, called], 'as_given');
    const other = { ...toThird, value: { ...toThird.value, contactId: randomUUIDv7() } };
    await tellAll([other], 'as_given');
    await eventually(async () => expect((await debtOf(debtId))?.events).toHaveLength(3));
    const guarantor = Guarantor.fromPartial({
      name: '王某',
      kind: 'joint',
      contractOn: '2023-01-01',
    });
    const asked = { debtId, guarantor, requestId: randomUUIDv7() };
    const { debt } = await stage.limitation.setGuarantor(asked, await officer());
    expect(debt?.clock).toMatchObject({ expiresOn: '2027-06-30', lastInterruptionOn: '' });
    expect(debt?.guarantor).toMatchObject({ state: 'kept', limitationEndsOn: '2027-09-10' });
    const kept = debt?.events.find((event) => event.eventId === debt.guarantor?.keptBy);
    expect(kept).toMatchObject({ kind: 'demand_guarantor', effect: 'keeps_guarantor' });
  });
});

describe('a guarantor’s period', () => {
  it('is alarmed by itself, and no more once he is called upon', async () => {
    const debtId = randomUUIDv7();
    const today = creditorDay(now());
    const due = today.subtract({ months: 5 }).toString();
    await tellAll([opened(debtId, due)], 'as_given');
    await eventually(async () => expect((await debtOf(debtId))?.dueDay).toBe(due));
    const guarantor = Guarantor.fromPartial({
      name: '王某',
      kind: 'joint',
      contractOn: '2023-01-01',
    });
    const set = { debtId, guarantor, requestId: randomUUIDv7() };
    const { debt } = await stage.limitation.setGuarantor(set, await officer());
    expect(debt?.guarantor?.state).toBe('open');
    await morning(stage, creditor.orgId);
    await morning(stage, creditor.orgId);
    const told = await alarmsTold(stage, creditor.orgId, debtId);
    // One month of the six is left: the debt itself has years.
    const days = (debt?.guarantor?.daysLeft ?? 0) <= 30 ? 30 : 90;
    expect(told).toMatchObject([{ days, guarantor: '王某', nextAct: 'demand_guarantor' }]);
    expect((await debtOf(debtId))?.alarmsTold).toEqual([]);
    await tellAll(letter(debtId, { on: today.toString(), party: 'GUARANTOR' }), 'as_given');
    await eventually(async () => expect((await debtOf(debtId))?.guarantor?.state).toBe('kept'));
  });

  it('runs for each invoice from its own due day and is alarmed for each', async () => {
    const debtId = randomUUIDv7();
    const [older, newer] = [randomUUIDv7(), randomUUIDv7()];
    const today = creditorDay(now());
    const due = (days: number) => today.subtract({ days }).toString();
    // Six months are 181 to 184 days: one ends within a week, the other within a month.
    const days = { [older]: due(178), [newer]: due(160) };
    await tellAll([opened(debtId, due(178)), joined(debtId, days)], 'as_given');
    await eventually(async () => expect((await debtOf(debtId))?.claimCount).toBe(2));
    const guarantor = Guarantor.fromPartial({
      name: '王某',
      kind: 'joint',
      contractOn: '2023-01-01',
    });
    const set = { debtId, guarantor, requestId: randomUUIDv7() };
    const { debt } = await stage.limitation.setGuarantor(set, await officer());
    expect(debt?.guarantor).toMatchObject({ state: 'open', openCount: 2 });
    const ends = new Map(debt?.claims.map((one) => [one.receivableId, one.guarantorExpiresOn]));
    expect(debt?.guarantor?.expiresOn).toBe(ends.get(older));
    expect(ends.get(newer)?.localeCompare(ends.get(older) ?? '')).toBe(1);
    await morning(stage, creditor.orgId);
    await morning(stage, creditor.orgId);
    const told = await alarmsTold(stage, creditor.orgId, debtId);
    expect(told.map((one) => one.expiresOn).toSorted()).toEqual([...ends.values()].toSorted());
  });
});

describe('the invoices of a debt', () => {
  it.each(['as_given', 'reversed'] as const)('have clocks of their own, told %s', async (order) => {
    const debtId = randomUUIDv7();
    const [first, second, third] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    const due = { [first]: '2024-06-30', [second]: '2025-06-30', [third]: '2026-06-30' };
    const [, demand] = letter(debtId, { on: '2025-12-15' });
    const told = [
      opened(debtId),
      joined(debtId, due),
      demand,
      payment(debtId, '2026-08-03', { [first]: 0n, [second]: 40n }),
    ];
    await tellAll(told, order);
    await eventually(async () => {
      const debt = await debtOf(debtId);
      // The first is paid; the payment restarted the second, and the third was not due when asked.
      expect(debt?.claims).toMatchObject([
        { receivableId: third, expiresOn: '2029-06-30', open: cny(100n) },
        { receivableId: second, expiresOn: '2029-08-03', open: cny(40n) },
      ]);
      expect(debt).toMatchObject({ claimCount: 2, claimsExpired: 0 });
      expect(debt?.clock?.expiresOn).toBe('2029-06-30');
    });
  });

  it.each(['as_given', 'reversed'] as const)(
    'are less by credit of the debtor, which restarts nothing, told %s',
    async (order) => {
      const debtId = randomUUIDv7();
      const [first, second] = [randomUUIDv7(), randomUUIDv7()];
      const due = { [first]: '2025-06-30', [second]: '2025-09-30' };
      const applied = credit(debtId, { [first]: 0n, [second]: 30n });
      await tellAll([opened(debtId), joined(debtId, due), applied], order);
      await eventually(async () => {
        const debt = await debtOf(debtId);
        expect(debt?.claims).toMatchObject([
          { receivableId: second, expiresOn: '2028-09-30', open: cny(30n) },
        ]);
        expect(debt?.events).toEqual([]);
      });
      const { caseId, paymentId, effects } = applied.value;
      const open = cny(100n);
      const owed = effects.map((one) => ({ ...one, open, settledDate: '' }));
      const about = { caseId, debtorId, paymentId, amount: cny(170n), appliedOn: '2026-08-03' };
      const value = { ...about, freedAt: '2026-09-01T08:00:00Z', effects: owed };
      const at = Temporal.Instant.from(value.freedAt);
      await stage.tell(creditor, randomUUIDv7(), { $case: 'creditFreed', value }, at);
      await eventually(async () => expect((await debtOf(debtId))?.claimCount).toBe(2));
    },
  );

  it('that are instalments of one debt start with the last of them', async () => {
    const debtId = randomUUIDv7();
    const [first, second, other] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    const due = { [first]: '2024-01-31', [second]: '2024-02-29', [other]: '2024-03-31' };
    await tellAll([opened(debtId, '2024-01-31'), joined(debtId, due)], 'as_given');
    await eventually(async () => expect((await debtOf(debtId))?.claimCount).toBe(3));
    const asked = {
      debtId,
      eventId: randomUUIDv7(),
      kind: 'instalment_due',
      on: '2027-04-30',
      grade: ProofGrade.LIKELY,
      note: '分期合同最后一期',
      uploadId: '',
      receivableIds: [first, second],
      details: undefined,
    };
    const { debt } = await stage.limitation.recordLimitationEvent(asked, await officer());
    const ends = Object.fromEntries(
      (debt?.claims ?? []).map((one) => [one.receivableId, one.expiresOn]),
    );
    expect(ends).toEqual({ [other]: '2027-03-31', [first]: '2030-04-30', [second]: '2030-04-30' });
    const strange = { ...asked, eventId: randomUUIDv7(), receivableIds: [randomUUIDv7()] };
    const refused = stage.limitation.recordLimitationEvent(strange, await officer());
    await expect(refused).rejects.toMatchObject({ kind: 'missing', reason: 'claim_unknown' });
  });

  it('keep what happened to them in a case that was withdrawn', async () => {
    const [before, after] = [randomUUIDv7(), randomUUIDv7()];
    const [both, fresh] = [randomUUIDv7(), randomUUIDv7()];
    const [, demand] = letter(before, { on: '2026-02-09' });
    const due = { [both]: '2024-05-31', [fresh]: '2026-05-31' };
    const told = [
      opened(before, '2024-05-31'),
      joined(before, { [both]: '2024-05-31' }),
      demand,
      opened(after, '2024-05-31'),
      joined(after, due),
    ];
    await tellAll(told, 'reversed');
    await eventually(async () => {
      const debt = await debtOf(after);
      expect(debt?.claims).toMatchObject([
        { receivableId: both, expiresOn: '2029-02-09' },
        { receivableId: fresh, expiresOn: '2029-05-31' },
      ]);
      expect(debt?.events).toMatchObject([{ kind: 'demand', receivableIds: [both] }]);
      const rows = await stage.service.ownerQuery(
        'SELECT expires_on FROM debt WHERE org_id = $1 AND debt_id = $2',
        [creditor.orgId, after],
      );
      expect(rows).toEqual([{ expires_on: '2029-02-09' }]);
    });
  });

  it('keep a clock that knows both when two transactions change a debt at once', async () => {
    const [before, after, both] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    const due = '2024-05-31';
    await tellAll([opened(before, due), joined(before, { [both]: due })], 'as_given');
    await tellAll([opened(after, due)], 'as_given');
    await eventually(async () => {
      expect((await debtOf(before))?.claimCount).toBe(1);
      expect((await debtOf(after))?.dueDay).toBe(due);
    });
    const { db, ownerQuery } = stage.service;
    const joining = async (tx: Tx): Promise<void> => {
      const claim = { receivableId: both, dueDate: due, documentNumber: 'A1', open: cny(100n) };
      await keepClaims(tx, after, debtorId, [claim], now());
      await refreshClocks(tx, [after]);
    };
    const waits = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    const second = await db.tenant(creditor.orgId, async (tx) => {
      await addEvent(tx, demandOn(before, '2026-02-09'));
      await refreshClocks(tx, [before]);
      const began = db.tenant(creditor.orgId, joining);
      const held = eventually(async () => expect(await ownerQuery(waits)).not.toEqual([]));
      await Promise.race([began, held]);
      return { began };
    });
    await second.began;
    const asked = 'SELECT expires_on FROM debt WHERE org_id = $1 AND debt_id = $2';
    expect(await ownerQuery(asked, [creditor.orgId, after])).toEqual([
      { expires_on: '2029-02-09' },
    ]);
  });

  it('of an undone import are no claims any more', async () => {
    const debtId = randomUUIDv7();
    const [stays, goes] = [randomUUIDv7(), randomUUIDv7()];
    const removed: Told = {
      $case: 'receivablesRemoved',
      value: {
        importId: randomUUIDv7(),
        removedReceivableIds: [goes],
        restored: [],
        removedDebtorIds: [],
      },
    };
    const due = { [stays]: '2025-01-31', [goes]: '2024-01-31' };
    await tellAll([opened(debtId), joined(debtId, due), removed], 'reversed');
    await eventually(async () => {
      const debt = await debtOf(debtId);
      expect(debt?.claims.map((one) => one.receivableId)).toEqual([stays]);
      expect(debt?.clock?.expiresOn).toBe('2028-01-31');
    });
  });
});
