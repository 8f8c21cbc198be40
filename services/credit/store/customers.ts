import { defineEntity, LockMode, p } from '@mikro-orm/core';
import { decodeCursor, encodeCursor } from '@recourse/kit/cursor.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Customer } from '../domain/customer.ts';

/** A row of `customer`; its contacts are sealed before they come here. */
export const CustomerRow = defineEntity({
  name: 'CustomerRow',
  tableName: 'customer',
  properties: {
    orgId: p.uuid().primary(),
    customerId: p.uuid().primary(),
    kind: p.string(),
    customerNumber: p.string(),
    name: p.string(),
    aliases: p.json<string[]>(),
    creditCode: p.string(),
    region: p.string(),
    industry: p.string(),
    contactsSealed: p.text(),
    timeZone: p.string(),
    note: p.string(),
    editedByHand: p.boolean(),
    searchText: p.text(),
    behaviourStale: p.boolean(),
    firstSeenAt: p.string().columnType('timestamptz'),
    version: p.bigint(),
  },
});

/** A customer with what only the store knows of it. */
export type Stored = Omit<Customer, 'contacts'> & { contactsSealed: string; firstSeenAt: string };

function searchText(customer: Omit<Customer, 'contacts'>): string {
  const words = [customer.name, customer.customerNumber, customer.creditCode, ...customer.aliases];
  return words.join(' ').toLowerCase();
}

type Row = Omit<Stored, 'kind'> & { kind: string };

function stored(row: Row): Stored {
  const { customerId, customerNumber, name, aliases, creditCode, region, industry } = row;
  const { contactsSealed, timeZone, note, editedByHand, firstSeenAt, version } = row;
  return {
    customerId,
    kind: row.kind === 'PERSON' ? 'PERSON' : 'COMPANY',
    customerNumber,
    name,
    aliases,
    creditCode,
    region,
    industry,
    contactsSealed,
    timeZone,
    note,
    editedByHand,
    firstSeenAt,
    version,
  };
}

/** A customer, locked for the transaction; two first writes of one id come one after the other. */
export async function customerForUpdate(tx: Tx, customerId: string): Promise<Stored | undefined> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [customerId]);
  const row = await tx.em.findOne(
    CustomerRow,
    { orgId: tx.orgId, customerId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  return row === null ? undefined : stored(row);
}

/** Creates or replaces a customer's row. */
export async function saveCustomer(
  tx: Tx,
  customer: Omit<Customer, 'contacts'>,
  contactsSealed: string,
  at: Temporal.Instant,
): Promise<void> {
  const row = await tx.em.findOne(CustomerRow, {
    orgId: tx.orgId,
    customerId: customer.customerId,
  });
  const written = {
    ...customer,
    aliases: [...customer.aliases],
    contactsSealed,
    searchText: searchText(customer),
  };
  if (row === null) {
    const fresh = { behaviourStale: false, firstSeenAt: at.toString(), orgId: tx.orgId };
    tx.em.create(CustomerRow, { ...written, ...fresh });
  } else {
    tx.em.assign(row, written);
  }
  await tx.em.flush();
}

const columns = `c.customer_id AS "customerId", c.kind, c.name,
  c.customer_number AS "customerNumber",
  c.aliases, c.credit_code AS "creditCode", c.region, c.industry,
  c.contacts_sealed AS "contactsSealed", c.time_zone AS "timeZone", c.note,
  c.edited_by_hand AS "editedByHand", c.first_seen_at AS "firstSeenAt", c.version`;

/**
 * Several customers at once, locked in the order of their ids so that two chunks cannot deadlock.
 */
export async function customersForUpdate(
  tx: Tx,
  customerIds: readonly string[],
): Promise<Stored[]> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM customer c WHERE c.org_id = $1 AND c.customer_id = ANY ($2::uuid[])
      ORDER BY c.customer_id FOR UPDATE`,
    [tx.orgId, customerIds],
  );
  return rows.map(stored);
}

/** Writes what an import taught of many customers, in one statement. */
export async function saveLearned(
  tx: Tx,
  learned: readonly { customer: Omit<Customer, 'contacts'>; contactsSealed: string }[],
  at: Temporal.Instant,
): Promise<void> {
  const rows = learned.map(({ customer, contactsSealed }) => ({
    customer_id: customer.customerId,
    kind: customer.kind,
    name: customer.name,
    customer_number: customer.customerNumber,
    aliases: customer.aliases,
    credit_code: customer.creditCode,
    region: customer.region,
    industry: customer.industry,
    contacts_sealed: contactsSealed,
    time_zone: customer.timeZone,
    note: customer.note,
    edited_by_hand: customer.editedByHand,
    search_text: searchText(customer),
    version: String(customer.version),
  }));
  await tx.query(
    `INSERT INTO customer (org_id, customer_id, kind, customer_number, name, aliases, credit_code,
       region, industry, contacts_sealed, time_zone, note, edited_by_hand, search_text, version,
       behaviour_stale, first_seen_at)
     SELECT $1, r.customer_id, r.kind, r.customer_number, r.name, r.aliases, r.credit_code,
            r.region, r.industry, r.contacts_sealed, r.time_zone, r.note, r.edited_by_hand,
            r.search_text, r.version, true, $3
       FROM jsonb_to_recordset($2::jsonb) AS r(customer_id uuid, kind text, customer_number text,
         name text, aliases jsonb, credit_code text, region text, industry text,
         contacts_sealed text, time_zone text, note text, edited_by_hand boolean,
         search_text text, version bigint)
     ON CONFLICT (org_id, customer_id) DO UPDATE SET name = excluded.name,
       aliases = excluded.aliases, credit_code = excluded.credit_code, region = excluded.region,
       industry = excluded.industry, contacts_sealed = excluded.contacts_sealed,
       search_text = excluded.search_text, behaviour_stale = true`,
    [tx.orgId, JSON.stringify(rows), at],
  );
}

/** Says that these customers' behaviour must be made anew. */
export async function markStale(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE customer SET behaviour_stale = true
      WHERE org_id = $1 AND customer_id = ANY ($2::uuid[])`,
    [tx.orgId, customerIds],
  );
}

/** Forgets customers that only an undone import knew; what a person edited or still owes stays. */
export async function dropCustomers(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await tx.query(
    `DELETE FROM customer c WHERE c.org_id = $1 AND c.customer_id = ANY ($2::uuid[])
       AND NOT c.edited_by_hand
       AND NOT EXISTS (SELECT FROM receivable_fact f
                        WHERE f.org_id = $1 AND f.customer_id = c.customer_id)`,
    [tx.orgId, customerIds],
  );
}

export type CustomerFilter = {
  query: string;
  region: string;
  industry: string;
  currency: string;
  sort: string;
};

/**
 * Sort keys of the contract and the expressions they stand for; behaviour sorts need a currency.
 */
const sortColumns: Readonly<Record<string, string>> = {
  name: 'c.name',
  customer_number: 'c.customer_number',
  exposure: 'coalesce(b.exposure_minor, 0)',
  overdue: 'coalesce(b.overdue_minor, 0)',
  late_share: 'coalesce(b.late_share_bps, 0)::bigint',
};

type Condition = { sql: string; value: unknown };

function conditions(filter: CustomerFilter): Condition[] {
  const all: Condition[] = [];
  const likeText = filter.query.toLowerCase().replaceAll(/[\\%_]/g, '\\$&');
  if (filter.query !== '') all.push({ sql: 'c.search_text LIKE ?', value: `%${likeText}%` });
  if (filter.region !== '') all.push({ sql: 'c.region = ?', value: filter.region });
  if (filter.industry !== '') all.push({ sql: 'c.industry = ?', value: filter.industry });
  return all;
}

const countLimit = 10_000;

export type CustomerPage = {
  customers: Stored[];
  nextCursor: string;
  count: bigint;
  countEstimated: boolean;
};

/** A page of customers by key; the count stops at 10,000. */
export async function listCustomers(
  tx: Tx,
  filter: CustomerFilter,
  page: { size: number; cursor: string },
): Promise<CustomerPage> {
  const descending = filter.sort.startsWith('-');
  const sortKey = filter.sort.replace(/^-/, '') || 'name';
  const column = sortColumns[sortKey] ?? 'c.name';
  const values: unknown[] = [tx.orgId, filter.currency];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const wheres = conditions(filter).map(({ sql, value }) => sql.replace('?', place(value)));
  const base = `FROM customer c LEFT JOIN behaviour b ON b.org_id = $1
      AND b.customer_id = c.customer_id AND b.currency = $2
     WHERE ${['c.org_id = $1', ...wheres].join(' AND ')}`;
  const counted = await tx.query<{ count: bigint }>(
    `SELECT count(*) FROM (SELECT 1 ${base} LIMIT ${countLimit + 1}) x`,
    values,
  );
  const hash = contentHash({ filter });
  let after = '';
  if (page.cursor !== '') {
    const [key, id] = decodeCursor(page.cursor, hash);
    const than = descending ? '<' : '>';
    after = ` AND (${column}, c.customer_id) ${than} (${place(key)}, ${place(id)})`;
  }
  const direction = descending ? 'DESC' : 'ASC';
  const rows = await tx.query<Row & { sortKey: string | bigint }>(
    `SELECT ${columns}, ${column} AS "sortKey" ${base}${after}
      ORDER BY ${column} ${direction}, c.customer_id ${direction} LIMIT ${page.size + 1}`,
    values,
  );
  const shown = rows.slice(0, page.size);
  const last = rows.length > page.size ? shown.at(-1) : undefined;
  const count = counted[0]?.count ?? 0n;
  return {
    customers: shown.map(stored),
    nextCursor: last === undefined ? '' : encodeCursor([last.sortKey, last.customerId], hash),
    count: count > countLimit ? BigInt(countLimit) : count,
    countEstimated: count > countLimit,
  };
}

/** One customer as it is shown. */
export async function getCustomer(tx: Tx, customerId: string): Promise<Stored | undefined> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM customer c WHERE c.org_id = $1 AND c.customer_id = $2`,
    [tx.orgId, customerId],
  );
  return rows[0] === undefined ? undefined : stored(rows[0]);
}

/** Those of these ids that are customers, with their names. */
export async function customerNames(
  tx: Tx,
  customerIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ customer_id: string; name: string }>(
    `SELECT customer_id, name FROM customer
      WHERE org_id = $1 AND customer_id = ANY ($2::uuid[])`,
    [tx.orgId, customerIds],
  );
  return new Map(rows.map((row) => [row.customer_id, row.name]));
}

/** By what others can tell which customer is meant. Fault: `missing` customer_unknown. */
export async function customerIdentity(
  tx: Tx,
  customerId: string,
): Promise<{ name: string; creditCode: string; isPerson: boolean }> {
  const [row] = await tx.query<{ name: string; creditCode: string; isPerson: boolean }>(
    `SELECT name, credit_code AS "creditCode", kind = 'PERSON' AS "isPerson" FROM customer
      WHERE org_id = $1 AND customer_id = $2`,
    [tx.orgId, customerId],
  );
  if (row === undefined) throw fault('missing', 'customer_unknown', { customerId });
  return row;
}
