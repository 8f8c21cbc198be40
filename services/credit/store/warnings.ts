import { decodeCursor, encodeCursor } from '@recourse/kit/cursor.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { CreditWarning, WarningSeverity } from '@recourse/proto/credit/v1/ratings.ts';

const ranks: Readonly<Record<string, number>> = {
  [WarningSeverity.NOTICE]: 1,
  [WarningSeverity.SERIOUS]: 2,
  [WarningSeverity.GRAVE]: 3,
};

function rank(severity: WarningSeverity): number {
  return ranks[severity] ?? 0;
}

type Told = {
  warning_id: string;
  customer_id: string;
  code: string;
  severity: number;
  /** Null when it was not open before. */
  before: number | null;
};

function keyOf(customerId: string, code: string): string {
  return `${customerId} ${code}`;
}

/** Two lawsuits are one warning: the gravest of a code, of equal ones the first. */
function oneOfEach(warnings: readonly CreditWarning[]): CreditWarning[] {
  const kept = new Map<string, CreditWarning>();
  for (const one of warnings) {
    const key = keyOf(one.customerId, one.code);
    const other = kept.get(key);
    if (other === undefined || rank(other.severity) < rank(one.severity)) kept.set(key, one);
  }
  return [...kept.values()];
}

/**
 * Raises what is not open yet and tells the figures of open warnings anew, in one statement; gives
 * those that are new or have become graver, each under the id it is kept by. What a person has
 * dealt with comes back when its figures are others or it is graver, not with every new rating.
 */
export async function raiseWarnings(
  tx: Tx,
  warnings: readonly CreditWarning[],
): Promise<CreditWarning[]> {
  if (warnings.length === 0) return [];
  const single = oneOfEach(warnings);
  const rows = single.map((one) => ({
    warning_id: one.warningId,
    customer_id: one.customerId,
    code: one.code,
    severity: rank(one.severity),
    raised_at: one.raisedAt,
    content: CreditWarning.toJSON(one),
  }));
  const told = await tx.query<Told>(
    `INSERT INTO credit_warning AS open (org_id, warning_id, customer_id, code, severity,
       raised_at, content)
     SELECT $1, r.* FROM jsonb_to_recordset($2::jsonb) AS r(warning_id uuid, customer_id uuid,
       code text, severity smallint, raised_at timestamptz, content jsonb)
      WHERE NOT EXISTS (
        SELECT FROM (
          SELECT w.severity, w.content FROM credit_warning w
           WHERE w.org_id = $1 AND w.customer_id = r.customer_id AND w.code = r.code
             AND w.settled_at IS NOT NULL
           ORDER BY w.settled_at DESC LIMIT 1) AS last
         WHERE last.content ? 'settledBy' AND last.severity >= r.severity
           AND last.content->'facts' = r.content->'facts')
     ON CONFLICT (org_id, customer_id, code) WHERE settled_at IS NULL DO UPDATE
       SET severity = excluded.severity,
           content = open.content || jsonb_build_object(
             'severity', excluded.content->'severity',
             'advice', excluded.content->'advice',
             'facts', excluded.content->'facts')
     WHERE open.severity <> excluded.severity
        OR open.content->'facts' IS DISTINCT FROM excluded.content->'facts'
     RETURNING new.warning_id, new.customer_id, new.code, new.severity, old.severity AS before`,
    [tx.orgId, JSON.stringify(rows)],
  );
  const graver = told.filter((row) => row.before === null || row.before < row.severity);
  const ids = new Map(graver.map((row) => [keyOf(row.customer_id, row.code), row.warning_id]));
  return single.flatMap((one) => {
    const warningId = ids.get(keyOf(one.customerId, one.code));
    return warningId === undefined ? [] : [{ ...one, warningId }];
  });
}

/** One warning, locked. */
export async function warningForUpdate(
  tx: Tx,
  warningId: string,
): Promise<CreditWarning | undefined> {
  const [row] = await tx.query<{ content: unknown }>(
    'SELECT content FROM credit_warning WHERE org_id = $1 AND warning_id = $2 FOR UPDATE',
    [tx.orgId, warningId],
  );
  return row === undefined ? undefined : CreditWarning.fromJSON(row.content);
}

/** Writes a settled warning. */
export async function saveWarning(tx: Tx, warning: CreditWarning): Promise<void> {
  await tx.query(
    `UPDATE credit_warning SET content = $3, settled_at = $4
      WHERE org_id = $1 AND warning_id = $2`,
    [
      tx.orgId,
      warning.warningId,
      JSON.stringify(CreditWarning.toJSON(warning)),
      warning.settledAt ?? null,
    ],
  );
}

type Row = {
  content: unknown;
  name: string;
  currency: string | null;
  exposure_minor: bigint | null;
  severity: number;
  raised_at: string;
  warning_id: string;
};

function shown(row: Row): CreditWarning {
  const exposure = { currency: row.currency ?? '', minor: row.exposure_minor ?? 0n };
  return { ...CreditWarning.fromJSON(row.content), customerName: row.name, exposure };
}

export type WarningFilter = {
  severity: WarningSeverity;
  code: string;
  settled: boolean;
  customerId: string;
};

/** A page of warnings, gravest first, then newest. */
export async function listWarnings(
  tx: Tx,
  filter: WarningFilter,
  page: { size: number; cursor: string },
): Promise<{ warnings: CreditWarning[]; nextCursor: string; count: bigint }> {
  const values: unknown[] = [
    tx.orgId,
    rank(filter.severity),
    filter.code,
    filter.settled,
    filter.customerId === '' ? null : filter.customerId,
  ];
  const base = `FROM credit_warning w JOIN customer c
        ON c.org_id = $1 AND c.customer_id = w.customer_id
      LEFT JOIN present_rating p ON p.org_id = $1 AND p.customer_id = w.customer_id
     WHERE w.org_id = $1 AND ($2::int = 0 OR w.severity = $2::int)
       AND ($3::text = '' OR w.code = $3::text)
       AND (w.settled_at IS NOT NULL) = $4::boolean
       AND ($5::uuid IS NULL OR w.customer_id = $5::uuid)`;
  const [counted] = await tx.query<{ count: bigint }>(`SELECT count(*) ${base}`, values);
  const hash = contentHash({ filter });
  let after = '';
  if (page.cursor !== '') {
    const [severity, raisedAt, id] = decodeCursor(page.cursor, hash);
    const place = (value: unknown): string => `$${values.push(value)}`;
    after = ` AND (w.severity, w.raised_at, w.warning_id) <
      (${place(severity)}, ${place(raisedAt)}, ${place(id)})`;
  }
  const rows = await tx.query<Row>(
    `SELECT w.content, w.severity, w.raised_at, w.warning_id, c.name, p.currency, p.exposure_minor
       ${base}${after}
      ORDER BY w.severity DESC, w.raised_at DESC, w.warning_id DESC LIMIT ${page.size + 1}`,
    values,
  );
  const kept = rows.slice(0, page.size);
  const last = rows.length > page.size ? kept.at(-1) : undefined;
  return {
    warnings: kept.map(shown),
    nextCursor:
      last === undefined
        ? ''
        : encodeCursor([last.severity, last.raised_at, last.warning_id], hash),
    count: counted?.count ?? 0n,
  };
}

/** What no longer stands is settled by itself; a fall of the grade waits for a person. */
export async function clearWarnings(
  tx: Tx,
  customerIds: readonly string[],
  standing: readonly { customerId: string; code: string }[],
  at: Temporal.Instant,
): Promise<void> {
  const rows = standing.map(({ customerId, code }) => ({ customer_id: customerId, code }));
  await tx.query(
    `UPDATE credit_warning w SET settled_at = $4, content = w.content || jsonb_build_object(
        'settled', true, 'settledNote', 'no_longer_stands', 'settledAt', $5::text)
      WHERE w.org_id = $1 AND w.customer_id = ANY ($2::uuid[]) AND w.settled_at IS NULL
        AND w.code <> 'grade_fell'
        AND NOT EXISTS (SELECT FROM jsonb_to_recordset($3::jsonb) AS s(customer_id uuid, code text)
                         WHERE s.customer_id = w.customer_id AND s.code = w.code)`,
    [tx.orgId, customerIds, JSON.stringify(rows), at, at.toString()],
  );
}
