import type { CursorValue } from '@recourse/kit/cursor.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Stage } from '../domain/stage.ts';
import type { PageInfo } from '@recourse/proto/type/v1/type.ts';
import {
  caseColumns,
  caseJoin,
  type CaseRow,
  casesInSight,
  type Sight,
  sightOrg,
} from './cases.ts';
import { afterKey, byKey, cutPage, type Key, parameterList, type Wanted } from './page.ts';

/**
 * Lists of cases by any filter and sort, in pages by key; made for a million cases of a creditor.
 */

export type CaseFilter = {
  states: readonly ('OPEN' | 'CLOSED')[];
  tiers: readonly string[];
  stages: readonly Stage[];
  handlings: readonly string[];
  /** Oldest due dates of the overdue classes wanted: from and to, open ends undefined. */
  dueRanges: readonly { from: string | undefined; to: string | undefined }[];
  agencyId: string;
  assigneeId: string;
  query: string;
  currency: string;
  minOpenMinor: bigint | undefined;
  dueBy: string;
};

type SortColumn = {
  sql: string;
  cast: Key['cast'];
  key: (row: CaseRow) => CursorValue;
  turned?: boolean;
};

const byOpen: SortColumn = { sql: 'c.open_minor', cast: 'bigint', key: (row) => row.openMinor };

/** `days_overdue` grows as the oldest due date lies further back, so its order is turned. */
const sortColumns: Readonly<Record<string, SortColumn>> = {
  open: byOpen,
  days_overdue: {
    sql: 'c.oldest_due_date',
    cast: 'date',
    key: (row) => row.oldestDueDate,
    turned: true,
  },
  number: { sql: 'c.number', cast: 'text', key: (row) => row.number },
  next_action: { sql: 'c.next_day', cast: 'date', key: (row) => row.nextDay },
  last_contact_at: {
    sql: 'c.last_contact_at',
    cast: 'timestamptz',
    key: (row) => row.lastContactAt,
  },
  debtor_name: { sql: 'c.debtor_name', cast: 'text', key: (row) => row.debtorName },
};

/**
 * Whether an index gives this list in its very order, so that one plan is the best for every
 * organisation, however many cases it has; anything else depends on how many rows a filter leaves.
 */
export function isInIndexOrder(filter: CaseFilter, sort: string): boolean {
  const { tiers, stages, handlings, dueRanges, minOpenMinor } = filter;
  const { agencyId, assigneeId, query, currency, dueBy } = filter;
  const isPlain =
    [stages, handlings, dueRanges].every((values) => values.length === 0) &&
    [agencyId, assigneeId, query, currency, dueBy].every((text) => text === '') &&
    minOpenMinor === undefined;
  return isPlain && tiers.length <= 1 && orderOf(sort).column === byOpen;
}

type Order = { column: SortColumn; direction: 'ASC' | 'DESC' };

/** The order of `-open`, `days_overdue`, …; most owed first when nothing is said. */
function orderOf(sort: string): Order {
  const name = sort === '' ? '-open' : sort;
  const column = sortColumns[name.replace(/^-/, '')] ?? byOpen;
  const isDescending = name.startsWith('-') !== (column.turned === true);
  return { column, direction: isDescending ? 'DESC' : 'ASC' };
}

type Parameters = ReturnType<typeof parameterList>;

/** All conditions but the state, each beginning with AND. */
function conditions(filter: CaseFilter, sight: Sight, org: string, params: Parameters): string {
  const parts: string[] = [];
  const equal = (column: string, value: string): void => {
    if (value !== '') parts.push(`${column} = ${params.add(value)}`);
  };
  const oneOf = (column: string, values: readonly string[]): void => {
    const [only] = values;
    if (only === undefined) return;
    parts.push(
      values.length === 1
        ? `${column} = ${params.add(only)}`
        : `${column} = ANY(${params.add(values)})`,
    );
  };
  oneOf('c.tier', filter.tiers);
  // Written out, so that the index of the few cases beyond soft collection (0014) can be chosen.
  if (filter.stages.length > 0) {
    const stages = [...new Set(filter.stages)].map((stage) => `'${stage}'`);
    parts.push(`c.stage IN (${stages.join(', ')})`);
  }
  oneOf('c.handling', filter.handlings);
  equal('c.agency_id', filter.agencyId);
  equal('c.assignee_id', filter.assigneeId);
  equal('c.currency', filter.currency);
  if (filter.minOpenMinor !== undefined) {
    parts.push(`c.open_minor >= ${params.add(filter.minOpenMinor)}`);
  }
  if (filter.dueBy !== '') parts.push(`c.next_day <= ${params.add(filter.dueBy)}`);
  if (filter.dueRanges.length > 0) parts.push(dueCondition(filter.dueRanges, params));
  if (filter.query !== '') parts.push(searchCondition(filter.query, sight, org, params));
  return parts.map((part) => ` AND ${part}`).join('');
}

function dueCondition(ranges: CaseFilter['dueRanges'], params: Parameters): string {
  const one = ({ from, to }: CaseFilter['dueRanges'][number]): string =>
    [
      from === undefined ? [] : [`c.oldest_due_date >= ${params.add(from)}`],
      to === undefined ? [] : [`c.oldest_due_date <= ${params.add(to)}`],
    ]
      .flat()
      .join(' AND ');
  return `(${ranges.map((range) => `(${one(range) || 'true'})`).join(' OR ')})`;
}

/** After every text that begins with another in code point order. */
const beyond = '\u{10ffff}';

/**
 * A case number by its beginning, else a debtor by any part of its name or number (0004-search).
 */
function searchCondition(query: string, sight: Sight, org: string, params: Parameters): string {
  const text = query.normalize('NFKC').trim().toLowerCase();
  if (/^c-(\d|$)/.test(text)) {
    const number = text.toUpperCase();
    return `c.number >= ${params.add(number)} AND c.number < ${params.add(number + beyond)}`;
  }
  const orgs =
    sight.kind === 'creditor'
      ? `= ${org}`
      : `IN (SELECT org_id FROM placement_grant WHERE agency_id = ${org} AND state = 'ACTIVE')`;
  return `(c.org_id, c.debtor_id) IN (
    SELECT t.org_id, t.debtor_id FROM debtor_term t WHERE t.org_id ${orgs}
       AND t.term >= ${params.add(text)} AND t.term < ${params.add(text + beyond)})`;
}

const bothStates = ['OPEN', 'CLOSED'] as const;

/**
 * The cases that are listed. An agency's are found by the agency that a case is placed with, so
 * that they too are read in the order of an index (0015); the policy asks for the grant besides.
 */
function listedCases(sight: Sight, org: string): string {
  return sight.kind === 'creditor'
    ? casesInSight(sight, org)
    : `FROM case_file c WHERE c.agency_id = ${org} AND c.handling = 'PLACED'`;
}

/**
 * One page of cases. Each state is read in index order by itself and the parts are merged, so that
 * a list of all states is as fast as one of open cases.
 */
export async function listCases(
  tx: Tx,
  sight: Sight,
  filter: CaseFilter,
  sort: string,
  wanted: Wanted,
): Promise<{ rows: CaseRow[]; page: PageInfo }> {
  const params = parameterList();
  const org = params.add(sightOrg(sight));
  const inSight = listedCases(sight, org) + conditions(filter, sight, org, params);
  const states = filter.states.length === 0 ? bothStates : [...new Set(filter.states)];
  const asked = [...params.values];
  const { column, direction } = orderOf(sort);
  const key: Key = { column: column.sql, cast: column.cast, id: 'c.case_id', direction };
  const place = afterKey(wanted, key, params);
  const order = `${byKey(key)} LIMIT ${wanted.size + 1}`;
  const parts = states.map(
    (state) => `(SELECT c.* ${inSight} AND c.state = '${state}'${place} ${order})`,
  );
  const rows = await tx.query<CaseRow>(
    `SELECT ${caseColumns} FROM (${parts.join(' UNION ALL ')}) c ${caseJoin} ${order}`,
    params.values,
  );
  const only = states.length === 1 ? ` AND c.state = '${states[0]}'` : '';
  const all = { from: inSight + only, params: asked };
  return cutPage(tx, wanted, all, rows, (row) => [column.key(row), row.caseId]);
}
