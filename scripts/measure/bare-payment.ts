import { randomUUIDv7 } from 'node:crypto';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import type pg from 'pg';

/** What is written without the platform. */
export type BarePayments = {
  record(caseId: string, paymentId: string): Promise<void>;
};

/** As many connections as the service's own pool has (kit/db.ts). */
export const connections = 12;

const statements = {
  payment: `INSERT INTO payment (org_id, payment_id, case_id, debtor_id, currency, amount_minor,
      received_on, means, reference, note, actor, recorded_at, content_hash)
    SELECT org_id, $2, case_id, debtor_id, 'CNY', 100, current_date, 'bank_transfer', 'Z20260101',
           '', $4::jsonb, now(), $5 FROM case_file WHERE org_id = $1 AND case_id = $3`,
  receivable: `UPDATE receivable SET open_minor = open_minor - 100, version = version + 1
    WHERE org_id = $1 AND case_id = $2 RETURNING receivable_id`,
  allocation: `INSERT INTO allocation (org_id, payment_id, case_id, received_on, line,
      receivable_id, part, amount_minor)
    VALUES ($1, $2, $3, current_date, 1, $4, 'principal', 100)`,
  timeline: `INSERT INTO timeline_entry (org_id, case_id, at, kind, what, actor, currency,
      amount_minor, facts)
    VALUES ($1, $2, now(), 'payment', 'payment_recorded', $3::jsonb, 'CNY', 100, $4::jsonb)`,
  caseFile: `UPDATE case_file SET open_minor = open_minor - 100,
      overdue_minor = overdue_minor - 100,
      recovered_minor = recovered_minor + 100, version = version + 1
    WHERE org_id = $1 AND case_id = $2`,
  version: `INSERT INTO aggregate_version AS v (org_id, aggregate_id, version) VALUES ($1, $2, 1)
    ON CONFLICT (org_id, aggregate_id) DO UPDATE SET version = v.version + 1 RETURNING version`,
  outbox: `INSERT INTO bare_outbox (org_id, lane, aggregate_id, version, type, payload, audience,
      actor, at)
    VALUES ($1::uuid, 0, $2, $3, 'paymentRecorded', $4, ARRAY[$1::uuid], $5::jsonb, now())`,
} as const;

const actor = JSON.stringify({ userId: randomUUIDv7(), name: 'Wang Fang', orgId: '', orgName: '' });

function payloadOf(caseId: string, paymentId: string, receivableId: string): Buffer {
  const amount = { currency: 'CNY', minor: 100n };
  const effects = [{ receivableId, open: amount, settledDate: '' }];
  const value = {
    caseId,
    paymentId,
    amount,
    effects,
    debtorId: caseId,
    receivedOn: '2026-01-01',
    recordedAt: '2026-01-01T00:00:00Z',
    credit: undefined,
  };
  return Buffer.from(CasesEvent.encode({ event: { $case: 'paymentRecorded', value } }).finish());
}

/**
 * The baseline of recording a payment: what a program of nothing but `pg` does to write the same
 * rows. One transaction, one prepared statement per table, in the tables and indexes of the service
 * itself, with the constraints that hold there; as superuser, so row-level security costs nothing;
 * no reading before the writing, no deciding, no token, no gRPC, in the process that asks. The
 * outbox is a copy of the service's, so that its relay does not carry the baseline's events.
 */
export async function openBarePayments(pool: pg.Pool, orgId: string): Promise<BarePayments> {
  await pool.query('CREATE TABLE IF NOT EXISTS bare_outbox (LIKE outbox INCLUDING ALL)');
  const run = (on: pg.PoolClient, name: keyof typeof statements, values: unknown[]) =>
    on.query<{ receivable_id: string; version: string }>({ name, text: statements[name], values });
  const write = async (on: pg.PoolClient, caseId: string, paymentId: string): Promise<void> => {
    await run(on, 'payment', [orgId, paymentId, caseId, actor, 'x'.repeat(64)]);
    const { rows } = await run(on, 'receivable', [orgId, caseId]);
    const receivableId = rows[0]?.receivable_id ?? '';
    await run(on, 'allocation', [orgId, paymentId, caseId, receivableId]);
    const facts = { payment_id: paymentId, means: 'bank_transfer', reference: 'Z20260101' };
    await run(on, 'timeline', [orgId, caseId, actor, JSON.stringify(facts)]);
    await run(on, 'caseFile', [orgId, caseId]);
    const versions = await run(on, 'version', [orgId, caseId]);
    const payload = payloadOf(caseId, paymentId, receivableId);
    await run(on, 'outbox', [orgId, caseId, versions.rows[0]?.version ?? '1', payload, actor]);
  };
  return {
    record: async (caseId, paymentId) => {
      const on = await pool.connect();
      try {
        await on.query('BEGIN');
        await write(on, caseId, paymentId);
        await on.query('COMMIT');
      } finally {
        on.release();
      }
    },
  };
}
