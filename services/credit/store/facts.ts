import type { Tx } from '@recourse/kit/db.ts';
import type { ReceivableEffect, ReceivableFact } from '@recourse/proto/cases/v1/events.ts';

function emptyIsNull(text: string): string | null {
  return text === '' ? null : text;
}

const upsertSql = `
  INSERT INTO receivable_fact AS f (org_id, receivable_id, customer_id, document_date, due_date,
    currency, amount_minor, disputed, told_at, open_minor, settled_date, open_told_at)
  SELECT $1, r.receivable_id, r.customer_id, r.document_date, r.due_date, r.currency,
         r.amount_minor, r.disputed, $3, r.open_minor, r.settled_date, $3
    FROM jsonb_to_recordset($2::jsonb) AS r(
      receivable_id uuid, customer_id uuid, document_date date,
      due_date date, currency text, amount_minor bigint, disputed boolean, open_minor bigint,
      settled_date date)
  ON CONFLICT (org_id, receivable_id) DO UPDATE SET
    customer_id = CASE WHEN coalesce(f.told_at <= excluded.told_at, true)
      THEN excluded.customer_id ELSE f.customer_id END,
    document_date = CASE WHEN coalesce(f.told_at <= excluded.told_at, true)
      THEN excluded.document_date ELSE f.document_date END,
    due_date = CASE WHEN coalesce(f.told_at <= excluded.told_at, true)
      THEN excluded.due_date ELSE f.due_date END,
    amount_minor = CASE WHEN coalesce(f.told_at <= excluded.told_at, true)
      THEN excluded.amount_minor ELSE f.amount_minor END,
    disputed = CASE WHEN coalesce(f.told_at <= excluded.told_at, true)
      THEN excluded.disputed ELSE f.disputed END,
    told_at = greatest(f.told_at, excluded.told_at),
    open_minor = CASE WHEN f.open_told_at <= excluded.open_told_at
      THEN excluded.open_minor ELSE f.open_minor END,
    settled_date = CASE WHEN f.open_told_at <= excluded.open_told_at
      THEN excluded.settled_date ELSE f.settled_date END,
    open_told_at = greatest(f.open_told_at, excluded.open_told_at)`;

/** Lays facts in as an event of instant `at` told them; what a later event told stays. */
export async function keepFacts(
  tx: Tx,
  facts: readonly ReceivableFact[],
  at: Temporal.Instant,
): Promise<void> {
  const rows = facts.map((fact) => ({
    receivable_id: fact.receivableId,
    customer_id: fact.debtorId,
    document_date: emptyIsNull(fact.documentDate),
    due_date: emptyIsNull(fact.dueDate),
    currency: fact.amount?.currency ?? '',
    amount_minor: String(fact.amount?.minor ?? 0n),
    disputed: fact.disputed,
    open_minor: String(fact.open?.minor ?? 0n),
    settled_date: emptyIsNull(fact.settledDate),
  }));
  await tx.query(upsertSql, [tx.orgId, JSON.stringify(rows), at]);
}

/** What a payment or its reversal left open of a customer's receivables, and when it was told. */
export type Paid = {
  customerId: string;
  effects: readonly ReceivableEffect[];
  at: Temporal.Instant;
};

/** Of several effects on a receivable the one told last, in order of receivables. */
function lastEffects(paid: readonly Paid[]): object[] {
  const rows = paid.flatMap(({ customerId, effects, at }) =>
    effects.map(({ receivableId, open, settledDate }) => ({
      receivable_id: receivableId,
      customer_id: customerId,
      currency: open?.currency ?? '',
      open_minor: String(open?.minor ?? 0n),
      settled_date: emptyIsNull(settledDate),
      told_at: at.toString(),
      at,
    })),
  );
  rows.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
  const last = new Map(rows.map(({ at: _at, ...row }) => [row.receivable_id, row]));
  return [...last.values()].toSorted((a, b) => (a.receivable_id < b.receivable_id ? -1 : 1));
}

/** Lays in what payments left open; kept even when the receivable itself is not known yet. */
export async function keepEffects(tx: Tx, paid: readonly Paid[]): Promise<void> {
  await tx.query(
    `INSERT INTO receivable_fact AS f (org_id, receivable_id, customer_id, currency, open_minor,
       settled_date, open_told_at)
     SELECT $1, r.receivable_id, r.customer_id, r.currency, r.open_minor, r.settled_date, r.told_at
       FROM jsonb_to_recordset($2::jsonb) AS r(receivable_id uuid, customer_id uuid, currency text,
         open_minor bigint, settled_date date, told_at timestamptz)
     ON CONFLICT (org_id, receivable_id) DO UPDATE SET open_minor = excluded.open_minor,
       settled_date = excluded.settled_date, open_told_at = excluded.open_told_at
     WHERE f.open_told_at <= excluded.open_told_at`,
    [tx.orgId, JSON.stringify(lastEffects(paid))],
  );
}

/** Receivables of a customer that were sold on a day, and when that was told. */
export type Sold = Paid & { soldOn: string };

/**
 * Lays in that receivables are a buyer's now, with nothing open; kept even when they are not known
 * yet. What a later event told of them stays, but that they were sold is true all the same.
 */
export async function keepSold(tx: Tx, { soldOn, ...sold }: Sold): Promise<void> {
  await tx.query(
    `INSERT INTO receivable_fact AS f (org_id, receivable_id, customer_id, currency, open_minor,
       settled_date, open_told_at, sold_date)
     SELECT $1, r.receivable_id, r.customer_id, r.currency, r.open_minor, r.settled_date,
            r.told_at, $3
       FROM jsonb_to_recordset($2::jsonb) AS r(receivable_id uuid, customer_id uuid, currency text,
         open_minor bigint, settled_date date, told_at timestamptz)
     ON CONFLICT (org_id, receivable_id) DO UPDATE SET
       open_minor = CASE WHEN f.open_told_at <= excluded.open_told_at
         THEN excluded.open_minor ELSE f.open_minor END,
       settled_date = CASE WHEN f.open_told_at <= excluded.open_told_at
         THEN excluded.settled_date ELSE f.settled_date END,
       open_told_at = greatest(f.open_told_at, excluded.open_told_at),
       sold_date = greatest(f.sold_date, excluded.sold_date)`,
    [tx.orgId, JSON.stringify(lastEffects([sold])), soldOn],
  );
}

/** Forgets receivables of an import that was undone; tells whose they were. */
export async function dropFacts(tx: Tx, receivableIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ customer_id: string }>(
    `DELETE FROM receivable_fact WHERE org_id = $1 AND receivable_id = ANY ($2::uuid[])
     RETURNING customer_id`,
    [tx.orgId, receivableIds],
  );
  return rows.map((row) => row.customer_id);
}
