import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import { openPool } from '@recourse/kit/postgres.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { withoutTenant } from '@recourse/kit/tenancy.ts';
import { LineKind, LineMark } from '@recourse/proto/agencies/v1/commission.ts';
import { CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { agencies } from '../services/agencies/service.ts';
import { cases } from '../services/cases/service.ts';
import { credit } from '../services/credit/service.ts';
import { importFile, ledgerFile } from './flows/ledger-file.ts';
import { accept, casesSeen, introduce, offer, openAll, type Placed } from './flows/placing.ts';
import { openTown, type Org, type Town } from './flows/town.ts';

const today = Temporal.Now.plainDateISO('Asia/Shanghai');
const month = today.toPlainYearMonth().toString();
const page = { size: 200, cursor: '' };

let platform: TestPlatform;
let services: Record<'credit' | 'cases' | 'agencies', TestService>;
let town: Town;
let creditor: Org;
let agency: Org;
let stranger: Org;

beforeAll(async () => {
  platform = await testPlatform();
  services = {
    credit: await platform.startService(credit),
    cases: await platform.startService(cases),
    agencies: await platform.startService(agencies),
  };
  town = await openTown(platform);
  creditor = town.org('creditor', '远望机电');
  agency = town.org('agency', '正信资产');
  stranger = town.org('creditor', '别家钢铁');
});

afterAll(async () => {
  await town.stop();
  await platform.stop();
});

/** Documents of two debtors; of the first, one is settled by exactly 1,200.00. */
const file = ledgerFile(
  [
    {
      number: 'A1',
      customer: 'K1001',
      dueOn: today.subtract({ days: 70 }).toString(),
      minor: 120_000n,
    },
    {
      number: 'A2',
      customer: 'K1001',
      dueOn: today.subtract({ days: 10 }).toString(),
      minor: 550_055n,
    },
    {
      number: 'B1',
      customer: 'K1002',
      dueOn: today.subtract({ days: 40 }).toString(),
      minor: 90_000n,
    },
  ],
  'CNY',
);

/** The marketplace's directory: what agencies publish of themselves to everybody. */
const published = ['agency', 'agency_load', 'agency_record', 'agency_segment'];

/** What row-level security alone lets an organisation read, with no condition at all. */
async function rowsShown(service: TestService, orgId: string): Promise<Map<string, string[]>> {
  const tables = await service.ownerQuery<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND relname <> ALL ($1)`,
    [withoutTenant],
  );
  return service.db.tenant(orgId, async (tx) => {
    const shown = new Map<string, string[]>();
    for (const { name } of tables) {
      const rows = await tx.query<{ org_id: string }>(`SELECT org_id FROM ${name}`);
      shown.set(
        name,
        rows.map((row) => row.org_id),
      );
    }
    return shown;
  });
}

function tablesWithRows(shown: ReadonlyMap<string, readonly string[]>): string[] {
  return [...shown].filter(([, rows]) => rows.length > 0).map(([name]) => name);
}

describe('A book, its cases and an agency', () => {
  let placed: Placed[] = [];
  const paymentId = randomUUIDv7();

  it('begin with an import that credit hears of', async () => {
    await importFile(town, creditor, file);
    const call = await creditor.as('credit_manager');
    const about = { query: '', region: '', industry: '', sort: '', currency: '', page };
    await eventually(async () => {
      const { customers } = await town.credit.listCustomers(about, call);
      expect(customers.map((one) => one.customerNumber).toSorted()).toEqual(['K1001', 'K1002']);
    });
  });

  it('open one case per debtor, which the agency sees only once it has accepted', async () => {
    const opened = await openAll(town, creditor);
    const amounts = opened.map((one) => one.open?.minor);
    expect(new Set(amounts)).toEqual(new Set([670_055n, 90_000n]));
    const terms = { model: { $case: 'flat' as const, value: { rateBps: 1_250 } } };
    await introduce(town, agency, { ...terms, vatBps: 600, tailDays: 0 });
    const largest = opened.filter((one) => one.open?.minor === 670_055n);
    placed = await offer(
      town,
      creditor,
      agency,
      largest.map((one) => one.caseId),
    );
    expect(await casesSeen(town, agency, 'agency_agent')).toEqual([]);
    await accept(town, agency, placed);
    const [seen] = await casesSeen(town, agency, 'agency_agent');
    expect(seen).toMatchObject({ debtorName: 'K1001有限公司', open: { minor: 670_055n } });
  });

  it('turn a payment that the agency reports into commission, in both books the same', async () => {
    const caseId = placed[0]?.caseId ?? '';
    const payment = {
      caseId,
      paymentId,
      amount: { currency: 'CNY', minor: 120_001n },
      receivedOn: today.toString(),
      means: 'bank_transfer',
      reference: 'Z1',
      note: '',
    };
    const answer = await town.work.recordPayment(payment, await agency.as('agency_agent'));
    expect(answer.case?.open?.minor).toBe(550_054n);
    // 12.5 % of 1,200.01 is 150.00125; 6 % of that is 9.00.
    const due = { commission: { minor: 15_000n }, vat: { minor: 900n }, kind: LineKind.ACCRUAL };
    const about = {
      agencyId: '',
      creditorId: '',
      caseId,
      placementId: '',
      onlyUnstated: true,
      page,
    };
    for (const call of [await creditor.as('finance'), await agency.as('agency_manager')]) {
      await eventually(async () => {
        const { lines } = await town.commission.listCommissionLines(about, call);
        expect(lines).toMatchObject([{ ...due, paymentId, rateBps: 1_250 }]);
      });
    }
  });

  it('tell credit that the oldest document was settled', async () => {
    const call = await creditor.as('credit_manager');
    const about = { query: 'K1001', region: '', industry: '', sort: '', currency: '', page };
    await eventually(async () => {
      const { customers } = await town.credit.listCustomers(about, call);
      const behaviours = customers.flatMap((one) => one.behaviours);
      expect(behaviours).toMatchObject([
        { receivableCount: 2n, settledCount: 1n, worstDaysLate: 70 },
      ]);
    }, 20_000);
  });

  it('close with a statement that agrees with the ledger, and are reversed whole', async () => {
    const call = await creditor.as('finance');
    const statementId = randomUUIDv7();
    const wanted = { statementId, agencyId: agency.orgId, month, currency: 'CNY' };
    const drawn = await town.commission.drawStatement(wanted, call);
    expect(drawn.statement).toMatchObject({
      lineCount: 1n,
      payments: { minor: 120_001n },
      commission: { minor: 15_000n },
      vat: { minor: 900n },
      payable: { minor: 15_900n },
    });
    const [line] = drawn.lines;
    const marked = await town.commission.markStatementLine(
      {
        statementId,
        lineId: line?.lineId ?? '',
        mark: LineMark.TICKED,
        holdReason: '',
        requestId: randomUUIDv7(),
      },
      call,
    );
    const expectedVersion = marked.statement?.version ?? 0n;
    const closing = { statementId, expectedVersion, requestId: randomUUIDv7() };
    const closed = await town.commission.closeStatement(closing, call);
    expect(closed.statement).toMatchObject({ state: 'STATEMENT_STATE_CLOSED' });
    const reversal = {
      caseId: placed[0]?.caseId ?? '',
      paymentId,
      requestId: randomUUIDv7(),
      reason: '支票退票',
    };
    await town.work.reversePayment(reversal, call);
    await eventually(async () => {
      const { balances } = await town.commission.listBalances({ agencyId: agency.orgId }, call);
      expect(balances.map((one) => one.balance?.minor ?? 1n)).toEqual(balances.map(() => 0n));
    });
    const after = await town.commission.getStatement({ statementId }, call);
    expect(after.statement).toMatchObject({ payable: { minor: 15_900n }, lineCount: 1n });
  });

  it('earn commission on what was owed, not on what came in too much', async () => {
    const own = await casesSeen(town, creditor, 'director');
    const file = own.find((one) => one.open?.minor === 90_000n);
    const caseId = file?.caseId ?? '';
    const [held] = await offer(town, creditor, agency, [caseId]);
    await accept(town, agency, [held ?? { caseId: '', placementId: '' }]);
    const payment = {
      caseId,
      paymentId: randomUUIDv7(),
      amount: { currency: 'CNY', minor: 100_000n },
      receivedOn: today.toString(),
      means: 'bank_transfer',
      reference: 'Z2',
      note: '',
    };
    const answer = await town.work.recordPayment(payment, await agency.as('agency_agent'));
    expect(answer.case).toMatchObject({ open: { minor: 0n }, state: CaseState.CLOSED });
    const about = { agencyId: '', creditorId: '', caseId, placementId: '', onlyUnstated: true };
    const call = await creditor.as('finance');
    await eventually(async () => {
      const { lines } = await town.commission.listCommissionLines({ ...about, page }, call);
      // 12.5 % of 900.00, and 6 % of that; 100.00 are the debtor's still.
      const due = { payment: { minor: 90_000n }, commission: { minor: 11_250n } };
      expect(lines).toMatchObject([{ ...due, vat: { minor: 675n }, kind: LineKind.ACCRUAL }]);
    });
    await eventually(async () => {
      const shown = await rowsShown(services.cases, agency.orgId);
      expect(shown.get('case_file')).toHaveLength(1);
    });
  });

  it('are hidden from everybody else by row-level security alone', async () => {
    const silent = { owner: 0, creditor: 0 };
    for (const service of Object.values(services)) {
      const [row] = await service.ownerQuery<{ rows: bigint }>(
        'SELECT sum(n_tup_ins)::bigint AS rows FROM pg_stat_user_tables',
      );
      const own = await rowsShown(service, creditor.orgId);
      expect({ ...silent, owner: Number(row?.rows), creditor: own.size }).not.toEqual(silent);
      // Beside its own rows a creditor reads only what its agency shares with it.
      const readable = [creditor.orgId, agency.orgId];
      for (const [table, rows] of own) {
        const foreign = rows.filter((orgId) => !readable.includes(orgId));
        expect({ table, foreign }).toEqual({ table, foreign: [] });
      }
      for (const orgId of [stranger.orgId, randomUUIDv7()]) {
        const shown = tablesWithRows(await rowsShown(service, orgId));
        expect(shown.filter((table) => !published.includes(table))).toEqual([]);
      }
    }
    expect(tablesWithRows(await rowsShown(services.cases, creditor.orgId))).toEqual(
      expect.arrayContaining(['debtor', 'receivable', 'case_file', 'payment', 'outbox', 'import']),
    );
    expect(tablesWithRows(await rowsShown(services.agencies, creditor.orgId))).toEqual(
      expect.arrayContaining(['placement', 'commission_line', 'ledger_line', 'statement']),
    );
    expect(tablesWithRows(await rowsShown(services.credit, creditor.orgId))).toContain('customer');
  });

  it('are hidden from a connection that has forgotten to say whose it is', async () => {
    for (const { database, ownerQuery } of Object.values(services)) {
      const tables = await ownerQuery<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind IN ('r', 'p') AND relname <> ALL ($1)`,
        [withoutTenant],
      );
      const pool = openPool({
        url: database.url,
        size: 1,
        statementSeconds: 10,
        onError: () => {},
      });
      for (const { name } of tables) {
        const { rows } = await pool.query(`SELECT 1 FROM ${name} LIMIT 1`);
        expect({ name, rows }).toEqual({ name, rows: [] });
      }
      expect(tables.length).toBeGreaterThan(8);
      await pool.end();
    }
  });

  it('are shown to the agency while it works them, and not after a recall', async () => {
    const held = ['case_file', 'debtor', 'receivable', 'payment', 'allocation', 'timeline_entry'];
    const active = await rowsShown(services.cases, agency.orgId);
    expect(tablesWithRows(active)).toEqual(expect.arrayContaining(held));
    expect(active.get('case_file')).toEqual([creditor.orgId]);
    expect(active.get('receivable')).toHaveLength(2);
    const placementIds = placed.map(({ placementId }) => placementId);
    const recall = { placementIds, reason: '自行催收', requestId: randomUUIDv7() };
    await town.placements.recallPlacements(recall, await creditor.as('director'));
    await eventually(async () => {
      const shown = await rowsShown(services.cases, agency.orgId);
      expect(tablesWithRows(shown)).toEqual(['placement_grant']);
    });
    expect(await casesSeen(town, agency, 'agency_agent')).toEqual([]);
  });
});
