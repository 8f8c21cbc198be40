import { actorOf } from '@recourse/kit/caller.ts';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Db } from '@recourse/kit/db.ts';
import type { KeptFiles } from '@recourse/kit/kept-files.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import type { CasesServiceClient } from '@recourse/proto/cases/v1/cases.ts';
import { creditorDay } from '../domain/clock-zone.ts';
import type { Doing } from '../domain/proceeding.ts';
import type { Made } from '../store/matters.ts';

/** What the handlers work with. */
export type Rooms = {
  db: Db;
  files: KeptFiles;
  crypto: Crypto;
  cases: Promised<CasesServiceClient>;
};

/** A neighbour that does not answer in this time is away; the gateway's own deadline is longer. */
const neighbourMs = 4_000;

/** The call as a question to a neighbour: never longer than the caller still waits. */
export function asking(call: Call): ClientCall {
  const { caller, requestId, signal, traceparent } = call;
  const deadlineMs = Math.min(neighbourMs, call.deadlineMs);
  return { caller, requestId, signal, traceparent, deadlineMs };
}

/** When and by whom a call changes something. */
export function madeBy(call: Call): Made {
  return { at: call.at, actor: actorOf(call.caller) };
}

/** The same for decisions, with the creditor's day. */
export function doingOf(call: Call): Doing {
  return { actor: actorOf(call.caller), at: call.at, today: creditorDay(call.at) };
}
