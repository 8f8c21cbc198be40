import type { Tx } from '@recourse/kit/db.ts';
import { page, where } from '@recourse/kit/page.ts';
import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import { Actor } from '@recourse/proto/type/v1/type.ts';
import type { Conflict, ConflictKind } from '../domain/conflict.ts';

type Row = {
  orgId: string;
  conflictId: string;
  agencyId: string;
  kind: ConflictKind;
  name: string;
  creditCode: string;
  note: string;
  declaredBy: unknown;
  declaredAt: string;
  withdrawnBy: unknown;
  withdrawnAt: string | null;
  withdrawReason: string;
};

const columns = `c.org_id AS "orgId", c.conflict_id AS "conflictId", c.agency_id AS "agencyId",
  c.kind, c.name, c.credit_code AS "creditCode", c.note, c.declared_by AS "declaredBy",
  c.declared_at AS "declaredAt", c.withdrawn_by AS "withdrawnBy",
  c.withdrawn_at AS "withdrawnAt", c.withdraw_reason AS "withdrawReason"`;

function conflictFrom({ declaredBy, withdrawnBy, withdrawnAt, ...row }: Row): Conflict {
  return {
    ...row,
    declaredBy: Actor.fromJSON(declaredBy),
    declaredAt: Temporal.Instant.from(row.declaredAt),
    withdrawnBy: withdrawnBy === null ? undefined : Actor.fromJSON(withdrawnBy),
    withdrawnAt: withdrawnAt === null ? undefined : Temporal.Instant.from(withdrawnAt),
  };
}

/** One that the transaction's organisation has declared, locked. */
export async function conflictForUpdate(tx: Tx, conflictId: string): Promise<Conflict | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM agency_conflict c
      WHERE c.org_id = $1 AND c.conflict_id = $2 FOR UPDATE`,
    [tx.orgId, conflictId],
  );
  return row && conflictFrom(row);
}

/** Adds one of the transaction's organisation; false when its id was taken at this very moment. */
export async function addConflict(tx: Tx, one: Conflict): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO agency_conflict (org_id, conflict_id, agency_id, kind, name, credit_code, note,
       declared_by, declared_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)
     ON CONFLICT DO NOTHING RETURNING conflict_id`,
    [
      tx.orgId,
      one.conflictId,
      one.agencyId,
      one.kind,
      one.name,
      one.creditCode,
      one.note,
      JSON.stringify(Actor.toJSON(one.declaredBy)),
      one.declaredAt,
    ],
  );
  return rows.length > 0;
}

export async function saveWithdrawal(tx: Tx, one: Conflict): Promise<void> {
  await tx.query(
    `UPDATE agency_conflict SET withdrawn_by = $3::jsonb, withdrawn_at = $4, withdraw_reason = $5
      WHERE org_id = $1 AND conflict_id = $2`,
    [
      tx.orgId,
      one.conflictId,
      JSON.stringify(one.withdrawnBy && Actor.toJSON(one.withdrawnBy)),
      one.withdrawnAt,
      one.withdrawReason,
    ],
  );
}

/**
 * What stands about agencies: what each declares itself, and what the transaction's organisation
 * does; all agencies when none are named.
 */
export async function standingConflicts(
  tx: Tx,
  agencyIds: readonly string[],
): Promise<Map<string, Conflict[]>> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM agency_conflict c
      WHERE (c.org_id = $1 OR c.org_id = c.agency_id) AND c.withdrawn_at IS NULL
        AND ($2::uuid[] = '{}' OR c.agency_id = ANY ($2::uuid[]))
      ORDER BY c.agency_id, c.declared_at, c.conflict_id`,
    [tx.orgId, agencyIds],
  );
  return Map.groupBy(rows.map(conflictFrom), (one) => one.agencyId);
}

/** About one agency, newest first; a creditor sees what the agency declares and what it does. */
export async function listConflicts(
  tx: Tx,
  filter: { agencyId: string; withWithdrawn: boolean; isCreditor: boolean },
  request: PageRequest | undefined,
): Promise<{ conflicts: Conflict[]; page: PageInfo }> {
  const { agencyId, withWithdrawn, isCreditor } = filter;
  const { sql, values } = where([
    ['c.agency_id = ?', agencyId],
    isCreditor
      ? ['(c.org_id = ? OR c.org_id = c.agency_id)', tx.orgId]
      : ['c.org_id = ?', tx.orgId],
    withWithdrawn ? undefined : ['c.withdrawn_at IS NULL'],
  ]);
  const list = {
    table: 'agency_conflict',
    alias: 'c',
    conditions: sql,
    values,
    besides: '',
    columns,
    sortColumn: 'c.declared_at',
    idColumn: 'c.conflict_id',
    descending: true,
  };
  const found = await page<Row>(tx, list, request, { list: 'conflicts', ...filter });
  return { conflicts: found.rows.map(conflictFrom), page: found.page };
}
