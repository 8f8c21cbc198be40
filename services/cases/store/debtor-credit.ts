import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { MovementKind } from '../domain/debtor-credit.ts';

/** What debtors have paid above what they owed, and every movement of it. */

export type Movement = {
  debtorId: string;
  currency: string;
  kind: Exclude<MovementKind, 'carried'>;
  /** Positive when more is held by it. */
  minor: bigint;
  /** What was to be taken and had been used before. */
  missingMinor?: bigint;
  on: Day | string;
  /** The payment, the entry of a matter or the refund. */
  sourceId: string;
  caseId: string;
  reference?: string;
  reason?: string;
  actor: Actor;
  at: Temporal.Instant;
};

/**
 * What is held for a debtor, locked until the commit: after grant, debtor, case and receivable, in
 * the order in which locks are taken everywhere. Minor units.
 */
export async function lockCredit(
  tx: Tx,
  of: { debtorId: string; currency: string },
): Promise<bigint> {
  const [row] = await tx.query<{ minor: bigint }>(
    `SELECT credit_minor AS minor FROM debtor_credit
      WHERE org_id = $1 AND debtor_id = $2 AND currency = $3 FOR NO KEY UPDATE`,
    [tx.orgId, of.debtorId, of.currency],
  );
  return row?.minor ?? 0n;
}

/** What is held for a debtor by currency; those of which nothing is held are left out. */
export async function creditsOf(tx: Tx, debtorId: string): Promise<Money[]> {
  return tx.query<Money>(
    `SELECT currency, credit_minor AS minor FROM debtor_credit
      WHERE org_id = $1 AND debtor_id = $2 AND credit_minor > 0 ORDER BY currency`,
    [tx.orgId, debtorId],
  );
}

/**
 * Moves credit and writes the movement in one statement, so that their sum is always what is held.
 * Who lowers it has locked it and knows that it suffices. Answers what is held then, minor units.
 */
export async function moveCredit(tx: Tx, movement: Movement): Promise<bigint> {
  const [row] = await tx.query<{ minor: bigint }>(
    `WITH moved AS (
       INSERT INTO debtor_credit AS k (org_id, debtor_id, currency, credit_minor, movements)
       VALUES ($1, $2, $3, greatest($4::bigint, 0), 1)
       ON CONFLICT (org_id, debtor_id, currency) DO UPDATE
          SET credit_minor = k.credit_minor + $4, movements = k.movements + 1
       RETURNING credit_minor, movements)
     INSERT INTO credit_movement (org_id, debtor_id, currency, minor, balance_minor, place, kind,
            missing_minor, on_day, source_id, case_id, reference, reason, actor, recorded_at)
     SELECT $1, $2, $3, $4, credit_minor, movements, $5, $6, $7, $8, $9, $10, $11, $12, $13
       FROM moved
     RETURNING balance_minor AS minor`,
    [
      tx.orgId,
      movement.debtorId,
      movement.currency,
      movement.minor,
      movement.kind,
      movement.missingMinor ?? 0n,
      movement.on,
      movement.sourceId,
      movement.caseId,
      movement.reference ?? '',
      movement.reason ?? '',
      JSON.stringify(movement.actor),
      movement.at,
    ],
  );
  return row?.minor ?? 0n;
}

export type MovementRow = {
  place: bigint;
  kind: MovementKind;
  day: string;
  minor: bigint;
  balanceMinor: bigint;
  missingMinor: bigint;
  sourceId: string | null;
  caseId: string | null;
  caseNumber: string | null;
  reference: string;
  reason: string;
  actor: Actor | null;
  recordedAt: string;
  /** A refund that was taken back since. */
  isReversed: boolean;
};

/** The newest movements of a debtor's credit in one currency, at most `limit`. */
export async function movementsOf(
  tx: Tx,
  of: { debtorId: string; currency: string },
  limit: number,
): Promise<MovementRow[]> {
  return tx.query<MovementRow>(
    `SELECT m.place, m.kind, m.on_day AS day, m.minor, m.balance_minor AS "balanceMinor",
            m.missing_minor AS "missingMinor", m.source_id AS "sourceId", m.case_id AS "caseId",
            c.number AS "caseNumber", m.reference, m.reason, m.actor,
            m.recorded_at AS "recordedAt",
            m.kind = 'refunded' AND v.refund_id IS NOT NULL AS "isReversed"
       FROM credit_movement m
       LEFT JOIN case_file c ON c.org_id = m.org_id AND c.case_id = m.case_id
       LEFT JOIN credit_refund_reversal v ON v.org_id = m.org_id AND v.refund_id = m.source_id
      WHERE m.org_id = $1 AND m.debtor_id = $2 AND m.currency = $3
      ORDER BY m.place DESC LIMIT $4`,
    [tx.orgId, of.debtorId, of.currency, limit],
  );
}
