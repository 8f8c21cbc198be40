import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { Complaint } from '../../domain/ranking/complaint.ts';

export type ComplaintRow = Complaint & {
  creditorId: string;
  recordedAt: string;
  answeredAt: string | null;
  repliedAt: string | null;
  contentHash: string;
};

const columns = `c.org_id AS "creditorId", c.complaint_id AS "complaintId",
  c.agency_id AS "agencyId", coalesce(c.case_id::text, '') AS "caseId", c.source, c.subject,
  c.received_on AS "receivedOn", c.text, c.answer_by AS "answerBy", c.outcome, c.answer,
  c.answered_at AS "answeredAt", c.recorded_at AS "recordedAt", c.content_hash AS "contentHash",
  c.reply, c.replied_at AS "repliedAt", c.reply_version AS "replyVersion"`;

/** Of the creditor itself, locked. */
export async function complaintForUpdate(
  tx: Tx,
  complaintId: string,
): Promise<ComplaintRow | undefined> {
  const [row] = await tx.query<ComplaintRow>(
    `SELECT ${columns} FROM complaint c WHERE c.org_id = $1 AND c.complaint_id = $2 FOR UPDATE`,
    [tx.orgId, complaintId],
  );
  return row;
}

/** Whether the agency ever worked a case of the creditor, and this one. */
export async function agencyFacts(tx: Tx, agencyId: string, caseId: string) {
  const [row] = await tx.query<{ worked: boolean; hadCase: boolean }>(
    `SELECT count(*) > 0 AS worked, coalesce(bool_or(case_id::text = $3), false) AS "hadCase"
       FROM placement WHERE org_id = $1 AND agency_id = $2 AND accepted_at IS NOT NULL`,
    [tx.orgId, agencyId, caseId],
  );
  return row ?? { worked: false, hadCase: false };
}

/** Whose complaint it is, of those that the asker may see. */
export async function creditorOf(tx: Tx, complaintId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ creditorId: string }>(
    'SELECT org_id AS "creditorId" FROM complaint WHERE complaint_id = $1 AND agency_id = $2',
    [complaintId, tx.orgId],
  );
  return row?.creditorId;
}

/** Whether it is new. Fault: `exists` complaint_exists_with_other_content. */
export async function addComplaint(
  tx: Tx,
  one: Complaint & { contentHash: string },
  at: Temporal.Instant,
): Promise<boolean> {
  const added = await tx.query(
    `INSERT INTO complaint (org_id, complaint_id, agency_id, case_id, source, subject, received_on,
            text, answer_by, outcome, answer, recorded_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING
     RETURNING complaint_id`,
    [
      tx.orgId,
      one.complaintId,
      one.agencyId,
      one.caseId === '' ? null : one.caseId,
      one.source,
      one.subject,
      one.receivedOn,
      one.text,
      one.answerBy,
      one.outcome,
      one.answer,
      at,
      one.contentHash,
    ],
  );
  const kept = await complaintForUpdate(tx, one.complaintId);
  if (kept?.contentHash !== one.contentHash) {
    throw fault('exists', 'complaint_exists_with_other_content');
  }
  return added.length > 0;
}

export async function saveAnswer(tx: Tx, one: Complaint, at: Temporal.Instant): Promise<void> {
  await tx.query(
    `UPDATE complaint SET outcome = $3, answer = $4, answered_at = $5
      WHERE org_id = $1 AND complaint_id = $2`,
    [tx.orgId, one.complaintId, one.outcome, one.answer, at],
  );
}

export async function saveReply(tx: Tx, one: Complaint, at: Temporal.Instant): Promise<void> {
  await tx.query(
    `UPDATE complaint SET reply = $3, reply_version = $4, replied_at = $5
      WHERE org_id = $1 AND complaint_id = $2`,
    [tx.orgId, one.complaintId, one.reply, one.replyVersion, at],
  );
}

/** Those that the asker may see: a creditor's own, or what was said about an agency. */
export function listComplaints(
  tx: Tx,
  side: 'creditor' | 'agency',
  filter: { agencyId: string; unansweredOnly: boolean },
  request: PageRequest | undefined,
) {
  const { sql, values } = where([
    [side === 'creditor' ? 'c.org_id = ?' : 'c.agency_id = ?', tx.orgId],
    unlessEmpty('c.agency_id = ?', filter.agencyId),
    filter.unansweredOnly ? ['c.outcome = ?', ''] : undefined,
  ]);
  const list = {
    table: 'complaint',
    alias: 'c',
    conditions: sql,
    values,
    besides: '',
    columns,
    sortColumn: 'c.recorded_at',
    idColumn: 'c.complaint_id',
    descending: true,
  };
  return page<ComplaintRow>(tx, list, request, { list: 'complaints', side, ...filter });
}

/**
 * Complaints about each agency received in a window and known by its end, those found unfounded by
 * then left out. Undefined for a creditor that has never written one down: it keeps no record.
 */
export async function complaintsIn(
  tx: Tx,
  window: { firstDay: Temporal.PlainDate; lastDay: Temporal.PlainDate; until: Temporal.Instant },
): Promise<Map<string, number> | undefined> {
  const rows = await tx.query<{ agencyId: string; count: number }>(
    `SELECT agency_id AS "agencyId", (count(*) FILTER (
              WHERE received_on BETWEEN $2::date AND $3::date
                AND NOT (outcome = 'UNFOUNDED' AND answered_at < $4)))::int AS count
       FROM complaint WHERE org_id = $1 AND recorded_at < $4 GROUP BY agency_id`,
    [tx.orgId, window.firstDay, window.lastDay, window.until],
  );
  return rows.length === 0 ? undefined : new Map(rows.map((row) => [row.agencyId, row.count]));
}

/**
 * Complaints about the transaction's agency received since a day, of all creditors: those that are
 * not found unfounded, and of these the upheld.
 */
export async function complaintsAbout(
  tx: Tx,
  since: Temporal.PlainDate,
): Promise<{ complaints: number; complaintsUpheld: number }> {
  const [row] = await tx.query<{ complaints: number; complaintsUpheld: number }>(
    `SELECT (count(*) FILTER (WHERE outcome <> 'UNFOUNDED'))::int AS complaints,
            (count(*) FILTER (WHERE outcome = 'UPHELD'))::int AS "complaintsUpheld"
       FROM complaint WHERE agency_id = $1 AND received_on >= $2::date`,
    [tx.orgId, since],
  );
  return row ?? { complaints: 0, complaintsUpheld: 0 };
}
