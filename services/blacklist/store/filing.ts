import type { Caller } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { FilingFacts } from '../domain/draft.ts';
import type { Listing } from '../domain/listing.ts';
import { membershipIn, readAssociation } from './associations.ts';
import { paidNow } from './claims.ts';
import { livingOfDebtor } from './listings.ts';

/** What a draft and a submission look at, in the reporter's transaction. */
export async function filingFacts(
  tx: Tx,
  about: Pick<Listing, 'associationId' | 'debtorId' | 'creditCode' | 'caseId' | 'idHash'>,
  reporter: Pick<Caller, 'orgId' | 'orgName'>,
  at: Temporal.Instant,
): Promise<FilingFacts> {
  const { reportingLicence, impactAssessment } = await readAssociation(tx, about.associationId);
  const { orgId, orgName } = reporter;
  return {
    membership: await membershipIn(tx, about.associationId),
    reporter: { orgId, orgName },
    papers: { reportingLicence, impactAssessment },
    others: await livingOfDebtor(tx, about),
    paid: await paidNow(tx, about, at.toString()),
  };
}
