import type { Repair } from '@recourse/proto/platform/v1/platform.ts';
import { now } from './clock.ts';
import type { Db, Tx } from './db.ts';
import { fault, faultFrom } from './fault.ts';
import { listPage } from './platform-page.ts';
import { type Decision, decisionValues, repairList, type RepairWord } from './platform-repairs.ts';

/**
 * Decisions that are carried out at the identity provider, which no transaction of ours includes:
 * each is written down before and after, so that none is without a trace, and a repeat of a request
 * that was carried out carries nothing out again.
 */

/** Stands in the column `consumer` of these. */
const directory = 'directory';

/** What is decided about whom. */
export type Decided = {
  action: RepairWord;
  aboutOrgId: string;
  subjectId: string;
  /** How the subject is named at the time. */
  subject: string;
};

/** Whether somebody may act for an organisation from now on; all its people without a `userId`. */
export type AccessTold = {
  orgId: string;
  userId: string | undefined;
  allowed: boolean;
  by: Decision;
  at: Temporal.Instant;
};

/** How the directory's keeper tells the other services who is out and who is in again. */
export type TellAccess = (tx: Tx, told: AccessTold) => Promise<void>;

/** Where decisions are written down, and how they are told. */
export type DecisionRoom = { db: Db; tellAccess?: TellAccess | undefined };

const ins: readonly RepairWord[] = [
  'approve_organisation',
  'reinstate_organisation',
  'reinstate_user',
];

/** Tells what was decided in the outbox of the organisation that it is about. */
async function tell({ db, tellAccess }: DecisionRoom, by: Decision, about: Decided): Promise<void> {
  if (tellAccess === undefined) return;
  const { action, aboutOrgId: orgId, subjectId } = about;
  const userId = action.endsWith('_user') ? subjectId : undefined;
  const told = { orgId, userId, allowed: ins.includes(action), by, at: now() };
  await db.tenant(orgId, (tx) => tellAccess(tx, told));
}

type Receipt = { action: RepairWord; subject_id: string; reason: string; outcome: string };

/**
 * Whether the request has been carried out. Fault: `exists` request_id_used_with_other_content.
 */
export async function wasDone(
  db: Db,
  by: Decision,
  about: { subjectId: string; actions: readonly RepairWord[] },
): Promise<boolean> {
  const [kept] = await db.system((tx) =>
    tx.query<Receipt>(
      `SELECT action, subject_id, reason, outcome FROM repair
        WHERE org_id = $1 AND request_id = $2 AND consumer = $3`,
      [by.orgId, by.requestId, directory],
    ),
  );
  if (kept === undefined) return false;
  const isSame = about.actions.includes(kept.action) && kept.subject_id === about.subjectId;
  if (!isSame || kept.reason !== by.reason) {
    throw fault('exists', 'request_id_used_with_other_content', { requestId: by.requestId });
  }
  return kept.outcome === 'done';
}

async function noteAsked(tx: Tx, by: Decision, about: Decided): Promise<void> {
  await tx.query(
    `INSERT INTO repair (org_id, action, request_id, actor, reason, about_org_id, subject_id,
         subject, consumer, failure, outcome)
     VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, '', 'asked')
     ON CONFLICT (org_id, request_id) WHERE consumer = 'directory'
       DO UPDATE SET outcome = 'asked', failure = '' WHERE repair.outcome <> 'done'`,
    [
      ...decisionValues(about.action, by),
      about.aboutOrgId,
      about.subjectId,
      about.subject,
      directory,
    ],
  );
}

async function noteOutcome(tx: Tx, by: Decision, outcome: string, failure: string): Promise<void> {
  await tx.query(
    `UPDATE repair SET outcome = $3, failure = $4
      WHERE org_id = $1 AND request_id = $2 AND consumer = $5`,
    [by.orgId, by.requestId, outcome, failure, directory],
  );
}

/**
 * Carries a decision out, written down before and after, and tells it; throws what the work throws.
 */
export async function carryOut<T>(
  o: DecisionRoom,
  by: Decision,
  about: Decided,
  work: () => Promise<T>,
): Promise<T> {
  const { db } = o;
  await db.system((tx) => noteAsked(tx, by, about));
  try {
    const result = await work();
    await tell(o, by, about);
    await db.system((tx) => noteOutcome(tx, by, 'done', ''));
    return result;
  } catch (thrown) {
    const { reason } = faultFrom(thrown);
    await db.system((tx) => noteOutcome(tx, by, 'failed', reason));
    throw thrown;
  }
}

/**
 * Whose people suspended somebody last, as far as it was carried out here; undefined for who was
 * suspended at the provider itself.
 */
export async function suspendedBy(db: Db, userId: string): Promise<string | undefined> {
  const [last] = await db.system((tx) =>
    tx.query<{ org_id: string }>(
      `SELECT org_id FROM repair
        WHERE consumer = $1 AND subject_id = $2 AND action = 'suspend_user' AND outcome = 'done'
        ORDER BY id DESC LIMIT 1`,
      [directory, userId],
    ),
  );
  return last?.org_id;
}

/** What was decided about an organisation and its people, the latest first, 50 at most. */
export async function listDecisions(tx: Tx, aboutOrgId: string): Promise<Repair[]> {
  const conditions: [string, unknown][] = [
    ['org_id = ?', tx.orgId],
    ['about_org_id = ?', aboutOrgId],
    ['consumer = ?', directory],
  ];
  const list = { ...repairList, conditions };
  return (await listPage(tx, list, undefined, { list: 'decisions', aboutOrgId })).rows;
}
