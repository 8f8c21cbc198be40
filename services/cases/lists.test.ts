import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  CaseStage,
  CaseState,
  type ListCasesResponse,
  PriorityTier,
} from '@recourse/proto/cases/v1/cases.ts';
import { OverdueClass } from '@recourse/proto/cases/v1/receivables.ts';
import {
  caseOf,
  creditorCall,
  dayFromToday,
  listOf,
  openAll,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

const due = (daysAgo: number): string => dayFromToday(-daysAgo);

/** A cursor with one of its parts changed. */
function forged(cursor: string, change: (parts: unknown[]) => unknown): string {
  const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(parts)) throw new Error('no cursor');
  change(parts);
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

describe('a list of cases', () => {
  const orgId = randomUUIDv7();
  const amounts = [500n, 100n, 300n, 300n, 200n, 400n];

  beforeAll(async () => {
    await writeBook(
      rig,
      orgId,
      amounts.map((amountMinor, place) => ({
        key: `K${place}`,
        name: `${['江', '河', '湖', '海', '洋', '溪'][place]}源有限公司`,
        documents: [{ number: `N${place}`, amountMinor, dueDate: due(20 * (place + 1)) }],
      })),
    );
    await openAll(rig, orgId);
  });

  async function list(wanted: Parameters<typeof listOf>[0]): Promise<ListCasesResponse> {
    return rig.cases.listCases(listOf(wanted), await creditorCall(rig, orgId));
  }

  const opens = (found: ListCasesResponse): (bigint | undefined)[] =>
    found.cases.map((one) => one.open?.minor);

  it.each([
    ['', [500n, 400n, 300n, 300n, 200n, 100n]],
    ['open', [100n, 200n, 300n, 300n, 400n, 500n]],
    ['-days_overdue', [400n, 200n, 300n, 300n, 100n, 500n]],
    ['days_overdue', [500n, 100n, 300n, 300n, 200n, 400n]],
  ])('is sorted by "%s"', async (sort, expected) => {
    expect(opens(await list({ sort }))).toEqual(expected);
  });

  it.each(['number', 'next_action', '-last_contact_at', 'debtor_name'])(
    'turns round when "%s" is turned',
    async (sort) => {
      const turned = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
      const there = (await list({ sort })).cases.map((one) => one.caseId);
      const back = (await list({ sort: turned })).cases.map((one) => one.caseId);
      expect(there).toHaveLength(6);
      expect(back).toEqual(there.toReversed());
    },
  );

  it.each([
    '',
    'open',
    '-days_overdue',
    'number',
    'next_action',
    'last_contact_at',
    '-debtor_name',
  ])('has no hole and no repeat between pages when sorted by "%s"', async (sort) => {
    const whole = await list({ sort });
    const seen: string[] = [];
    let cursor = '';
    do {
      const found = await list({ sort, page: { size: 2, cursor } });
      expect(found.page).toMatchObject({ count: 6n, countEstimated: false });
      seen.push(...found.cases.map((one) => one.caseId));
      cursor = found.page?.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(whole.cases.map((one) => one.caseId));
  });

  it.each([
    ['no cursor at all', (cursor: string) => `${cursor}x`.slice(3)],
    ['a value of another kind', (cursor: string) => forged(cursor, (parts) => (parts[1] = 'much'))],
    ['no id', (cursor: string) => forged(cursor, (parts) => (parts[2] = 'x'))],
  ])('refuses %s', async (_what, change) => {
    const { page } = await list({ sort: 'open', page: { size: 2, cursor: '' } });
    const cursor = change(page?.nextCursor ?? '');
    await expect(list({ sort: 'open', page: { size: 2, cursor } })).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'cursor_is_malformed',
    });
  });

  it('refuses the cursor of another question', async () => {
    const { page } = await list({ sort: 'open', page: { size: 2, cursor: '' } });
    await expect(
      list({ sort: '-open', page: { size: 2, cursor: page?.nextCursor ?? '' } }),
    ).rejects.toMatchObject({ kind: 'invalid', reason: 'cursor_of_other_query' });
  });

  it.each<[string, Parameters<typeof listOf>[0], bigint[]]>([
    [
      'overdue classes',
      { overdueClasses: [OverdueClass.MILD, OverdueClass.CRITICAL] },
      [500n, 400n, 200n],
    ],
    ['an amount', { minOpen: { currency: 'CNY', minor: 300n } }, [500n, 400n, 300n, 300n]],
    ['a currency', { currency: 'USD' }, []],
    ['a state', { states: [CaseState.CLOSED] }, []],
    ['tiers', { tiers: [PriorityTier.LOW] }, [500n, 400n, 300n, 300n, 200n, 100n]],
    ['part of a name', { query: '海源' }, [300n]],
    ['the end of a name', { query: '限公司' }, [500n, 400n, 300n, 300n, 200n, 100n]],
    ['a customer number', { query: 'k5' }, [400n]],
    ['a name nobody has', { query: '%_' }, []],
    ['an assignee', { assigneeId: orgId }, []],
    ['a day of the next step', { dueBy: '2020-01-01' }, []],
  ])('can be held to %s', async (_what, wanted, expected) => {
    const found = await list(wanted);
    expect(opens(found)).toEqual(expected);
    expect(found.page?.count).toBe(BigInt(expected.length));
  });

  it('can be held to stages, each with its count and in its sort', async () => {
    const book = randomUUIDv7();
    const stages = ['SOFT_COLLECTION', 'LITIGATION', 'ASSET_RECOVERY', 'LITIGATION'];
    const debts = stages.map((_stage, place) => ({
      key: `S${place}`,
      name: `阶段${place}`,
      documents: [{ number: `S${place}`, amountMinor: BigInt(place + 1), dueDate: due(9) }],
    }));
    const ids = await writeBook(rig, book, debts);
    await openAll(rig, book);
    for (const [place, stage] of stages.entries()) {
      await rig.service.ownerQuery(
        'UPDATE case_file SET stage = $3 WHERE org_id = $1 AND debtor_id = $2',
        [book, ids.get(`S${place}`), stage],
      );
    }
    const call = await creditorCall(rig, book);
    const held = async (wanted: CaseStage[]) => {
      const found = await rig.cases.listCases(listOf({ stages: wanted, sort: 'open' }), call);
      expect(found.page?.count).toBe(BigInt(found.cases.length));
      return opens(found);
    };
    expect(await held([CaseStage.LITIGATION])).toEqual([2n, 4n]);
    expect(await held([CaseStage.SOFT_COLLECTION])).toEqual([1n]);
    expect(await held([CaseStage.ASSET_RECOVERY, CaseStage.LITIGATION])).toEqual([2n, 3n, 4n]);
    expect(await held([CaseStage.PRE_LITIGATION])).toEqual([]);
    expect(await held([])).toHaveLength(4);
  });

  it('of what is most owed is read in index order, whosever it is', async () => {
    const columns = 'SELECT * FROM case_file c WHERE c.org_id = $1';
    const order = `AND c.state = 'OPEN' ORDER BY c.open_minor DESC, c.case_id DESC LIMIT 51`;
    for (const filter of ['', 'AND c.tier = $2']) {
      const plan = await rig.service.db.tenant(orgId, async (tx) => {
        // With a handful of rows all ways cost the same: those that need no index are ruled out.
        await tx.query('SET LOCAL enable_seqscan = off');
        await tx.query('SET LOCAL enable_sort = off');
        return tx.query(`EXPLAIN (GENERIC_PLAN) ${columns} ${filter} ${order}`);
      });
      const text = JSON.stringify(plan);
      expect(text).toMatch(/Index Scan Backward using case_file_(open|tier)/);
      expect(text).not.toContain('Sort');
    }
  });

  it('of a rare stage is read from the index of those', async () => {
    const plan = await rig.service.db.tenant(orgId, async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off');
      return tx.query(
        `EXPLAIN SELECT * FROM case_file c WHERE c.org_id = $1 AND c.stage IN ('LITIGATION')
            AND c.state = 'OPEN' ORDER BY c.open_minor DESC, c.case_id DESC LIMIT 51`,
        [orgId],
      );
    });
    const text = JSON.stringify(plan);
    expect(text).toContain('case_file_stage');
    expect(text).not.toContain('Sort');
  });

  it('finds a case by its number', async () => {
    const one = await caseOf(rig, orgId, '溪源');
    expect((await list({ query: one.number.toLowerCase() })).cases).toHaveLength(1);
    expect((await list({ query: 'C-' })).cases).toHaveLength(6);
    expect((await list({ query: one.number.slice(0, 6) })).cases).toHaveLength(6);
  });

  it('shows nothing of it to another creditor', async () => {
    const found = await rig.cases.listCases(listOf({}), await creditorCall(rig, randomUUIDv7()));
    expect(found.cases).toEqual([]);
  });
});
