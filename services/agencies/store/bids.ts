import type { Tx } from '@recourse/kit/db.ts';
import {
  AgencyOffer,
  type CommissionTerms,
  CommissionTerms as TermsCodec,
} from '@recourse/proto/agencies/v1/agencies.ts';
import type { Bid, BidState } from '../domain/tender.ts';
import { termsFrom } from './agencies.ts';

type Row = {
  tenderId: string;
  bidId: string;
  agencyId: string;
  agencyName: string;
  state: BidState;
  putAt: string;
  endedAt: string | null;
  contentHash: string;
  terms: unknown;
  note: string | null;
};

/** Terms are there for whom the database does not seal them. */
const selected = `SELECT b.tender_id AS "tenderId", b.bid_id AS "bidId",
    b.agency_id AS "agencyId", b.agency_name AS "agencyName", b.state, b.put_at AS "putAt",
    b.ended_at AS "endedAt", b.content_hash AS "contentHash", x.terms, x.note
  FROM tender_bid b LEFT JOIN tender_bid_terms x ON x.org_id = b.agency_id
    AND x.creditor_id = b.org_id AND x.tender_id = b.tender_id AND x.bid_id = b.bid_id`;

function bidFrom({ tenderId: _tender, terms, note, putAt, endedAt, ...row }: Row): Bid {
  return {
    ...row,
    terms: terms === null ? undefined : termsFrom(terms),
    note: note ?? '',
    putAt: Temporal.Instant.from(putAt),
    endedAt: endedAt === null ? undefined : Temporal.Instant.from(endedAt),
  };
}

/** All bids ever put for one of the creditor's tenders, in their order. */
export async function bidsFor(tx: Tx, tenderId: string): Promise<Bid[]> {
  const rows = await tx.query<Row>(
    `${selected} WHERE b.org_id = $1 AND b.tender_id = $2 ORDER BY b.put_at, b.bid_id`,
    [tx.orgId, tenderId],
  );
  return rows.map(bidFrom);
}

/** The bids of the creditor's tenders but those replaced or withdrawn, by tender. */
export async function runningBids(
  tx: Tx,
  tenderIds: readonly string[],
): Promise<Map<string, Bid[]>> {
  const rows = await tx.query<Row>(
    `${selected} WHERE b.org_id = $1 AND b.tender_id = ANY ($2::uuid[]) 
        AND b.state IN ('STANDING', 'WON', 'LOST') ORDER BY b.put_at, b.bid_id`,
    [tx.orgId, tenderIds],
  );
  const grouped = Map.groupBy(rows, (row) => row.tenderId);
  return new Map([...grouped].map(([tenderId, those]) => [tenderId, those.map(bidFrom)]));
}

/** The newest bid of the transaction's agency for each of these tenders. */
export async function ownBids(
  tx: Tx,
  tenders: readonly { creditorId: string; tenderId: string }[],
): Promise<Map<string, Bid>> {
  const rows = await tx.query<Row>(
    `SELECT DISTINCT ON (mine."tenderId") mine.* FROM (${selected}
      WHERE b.agency_id = $1 AND (b.org_id, b.tender_id) IN (
        SELECT * FROM unnest($2::uuid[], $3::uuid[]))) mine
      ORDER BY mine."tenderId", mine."putAt" DESC, mine."bidId" DESC`,
    [
      tx.orgId,
      tenders.map(({ creditorId }) => creditorId),
      tenders.map(({ tenderId }) => tenderId),
    ],
  );
  return new Map(rows.map((row) => [row.tenderId, bidFrom(row)]));
}

/** Adds a bid, and what it says as the agency's own row under seal. */
export async function addBid(
  tx: Tx,
  tenderId: string,
  bid: Bid,
  terms: CommissionTerms,
): Promise<void> {
  const { bidId, agencyId, agencyName, state, putAt, contentHash, note } = bid;
  await tx.query(
    `INSERT INTO tender_bid (org_id, tender_id, bid_id, agency_id, agency_name, state, put_at,
       content_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.orgId, tenderId, bidId, agencyId, agencyName, state, putAt, contentHash],
  );
  await tx.query(
    `INSERT INTO tender_bid_terms (org_id, creditor_id, tender_id, bid_id, terms, note)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6)`,
    [agencyId, tx.orgId, tenderId, bidId, JSON.stringify(TermsCodec.toJSON(terms)), note],
  );
}

/** Writes what became of bids. */
export async function moveBids(tx: Tx, tenderId: string, bids: readonly Bid[]): Promise<void> {
  if (bids.length === 0) return;
  await tx.query(
    `UPDATE tender_bid b SET state = g.state, ended_at = g.ended_at
       FROM unnest($3::uuid[], $4::text[], $5::timestamptz[]) AS g(bid_id, state, ended_at)
      WHERE b.org_id = $1 AND b.tender_id = $2 AND b.bid_id = g.bid_id`,
    [
      tx.orgId,
      tenderId,
      bids.map((bid) => bid.bidId),
      bids.map((bid) => bid.state),
      bids.map((bid) => bid.endedAt?.toString() ?? null),
    ],
  );
}

/** How bids compared when one was awarded, by bid, the best first. */
export async function comparisonOf(tx: Tx, tenderId: string): Promise<Map<string, AgencyOffer>> {
  const rows = await tx.query<{ bidId: string; offer: unknown }>(
    `SELECT bid_id AS "bidId", offer FROM tender_comparison
      WHERE org_id = $1 AND tender_id = $2 ORDER BY place`,
    [tx.orgId, tenderId],
  );
  return new Map(rows.map((row) => [row.bidId, AgencyOffer.fromJSON(row.offer)]));
}

/** Keeps how bids compared, the best first. */
export async function addComparison(
  tx: Tx,
  tenderId: string,
  offers: ReadonlyMap<string, AgencyOffer>,
): Promise<void> {
  const rows = [...offers].map(([bidId, offer], place) => ({
    bid_id: bidId,
    place,
    offer: AgencyOffer.toJSON(offer),
  }));
  await tx.query(
    `INSERT INTO tender_comparison (org_id, tender_id, bid_id, place, offer)
     SELECT $1, $2, bid_id, place, offer FROM jsonb_to_recordset($3::jsonb)
       AS r(bid_id uuid, place integer, offer jsonb)`,
    [tx.orgId, tenderId, JSON.stringify(rows)],
  );
}
