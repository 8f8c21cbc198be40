import type {
  AuditEntry,
  AuditFilter,
  SearchAuditRequest,
  SearchAuditResponse,
} from '@recourse/proto/platform/v1/audit.ts';
import type { Tx } from './db.ts';
import type { Actor } from './events.ts';
import { contentHash } from './hash.ts';
import { encodeCursor } from './cursor.ts';
import { type Conditions, listPage, type PlatformList } from './platform-page.ts';

type Row = {
  id: string;
  at: string;
  verb: string;
  object_id: string;
  org_id: string;
  actor: Actor;
  reason: string;
  request_id: string;
  trace_id: string;
};

/**
 * What people did, from three places that no row is in twice: events not yet archived, those that
 * are (`maintain.ts`), and what the platform's people decided. That belongs to whom it is about.
 */
const everything = `(
  SELECT id, at, type AS verb, aggregate_id AS object_id, org_id, actor, '' AS reason,
         coalesce(request_id, '') AS request_id,
         split_part(coalesce(traceparent, ''), '-', 2) AS trace_id
    FROM outbox WHERE actor IS NOT NULL
  UNION ALL
  SELECT id, at, verb, object_id, org_id, actor, '', request_id, trace_id FROM audit_entry
  UNION ALL
  SELECT id, at, CASE outcome WHEN 'done' THEN action ELSE action || ' (' || outcome || ')' END,
         subject_id::text, about_org_id, actor, reason, request_id::text, ''
    FROM repair) audit`;

const columns = 'id, at, verb, object_id, org_id, actor, reason, request_id, trace_id';

function conditionsOf(filter: AuditFilter | undefined): Conditions {
  const { orgId = '', person = '', verb = '', objectId = '', request = '' } = filter ?? {};
  const conditions: (readonly [sql: string, value: unknown])[] = [];
  if (orgId !== '') conditions.push(['org_id = ?', orgId]);
  if (person !== '') {
    const said = `lower(concat_ws(' ', actor->>'userId', actor->>'name'))`;
    conditions.push([`position(lower(?) IN ${said}) > 0`, person.trim()]);
  }
  if (verb !== '') conditions.push(['position(lower(?) IN lower(verb)) > 0', verb.trim()]);
  if (objectId !== '') conditions.push(['object_id = ?', objectId.trim()]);
  if (request !== '') conditions.push(['? IN (request_id, trace_id)', request.trim()]);
  if (filter?.from !== undefined) conditions.push(['at >= ?::timestamptz', filter.from]);
  if (filter?.to !== undefined) conditions.push(['at < ?::timestamptz', filter.to]);
  return conditions;
}

/**
 * What people did, the latest first. A cursor belongs to the filter and to no service: the same one
 * asks every service for what is older than one row of any of them.
 */
export async function searchAudit(
  tx: Tx,
  service: string,
  { filter, page }: Pick<SearchAuditRequest, 'filter' | 'page'>,
): Promise<SearchAuditResponse> {
  const conditions = conditionsOf(filter);
  const asked = { list: 'audit', conditions };
  const hash = contentHash(asked);
  const shown = (row: Row & { cursor_key?: string[] }): AuditEntry => ({
    entryId: row.id,
    service,
    at: row.at,
    verb: row.verb,
    objectId: row.object_id,
    orgId: row.org_id,
    by: row.actor,
    reason: row.reason,
    requestId: row.request_id,
    traceId: row.trace_id,
    cursor: encodeCursor(row.cursor_key ?? [], hash),
    position: (row.cursor_key ?? []).join(' '),
  });
  const list: PlatformList<Row, AuditEntry> = {
    table: everything,
    conditions,
    columns,
    shown,
    key: [
      { column: 'at', type: 'timestamptz' },
      { column: 'id', type: 'uuid' },
    ],
  };
  const found = await listPage(tx, list, page, asked);
  return { entries: found.rows, page: found.page };
}
