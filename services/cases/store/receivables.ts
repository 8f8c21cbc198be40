import type { CursorValue } from '@recourse/kit/cursor.ts';
import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { PageInfo } from '@recourse/proto/type/v1/type.ts';
import { isPast, openAsOf } from './aging.ts';
import { isNewlyOverdue } from './newly-overdue.ts';
import { afterKey, byKey, cutPage, type Key, parameterList, type Wanted } from './page.ts';

export type ReceivableRow = {
  receivableId: string;
  documentNumber: string;
  documentKey: string;
  debtorId: string;
  debtorName: string;
  customerNumber: string;
  documentDate: string | null;
  dueDate: string;
  currency: string;
  amountMinor: bigint;
  /** As of the day asked for. */
  openMinor: bigint;
  settledDate: string | null;
  disputed: boolean;
  paymentTerms: string;
  companyCode: string;
  importId: string | null;
  caseId: string | null;
  description: string;
  version: bigint;
};

const columns = `
  r.receivable_id AS "receivableId", r.document_number AS "documentNumber",
  r.document_key AS "documentKey", r.debtor_id AS "debtorId", d.name AS "debtorName",
  d.customer_number AS "customerNumber", r.document_date AS "documentDate",
  r.due_date AS "dueDate", r.currency, r.amount_minor AS "amountMinor",
  r.settled_date AS "settledDate", r.disputed, r.payment_terms AS "paymentTerms",
  r.company_code AS "companyCode", r.import_id AS "importId", r.case_id AS "caseId",
  r.description, r.version`;

const debtorJoin = 'JOIN debtor d ON d.org_id = r.org_id AND d.debtor_id = r.debtor_id';

/** Fault: `missing` receivable_unknown. */
export async function getReceivable(tx: Tx, receivableId: string): Promise<ReceivableRow> {
  const [row] = await tx.query<ReceivableRow>(
    `SELECT ${columns}, r.open_minor AS "openMinor" FROM receivable r ${debtorJoin}
      WHERE r.org_id = $1 AND r.receivable_id = $2`,
    [tx.orgId, receivableId],
  );
  if (row === undefined) throw fault('missing', 'receivable_unknown', { receivableId });
  return row;
}

export type ReceivableFilter = {
  /** Due dates of the overdue classes wanted: from and to, open ends undefined. */
  dueRanges: readonly { from: string | undefined; to: string | undefined }[];
  debtorId: string;
  caseId: string;
  query: string;
  includeSettled: boolean;
  currency: string;
  /** Due days of what became overdue newly, where only that is wanted. */
  newlyDue: { from: string; to: string } | undefined;
};

type SortColumn = { sql: string; cast: Key['cast']; key: (row: ReceivableRow) => CursorValue };

const byDueDate: SortColumn = { sql: 'o.due_date', cast: 'date', key: (row) => row.dueDate };

const sortColumns: Readonly<Record<string, SortColumn>> = {
  due_date: byDueDate,
  open: { sql: 'o.open_minor', cast: 'bigint', key: (row) => row.openMinor },
  document_number: { sql: 'o.document_number', cast: 'text', key: (row) => row.documentNumber },
};

type Parameters = ReturnType<typeof parameterList>;

function conditions(filter: ReceivableFilter, open: string, params: Parameters): string {
  const parts: string[] = [];
  const equal = (column: string, value: string): void => {
    if (value !== '') parts.push(`${column} = ${params.add(value)}`);
  };
  equal('o.debtor_id', filter.debtorId);
  equal('o.case_id', filter.caseId);
  equal('o.currency', filter.currency);
  const ranges = filter.dueRanges.map(
    ({ from, to }) =>
      [
        from === undefined ? [] : [`o.due_date >= ${params.add(from)}`],
        to === undefined ? [] : [`o.due_date <= ${params.add(to)}`],
      ]
        .flat()
        .join(' AND ') || 'true',
  );
  if (ranges.length > 0) parts.push(`(${ranges.map((one) => `(${one})`).join(' OR ')})`);
  if (filter.newlyDue !== undefined) {
    const { from, to } = filter.newlyDue;
    parts.push(isNewlyOverdue(open, { from: params.add(from), to: params.add(to) }));
  }
  if (filter.query !== '') parts.push(searchCondition(filter.query, params));
  return parts.map((part) => ` AND ${part}`).join('');
}

/** Part of a document number, or a debtor by any part of its name or number (0004-search). */
function searchCondition(query: string, params: Parameters): string {
  const text = query.normalize('NFKC').trim();
  const folded = params.add(text.toLowerCase());
  const beyond = params.add(`${text.toLowerCase()}\u{10ffff}`);
  return `(position(${params.add(text.toUpperCase())} IN upper(o.document_number)) > 0
    OR o.debtor_id IN (SELECT t.debtor_id FROM debtor_term t
        WHERE t.org_id = $1 AND t.term >= ${folded} AND t.term < ${beyond}))`;
}

/**
 * One page of receivables as of a day: what was open then, or everything when settled ones are
 * wanted.
 */
export async function listReceivables(
  tx: Tx,
  filter: ReceivableFilter,
  sort: string,
  days: { asOf: Day; today: Day },
  wanted: Wanted,
): Promise<{ rows: ReceivableRow[]; page: PageInfo }> {
  const params = parameterList();
  const org = params.add(tx.orgId);
  const past = isPast(days.asOf, days.today) && !filter.includeSettled;
  const asOf = past ? `${params.add(days.asOf)}::date` : '';
  const source = filter.includeSettled
    ? `(SELECT * FROM receivable WHERE org_id = ${org})`
    : openAsOf(past, org, asOf);
  const from = `FROM ${source} o WHERE true${conditions(filter, source, params)}`;
  const asked = [...params.values];
  const name = sort === '' ? 'due_date' : sort;
  const column = sortColumns[name.replace(/^-/, '')] ?? byDueDate;
  const direction = name.startsWith('-') ? 'DESC' : 'ASC';
  const key: Key = { column: column.sql, cast: column.cast, id: 'o.receivable_id', direction };
  const place = afterKey(wanted, key, params);
  const order = byKey(key);
  const rows = await tx.query<ReceivableRow>(
    `SELECT ${columns}, o.open_minor AS "openMinor"
       FROM (SELECT * ${from}${place} ${order} LIMIT ${wanted.size + 1}) o
       JOIN receivable r ON r.org_id = ${org} AND r.receivable_id = o.receivable_id ${debtorJoin}
      ${order}`,
    params.values,
  );
  return cutPage(tx, wanted, { from, params: asked }, rows, (row) => [
    column.key(row),
    row.receivableId,
  ]);
}

const caseKey: Key = {
  column: 'r.due_date',
  cast: 'date',
  id: 'r.receivable_id',
  direction: 'ASC',
};

/** One page of a case's receivables, due first; `orgId` is the creditor's. */
export async function listCaseReceivables(
  tx: Tx,
  of: { orgId: string; caseId: string },
  wanted: Wanted,
): Promise<{ rows: ReceivableRow[]; page: PageInfo }> {
  const params = parameterList();
  const from = `FROM receivable r WHERE r.org_id = ${params.add(of.orgId)}
                   AND r.case_id = ${params.add(of.caseId)}`;
  const asked = [...params.values];
  const place = afterKey(wanted, caseKey, params);
  const rows = await tx.query<ReceivableRow>(
    `SELECT ${columns}, r.open_minor AS "openMinor"
       FROM (SELECT r.* ${from} ${place}
              ${byKey(caseKey)} LIMIT ${wanted.size + 1}) r ${debtorJoin}
      ${byKey(caseKey)}`,
    params.values,
  );
  return cutPage(tx, wanted, { from, params: asked }, rows, (row) => [
    row.dueDate,
    row.receivableId,
  ]);
}
