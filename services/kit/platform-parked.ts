import {
  type GetParkedEventResponse,
  type ListParkedEventsRequest,
  type ListParkedEventsResponse,
  type ParkedEvent,
  type ParkedFilter,
  ParkedState,
} from '@recourse/proto/platform/v1/platform.ts';
import type { Contract } from './contract.ts';
import type { Tx } from './db.ts';
import { fault } from './fault.ts';
import { type Conditions, listPage, type PlatformList, whereOf } from './platform-page.ts';
import { blurDetail, viewPayload } from './platform-payload.ts';
import { type Decision, decisionValues, insertRepairs } from './platform-repairs.ts';

/** Words of the column `state`. */
const states = {
  failing: ParkedState.FAILING,
  parked: ParkedState.PARKED,
  retry: ParkedState.RETRY,
  discarded: ParkedState.DISCARDED,
} as const;
type StateWord = keyof typeof states;

type Row = {
  event_id: string;
  consumer: string;
  org_id: string;
  state: StateWord;
  type: string;
  aggregate_id: string;
  version: bigint;
  attempts: number;
  reason: string;
  detail: string;
  at: string;
  first_failed_at: string;
  last_failed_at: string;
};

const columns = `event_id, consumer, org_id, state, type, aggregate_id, version, attempts, reason,
  detail, at, first_failed_at, last_failed_at`;

function eventOf(row: Row): ParkedEvent {
  return {
    eventId: row.event_id,
    consumer: row.consumer,
    orgId: row.org_id,
    state: states[row.state],
    type: row.type,
    aggregateId: row.aggregate_id,
    version: row.version,
    attempts: row.attempts,
    reason: row.reason,
    detail: blurDetail(row.detail),
    happenedAt: row.at,
    firstFailedAt: row.first_failed_at,
    lastFailedAt: row.last_failed_at,
  };
}

const list: Omit<PlatformList<Row, ParkedEvent>, 'conditions'> = {
  table: 'parked_event',
  columns,
  shown: eventOf,
  key: [
    { column: 'event_id', type: 'uuid' },
    { column: 'consumer', type: 'text' },
  ],
};

function conditionsOf(filter: ParkedFilter | undefined): Conditions {
  const { consumer = '', type = '', reason = '', states: wanted = [] } = filter ?? {};
  const words = Object.entries(states).filter(([, state]) => wanted.includes(state));
  const conditions: (readonly [sql: string, value: unknown])[] = [];
  if (consumer !== '') conditions.push(['consumer = ?', consumer]);
  if (type !== '') conditions.push(['type = ?', type]);
  if (reason !== '') conditions.push(['reason = ?', reason]);
  if (wanted.length > 0) {
    conditions.push(['state = ANY (?::text[])', words.map(([word]) => word)]);
  }
  return conditions;
}

/** Events of all organisations that failed; the newest event first. */
export async function listParkedEvents(
  tx: Tx,
  { filter, page }: Pick<ListParkedEventsRequest, 'filter' | 'page'>,
): Promise<ListParkedEventsResponse> {
  const conditions = conditionsOf(filter);
  const asked = { list: 'parked', conditions };
  const found = await listPage(tx, { ...list, conditions }, page, asked);
  return { events: found.rows, page: found.page };
}

/** One of them with what it says. Fault: `missing` parked_event_not_found. */
export async function getParkedEvent(
  tx: Tx,
  from: Contract,
  eventId: string,
): Promise<Omit<GetParkedEventResponse, 'repairs'>> {
  const [row] = await tx.query<Row & { payload: Buffer }>(
    `SELECT ${columns}, payload FROM parked_event WHERE event_id = $1 ORDER BY consumer LIMIT 1`,
    [eventId],
  );
  if (row === undefined) throw fault('missing', 'parked_event_not_found', { eventId });
  const { json, leftOut } = viewPayload(from, row.consumer.split(':')[1] ?? '', row.payload);
  return { event: eventOf(row), payloadJson: json, leftOut, payloadBytes: row.payload.length };
}

/** Which events a decision is about: those named, or all that a filter matches. */
export type Chosen = { eventIds: readonly string[]; filter: ParkedFilter | undefined };

function chosenConditions({ eventIds, filter }: Chosen): Conditions {
  if (eventIds.length > 0 === (filter !== undefined)) {
    throw fault('invalid', 'give_either_events_or_a_filter');
  }
  return filter === undefined ? [['event_id = ANY (?::uuid[])', eventIds]] : conditionsOf(filter);
}

const mostAtOnce = 10_000;

/** What can be decided about an event in which state. */
const decisions = {
  retry_event: { from: ['parked', 'discarded'], to: 'retry' },
  discard_event: { from: ['parked'], to: 'discarded' },
} as const satisfies Record<string, { from: readonly StateWord[]; to: StateWord }>;

/**
 * Decides about events and writes down each decision, in one statement. A filter without states is
 * about what waits for a decision; events in another state are left as they are. Returns how many
 * were changed, and whether more match. Fault: `invalid` give_either_events_or_a_filter.
 */
export async function decideParked(
  tx: Tx,
  action: keyof typeof decisions,
  chosen: Chosen,
  by: Decision,
): Promise<{ count: bigint; more: boolean }> {
  const conditions = chosenConditions(chosen);
  const { from, to } = decisions[action];
  const isOpen = chosen.filter !== undefined && chosen.filter.states.length === 0;
  const fixed = decisionValues(action, by);
  const { sql, values } = whereOf(conditions, fixed.length + 2);
  const changed = await tx.query(
    `WITH changed AS (
       UPDATE parked_event p SET state = $6
         FROM (SELECT org_id, consumer, event_id FROM parked_event
                WHERE state = ANY ($7::text[]) AND ${sql}
                ORDER BY event_id LIMIT ${mostAtOnce} FOR UPDATE) due
        WHERE p.org_id = due.org_id AND p.consumer = due.consumer AND p.event_id = due.event_id
       RETURNING p.org_id, p.event_id AS subject_id, p.type AS subject, p.consumer,
                 p.reason AS failure)
     ${insertRepairs}`,
    [...fixed, to, isOpen ? ['parked'] : from, ...values],
  );
  return { count: BigInt(changed.length), more: changed.length === mostAtOnce };
}
