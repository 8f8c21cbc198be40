import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { settle } from '../domain/ending.ts';
import type { By } from '../domain/listing.ts';
import { keep } from './changing.ts';
import { paidNow } from './claims.ts';
import { settleable } from './listings.ts';

/** Ends, or brings back, what the newest facts say of the claims of these debtors and cases. */
export async function settleClaims(
  tx: Tx,
  crypto: Crypto,
  about: { debtorIds: readonly string[]; caseIds: readonly string[] },
  by: By,
): Promise<void> {
  for (const listing of await settleable(tx, crypto, about)) {
    const paid = await paidNow(tx, listing, listing.submittedAt);
    await keep(tx, crypto, settle(listing, paid, by), by);
  }
}
