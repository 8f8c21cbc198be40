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
    recorded: recordedAt !== null,
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

/**
 * Lays in what an event tells of a payment and locks the placements of its case, in one statement.
 * The lock is what keeps a payment and an acceptance from passing each other unseen: an offer is
 * locked too, since it may be being accepted just now. No placements, no fact: nothing is due then.
 */
export async function keepPayment(
  tx: Tx,
  news: PaymentNews,
): Promise<{ fact: PaymentFact; earners: Earner[] } | undefined> {
  const rows = await tx.query<FactRow & EarnerRow>(
    `WITH f AS (
       INSERT INTO payment_fact AS k (org_id, payment_id, case_id, currency, amount_minor,
         received_on, recorded_at, reversed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (org_id, payment_id) DO UPDATE SET
         recorded_at = coalesce(k.recorded_at, excluded.recorded_at),
         reversed_at = coalesce(k.reversed_at, excluded.reversed_at)
       RETURNING *)
     SELECT ${factColumns}, ${earnerColumns} FROM placement p CROSS JOIN f
      WHERE p.org_id = $1 AND p.case_id = $3 AND p.state <> 'DECLINED'
        FOR NO KEY UPDATE OF p`,
    [
      tx.orgId,
      news.paymentId,
      news.caseId,
      news.amount.currency,
      news.amount.minor,
      news.receivedOn,
      news.recordedAt ?? null,
      news.reversedAt ?? null,
    ],
  );
  const [first] = rows;
  return first === undefined ? undefined : { fact: factFrom(first), earners: rows.map(earnerFrom) };
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
