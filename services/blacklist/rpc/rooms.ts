import { actorOf } from '@recourse/kit/caller.ts';
import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Db } from '@recourse/kit/db.ts';
import type { Jobs } from '@recourse/kit/jobs.ts';
import type { KeptFiles } from '@recourse/kit/kept-files.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import type { By } from '../domain/listing.ts';
import { dayAt, termsOn } from '../rules/in-force.ts';
import type { NameSearch } from '../store/names.ts';

/** What the handlers work with. */
export type Rooms = { db: Db; crypto: Crypto; files: KeptFiles; jobs: Jobs; names: NameSearch };

/** Who decides, when, and by the figures of that day. */
export function byOf(call: Call): By {
  const today = dayAt(call.at);
  return { at: call.at, today, actor: actorOf(call.caller), terms: termsOn(today) };
}
