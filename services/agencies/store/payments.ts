import { day, type Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Earner, PaymentFact } from '../domain/commission.ts';
import { creditorDay } from '../domain/placement.ts';
import { termsFrom } from './agencies.ts';

/** What one event tells of a payment. */
export type PaymentNews = {
  paymentId: string;
  caseId: string;
  amount: { currency: string; minor: bigint };
  receivedOn: Day;
  /** When it was recorded, of a payment; undefined of a reversal. */
  recordedAt: Temporal.Instant | undefined;
  /** When it was reversed, of a reversal; undefined of a payment. */
  reversedAt: Temporal.Instant | undefined;
};

type FactRow = {
  paymentId: string;
  caseId: string;
  currency: string;
  amountMinor: bigint;
  receivedOn: string;
  recordedAt: string | null;
  reversedAt: string | null;
  inLitigation?: boolean;
};

const factColumns = `f.payment_id AS "paymentId", f.case_id AS "caseId", f.currency,
  f.amount_minor AS "amountMinor", f.received_on::text AS "receivedOn",
  f.recorded_at AS "recordedAt", f.reversed_at AS "reversedAt"`;

function factFrom(row: FactRow): PaymentFact {
  const { paymentId, caseId, currency, amountMinor, receivedOn, recordedAt, reversedAt } = row;
  const reversed = reversedAt === null ? undefined : Temporal.Instant.from(reversedAt);
  return {
    paymentId,
    caseId,
    amount: { currency, minor: amountMinor },
    receivedOn: day(receivedOn),
    recordedAt: recordedAt === null ? undefined : Temporal.Instant.from(recordedAt),
    inLitigation: row.inLitigation ?? false,
    reversedOn: reversed === undefined ? undefined : creditorDay(reversed),
  };
}

type EarnerRow = {
  placementId: string;
  agencyId: string;
  placedCaseId: string;
  caseNumber: string;
  rateBps: number;
  terms: unknown;
  term: string;
  placedCurrency: string;
  placedMinor: bigint;
  acceptedAt: string | null;
  endedAt: string | null;
};

const earnerColumns = `p.placement_id AS "placementId", p.agency_id AS "agencyId",
  p.case_id AS "placedCaseId", p.case_number AS "caseNumber", p.rate_bps AS "rateBps", p.terms,
  p.term, p.currency AS "placedCurrency", p.placed_minor AS "placedMinor",
  p.accepted_at AS "acceptedAt", p.ended_at AS "endedAt"`;

function earnerFrom(row: EarnerRow): Earner {
  const { placementId, agencyId, placedCaseId, caseNumber, rateBps, terms, term } = row;
  const instant = (text: string | null): Temporal.Instant | undefined =>
    text === null ? undefined : Temporal.Instant.from(text);
  return {
    placementId,
    agencyId,
    caseNumber,
    rateBps,
    term,
    caseId: placedCaseId,
    terms: termsFrom(terms),
    placedAmount: { currency: row.placedCurrency, minor: row.placedMinor },
    acceptedAt: instant(row.acceptedAt),
    endedAt: instant(row.endedAt),
  };
}

/** What is known of payments by now, and the placements of their cases. */
export type KnownPayments = { facts: PaymentFact[]; earners: Earner[] };

/**
 * Lays in what events tell of payments, each payment once, and locks the placements of their cases,
 * in one statement. The lock is what keeps a payment and an acceptance from passing each other
 * unseen: an offer is locked too, since it may be being accepted just now. Facts of cases that were
 * never placed are kept and not given back: nothing is due on them.
 */
export async function keepPayments(tx: Tx, told: readonly PaymentNews[]): Promise<KnownPayments> {
  const given = told.map((news) => ({
    payment_id: news.paymentId,
    case_id: news.caseId,
    currency: news.amount.currency,
    amount_minor: String(news.amount.minor),
    received_on: news.receivedOn.toString(),
    recorded_at: news.recordedAt?.toString() ?? null,
    reversed_at: news.reversedAt?.toString() ?? null,
  }));
  const caseIds = [...new Set(told.map((news) => news.caseId))];
  const rows = await tx.query<FactRow & EarnerRow>(
    `WITH f AS (
       INSERT INTO payment_fact AS k (org_id, payment_id, case_id, currency, amount_minor,
         received_on, recorded_at, reversed_at)
       SELECT $1, payment_id, case_id, currency, amount_minor, received_on, recorded_at, reversed_at
         FROM jsonb_to_recordset($2::jsonb) AS r(payment_id uuid, case_id uuid, currency text,
           amount_minor bigint, received_on date, recorded_at timestamptz, reversed_at timestamptz)
        ORDER BY payment_id
       ON CONFLICT (org_id, payment_id) DO UPDATE SET
         recorded_at = coalesce(k.recorded_at, excluded.recorded_at),
         reversed_at = coalesce(k.reversed_at, excluded.reversed_at)
       RETURNING *)
     SELECT ${factColumns}, ${earnerColumns} FROM placement p JOIN f ON f.case_id = p.case_id
      WHERE p.org_id = $1 AND p.case_id = ANY ($3::uuid[]) AND p.state <> 'DECLINED'
      ORDER BY p.placement_id FOR NO KEY UPDATE OF p`,
    [tx.orgId, JSON.stringify(given), caseIds],
  );
  return {
    facts: [...new Map(rows.map((row) => [row.paymentId, factFrom(row)])).values()],
    earners: [...new Map(rows.map((row) => [row.placementId, earnerFrom(row)])).values()],
  };
}

/** All that placements of these cases earn on, ended ones included. */
export async function earnersOf(tx: Tx, caseIds: readonly string[]): Promise<Earner[]> {
  const rows = await tx.query<EarnerRow>(
    `SELECT ${earnerColumns} FROM placement p
      WHERE p.org_id = $1 AND p.case_id = ANY ($2::uuid[]) AND p.accepted_at IS NOT NULL`,
    [tx.orgId, caseIds],
  );
  return rows.map(earnerFrom);
}

/**
 * The placements of these cases, offers too, locked in the order of their ids as whoever posts
 * lines about a case does: an offer may be being accepted just now.
 */
export async function lockEarners(tx: Tx, caseIds: readonly string[]): Promise<Earner[]> {
  const rows = await tx.query<EarnerRow>(
    `SELECT ${earnerColumns} FROM placement p
      WHERE p.org_id = $1 AND p.case_id = ANY ($2::uuid[]) AND p.state <> 'DECLINED'
      ORDER BY p.placement_id FOR NO KEY UPDATE OF p`,
    [tx.orgId, caseIds],
  );
  return rows.map(earnerFrom);
}

const inLitigation = `EXISTS (SELECT FROM case_matter m
    WHERE m.org_id = f.org_id AND m.case_id = f.case_id AND m.opened_on <= f.received_on
      AND (m.closed_on IS NULL OR m.closed_on >= f.received_on)) AS "inLitigation"`;

/** All payments of cases as far as they have been told, and whether a matter was in court then. */
export async function paymentsOf(tx: Tx, caseIds: readonly string[]): Promise<PaymentFact[]> {
  const rows = await tx.query<FactRow>(
    `SELECT ${factColumns}, ${inLitigation} FROM payment_fact f
      WHERE f.org_id = $1 AND f.case_id = ANY ($2::uuid[])`,
    [tx.orgId, caseIds],
  );
  return rows.map(factFrom);
}

/** Payments of cases received on a day or later, as far as they have been told. */
export async function paymentsSince(
  tx: Tx,
  caseIds: readonly string[],
  from: Day,
): Promise<PaymentFact[]> {
  const rows = await tx.query<FactRow>(
    `SELECT ${factColumns} FROM payment_fact f
      WHERE f.org_id = $1 AND f.case_id = ANY ($2::uuid[]) AND f.received_on >= $3::date`,
    [tx.orgId, caseIds, from],
  );
  return rows.map(factFrom);
}
