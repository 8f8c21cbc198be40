import { actorOf } from '@recourse/kit/caller.ts';
import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import type { Files } from '@recourse/kit/files.ts';
import type { Jobs } from '@recourse/kit/jobs.ts';
import { type AnswerCodec, once } from '@recourse/kit/once.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import type { By } from '../domain/listing.ts';
import { dayAt, termsOn } from '../rules/in-force.ts';
import type { NameSearch } from '../store/names.ts';

/** What the handlers work with. */
export type Rooms = { db: Db; crypto: Crypto; files: Files; jobs: Jobs; names: NameSearch };

/** Who decides, when, and by the figures of that day. */
export function byOf(call: Call): By {
  const today = dayAt(call.at);
  return { at: call.at, today, actor: actorOf(call.caller), terms: termsOn(today) };
}

/**
 * Runs a command once per caller's organisation and request id, in whoever's transaction it is; one
 * without an id is run as it is.
 */
export function onceFor<R>(
  tx: Tx,
  call: Pick<Call, 'caller'>,
  command: { requestId: string; content: unknown },
  codec: AnswerCodec<R>,
  work: () => Promise<R>,
): Promise<R> {
  if (command.requestId === '') return work();
  const requestId = namedUuid(call.caller.orgId, command.requestId);
  return once(tx, { requestId, content: command.content }, codec, work);
}
