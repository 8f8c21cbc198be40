import { randomUUIDv7 } from 'node:crypto';
import type { TokenClaims } from '@recourse/kit/issuer.ts';
import { client } from '@recourse/kit/client.ts';
import { CasesServiceClient } from '@recourse/proto/cases/v1/cases.ts';
import type pg from 'pg';
import type { House } from './house.ts';
import { say, whole } from './report.ts';

/** A creditor with a book of cases, written straight into the database of cases. */
export type Book = {
  orgId: string;
  /** The claims of somebody there. */
  as(role: string): TokenClaims;
  /** Lets the book grow to so many cases, with a debtor and a receivable each. */
  growTo(cases: number): Promise<void>;
  /** Ids of open cases, in no order. */
  someCases(count: number): Promise<string[]>;
};

/** Two decimals; no measured payment settles a receivable. */
const owedMinor = 100_000_000_000n;

/**
 * One debtor and its receivable, whose case is then opened by the service itself: the rest of the
 * book copies what that case says of its tier and next step.
 */
const firstDebtor = `
  WITH d AS (
    INSERT INTO debtor (org_id, debtor_id, customer_key, customer_number, name, region, industry)
    VALUES ($1, $2, 'first', 'C0', '上海恒达机械有限公司', '上海市', '机械') RETURNING debtor_id)
  INSERT INTO receivable (org_id, receivable_id, document_key, document_number, debtor_id,
         document_date, due_date, currency, amount_minor, open_minor, delivered_open_minor,
         content_hash)
  SELECT $1, uuidv7(), 'first', 'D0', debtor_id, current_date - 90, current_date - 60, 'CNY', $3,
         $3, $3, 'x' FROM d`;

/** One debtor in five is high, one in ten cases is closed, ages spread over a year. */
const growth = `
  WITH t AS MATERIALIZED (
    SELECT * FROM case_file WHERE org_id = $1 ORDER BY case_id LIMIT 1),
  made AS MATERIALIZED (
    SELECT n, md5('debtor ' || $1 || n)::uuid AS debtor_id, uuidv7() AS case_id,
           abs(hashint8(n)) AS dice, current_date - 31 - abs(hashint8(n + 7)) % 365 AS due
      FROM generate_series($2::bigint, $3::bigint) n),
  debtors AS (
    INSERT INTO debtor (org_id, debtor_id, customer_key, customer_number, name, region, industry)
    SELECT $1, debtor_id, 'k' || n, lpad(n::text, 10, '0'), '江苏第' || n || '机电设备有限公司',
           '江苏省', '机械' FROM made),
  cases AS (
    INSERT INTO case_file (org_id, case_id, number, org_name, debtor_id, debtor_name, currency,
           state, outcome, tier, tier_why, open_minor, overdue_minor, receivable_count,
           oldest_due_date, next_step, next_day, next_why, opened_at, closed_at)
    SELECT $1, m.case_id, 'C-2020-' || lpad(m.n::text, 8, '0'), t.org_name, m.debtor_id,
           '江苏第' || m.n || '机电设备有限公司', 'CNY',
           CASE WHEN m.dice % 10 = 0 THEN 'CLOSED' ELSE 'OPEN' END,
           CASE WHEN m.dice % 10 = 0 THEN 'WITHDRAWN' END,
           (ARRAY['HIGH', 'MEDIUM', 'MEDIUM', 'LOW', 'LOW'])[1 + m.dice % 5], t.tier_why,
           $4::bigint + m.dice, $4::bigint + m.dice, 1, m.due, t.next_step,
           current_date + (m.dice % 30)::int, t.next_why, now() - interval '1 day' * (m.dice % 300),
           CASE WHEN m.dice % 10 = 0 THEN now() END
      FROM made m, t)
  INSERT INTO receivable (org_id, receivable_id, document_key, document_number, debtor_id,
         document_date, due_date, currency, amount_minor, open_minor, delivered_open_minor, case_id,
         content_hash)
  SELECT $1, uuidv7(), 'd' || n, 'INV' || lpad(n::text, 10, '0'), debtor_id, due - 30, due, 'CNY',
         $4::bigint + dice, $4::bigint + dice, $4::bigint + dice, case_id, 'x' FROM made`;

/** What was done on one case in four: statistics of empty tables would tell nobody's plans. */
const history = `
  WITH chosen AS MATERIALIZED (
    SELECT c.case_id, c.debtor_id, r.receivable_id, uuidv7() AS payment_id
      FROM case_file c JOIN receivable r USING (org_id, case_id)
     WHERE org_id = $1 AND c.number BETWEEN $2 AND $3 AND hashtext(c.number) % 4 = 0),
  paid AS (
    INSERT INTO payment (org_id, payment_id, case_id, debtor_id, currency, amount_minor,
           received_on, means, reference, note, actor, recorded_at, content_hash)
    SELECT $1, payment_id, case_id, debtor_id, 'CNY', 100, current_date - 9, 'bank_transfer', 'Z1',
           '', '{}', now() - interval '9 days', 'x' FROM chosen),
  promised AS (
    INSERT INTO promise (org_id, promise_id, case_id, debtor_id, currency, amount_minor, made_on,
           due_day, channel, promised_by, state, received_minor, actor, made_at, content_hash)
    SELECT $1, uuidv7(), case_id, debtor_id, 'CNY', 100, current_date - 20, current_date - 9,
           'CALL', '王芳', 'KEPT', 100, '{}', now() - interval '20 days', 'x' FROM chosen
     WHERE hashtext(case_id::text) % 4 = 0),
  noted AS (
    INSERT INTO timeline_entry (org_id, case_id, at, kind, what, currency, amount_minor)
    SELECT $1, case_id, now() - interval '9 days', 'payment', 'payment_recorded', 'CNY', 100
      FROM chosen)
  INSERT INTO allocation (org_id, payment_id, case_id, received_on, line, receivable_id, part,
         amount_minor)
  SELECT $1, payment_id, case_id, current_date - 9, 1, receivable_id, 'principal', 100 FROM chosen`;

const atOnce = 100_000;

function numberOf(case_: number): string {
  return `C-2020-${String(case_).padStart(8, '0')}`;
}

const written =
  'debtor, case_file, receivable, payment, promise, timeline_entry, allocation, placement_grant';

async function grow(bare: pg.Pool, orgId: string, from: number, to: number): Promise<void> {
  // Neither foreign keys nor the search terms of names are part of what is measured on this book.
  await bare.query('SET session_replication_role = replica');
  for (let at = from; at < to; at += atOnce) {
    const last = Math.min(to, at + atOnce);
    await bare.query(growth, [orgId, at + 1, last, owedMinor]);
    await bare.query(history, [orgId, numberOf(at + 1), numberOf(last)]);
  }
  await bare.query('SET session_replication_role = origin');
  await bare.query(`VACUUM ANALYZE ${written}`);
}

/** Begins a book in the database of cases, which must be running. */
export async function beginBook(house: House): Promise<Book> {
  const orgId = randomUUIDv7();
  const as = (role: string): TokenClaims => ({ role, orgId, orgName: '远望机电股份有限公司' });
  const bare = house.bare('cases');
  const cases = client(CasesServiceClient, house.rpcAddress('cases'));
  await bare.query(firstDebtor, [orgId, randomUUIDv7(), owedMinor]);
  await cases.openCases(
    {
      requestId: randomUUIDv7(),
      asOf: '',
      minOverdue: undefined,
      minDaysOverdue: 0,
      preview: false,
      debtorIds: [],
    },
    await house.call(as('director')),
  );
  cases.close();
  let size = 1;
  return {
    orgId,
    as,
    growTo: async (count) => {
      const begin = performance.now();
      await grow(bare, orgId, size, count);
      size = count;
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      say(`  book of ${whole(count)} cases written in ${seconds} s`);
    },
    someCases: async (count) => {
      const { rows } = await bare.query<{ case_id: string }>(
        `SELECT case_id FROM case_file WHERE org_id = $1 AND state = 'OPEN'
          ORDER BY md5(case_id::text) LIMIT $2`,
        [orgId, count],
      );
      return rows.map((row) => row.case_id);
    },
  };
}
