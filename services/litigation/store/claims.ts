import type { Tx } from '@recourse/kit/db.ts';
import type {
  JoinedReceivable,
  ReceivableEffect,
  ReceivableFact,
} from '@recourse/proto/cases/v1/events.ts';
import type { Claim } from '../domain/debt.ts';

/** The receivables that debts are made of, as cases last told of each. */

const upsert = `
  INSERT INTO receivable_fact AS f (org_id, receivable_id, debtor_id, due_day, told_at, currency,
         open_minor, open_told_at)
  SELECT DISTINCT ON (r.id) $1::uuid, r.id, r.debtor, r.due, $7::timestamptz, r.currency, r.open,
         $7::timestamptz
    FROM unnest($2::uuid[], $3::uuid[], $4::date[], $5::text[], $6::bigint[])
      AS r(id, debtor, due, currency, open) ORDER BY r.id
  ON CONFLICT (org_id, receivable_id) DO UPDATE SET
    debtor_id = CASE WHEN f.told_at > excluded.told_at THEN f.debtor_id
      ELSE excluded.debtor_id END,
    due_day = CASE WHEN f.told_at > excluded.told_at THEN f.due_day ELSE excluded.due_day END,
    told_at = greatest(f.told_at, excluded.told_at),
    open_minor = CASE WHEN f.open_told_at > excluded.open_told_at THEN f.open_minor
      ELSE excluded.open_minor END,
    open_told_at = greatest(f.open_told_at, excluded.open_told_at)`;

type Fact = Pick<ReceivableFact, 'receivableId' | 'debtorId' | 'dueDate' | 'open'>;

/** Lays facts in as an event of instant `at` told them; what a later event told stays. */
export async function keepFacts(
  tx: Tx,
  facts: readonly Fact[],
  at: Temporal.Instant,
): Promise<void> {
  if (facts.length === 0) return;
  await tx.query(upsert, [
    tx.orgId,
    facts.map((fact) => fact.receivableId),
    facts.map((fact) => fact.debtorId),
    facts.map((fact) => (fact.dueDate === '' ? null : fact.dueDate)),
    facts.map((fact) => fact.open?.currency ?? ''),
    facts.map((fact) => fact.open?.minor ?? 0n),
    at.toString(),
  ]);
}

/** What a payment or its reversal left open, also of a receivable that is not known yet. */
export async function keepEffects(
  tx: Tx,
  effects: readonly ReceivableEffect[],
  at: Temporal.Instant,
): Promise<void> {
  if (effects.length === 0) return;
  await tx.query(
    `INSERT INTO receivable_fact AS f (org_id, receivable_id, currency, open_minor, open_told_at)
     SELECT DISTINCT ON (r.id) $1::uuid, r.id, r.currency, r.open, $5::timestamptz
       FROM unnest($2::uuid[], $3::text[], $4::bigint[]) AS r(id, currency, open) ORDER BY r.id
     ON CONFLICT (org_id, receivable_id) DO UPDATE SET open_minor = excluded.open_minor,
       open_told_at = excluded.open_told_at WHERE f.open_told_at <= excluded.open_told_at`,
    [
      tx.orgId,
      effects.map((effect) => effect.receivableId),
      effects.map((effect) => effect.open?.currency ?? ''),
      effects.map((effect) => effect.open?.minor ?? 0n),
      at.toString(),
    ],
  );
}

/** Receivables of an import that was undone are nobody's claim any more. */
export async function keepRemoved(
  tx: Tx,
  receivableIds: readonly string[],
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `INSERT INTO receivable_fact AS f (org_id, receivable_id, currency, open_minor, open_told_at,
            removed_at)
     SELECT DISTINCT $1::uuid, id, '', 0, $3::timestamptz, $3::timestamptz
       FROM unnest($2::uuid[]) AS id ORDER BY id
     ON CONFLICT (org_id, receivable_id) DO UPDATE SET
       removed_at = greatest(f.removed_at, excluded.removed_at)`,
    [tx.orgId, receivableIds, at.toString()],
  );
}

/** Receivables that a case is about from now on. */
export async function keepClaims(
  tx: Tx,
  debtId: string,
  debtorId: string,
  joined: readonly JoinedReceivable[],
  at: Temporal.Instant,
): Promise<void> {
  await keepFacts(
    tx,
    joined.map((one) => ({ ...one, debtorId })),
    at,
  );
  await tx.query(
    `INSERT INTO claim (org_id, debt_id, receivable_id, document_number)
     SELECT DISTINCT ON (r.id) $1::uuid, $2::uuid, r.id, r.number
       FROM unnest($3::uuid[], $4::text[]) AS r(id, number) ORDER BY r.id
     ON CONFLICT DO NOTHING`,
    [
      tx.orgId,
      debtId,
      joined.map((one) => one.receivableId),
      joined.map((one) => one.documentNumber),
    ],
  );
}

/** The debts that claim any of these receivables. */
export async function debtsClaiming(tx: Tx, receivableIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ debtId: string }>(
    `SELECT DISTINCT debt_id AS "debtId" FROM claim
      WHERE org_id = $1 AND receivable_id = ANY ($2::uuid[]) ORDER BY 1`,
    [tx.orgId, receivableIds],
  );
  return rows.map((row) => row.debtId);
}

/** The open claims of debts, by debt; a receivable that became another debtor's is none. */
export async function claimsOf(tx: Tx, debtIds: readonly string[]): Promise<Map<string, Claim[]>> {
  const rows = await tx.query<{
    debtId: string;
    receivableId: string;
    documentNumber: string;
    dueDay: string;
    currency: string;
    openMinor: bigint;
  }>(
    `SELECT c.debt_id AS "debtId", c.receivable_id AS "receivableId",
            c.document_number AS "documentNumber", f.due_day AS "dueDay", f.currency,
            f.open_minor AS "openMinor"
       FROM claim c
       JOIN debt d ON d.org_id = c.org_id AND d.debt_id = c.debt_id
       JOIN receivable_fact f ON f.org_id = c.org_id AND f.receivable_id = c.receivable_id
        AND f.debtor_id = d.debtor_id
      WHERE c.org_id = $1 AND c.debt_id = ANY ($2::uuid[]) AND f.open_minor > 0
        AND f.due_day IS NOT NULL AND (f.removed_at IS NULL OR f.removed_at < f.told_at)
      ORDER BY f.due_day, c.receivable_id`,
    [tx.orgId, debtIds],
  );
  const claims = rows.map(({ debtId, currency, openMinor, ...claim }) => ({
    debtId,
    claim: { ...claim, open: { currency, minor: openMinor } },
  }));
  const byDebt = Map.groupBy(claims, (one) => one.debtId);
  return new Map([...byDebt].map(([debtId, own]) => [debtId, own.map((one) => one.claim)]));
}
