import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { PageInfo } from '@recourse/proto/type/v1/type.ts';
import type { ClosingKind, ClosingState } from '../domain/closing.ts';
import type { Evaluated } from '../domain/stop-loss.ts';
import { afterKey, byKey, cutPage, type Key, parameterList, type Wanted } from './page.ts';

/** Write-offs, withdrawals and sales: what was proposed is added once, then decided. */

export type ClosingRow = {
  closingId: string;
  kind: ClosingKind;
  reason: string;
  note: string;
  currency: string;
  caseCount: number;
  openMinor: bigint;
  expectedMinor: bigint;
  costMinor: bigint | null;
  buyerName: string;
  buyerIdentifier: string;
  priceMinor: bigint | null;
  agreedOn: string | null;
  proposedAt: string;
  actor: Actor;
  lapsesOn: string;
  state: ClosingState;
  decidedOn: string | null;
  decidedAt: string | null;
  decidedBy: Actor | null;
  decisionNote: string;
  withdrawnAt: string | null;
  withdrawnBy: Actor | null;
  withdrawReason: string;
  version: bigint;
  contentHash: string;
  /** What is open on its cases now; 0 once they are closed. */
  openNowMinor: bigint;
  /** What came in after a write-off. */
  receivedMinor: bigint;
  /** The first of its cases by number. */
  caseId: string;
  caseNumber: string;
  debtorName: string;
};

const columns = `
  k.closing_id AS "closingId", k.kind, k.reason, k.note, k.currency, k.case_count AS "caseCount",
  k.open_minor AS "openMinor", k.expected_minor AS "expectedMinor", k.cost_minor AS "costMinor",
  k.buyer_name AS "buyerName", k.buyer_identifier AS "buyerIdentifier",
  k.price_minor AS "priceMinor", k.agreed_on AS "agreedOn", k.proposed_at AS "proposedAt", k.actor,
  k.lapses_on AS "lapsesOn", k.state, k.decided_on AS "decidedOn", k.decided_at AS "decidedAt",
  k.decided_by AS "decidedBy", k.decision_note AS "decisionNote",
  k.withdrawn_at AS "withdrawnAt", k.withdrawn_by AS "withdrawnBy",
  k.withdraw_reason AS "withdrawReason", k.version, k.content_hash AS "contentHash",
  n.open_minor AS "openNowMinor", w.received_minor AS "receivedMinor",
  f.case_id AS "caseId", f.number AS "caseNumber", f.debtor_name AS "debtorName"`;

/** Payments of a written-off case bring back what they pay, as negative lines. */
const joins = `
  JOIN LATERAL (
    SELECT coalesce(sum(c.open_minor), 0)::bigint AS open_minor
      FROM closing_case i JOIN case_file c ON c.org_id = i.org_id AND c.case_id = i.case_id
     WHERE i.org_id = k.org_id AND i.closing_id = k.closing_id AND i.state = 'PROPOSED') n ON true
  JOIN LATERAL (
    SELECT coalesce(-sum(d.amount_minor), 0)::bigint AS received_minor FROM write_down d
     WHERE d.org_id = k.org_id AND d.closing_id = k.closing_id AND d.payment_id IS NOT NULL)
    w ON true
  JOIN LATERAL (
    SELECT c.case_id, c.number, c.debtor_name
      FROM closing_case i JOIN case_file c ON c.org_id = i.org_id AND c.case_id = i.case_id
     WHERE i.org_id = k.org_id AND i.closing_id = k.closing_id ORDER BY c.number LIMIT 1)
    f ON true`;

export async function findClosing(tx: Tx, closingId: string): Promise<ClosingRow | undefined> {
  const [row] = await tx.query<ClosingRow>(
    `SELECT ${columns} FROM closing k ${joins} WHERE k.org_id = $1 AND k.closing_id = $2`,
    [tx.orgId, closingId],
  );
  return row;
}

/** A closing that stays as it is until the commit; its cases are locked after it. */
export async function lockClosing(tx: Tx, closingId: string): Promise<void> {
  await tx.query('SELECT FROM closing WHERE org_id = $1 AND closing_id = $2 FOR NO KEY UPDATE', [
    tx.orgId,
    closingId,
  ]);
}

export type ClosingFilter = {
  kinds: readonly string[];
  states: readonly string[];
  caseId: string;
  query: string;
};

const key: Key = {
  column: 'k.proposed_at',
  cast: 'timestamptz',
  id: 'k.closing_id',
  direction: 'DESC',
};

/** One page of closings, the last one first. */
export async function listClosings(
  tx: Tx,
  { kinds, states, caseId, query }: ClosingFilter,
  wanted: Wanted,
): Promise<{ rows: ClosingRow[]; page: PageInfo }> {
  const params = parameterList();
  const conditions = [`k.org_id = ${params.add(tx.orgId)}`];
  if (kinds.length > 0) conditions.push(`k.kind = ANY(${params.add(kinds)})`);
  if (states.length > 0) conditions.push(`k.state = ANY(${params.add(states)})`);
  const among = (condition: string): string =>
    `EXISTS (SELECT FROM closing_case i
       JOIN case_file c ON c.org_id = i.org_id AND c.case_id = i.case_id
      WHERE i.org_id = k.org_id AND i.closing_id = k.closing_id AND ${condition})`;
  if (caseId !== '') conditions.push(among(`i.case_id = ${params.add(caseId)}::uuid`));
  if (query.trim() !== '') {
    const like = params.add(`%${query.trim().replace(/[\\%_]/g, String.raw`\$&`)}%`);
    const named = among(`(c.debtor_name ILIKE ${like} OR c.number ILIKE ${like})`);
    conditions.push(`(k.buyer_name ILIKE ${like} OR ${named})`);
  }
  const where = `WHERE ${conditions.join(' AND ')}`;
  const asked = [...params.values];
  const place = afterKey(wanted, key, params);
  const rows = await tx.query<ClosingRow>(
    `SELECT ${columns} FROM closing k ${joins} ${where} ${place}
      ${byKey(key)} LIMIT ${wanted.size + 1}`,
    params.values,
  );
  const from = `FROM closing k ${where}`;
  return cutPage(tx, wanted, { from, params: asked }, rows, (row) => [
    row.proposedAt,
    row.closingId,
  ]);
}

/** Proposals are few, and each is looked at by who may decide it: more are not read at once. */
const mostWaiting = 1_000;

/** Proposals that somebody else made and that are not over, those that lapse first first. */
export async function waitingClosings(tx: Tx, today: Day, userId: string): Promise<ClosingRow[]> {
  return tx.query<ClosingRow>(
    `SELECT ${columns} FROM closing k ${joins}
      WHERE k.org_id = $1 AND k.state = 'PROPOSED' AND k.lapses_on >= $2
        AND k.actor ->> 'userId' <> $3
      ORDER BY k.lapses_on, k.proposed_at, k.closing_id LIMIT ${mostWaiting}`,
    [tx.orgId, today, userId],
  );
}

export type NewClosing = Pick<
  ClosingRow,
  | 'closingId'
  | 'kind'
  | 'reason'
  | 'note'
  | 'currency'
  | 'openMinor'
  | 'buyerName'
  | 'buyerIdentifier'
  | 'priceMinor'
  | 'agreedOn'
  | 'actor'
  | 'lapsesOn'
  | 'contentHash'
> & { proposedAt: Temporal.Instant; expectedMinor: bigint; costMinor: bigint | undefined };

export async function addClosing(
  tx: Tx,
  one: NewClosing,
  cases: readonly EvaluatedCase[],
): Promise<void> {
  await tx.query(
    `INSERT INTO closing (org_id, closing_id, kind, reason, note, currency, case_count, open_minor,
            expected_minor, cost_minor, buyer_name, buyer_identifier, price_minor, agreed_on,
            proposed_at, actor, lapses_on, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      tx.orgId,
      one.closingId,
      one.kind,
      one.reason,
      one.note,
      one.currency,
      cases.length,
      one.openMinor,
      one.expectedMinor,
      one.costMinor ?? null,
      one.buyerName,
      one.buyerIdentifier,
      one.priceMinor,
      one.agreedOn,
      one.proposedAt,
      JSON.stringify(one.actor),
      one.lapsesOn,
      one.contentHash,
    ],
  );
  await tx.query(
    `INSERT INTO closing_case (org_id, closing_id, case_id, open_minor, expected_minor, chance_bps,
            cost_minor, why)
     SELECT $1, $2, i.* FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::int[],
            $7::bigint[], $8::jsonb[]) i`,
    [tx.orgId, one.closingId, ...evaluatedColumns(cases)],
  );
}

/** What is open on a case and what it may still bring, on one day. */
export type EvaluatedCase = Evaluated & { caseId: string; openMinor: bigint };

function evaluatedColumns(cases: readonly EvaluatedCase[]): unknown[] {
  return [
    cases.map((one) => one.caseId),
    cases.map((one) => one.openMinor),
    cases.map((one) => one.expectedMinor),
    cases.map((one) => one.chanceBps),
    cases.map((one) => one.costMinor ?? null),
    cases.map((one) => JSON.stringify(one.why)),
  ];
}

export type ApprovedClosing = {
  closingId: string;
  note: string;
  actor: Actor;
  on: Day;
  at: Temporal.Instant;
  openMinor: bigint;
  expectedMinor: bigint;
  costMinor: bigint | undefined;
  prices: ReadonlyMap<string, bigint>;
};

/** Writes who approved a proposal, with the figures of that moment. */
export async function saveApproved(
  tx: Tx,
  one: ApprovedClosing,
  cases: readonly EvaluatedCase[],
): Promise<void> {
  await tx.query(
    `UPDATE closing SET state = 'APPROVED', decision_note = $3, decided_by = $4, decided_on = $5,
            decided_at = $6, open_minor = $7, expected_minor = $8, cost_minor = $9,
            version = version + 1
      WHERE org_id = $1 AND closing_id = $2`,
    [
      tx.orgId,
      one.closingId,
      one.note,
      JSON.stringify(one.actor),
      one.on,
      one.at,
      one.openMinor,
      one.expectedMinor,
      one.costMinor ?? null,
    ],
  );
  await tx.query(
    `UPDATE closing_case i SET state = 'CLOSED', open_minor = n.open_minor,
            expected_minor = n.expected_minor, chance_bps = n.chance_bps,
            cost_minor = n.cost_minor, why = n.why, price_minor = n.price_minor
       FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::int[], $7::bigint[], $8::jsonb[],
                   $9::bigint[])
         AS n(case_id, open_minor, expected_minor, chance_bps, cost_minor, why, price_minor)
      WHERE i.org_id = $1 AND i.closing_id = $2 AND i.case_id = n.case_id`,
    [
      tx.orgId,
      one.closingId,
      ...evaluatedColumns(cases),
      cases.map((each) => one.prices.get(each.caseId) ?? null),
    ],
  );
}

/** Writes who refused a proposal and why. */
export async function saveRefused(
  tx: Tx,
  closingId: string,
  refused: { note: string; actor: Actor; on: Day; at: Temporal.Instant; openMinor: bigint },
): Promise<void> {
  const { note, actor, on, at, openMinor } = refused;
  await tx.query(
    `UPDATE closing SET state = 'REFUSED', decision_note = $3, decided_by = $4, decided_on = $5,
            decided_at = $6, open_minor = $7, version = version + 1
      WHERE org_id = $1 AND closing_id = $2`,
    [tx.orgId, closingId, note, JSON.stringify(actor), on, at, openMinor],
  );
  await endCases(tx, [closingId]);
}

/** Ends a proposal by hand. */
export async function saveClosingWithdrawn(
  tx: Tx,
  closingId: string,
  withdrawn: { reason: string; actor: Actor; at: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `UPDATE closing SET state = 'WITHDRAWN', withdrawn_at = $3, withdraw_reason = $4,
            withdrawn_by = $5, version = version + 1
      WHERE org_id = $1 AND closing_id = $2`,
    [tx.orgId, closingId, withdrawn.at, withdrawn.reason, JSON.stringify(withdrawn.actor)],
  );
  await endCases(tx, [closingId]);
}

async function endCases(tx: Tx, closingIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE closing_case SET state = 'ENDED'
      WHERE org_id = $1 AND closing_id = ANY($2) AND state = 'PROPOSED'`,
    [tx.orgId, closingIds],
  );
}

/** Ends the proposals whose time is over, or of which a case was closed by something else. */
export async function endLapsed(tx: Tx, today: Day, at: Temporal.Instant): Promise<ClosingRow[]> {
  const ended = await tx.query<{ closingId: string }>(
    `UPDATE closing k SET state = 'WITHDRAWN', withdrawn_at = $3, version = k.version + 1
      WHERE k.org_id = $1 AND k.state = 'PROPOSED' AND (k.lapses_on < $2 OR EXISTS (
        SELECT FROM closing_case i JOIN case_file c ON c.org_id = i.org_id AND c.case_id = i.case_id
         WHERE i.org_id = k.org_id AND i.closing_id = k.closing_id AND c.state = 'CLOSED'))
      RETURNING k.closing_id AS "closingId"`,
    [tx.orgId, today, at],
  );
  const closingIds = ended.map((one) => one.closingId);
  if (closingIds.length === 0) return [];
  await endCases(tx, closingIds);
  return tx.query<ClosingRow>(
    `SELECT ${columns} FROM closing k ${joins} WHERE k.org_id = $1 AND k.closing_id = ANY($2)`,
    [tx.orgId, closingIds],
  );
}

/** The buyer of a case that was sold; undefined when it was not. */
export async function buyerOf(tx: Tx, caseId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ buyerName: string }>(
    `SELECT k.buyer_name AS "buyerName" FROM closing_case i
       JOIN closing k ON k.org_id = i.org_id AND k.closing_id = i.closing_id
      WHERE i.org_id = $1 AND i.case_id = $2 AND i.state = 'CLOSED' AND k.kind = 'SALE'`,
    [tx.orgId, caseId],
  );
  return row?.buyerName;
}
