import { Fault, fault } from '@recourse/kit/fault.ts';
import type { Listing, Steward } from './listing.ts';
import { refuseSteward } from './steward.ts';

/** Files that the reporter handed in: the evidence, and what it said in a dispute. */
function isReporters(listing: Listing, fileId: string): boolean {
  const evidence = listing.evidence.map((one) => one.paper);
  const messages = listing.disputes.flatMap((dispute) => dispute.messages);
  const said = messages.filter((one) => one.side === 'REPORTER').flatMap((one) => one.papers);
  return [...evidence, ...said].some((paper) => paper.fileId === fileId);
}

function refusal(listing: Listing, steward: Steward | undefined): Fault | undefined {
  try {
    refuseSteward(listing, steward);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
}

/**
 * Refuses a file of an association to whoever has no business with it: what a reporter handed in
 * is for stewards who may judge that listing; what the association keeps of a listing itself, for
 * all its people. `listings` are those in sight that name the file. Faults: `missing`
 * file_not_found; `refused` those of `refuseSteward`.
 */
export function refuseFile(
  listings: readonly Listing[],
  fileId: string,
  steward: Steward | undefined,
): void {
  if (listings.length === 0) throw fault('missing', 'file_not_found', { fileId });
  const refused = listings.map((listing) =>
    isReporters(listing, fileId) ? refusal(listing, steward) : undefined,
  );
  const [first] = refused;
  if (first !== undefined && refused.every((one) => one !== undefined)) throw first;
}
