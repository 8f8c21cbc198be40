import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { PageInfo } from '@recourse/proto/type/v1/type.ts';
import type { Channel } from '../domain/contact.ts';
import type { Decision, PromiseRecord, PromiseStateName, Receipt } from '../domain/promise.ts';
import { casesInSight, type Sight, sightOrg } from './cases.ts';
import { afterKey, byKey, cutPage, type Key, parameterList, type Wanted } from './page.ts';

export type PromiseRow = {
  promiseId: string;
  caseId: string;
  caseNumber: string;
  debtorName: string;
  currency: string;
  amountMinor: bigint;
  dueDay: string;
  channel: Channel | 'UNSPECIFIED';
  promisedBy: string;
  state: PromiseStateName;
  receivedMinor: bigint;
  actor: Actor;
  madeAt: string;
  contentHash: string;
};

const columns = `
  p.promise_id AS "promiseId", p.case_id AS "caseId", c.number AS "caseNumber",
  c.debtor_name AS "debtorName", p.currency, p.amount_minor AS "amountMinor",
  p.due_day AS "dueDay", p.channel, p.promised_by AS "promisedBy", p.state,
  p.received_minor AS "receivedMinor", p.actor, p.made_at AS "madeAt",
  p.content_hash AS "contentHash"`;

export async function findPromise(tx: Tx, promiseId: string): Promise<PromiseRow | undefined> {
  const [row] = await tx.query<PromiseRow>(
    `SELECT ${columns} FROM promise p
       JOIN case_file c ON c.org_id = p.org_id AND c.case_id = p.case_id
      WHERE p.org_id = $1 AND p.promise_id = $2`,
    [tx.orgId, promiseId],
  );
  return row;
}

export type NewPromise = {
  promiseId: string;
  caseId: string;
  debtorId: string;
  agencyId: string | undefined;
  currency: string;
  amountMinor: bigint;
  madeOn: Day;
  dueDay: string;
  channel: string;
  promisedBy: string;
  actor: Actor;
  madeAt: Temporal.Instant;
  contentHash: string;
};

export async function addPromise(tx: Tx, promise: NewPromise): Promise<void> {
  await tx.query(
    `INSERT INTO promise (org_id, promise_id, case_id, debtor_id, agency_id, currency, amount_minor,
            made_on, due_day, channel, promised_by, actor, made_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      tx.orgId,
      promise.promiseId,
      promise.caseId,
      promise.debtorId,
      promise.agencyId ?? null,
      promise.currency,
      promise.amountMinor,
      promise.madeOn,
      promise.dueDay,
      promise.channel,
      promise.promisedBy,
      JSON.stringify(promise.actor),
      promise.madeAt,
      promise.contentHash,
    ],
  );
}

export type CasePromise = Omit<PromiseRecord, 'madeAt'> & {
  madeAt: string;
  caseId: string;
  debtorId: string;
  currency: string;
  state: PromiseStateName;
  receivedMinor: bigint;
};

export type CaseReceipt = Omit<Receipt, 'recordedAt'> & { recordedAt: string; caseId: string };

/**
 * All promises of cases, and the money received on them since the first was made and not reversed;
 * what was put there out of credit is the debtor's money too, and keeps a promise like any other.
 */
export async function promisesAndReceipts(
  tx: Tx,
  caseIds: readonly string[],
): Promise<{ promises: CasePromise[]; receipts: CaseReceipt[] }> {
  const promises = await tx.query<CasePromise>(
    `SELECT promise_id AS "promiseId", case_id AS "caseId", debtor_id AS "debtorId", currency,
            amount_minor AS "amountMinor", made_on AS "madeOn", made_at AS "madeAt",
            due_day AS "dueDay", state, received_minor AS "receivedMinor"
       FROM promise WHERE org_id = $1 AND case_id = ANY($2)`,
    [tx.orgId, caseIds],
  );
  if (promises.length === 0) return { promises, receipts: [] };
  const withPromises = [...new Set(promises.map((one) => one.caseId))];
  return { promises, receipts: await receiptsSince(tx, withPromises, firstMade(promises)) };
}

/** Money received on cases from a day on and not reversed. */
export async function receiptsSince(
  tx: Tx,
  caseIds: readonly string[],
  from: string,
): Promise<CaseReceipt[]> {
  return tx.query<CaseReceipt>(
    `SELECT p.case_id AS "caseId", p.received_on AS "receivedOn", p.recorded_at AS "recordedAt",
            p.amount_minor AS "amountMinor"
       FROM payment p
      WHERE p.org_id = $1 AND p.case_id = ANY($2) AND p.received_on >= $3 AND NOT EXISTS (
        SELECT FROM payment_reversal v WHERE v.org_id = p.org_id AND v.payment_id = p.payment_id)`,
    [tx.orgId, caseIds, from],
  );
}

/** Days as text sort as days. */
function firstMade(promises: readonly CasePromise[]): string {
  return promises.map((one) => one.madeOn).toSorted()[0] ?? '';
}

export async function saveDecisions(
  tx: Tx,
  decisions: readonly Decision[],
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `UPDATE promise p SET state = d.state, received_minor = d.received_minor,
            settled_at = CASE WHEN d.state = 'PENDING' THEN NULL ELSE $5::timestamptz END
       FROM unnest($2::uuid[], $3::text[], $4::bigint[]) AS d(promise_id, state, received_minor)
      WHERE p.org_id = $1 AND p.promise_id = d.promise_id`,
    [
      tx.orgId,
      decisions.map((one) => one.promiseId),
      decisions.map((one) => one.state),
      decisions.map((one) => one.receivedMinor),
      at,
    ],
  );
}

/**
 * Cases whose pending promises, instalments or settlements are over, in the order of their ids.
 * What was agreed by a plan or settlement on a case that is closed is not decided by the clock.
 */
export async function casesWithAgreedOver(
  tx: Tx,
  today: Day,
  afterCaseId: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ caseId: string }>(
    `SELECT case_id AS "caseId" FROM promise
      WHERE org_id = $1 AND state = 'PENDING' AND due_day < $2 AND case_id > $3
     UNION
     SELECT i.case_id FROM instalment i
       JOIN case_file c ON c.org_id = i.org_id AND c.case_id = i.case_id AND c.state = 'OPEN'
      WHERE i.org_id = $1 AND i.state = 'PENDING' AND i.due_day < $2 AND i.case_id > $3
     UNION
     SELECT s.case_id FROM settlement s
       JOIN case_file c ON c.org_id = s.org_id AND c.case_id = s.case_id AND c.state = 'OPEN'
      WHERE s.org_id = $1 AND s.state IN ('PROPOSED', 'APPROVED') AND s.due_day < $2
        AND s.case_id > $3
     ORDER BY 1 LIMIT $4`,
    [tx.orgId, today, afterCaseId, limit],
  );
  return rows.map((row) => row.caseId);
}

/** What a case awaits first: due days of its pending promises, instalments and settlement. */
export type Awaited = {
  promiseDueDay: string | null;
  instalmentDueDay: string | null;
  settlementDueDay: string | null;
};

/** Due days of what a case awaits first: of each kind the one that is due first. */
export async function earliestAwaited(tx: Tx, caseId: string): Promise<Awaited> {
  const [row] = await tx.query<Awaited>(
    `SELECT (SELECT min(due_day) FROM promise
              WHERE org_id = $1 AND case_id = $2 AND state = 'PENDING') AS "promiseDueDay",
            (SELECT min(due_day) FROM instalment
              WHERE org_id = $1 AND case_id = $2 AND state = 'PENDING') AS "instalmentDueDay",
            (SELECT due_day FROM settlement
              WHERE org_id = $1 AND case_id = $2 AND state = 'APPROVED') AS "settlementDueDay"`,
    [tx.orgId, caseId],
  );
  return row ?? { promiseDueDay: null, instalmentDueDay: null, settlementDueDay: null };
}

export type PromiseFilter = {
  caseId: string;
  states: readonly string[];
  dueFrom: string;
  dueTo: string;
};

const key: Key = { column: 'p.due_day', cast: 'date', id: 'p.promise_id', direction: 'ASC' };

/** One page of promises in sight, due first. */
export async function listPromises(
  tx: Tx,
  sight: Sight,
  filter: PromiseFilter,
  wanted: Wanted,
): Promise<{ rows: PromiseRow[]; page: PageInfo }> {
  const params = parameterList();
  const org = params.add(sightOrg(sight));
  const parts: string[] = [];
  if (filter.caseId !== '') parts.push(`p.case_id = ${params.add(filter.caseId)}`);
  if (filter.states.length > 0) parts.push(`p.state = ANY(${params.add(filter.states)})`);
  if (filter.dueFrom !== '') parts.push(`p.due_day >= ${params.add(filter.dueFrom)}`);
  if (filter.dueTo !== '') parts.push(`p.due_day <= ${params.add(filter.dueTo)}`);
  const own = sight.kind === 'creditor' ? ` AND p.org_id = ${org}` : '';
  const from = `FROM promise p
      JOIN LATERAL (SELECT c.number, c.debtor_name ${casesInSight(sight, org)}
        AND c.org_id = p.org_id AND c.case_id = p.case_id) c ON true
     WHERE true${own}${parts.map((part) => ` AND ${part}`).join('')}`;
  const asked = [...params.values];
  const place = afterKey(wanted, key, params);
  const rows = await tx.query<PromiseRow>(
    `SELECT ${columns} ${from}${place} ${byKey(key)} LIMIT ${wanted.size + 1}`,
    params.values,
  );
  return cutPage(tx, wanted, { from, params: asked }, rows, (row) => [row.dueDay, row.promiseId]);
}
