import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import { emit } from '@recourse/kit/events.ts';
import { defineService } from '@recourse/kit/service.ts';
import type { TestService } from '@recourse/kit/testing.ts';
import { ConflictKind } from '@recourse/proto/agencies/v1/conflicts.ts';
import { type Books, cny, openBooks, page } from './deal.ts';
import { type Org, setStage, type Stage } from './stage.ts';
import { creditTopic } from './topic.ts';

let stage: Stage;
let creditor: Org;
let books: Books;
let credit: TestService;

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
  books = openBooks(stage);
  credit = await stage.platform.startService(
    defineService({ name: 'credit', wire: () => ({ rpc: [] }) }),
  );
});

afterAll(() => stage.stop());

/** Places cases with an agency; the reason of each, empty where it was done. */
async function reasons(agency: Org, caseIds: readonly string[], by = creditor): Promise<string[]> {
  const placements = caseIds.map((caseId) => ({ caseId, placementId: randomUUIDv7() }));
  const { results } = await stage.placements.placeCases(
    { placements, agencyId: agency.orgId, terms: undefined, note: '' },
    await by.as('director'),
  );
  return results.map((one) => one.reason);
}

async function offered(agency: Org, caseIds: readonly string[], by = creditor) {
  const { offers } = await stage.market.compareAgencies(
    { caseIds: [...caseIds], agencyIds: [agency.orgId], assumed: [] },
    await by.as('collector'),
  );
  return offers[0];
}

async function openLoad(agency: Org): Promise<bigint | undefined> {
  const { agency: seen } = await stage.market.getAgency(
    { agencyId: agency.orgId },
    await creditor.as('finance'),
  );
  return seen?.openAmount?.minor;
}

const code = '91320500MA1X2Y3C4K';

function declaring(agency: Org, more: object = {}) {
  return {
    agencyId: agency.orgId,
    conflictId: randomUUIDv7(),
    kind: ConflictKind.CLIENT,
    name: '苏州恒达机械有限公司',
    creditCode: code,
    note: '',
    ...more,
  };
}

describe('the regions of an agency', () => {
  it('keep back the cases that are known to be elsewhere, and no others', async () => {
    const agency = await stage.agency({ regions: ['江苏省', 'CN-33'] });
    const caseIds = ['江苏苏州', '广东', '', '杭州市'].map((region) => stage.openCase({ region }));
    const offer = await offered(agency, caseIds);
    expect(offer).toMatchObject({
      placeableCases: 3,
      regionUnknown: 1,
      limits: [{ reason: 'region_not_covered', cases: 1, caseIds: [caseIds[1]], facts: ['广东'] }],
    });
    expect(await reasons(agency, caseIds)).toEqual(['', 'region_not_covered', '', '']);
    const call = await creditor.as('director');
    const one = { agencyId: agency.orgId, terms: undefined, note: '' };
    const refused = stage.placements.placeCase(
      { ...one, caseId: caseIds[1] ?? '', placementId: randomUUIDv7() },
      call,
    );
    await expect(refused).rejects.toMatchObject({
      kind: 'refused',
      reason: 'region_not_covered',
      facts: { region: '广东', regions: '江苏省、CN-33' },
    });
  });
});

describe('what agents can have open', () => {
  it('is CNY 50 m each, over all creditors, and falls as money comes in', async () => {
    const agency = await stage.agency({ agentCount: 1 });
    const big = () => stage.openCase({ open: cny(3_000_000_000n) });
    const first = await books.deal({ pair: { creditor: stage.creditor(), agency } });
    expect(await openLoad(agency)).toBe(1_000_000n);
    expect(await reasons(agency, [big(), big()], stage.creditor())).toEqual([
      '',
      'amount_exceeded',
    ]);
    expect(await openLoad(agency)).toBe(3_001_000_000n);
    const caseIds = [stage.openCase({ open: cny(1_999_000_001n) })];
    expect(await reasons(agency, caseIds)).toEqual(['amount_exceeded']);
    expect(await offered(agency, caseIds)).toMatchObject({
      placeableCases: 0,
      amountLeft: cny(1_999_000_000n),
      limits: [{ reason: 'amount_exceeded', cases: 1 }],
    });
    const paid = { paymentId: randomUUIDv7(), minor: 400_000n };
    await books.pay(first, paid);
    await eventually(async () => expect(await openLoad(agency)).toBe(3_000_600_000n));
    expect(await reasons(agency, caseIds)).toEqual(['']);
    await books.bounce(first, paid);
    await eventually(async () => expect(await openLoad(agency)).toBe(5_000_000_001n));
    const recall = { placementIds: [first.placementId], reason: '另行安排', requestId: '' };
    await stage.placements.recallPlacements(recall, await first.creditor.as('director'));
    expect(await openLoad(agency)).toBe(4_999_000_001n);
  });

  it('counts other currencies at round rates', async () => {
    const agency = await stage.agency({ agentCount: 1 });
    const usd = (minor: bigint) => stage.openCase({ open: { currency: 'USD', minor } });
    expect(await reasons(agency, [usd(700_000_000n), usd(20_000_000n)])).toEqual([
      '',
      'amount_exceeded',
    ]);
    expect(await openLoad(agency)).toBe(4_900_000_000n);
  });

  it('is never exceeded by many creditors at once', async () => {
    const agency = await stage.agency({ agentCount: 1 });
    const tries = await Promise.all(
      Array.from({ length: 6 }, () =>
        reasons(agency, [stage.openCase({ open: cny(2_000_000_000n) })], stage.creditor()),
      ),
    );
    expect(tries.flat().filter((reason) => reason === '')).toHaveLength(2);
    expect(await openLoad(agency)).toBe(4_000_000_000n);
  });

  it('is counted over the parts of a long list', async () => {
    const agency = await stage.agency({ capacityCases: 3, agentCount: 1 });
    const caseIds = [stage.openCase(), stage.openCase()];
    const assumed = [{ agencyId: agency.orgId, cases: 2, amount: cny(2_000_000n) }];
    const { offers } = await stage.market.compareAgencies(
      { caseIds, agencyIds: [agency.orgId], assumed },
      await creditor.as('director'),
    );
    expect(offers[0]).toMatchObject({
      placeableCases: 1,
      capacityLeft: 1,
      limits: [{ reason: 'capacity_exceeded', cases: 1, caseIds: [caseIds[1]] }],
    });
  });
});

describe('a conflict of interest', () => {
  it('that the agency declares is refused to every creditor, until withdrawn', async () => {
    const agency = await stage.agency();
    const manager = await agency.as('agency_manager');
    const request = declaring(agency, { name: '上海恒达机械有限公司', creditCode: '' });
    const { conflict } = await stage.conflicts.declareConflict(request, manager);
    expect(conflict).toMatchObject({ byAgency: true, declaredBy: { name: '张敏' } });
    const again = await stage.conflicts.declareConflict(request, manager);
    expect(again.conflict).toEqual(conflict);
    const other = stage.creditor();
    const seen = await stage.conflicts.listConflicts(
      { agencyId: agency.orgId, withWithdrawn: false, page },
      await other.as('auditor'),
    );
    expect(seen.conflicts).toEqual([conflict]);
    const caseIds = [stage.openCase()];
    expect((await offered(agency, caseIds, other))?.limits).toMatchObject([
      { reason: 'conflict_of_interest', cases: 1, facts: ['上海恒达机械有限公司'] },
    ]);
    expect(await reasons(agency, caseIds, other)).toEqual(['conflict_of_interest']);
    const { agencyId, conflictId } = request;
    const withdraw = { agencyId, conflictId, reason: '合同已终止', requestId: randomUUIDv7() };
    for (const _time of ['first', 'again']) {
      const { conflict: gone } = await stage.conflicts.withdrawConflict(withdraw, manager);
      expect(gone).toMatchObject({ withdrawReason: '合同已终止', withdrawnBy: { name: '张敏' } });
    }
    expect(await reasons(agency, caseIds, other)).toEqual(['']);
  });

  it('is found by the code that the book or the customer’s file tells', async () => {
    const agency = await stage.agency();
    await stage.conflicts.declareConflict(declaring(agency), await agency.as('agency_manager'));
    const [debtorId, otherId] = [randomUUIDv7(), randomUUIDv7()];
    const at = Temporal.Now.instant();
    const customer = {
      customerNumber: '1',
      name: '恒达',
      aliases: [],
      region: '',
      industry: '',
      contactName: '',
      phone: '',
      email: '',
    };
    await stage.tell(creditor, randomUUIDv7(), {
      $case: 'receivablesImported',
      value: {
        importId: randomUUIDv7(),
        customers: [
          { ...customer, debtorId, creditCode: code.toLowerCase() },
          { ...customer, debtorId: otherId, creditCode: '' },
        ],
        receivables: [],
      },
    });
    const cases = [debtorId, otherId].map((id) => stage.openCase({ debtorId: id }));
    await eventually(async () =>
      expect(await offered(agency, cases)).toMatchObject({ placeableCases: 1 }),
    );
    const about = { region: '', industry: '', timeZone: '', person: false };
    const value = { customerId: otherId, name: 'x', ...about };
    await credit.db.tenant(creditor.orgId, (tx) =>
      emit(tx, creditTopic, { aggregateId: otherId, at: at.add({ seconds: 1 }) }, [
        { $case: 'customerChanged', value: { ...value, creditCode: code } },
      ]),
    );
    await eventually(async () =>
      expect(await offered(agency, cases)).toMatchObject({ placeableCases: 0 }),
    );
    expect(await reasons(agency, cases)).toEqual(['conflict_of_interest', 'conflict_of_interest']);
  });

  it('that a creditor declares is its own: no agency and no other creditor knows', async () => {
    const [agency, other] = [await stage.agency(), stage.creditor()];
    const request = declaring(agency, { name: '上海恒达机械有限公司', creditCode: '' });
    await stage.conflicts.declareConflict(request, await creditor.as('legal_officer'));
    const caseIds = [stage.openCase()];
    expect(await reasons(agency, caseIds)).toEqual(['conflict_of_interest']);
    expect(await reasons(agency, caseIds, other)).toEqual(['']);
    const ask = { agencyId: agency.orgId, withWithdrawn: true, page };
    for (const [org, count] of [
      [creditor, 1],
      [other, 0],
      [agency, 0],
    ] as const) {
      const role = org.orgKind === 'agency' ? 'agency_manager' : 'director';
      const { conflicts } = await stage.conflicts.listConflicts(ask, await org.as(role));
      expect(conflicts).toHaveLength(count);
    }
    const { agencyId, conflictId } = request;
    const withdraw = { agencyId, conflictId, reason: '误登记', requestId: randomUUIDv7() };
    for (const call of [await other.as('director'), await agency.as('agency_manager')]) {
      await expect(stage.conflicts.withdrawConflict(withdraw, call)).rejects.toMatchObject({
        kind: 'missing',
        reason: 'conflict_unknown',
      });
    }
  });

  it('is not declared for another agency, nor read by a rival', async () => {
    const [agency, rival] = [await stage.agency(), await stage.agency()];
    await stage.conflicts.declareConflict(declaring(agency), await agency.as('agency_manager'));
    const call = await rival.as('agency_manager');
    await expect(stage.conflicts.declareConflict(declaring(agency), call)).rejects.toMatchObject({
      kind: 'denied',
      reason: 'not_own_agency',
    });
    const ask = { agencyId: agency.orgId, withWithdrawn: true, page };
    expect((await stage.conflicts.listConflicts(ask, call)).conflicts).toEqual([]);
    const collector = await creditor.as('collector');
    await expect(
      stage.conflicts.declareConflict(declaring(agency), collector),
    ).rejects.toMatchObject({ kind: 'denied' });
  });

  it('declared by five at once under one id is there once', async () => {
    const agency = await stage.agency();
    const call = await agency.as('agency_manager');
    const request = declaring(agency);
    const made = await Promise.all(
      Array.from({ length: 5 }, () => stage.conflicts.declareConflict(request, call)),
    );
    expect(new Set(made.map(({ conflict }) => conflict?.declaredAt)).size).toBe(1);
  });
});
