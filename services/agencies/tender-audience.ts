import type { Tx } from '@recourse/kit/db.ts';
import { creditorDay } from './domain/placement.ts';
import type { Bid, Tender } from './domain/tender.ts';
import { fits } from './domain/tender-summary.ts';
import { knownAgencies } from './store/agencies.ts';
import { invitedTo } from './store/tenders.ts';

/**
 * Whom news of one of the creditor's tenders concerns besides its creditor: who was invited, who
 * has bid, and where it is open to all whoever it fits, since it stands in their lists.
 */
export async function concernedAgencies(
  tx: Tx,
  tender: Tender,
  bids: readonly Bid[],
  at: Temporal.Instant,
): Promise<string[]> {
  const { tenderId, summary, openToAll } = tender;
  const invited = (await invitedTo(tx, [tenderId])).get(tenderId) ?? [];
  const today = creditorDay(at);
  const fitting = openToAll
    ? (await knownAgencies(tx, [])).filter(({ profile }) => fits(profile, summary, today))
    : [];
  const ids = [...invited, ...bids, ...fitting.map(({ profile }) => profile)];
  return [...new Set(ids.map(({ agencyId }) => agencyId))];
}
