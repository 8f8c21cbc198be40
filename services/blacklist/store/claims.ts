import type { Tx } from '@recourse/kit/db.ts';
import type { Envelope } from '@recourse/kit/events.ts';
import type { ReceivableEffect, ReceivableFact } from '@recourse/proto/cases/v1/events.ts';
import { type CaseOutcomeWord, type ClaimFact, isPaid } from '../domain/claim.ts';
import { associationZone } from '../rules/in-force.ts';

function emptyIsNull(text: string): string | null {
  return text === '' ? null : text;
}

/** Lays in what an import of instant `at` told of receivables; what was told later stays. */
export async function keepFacts(
  tx: Tx,
  facts: readonly ReceivableFact[],
  at: Temporal.Instant,
): Promise<void> {
  const rows = facts.map((fact) => ({
    receivable_id: fact.receivableId,
    debtor_id: fact.debtorId,
    due_on: emptyIsNull(fact.dueDate),
    open_minor: String(fact.open?.minor ?? 0n),
  }));
  await tx.query(
    `INSERT INTO receivable_fact AS f (org_id, receivable_id, debtor_id, due_on, told_at,
            open_minor, open_told_at, first_told_at)
     SELECT $1, r.receivable_id, r.debtor_id, r.due_on, $3, r.open_minor, $3, $3
       FROM jsonb_to_recordset($2::jsonb)
         AS r(receivable_id uuid, debtor_id uuid, due_on date, open_minor bigint)
     ON CONFLICT (org_id, receivable_id) DO UPDATE SET
       due_on = CASE WHEN coalesce(f.told_at <= excluded.told_at, true)
         THEN excluded.due_on ELSE f.due_on END,
       debtor_id = CASE WHEN coalesce(f.told_at <= excluded.told_at, true)
         THEN excluded.debtor_id ELSE f.debtor_id END,
       told_at = greatest(f.told_at, excluded.told_at),
       open_minor = CASE WHEN f.open_told_at <= excluded.open_told_at
         THEN excluded.open_minor ELSE f.open_minor END,
       open_told_at = greatest(f.open_told_at, excluded.open_told_at),
       first_told_at = least(f.first_told_at, excluded.first_told_at)`,
    [tx.orgId, JSON.stringify(rows), at],
  );
}

/** What a payment or its reversal left open; kept though the receivable may not be known yet. */
export async function keepEffects(
  tx: Tx,
  debtorId: string,
  effects: readonly ReceivableEffect[],
  at: Temporal.Instant,
): Promise<void> {
  const rows = effects.map((effect) => ({
    receivable_id: effect.receivableId,
    open_minor: String(effect.open?.minor ?? 0n),
  }));
  await tx.query(
    `INSERT INTO receivable_fact AS f (org_id, receivable_id, debtor_id, open_minor,
            open_told_at, first_told_at)
     SELECT $1, r.receivable_id, $4, r.open_minor, $3, $3
       FROM jsonb_to_recordset($2::jsonb) AS r(receivable_id uuid, open_minor bigint)
     ON CONFLICT (org_id, receivable_id) DO UPDATE SET
       open_minor = CASE WHEN f.open_told_at <= excluded.open_told_at
         THEN excluded.open_minor ELSE f.open_minor END,
       open_told_at = greatest(f.open_told_at, excluded.open_told_at),
       first_told_at = least(f.first_told_at, excluded.first_told_at)`,
    [tx.orgId, JSON.stringify(rows), at, debtorId],
  );
}

/** Forgets receivables of an import that was undone; tells whose they were. */
export async function dropFacts(tx: Tx, receivableIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ debtorId: string }>(
    `DELETE FROM receivable_fact WHERE org_id = $1 AND receivable_id = ANY ($2::uuid[])
     RETURNING debtor_id AS "debtorId"`,
    [tx.orgId, receivableIds],
  );
  return rows.map((row) => row.debtorId);
}

/**
 * How a case ended, or empty when it is open again: of closings and reopenings in any order the
 * newest version holds.
 */
export async function keepOutcome(
  tx: Tx,
  caseId: string,
  outcome: string,
  { at, version }: Pick<Envelope, 'at' | 'version'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO case_fact (org_id, case_id, outcome, closed_at, told_version)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (org_id, case_id) DO UPDATE
        SET outcome = excluded.outcome, closed_at = excluded.closed_at,
            told_version = excluded.told_version
      WHERE case_fact.told_version < excluded.told_version`,
    [tx.orgId, caseId, outcome, at, version],
  );
}

/** Whether a claim is paid by all that has been told so far. */
export async function paidNow(
  tx: Tx,
  about: { debtorId: string; caseId: string },
  handedInAt: string,
): Promise<boolean> {
  const facts = await tx.query<ClaimFact>(
    `SELECT receivable_id AS "receivableId", due_on::text AS "dueOn", open_minor AS "openMinor",
            first_told_at AS "firstToldAt"
       FROM receivable_fact WHERE org_id = $1 AND debtor_id = $2`,
    [tx.orgId, about.debtorId],
  );
  const [closed] = await tx.query<{ outcome: CaseOutcomeWord }>(
    `SELECT outcome FROM case_fact WHERE org_id = $1 AND case_id::text = $2`,
    [tx.orgId, about.caseId],
  );
  const known = facts.map((fact) => ({ ...fact, dueOn: fact.dueOn ?? undefined }));
  return isPaid(known, closed?.outcome, handedInAt, associationZone);
}
