/** What two databases say, read by their owner, who sees every organisation's rows. */
import { expect } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import type { TestDatabase } from '@recourse/kit/test-cluster.ts';
import type { Line } from './expected.ts';

export async function countOf(database: TestDatabase, table: string): Promise<number> {
  const sql = `SELECT count(*)::int AS rows FROM ${table}`;
  const [row] = await database.ownerQuery<{ rows: number }>(sql);
  return row?.rows ?? -1;
}

export function commissionLines(agencies: TestDatabase): Promise<Line[]> {
  return agencies.ownerQuery<Line>(
    `SELECT placement_id AS "placementId", payment_id AS "paymentId", kind, currency,
            payment_minor AS payment, commission_minor AS commission, vat_minor AS vat
       FROM commission_line`,
  );
}

/** Rows of a query that lists what is wrong; there must be none. */
async function none(database: TestDatabase, what: string, sql: string): Promise<void> {
  expect({ what, rows: await database.ownerQuery(sql) }).toEqual({ what, rows: [] });
}

async function ledgerBalances(agencies: TestDatabase): Promise<void> {
  await none(
    agencies,
    'currencies whose debits and credits differ',
    `SELECT org_id, currency FROM ledger_line GROUP BY org_id, currency
     HAVING sum(debit_minor) <> sum(credit_minor)`,
  );
  await none(
    agencies,
    'entries that do not say what their line says',
    `SELECT l.line_id FROM commission_line l
       LEFT JOIN (SELECT org_id, entry_id,
                         sum(credit_minor - debit_minor)
                           FILTER (WHERE account = 'commission_payable') AS payable
                    FROM ledger_line GROUP BY org_id, entry_id) e
         ON e.org_id = l.org_id AND e.entry_id = l.line_id
      WHERE coalesce(e.payable, 0) <> l.commission_minor + l.vat_minor`,
  );
  await none(
    agencies,
    'placements whose figures are not the sum of their lines',
    `SELECT p.placement_id FROM placement p
       LEFT JOIN (SELECT org_id, placement_id, sum(payment_minor) AS payment,
                         sum(commission_minor) AS commission
                    FROM commission_line GROUP BY org_id, placement_id) l
         USING (org_id, placement_id)
      WHERE (p.recovered_minor, p.commission_minor)
        <> (coalesce(l.payment, 0), coalesce(l.commission, 0))`,
  );
}

async function eventsAreWhole(database: TestDatabase): Promise<void> {
  await none(
    database,
    'aggregates whose versions have a gap or a repeat',
    `SELECT org_id, aggregate_id FROM outbox GROUP BY org_id, aggregate_id
     HAVING min(version) <> 1 OR max(version) <> count(*) OR count(DISTINCT version) <> count(*)`,
  );
  await none(database, 'events that were parked', 'SELECT event_id FROM parked_event');
}

const cared = `type IN ('paymentRecorded', 'paymentReversed', 'caseClosed')`;

/**
 * Debits equal credits per organisation and currency, every entry is its line, every placement's
 * figures are the sum of its lines; versions have no gap, nothing is parked, and each event that
 * agencies cares for has one receipt there.
 */
export async function expectBooks(cases: TestDatabase, agencies: TestDatabase): Promise<void> {
  await ledgerBalances(agencies);
  await eventsAreWhole(cases);
  await eventsAreWhole(agencies);
  await eventually(async () => {
    const told = await cases.ownerQuery<{ id: string }>(
      `SELECT id FROM outbox WHERE ${cared} ORDER BY id`,
    );
    const received = await agencies.ownerQuery<{ id: string }>(
      `SELECT event_id AS id FROM inbox_receipt
        WHERE consumer = 'agencies:cases' ORDER BY event_id`,
    );
    expect(received).toEqual(told);
  });
}
