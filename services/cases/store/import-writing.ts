import type { Tx } from '@recourse/kit/db.ts';
import type { StoredReceivable } from '../domain/import/difference.ts';
import { writtenOff } from './write-downs.ts';

/** Receivables as an import meets and writes them, set by set. */

/**
 * Lets the planner know how large tables have become. Without it a plan for an empty table lives
 * on, and each check of a foreign key reads through an organisation instead of finding one row.
 */
export async function refreshStatistics(
  tx: Tx,
  tables: readonly ('debtor' | 'receivable' | 'import_customer' | 'import_spelling')[],
): Promise<void> {
  await tx.query(`ANALYZE ${tables.join(', ')}`);
}

/** Whether the organisation has receivables that this import has not written. */
export async function hasOtherReceivables(tx: Tx, importId: string): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM receivable
      WHERE org_id = $1 AND import_id IS DISTINCT FROM $2) AS found`,
    [tx.orgId, importId],
  );
  return row?.found ?? true;
}

/** The constraint that says that a document is in the book already. */
export const documentOnce = 'receivable_org_id_document_key_key';

/** A stored document that a delivery meets. */
export type MetReceivable = Omit<
  StoredReceivable,
  'customerKey' | 'documentDate' | 'deliveredSettledDate'
> & {
  documentKey: string;
  receivableId: string;
  debtorId: string;
  caseId: string | null;
  documentDate: string | null;
  deliveredSettledDate: string | null;
  openMinor: bigint;
  settledDate: string | null;
  /** Written off and owed all the same. */
  writtenOffMinor: bigint;
};

/**
 * What stands in the store for delivered documents: those with the same content, and the others.
 */
export type Met = { same: ReadonlySet<string>; different: ReadonlyMap<string, MetReceivable> };

type MetRow = MetReceivable & { same: boolean };

/**
 * Finds the stored documents of delivered ones by key; content marks tell repeats at once. With
 * `lock` those that differ are held until the transaction ends.
 */
export async function meet(
  tx: Tx,
  keys: readonly string[],
  marks: readonly string[],
  lock: boolean,
): Promise<Met> {
  const delivered = 'unnest($2::text[], $3::text[]) AS n(document_key, mark)';
  const joined = `FROM ${delivered} JOIN receivable r
    ON r.org_id = $1 AND r.document_key = n.document_key`;
  const same = await tx.query<{ documentKey: string }>(
    `SELECT n.document_key AS "documentKey" ${joined} AND r.content_hash = n.mark`,
    [tx.orgId, keys, marks],
  );
  const rows = await tx.query<MetRow>(
    `SELECT r.document_key AS "documentKey", r.receivable_id AS "receivableId",
            r.debtor_id AS "debtorId", r.case_id AS "caseId", r.document_date AS "documentDate",
            r.due_date AS "dueDate", r.currency, r.amount_minor AS "amountMinor",
            r.delivered_open_minor AS "deliveredOpenMinor",
            r.delivered_settled_date AS "deliveredSettledDate", r.disputed,
            r.payment_terms AS "paymentTerms", r.description, r.open_minor AS "openMinor",
            r.settled_date AS "settledDate", ${writtenOff('r')} AS "writtenOffMinor"
       ${joined} AND r.content_hash <> n.mark
      ORDER BY r.receivable_id ${lock ? 'FOR NO KEY UPDATE OF r' : ''}`,
    [tx.orgId, keys, marks],
  );
  return {
    same: new Set(same.map((row) => row.documentKey)),
    different: new Map(rows.map((row) => [row.documentKey, row])),
  };
}

/**
 * A receivable to be written; days are `YYYY-MM-DD` or null, money is minor units of `currency`.
 */
export type WrittenReceivable = {
  receivableId: string;
  documentKey: string;
  documentNumber: string;
  companyCode: string;
  debtorId: string;
  documentDate: string | null;
  dueDate: string;
  currency: string;
  amountMinor: bigint;
  openMinor: bigint;
  /** What the debtor owes of it (domain/write-down.ts): told, not written. */
  owedMinor: bigint;
  settledDate: string | null;
  deliveredOpenMinor: bigint;
  deliveredSettledDate: string | null;
  disputed: boolean;
  paymentTerms: string;
  description: string;
  contentMark: string;
};

const columns = `receivable_id, document_key, document_number, company_code, debtor_id,
  document_date, due_date, currency, amount_minor, open_minor, settled_date, delivered_open_minor,
  delivered_settled_date, disputed, payment_terms, description, content_hash`;

/**
 * Stays with the connection and is emptied by every commit, so that chunks make no catalogue rows.
 */
const stagingTable = `
  CREATE TEMP TABLE IF NOT EXISTS staged_receivable (receivable_id uuid, document_key text,
    document_number text, company_code text, debtor_id uuid, document_date date, due_date date,
    currency text, amount_minor bigint, open_minor bigint, settled_date date,
    delivered_open_minor bigint, delivered_settled_date date, disputed boolean, payment_terms text,
    description text, content_hash text) ON COMMIT DELETE ROWS`;

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

function copyText(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll(/[\\\t\n\r]/g, (mark) => escapes[mark] ?? '')
    : text;
}

const orNull = (text: string | null): string => text ?? '\\N';

/** A line of COPY's text format, columns as in the staging table. */
export function copyLine(row: WrittenReceivable): string {
  return [
    row.receivableId,
    copyText(row.documentKey),
    copyText(row.documentNumber),
    copyText(row.companyCode),
    row.debtorId,
    orNull(row.documentDate),
    row.dueDate,
    row.currency,
    row.amountMinor,
    row.openMinor,
    orNull(row.settledDate),
    row.deliveredOpenMinor,
    orNull(row.deliveredSettledDate),
    row.disputed ? 't' : 'f',
    copyText(row.paymentTerms),
    copyText(row.description),
    `${row.contentMark}\n`,
  ].join('\t');
}

async function* oneText(text: string): AsyncGenerator<string> {
  yield text;
}

/**
 * Adds receivables; `lines` are their `copyLine`s. Row-level security refuses COPY, hence the
 * detour.
 */
export async function addReceivables(
  tx: Tx,
  importId: string,
  lines: string,
  meanwhile: () => void,
): Promise<void> {
  if (lines === '') return;
  await tx.query(stagingTable);
  await tx.copyIn(`COPY staged_receivable (${columns}) FROM STDIN`, oneText(lines));
  const inserting = tx.query(
    `INSERT INTO receivable (org_id, import_id, ${columns})
     SELECT $1, $2, ${columns} FROM staged_receivable`,
    [tx.orgId, importId],
  );
  meanwhile();
  await inserting;
}

/** Changes receivables and keeps what they were; case, costs and interest are not the import's. */
export async function changeReceivables(
  tx: Tx,
  importId: string,
  rows: readonly WrittenReceivable[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(stagingTable);
  const lines = rows.map(copyLine).join('');
  await tx.query('TRUNCATE staged_receivable');
  await tx.copyIn(`COPY staged_receivable (${columns}) FROM STDIN`, oneText(lines));
  await tx.query(
    `WITH changed AS (
       UPDATE receivable r SET document_number = s.document_number, company_code = s.company_code,
              debtor_id = s.debtor_id, document_date = s.document_date, due_date = s.due_date,
              currency = s.currency, amount_minor = s.amount_minor, open_minor = s.open_minor,
              settled_date = s.settled_date, delivered_open_minor = s.delivered_open_minor,
              delivered_settled_date = s.delivered_settled_date, disputed = s.disputed,
              payment_terms = s.payment_terms, description = s.description,
              content_hash = s.content_hash, import_id = $2, version = r.version + 1
         FROM staged_receivable s
        WHERE r.org_id = $1 AND r.receivable_id = s.receivable_id
        RETURNING r.receivable_id, old.import_id AS before_import_id, to_jsonb(old) AS before)
     INSERT INTO import_change (org_id, import_id, noun, id, before_import_id, before)
     SELECT $1, $2, 'receivable', receivable_id, before_import_id, before FROM changed
     ON CONFLICT DO NOTHING`,
    [tx.orgId, importId],
  );
}
