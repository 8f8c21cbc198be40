import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCrypto } from '@recourse/kit/crypto.ts';
import { Handling } from '@recourse/proto/cases/v1/cases.ts';
import { creditorCall, oneCase, type Rig, startRig } from './book-rig.ts';
import { contactSeal } from './store/contact-seal.ts';
import { contact, handlingIs, payment, placementOf, plan, settlement } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

/**
 * Rows of each table that row-level security itself lets an organisation read, with no filter at
 * all.
 */
async function rowsUnderSecurity(orgId: string): Promise<Record<string, bigint>> {
  const tables = [
    'case_file',
    'debtor',
    'receivable',
    'contact',
    'promise',
    'instalment_plan',
    'instalment',
    'settlement',
    'payment',
    'payment_reversal',
    'allocation',
    'debtor_credit',
    'credit_movement',
    'credit_refund',
    'credit_refund_reversal',
    'timeline_entry',
    'case_counter',
    'debtor_term',
    'placement_grant',
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

describe('row-level security by itself', () => {
  it('shows an agency its active placement’s rows and not one of another creditor’s', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const other = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    const { agencyId } = placement;
    await rig.work.recordPayment(payment(file.caseId, 950n - 60n), await creditorCall(rig, orgId));
    const proposal = settlement(file.caseId, 5n);
    const supervisor = await creditorCall(rig, orgId);
    await rig.settlements.proposeSettlement(proposal, supervisor);
    const taken = { ...proposal, requestId: randomUUIDv7() };
    await rig.settlements.withdrawSettlement(taken, supervisor);
    await rig.plans.agreePlan(
      plan(file.caseId, [
        [5, 4n],
        [9, 6n],
      ]),
      await creditorCall(rig, orgId, 'director'),
    );
    await rig.work.recordContact(
      contact(file.caseId, { note: '约定下周付款' }),
      await creditorCall(rig, orgId),
    );
    const nothing = Object.fromEntries(
      Object.keys(await rowsUnderSecurity(agencyId)).map((table) => [table, 0n]),
    );
    expect(await rowsUnderSecurity(agencyId)).toEqual(nothing);
    await placement.offer();
    await handlingIs(rig, file, Handling.OFFERED);
    expect(await rowsUnderSecurity(agencyId)).toEqual({ ...nothing, placement_grant: 1n });
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    expect(await rowsUnderSecurity(agencyId)).toMatchObject({
      case_file: 1n,
      debtor: 1n,
      receivable: 1n,
      contact: 1n,
      instalment_plan: 1n,
      instalment: 2n,
      settlement: 1n,
      payment: 1n,
      allocation: 1n,
      debtor_credit: 0n,
      case_counter: 0n,
      placement_grant: 1n,
    });
    await placement.recall();
    await handlingIs(rig, file, Handling.INTERNAL);
    expect(await rowsUnderSecurity(agencyId)).toEqual({ ...nothing, placement_grant: 1n });
    expect((await rowsUnderSecurity(other.orgId))['case_file']).toBe(1n);
    expect(await rowsUnderSecurity(randomUUIDv7())).toEqual(nothing);
  });

  it('lets an agency change nothing, not even where it may read', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    const changed = await rig.service.db.tenant(placement.agencyId, (tx) =>
      tx.query('UPDATE case_file SET open_minor = 0, overdue_minor = 0 RETURNING case_id'),
    );
    expect(changed).toEqual([]);
    const granted = await rig.service.db.tenant(placement.agencyId, (tx) =>
      tx.query(`UPDATE placement_grant SET state = 'ACTIVE' RETURNING 1`),
    );
    expect(granted).toEqual([]);
    await expect(
      rig.service.db.tenant(placement.agencyId, (tx) =>
        tx.query(
          `INSERT INTO timeline_entry (org_id, case_id, at, kind, what)
         VALUES ($1, $2, now(), 'case', 'forged')`,
          [orgId, file.caseId],
        ),
      ),
    ).rejects.toMatchObject({ kind: 'denied', reason: 'row_of_other_organisation' });
  });

  it('lets nobody rewrite what was added', async () => {
    const { orgId } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    for (const table of [
      'payment',
      'allocation',
      'payment_reversal',
      'contact',
      'timeline_entry',
    ]) {
      await expect(
        rig.service.db.tenant(orgId, (tx) => tx.query(`DELETE FROM ${table}`)),
      ).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('people of a debtor', () => {
  it('are sealed in the table, open to who talks with them and masked to others', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const { keyEncryptionKey, service } = rig;
    const seal = contactSeal(createCrypto({ db: service.db, keyEncryptionKey }));
    const person = {
      name: '王敏',
      position: '财务',
      phone: '13800138000',
      email: 'wangmin@example.cn',
      address: '苏州',
    };
    const sealed = await seal.seal(orgId, [person]);
    expect(sealed).not.toContain('王敏');
    await rig.service.ownerQuery('UPDATE debtor SET contacts_sealed = $2 WHERE org_id = $1', [
      orgId,
      sealed,
    ]);
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
