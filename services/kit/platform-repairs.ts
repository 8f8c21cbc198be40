import {
  type ListRepairsRequest,
  type ListRepairsResponse,
  type Repair,
  RepairAction,
} from '@recourse/proto/platform/v1/platform.ts';
import type { Actor } from './events.ts';
import type { Tx } from './db.ts';
import { listPage, type PlatformList } from './platform-page.ts';

/** What people of the platform repair and decide; each is written down for good. */
export const repairWords = {
  retry_event: RepairAction.RETRY_EVENT,
  discard_event: RepairAction.DISCARD_EVENT,
  retry_job: RepairAction.RETRY_JOB,
  run_schedule: RepairAction.RUN_SCHEDULE,
  approve_organisation: RepairAction.APPROVE_ORGANISATION,
  refuse_organisation: RepairAction.REFUSE_ORGANISATION,
  suspend_organisation: RepairAction.SUSPEND_ORGANISATION,
  reinstate_organisation: RepairAction.REINSTATE_ORGANISATION,
  suspend_user: RepairAction.SUSPEND_USER,
  reinstate_user: RepairAction.REINSTATE_USER,
} as const;
export type RepairWord = keyof typeof repairWords;

/** Who does it, from which organisation, and why. */
export type Decision = { orgId: string; actor: Actor; requestId: string; reason: string };

/**
 * SQL that writes down what the statement `changed` has changed; its parameters are those of
 * `decisionValues`, from $1 on. `changed` gives org_id, subject_id, subject, consumer and failure.
 */
export const insertRepairs = `
  INSERT INTO repair (org_id, action, request_id, actor, reason,
      about_org_id, subject_id, subject, consumer, failure)
  SELECT $1, $2, $3, $4::jsonb, $5, c.org_id, c.subject_id, c.subject, c.consumer, c.failure
    FROM changed c RETURNING subject_id`;

export function decisionValues(action: RepairWord, by: Decision): unknown[] {
  return [by.orgId, action, by.requestId, JSON.stringify(by.actor), by.reason];
}

type RepairRow = {
  id: string;
  action: RepairWord;
  about_org_id: string;
  subject_id: string;
  subject: string;
  consumer: string;
  failure: string;
  reason: string;
  actor: Actor;
  at: string;
  outcome: string;
};

function repairOf(row: RepairRow): Repair {
  return {
    repairId: row.id,
    action: repairWords[row.action],
    subjectId: row.subject_id,
    subject: row.subject,
    consumer: row.consumer,
    aboutOrgId: row.about_org_id,
    reason: row.reason,
    failure: row.failure,
    by: row.actor,
    at: row.at,
    outcome: row.outcome,
  };
}

export const repairList: Omit<PlatformList<RepairRow, Repair>, 'conditions'> = {
  table: 'repair',
  columns: `id, action, about_org_id, subject_id, subject, consumer, failure, reason, actor, at,
    outcome`,
  shown: repairOf,
  key: [{ column: 'id', type: 'uuid' }],
};

function actionsOf(wanted: readonly RepairAction[]): string[] {
  const words = Object.entries(repairWords);
  return words.filter(([, action]) => wanted.includes(action)).map(([word]) => word);
}

/** What the organisation's people have done, the latest first. */
export async function listRepairs(
  tx: Tx,
  { filter, page }: Pick<ListRepairsRequest, 'filter' | 'page'>,
): Promise<ListRepairsResponse> {
  const { actions = [], subjectId = '' } = filter ?? {};
  const conditions: [string, unknown][] = [['org_id = ?', tx.orgId]];
  if (actions.length > 0) conditions.push(['action = ANY (?::text[])', actionsOf(actions)]);
  if (subjectId !== '') conditions.push(['subject_id = ?', subjectId]);
  const asked = { list: 'repairs', actions, subjectId };
  const found = await listPage(tx, { ...repairList, conditions }, page, asked);
  return { repairs: found.rows, page: found.page };
}
