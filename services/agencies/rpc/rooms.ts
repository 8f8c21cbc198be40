import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { actorOf, type Caller } from '@recourse/kit/caller.ts';
import type { Db } from '@recourse/kit/db.ts';
import type { KeptFiles } from '@recourse/kit/kept-files.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import type { CasesServiceClient } from '@recourse/proto/cases/v1/cases.ts';
import type { Measuring } from '../store/measuring.ts';
import type { LiaisonSeals } from '../store/packs.ts';
import type { Made } from '../store/telling.ts';

/** What the handlers work with. */
export type Rooms = {
  db: Db;
  files: KeptFiles;
  seals: LiaisonSeals;
  cases: Promised<CasesServiceClient>;
  measuring: Measuring;
};

/** A neighbour that does not answer in this time is away; the gateway's own deadline is longer. */
const neighbourMs = 4_000;

/** The call as a question to a neighbour: never longer than the caller still waits. */
export function asking(call: Call): ClientCall {
  const { caller, requestId, signal, traceparent } = call;
  return {
    caller,
    requestId,
    signal,
    traceparent,
    deadlineMs: Math.min(neighbourMs, call.deadlineMs),
  };
}

/** As much of a caller as a list's rows depend on. */
export type Reader = Pick<Caller, 'orgKind'>;

/** Which side of a placement the caller stands on. */
export function sideOf(caller: Reader): 'creditor' | 'agency' {
  if (caller.orgKind === 'creditor' || caller.orgKind === 'agency') return caller.orgKind;
  throw fault('denied', 'neither_creditor_nor_agency', { orgKind: caller.orgKind });
}

/** When and by whom a call changes something. */
export function madeBy(call: Call): Made {
  return { at: call.at, actor: actorOf(call.caller) };
}

type Words = Readonly<Record<string, string>>;

/**
 * The short words of contract values (`OFFERED` of `PLACEMENT_STATE_OFFERED`), unspecified left
 * out.
 */
export function wordsOf<W extends Words>(
  words: W,
  values: readonly W[keyof W][],
): Exclude<keyof W & string, 'UNSPECIFIED'>[] {
  const entries = Object.entries(words);
  return values
    .map((value) => entries.find(([, known]) => known === value)?.[0])
    .filter(
      (word): word is Exclude<keyof W & string, 'UNSPECIFIED'> =>
        word !== undefined && word !== 'UNSPECIFIED',
    );
}
