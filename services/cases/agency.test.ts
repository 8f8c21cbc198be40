import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCrypto } from '@recourse/kit/crypto.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import type { EventOf } from '@recourse/kit/events.ts';
import type { AgenciesEvent } from '@recourse/proto/agencies/v1/events.ts';
import { type Case, CaseOutcome, Handling } from '@recourse/proto/cases/v1/cases.ts';
import {
  Attitude, Channel, ContactResult, Excuse, Party,
} from '@recourse/proto/cases/v1/work.ts';
import { agencyCall, creditorCall, dayFromToday, listOf, oneCase, type Rig, startRig } from './book-rig.ts';
import { contactSeal } from './store/contact-seal.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
}, 60_000);

afterAll(() => rig.stop());

/** A placement of a case, and the events that move it. */
function placementOf(file: Case, agencyId = randomUUIDv7()) {
  const placementId = randomUUIDv7();
  const base = { placementId, caseId: file.caseId, agencyId, agencyName: '安信商账' };
  const at = Temporal.Now.instant().toString();
  const tell = (event: EventOf<AgenciesEvent>): Promise<void> =>
    rig.tellOfPlacement(file.orgId, placementId, event);
  return {
    agencyId,
    offer: () => tell({ $case: 'placementOffered', value: { ...base, placedAt: at } }),
    accept: () => tell({ $case: 'placementAccepted', value: { ...base, acceptedAt: at } }),
    decline: () =>
      tell({ $case: 'placementDeclined', value: { ...base, declinedAt: at, reason: '地区不符' } }),
    recall: () =>
      tell({ $case: 'placementRecalled', value: { ...base, recalledAt: at, reason: '另行安排' } }),
    complete: () => tell({ $case: 'placementCompleted', value: { ...base, completedAt: at } }),
  };
}

async function handlingIs(file: Case, handling: Handling): Promise<Case> {
  return eventually(async () => {
    const call = await creditorCall(rig, file.orgId);
    const { case: found } = await rig.cases.getCase({ caseId: file.caseId }, call);
    if (found?.handling !== handling) throw new Error(`handling is ${found?.handling}`);
    return found;
  });
}

/** Everything an agency could see of a case, by each way of asking. */
async function seenBy(agencyId: string, caseId: string): Promise<string[]> {
  const call = await agencyCall(rig, agencyId);
  const page = undefined;
  const ways: Record<string, () => Promise<unknown[]>> = {
    list: async () => (await rig.cases.listCases(listOf({}), call)).cases,
    search: async () => (await rig.cases.listCases(listOf({ query: '华成' }), call)).cases,
    case: async () => [(await rig.cases.getCase({ caseId }, call)).case],
    timeline: async () => (await rig.cases.getTimeline({ caseId, kinds: [], page }, call)).entries,
    receivables: async () =>
      (await rig.cases.listCaseReceivables({ caseId, page }, call)).receivables,
    payments: async () => (await rig.work.listPayments({ caseId, page }, call)).payments,
    promises: async () =>
      (await rig.work.listPromises({ caseId, states: [], dueFrom: '', dueTo: '', page }, call)).promises,
  };
  const seen: string[] = [];
  for (const [way, ask] of Object.entries(ways)) {
    const rows = await ask().catch((thrown: unknown) => {
      expect(thrown).toMatchObject({ kind: 'missing', reason: 'case_unknown' });
      return [];
    });
    if (rows.length > 0) seen.push(way);
  }
  return seen;
}

/** Rows of each table that row-level security itself lets an organisation read, with no filter at all. */
async function rowsUnderSecurity(orgId: string): Promise<Record<string, bigint>> {
  const tables = [
    'case_file', 'debtor', 'receivable', 'contact', 'promise', 'payment', 'payment_reversal',
    'allocation', 'debtor_credit', 'timeline_entry', 'case_counter', 'debtor_term', 'placement_grant',
  ];
  return rig.service.db.tenant(orgId, async (tx) => {
    const counts: Record<string, bigint> = {};
    for (const table of tables) {
      const [row] = await tx.query<{ count: bigint }>(`SELECT count(*) FROM ${table}`);
      counts[table] = row?.count ?? -1n;
    }
    return counts;
  });
}

const newContact = (caseId: string) => ({
  caseId, contactId: randomUUIDv7(), channel: Channel.CALL, party: Party.DEBTOR,
  result: ContactResult.REACHED, attitude: Attitude.WILLING, excuse: Excuse.SHORT_OF_CASH,
  note: '约定下周付款', happenedAt: undefined, companion: '',
});

const newPayment = (caseId: string, minor: bigint) => ({
  caseId, paymentId: randomUUIDv7(), amount: { currency: 'CNY', minor }, receivedOn: dayFromToday(0),
  means: 'bank_transfer', reference: '', note: '',
});

describe('an agency', () => {
  it('sees nothing of a case before it has accepted it', async () => {
    const { file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(file);
    expect(await seenBy(placement.agencyId, file.caseId)).toEqual([]);
    await placement.offer();
    const offered = await handlingIs(file, Handling.OFFERED);
    expect(offered).toMatchObject({ agencyId: placement.agencyId, agencyName: '安信商账' });
    expect(await seenBy(placement.agencyId, file.caseId)).toEqual([]);
    const call = await agencyCall(rig, placement.agencyId);
    const missing = { kind: 'missing', reason: 'case_unknown' };
    await expect(rig.work.recordContact(newContact(file.caseId), call)).rejects.toMatchObject(missing);
    await expect(rig.work.recordPayment(newPayment(file.caseId, 1n), call)).rejects.toMatchObject(missing);
  });

  it('works the case while its placement is active, and is out when it is recalled', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(file);
    const { agencyId } = placement;
    await placement.offer();
    await placement.accept();
    await handlingIs(file, Handling.PLACED);
    const call = await agencyCall(rig, agencyId);
    const logged = await rig.work.recordContact(newContact(file.caseId), call);
    expect(logged.contact).toMatchObject({
      verdict: { permitted: true }, actor: { orgId: agencyId, orgName: '安信商账' },
    });
    const promised = await rig.work.recordPromise({
      caseId: file.caseId, promiseId: randomUUIDv7(), amount: { currency: 'CNY', minor: 500n },
      dueDay: dayFromToday(2), channel: Channel.CALL, promisedBy: '王总',
    }, call);
    expect(promised.promise?.amount?.minor).toBe(500n);
    const paid = await rig.work.recordPayment(newPayment(file.caseId, 200n), call);
    expect(paid.case).toMatchObject({ orgId, open: { minor: 700n }, recovered: { minor: 200n } });
    expect(await seenBy(agencyId, file.caseId)).toEqual([
      'list', 'search', 'case', 'timeline', 'receivables', 'payments', 'promises',
    ]);
    const { case: seen } = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(seen).toMatchObject({ orgName: '华东钢铁', allowance: { usedToday: 1 } });

    const audiences = await rig.service.ownerQuery<{ type: string; audience: string[] }>(
      `SELECT type, audience FROM outbox WHERE org_id = $1 AND type IN ('contactLogged', 'paymentRecorded')
        ORDER BY version`, [orgId]);
    for (const { audience } of audiences) expect(audience).toEqual([orgId, agencyId]);
    expect(audiences).toHaveLength(2);

    const today = dayFromToday(0);
    const period = { firstDay: today, lastDay: today };
    const activity = await rig.cases.getActivity({ creditorId: orgId, period }, call);
    expect(activity.activities).toEqual([
      expect.objectContaining({
        caseNumber: file.number, contacts: 1, effectiveContacts: 1, visits: 0, promisesMade: 1,
        promisesKept: 0, received: [{ currency: 'CNY', minor: 200n }], lastAttitude: 'WILLING',
        lastNote: '约定下周付款', nextPromiseDay: dayFromToday(2),
      }),
    ]);
    const { openCases, recoveredMonth } = await rig.cases.getDashboard({ asOf: '' }, call);
    expect([openCases, recoveredMonth]).toEqual([1n, [{ currency: 'CNY', minor: 200n }]]);

    await placement.recall();
    await handlingIs(file, Handling.INTERNAL);
    expect(await seenBy(agencyId, file.caseId)).toEqual([]);
    const missing = { kind: 'missing', reason: 'case_unknown' };
    await expect(rig.work.recordContact(newContact(file.caseId), call)).rejects.toMatchObject(missing);
    expect((await rig.cases.getActivity({ creditorId: orgId, period }, call)).activities).toEqual([]);
  });

  it('and the creditor share the three contacts of a day', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(file);
    await placement.accept();
    await handlingIs(file, Handling.PLACED);
    const calls = [await creditorCall(rig, orgId), await agencyCall(rig, placement.agencyId)];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, place) => {
        const call = calls[place % 2];
        if (call === undefined) throw new Error('no call');
        return rig.work.recordContact(newContact(file.caseId), call);
      }));
    const permitted = answers.filter((one) => one.contact?.verdict?.permitted === true);
    expect(permitted).toHaveLength(3);
  });

  it.each(['decline', 'complete', 'recall'] as const)(
    'stays out after %s, even when an acceptance comes late', async (ending) => {
      const { file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
      const placement = placementOf(file);
      await placement.offer();
      await handlingIs(file, Handling.OFFERED);
      await placement[ending]();
      await handlingIs(file, Handling.INTERNAL);
      await placement.accept();
      await eventually(async () => {
        const rows = await rig.service.ownerQuery(
          `SELECT FROM timeline_entry WHERE case_id = $1 AND what = 'placement_accepted'`,
          [file.caseId]);
        expect(rows).toHaveLength(1);
      });
      expect(await seenBy(placement.agencyId, file.caseId)).toEqual([]);
    });

  it('may not close a case, take a payment back or read the book', async () => {
    const { file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(file);
    await placement.accept();
    await handlingIs(file, Handling.PLACED);
    const call = await agencyCall(rig, placement.agencyId, 'agency_manager');
    const denied = { kind: 'denied' };
    await expect(rig.cases.closeCase({
      caseId: file.caseId, outcome: CaseOutcome.SOLD, reason: '出售', expectedVersion: 0n, requestId: '',
    }, call)).rejects.toMatchObject(denied);
    await expect(rig.work.reversePayment({
      caseId: file.caseId, paymentId: randomUUIDv7(), requestId: '', reason: '退票',
    }, call)).rejects.toMatchObject(denied);
    await expect(rig.receivables.getAging({ asOf: '', debtorId: '' }, call)).rejects.toMatchObject(denied);
  });
});

describe('row-level security by itself', () => {
  it('shows an agency its active placement’s rows and not one of another creditor’s', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const other = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(file);
    const { agencyId } = placement;
    await rig.work.recordPayment(newPayment(file.caseId, 950n - 60n), await creditorCall(rig, orgId));
    await rig.work.recordContact(newContact(file.caseId), await creditorCall(rig, orgId));
    const nothing = Object.fromEntries(
      Object.keys(await rowsUnderSecurity(agencyId)).map((table) => [table, 0n]));
    expect(await rowsUnderSecurity(agencyId)).toEqual(nothing);
    await placement.offer();
    await handlingIs(file, Handling.OFFERED);
    expect(await rowsUnderSecurity(agencyId)).toEqual({ ...nothing, placement_grant: 1n });
    await placement.accept();
    await handlingIs(file, Handling.PLACED);
    expect(await rowsUnderSecurity(agencyId)).toMatchObject({
      case_file: 1n, debtor: 1n, receivable: 1n, contact: 1n, payment: 1n, allocation: 1n,
      debtor_credit: 0n, case_counter: 0n, placement_grant: 1n,
    });
    await placement.recall();
    await handlingIs(file, Handling.INTERNAL);
    expect(await rowsUnderSecurity(agencyId)).toEqual({ ...nothing, placement_grant: 1n });
    expect((await rowsUnderSecurity(other.orgId))['case_file']).toBe(1n);
    expect(await rowsUnderSecurity(randomUUIDv7())).toEqual(nothing);
  });

  it('lets an agency change nothing, not even where it may read', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(file);
    await placement.accept();
    await handlingIs(file, Handling.PLACED);
    const changed = await rig.service.db.tenant(placement.agencyId, (tx) =>
      tx.query('UPDATE case_file SET open_minor = 0, overdue_minor = 0 RETURNING case_id'));
    expect(changed).toEqual([]);
    const granted = await rig.service.db.tenant(placement.agencyId, (tx) =>
      tx.query(`UPDATE placement_grant SET state = 'ACTIVE' RETURNING 1`));
    expect(granted).toEqual([]);
    await expect(rig.service.db.tenant(placement.agencyId, (tx) =>
      tx.query(
        `INSERT INTO timeline_entry (org_id, case_id, at, kind, what)
         VALUES ($1, $2, now(), 'case', 'forged')`, [orgId, file.caseId]),
    )).rejects.toMatchObject({ kind: 'denied', reason: 'row_of_other_organisation' });
  });

  it('lets nobody rewrite what was added', async () => {
    const { orgId } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    for (const table of ['payment', 'allocation', 'payment_reversal', 'contact', 'timeline_entry']) {
      await expect(rig.service.db.tenant(orgId, (tx) => tx.query(`DELETE FROM ${table}`)))
        .rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('people of a debtor', () => {
  it('are sealed in the table, open to who talks with them and masked to others', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const { keyEncryptionKey, service } = rig;
    const seal = contactSeal(createCrypto({ db: service.db, keyEncryptionKey }));
    const person = {
      name: '王敏', position: '财务', phone: '13800138000', email: 'wangmin@example.cn', address: '苏州',
    };
    const sealed = await seal.seal(orgId, [person]);
    expect(sealed).not.toContain('王敏');
    await rig.service.ownerQuery('UPDATE debtor SET contacts_sealed = $2 WHERE org_id = $1', [orgId, sealed]);
    const people = async (role: string) => {
      const call = await creditorCall(rig, orgId, role);
      return (await rig.cases.getCase({ caseId: file.caseId }, call)).case?.contacts;
    };
    expect(await people('collector')).toEqual([person]);
    expect(await people('auditor')).toEqual([
      { ...person, phone: '138****8000', email: 'wan****e.cn', address: '' },
    ]);
  });
});
