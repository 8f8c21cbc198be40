import {
  DiscardParkedEventsResponse,
  PlatformServiceService,
  RetryJobResponse,
  RetryParkedEventsResponse,
  RunScheduleResponse,
} from '@recourse/proto/platform/v1/platform.ts';
import { actorOf } from './caller.ts';
import type { Contract } from './contract.ts';
import { dayIn } from './day.ts';
import type { Tx } from './db.ts';
import { fault } from './fault.ts';
import { type AnswerCodec, once } from './once.ts';
import { listJobs, listSchedules, retryJob, runSchedule } from './platform-jobs.ts';
import { searchAudit } from './platform-audit.ts';
import type { TellAccess } from './platform-decisions.ts';
import { directoryImplementation } from './platform-directory.ts';
import { createIdentityApi, type IdentityOptions } from './platform-identity.ts';
import { decideParked, getParkedEvent, listParkedEvents } from './platform-parked.ts';
import { type Decision, listRepairs } from './platform-repairs.ts';
import { listRuleTables, type RuleTree } from './platform-rules.ts';
import { readStatus, type StatusSources } from './platform-status.ts';
import { type Call, type Implementation, implement } from './rpc.ts';
import type { ScheduledJob } from './schedule.ts';

/** What the platform's people see of a service: its own parts and the kit's tables, no more. */
export type PlatformRoom = StatusSources & {
  contract: Contract;
  rules: RuleTree;
  scheduled: readonly ScheduledJob[];
  /** Present in the one service that keeps the directory of organisations. */
  directory?:
    | { provider: IdentityOptions | undefined; tellAccess: TellAccess | undefined }
    | undefined;
};

/** Whose calendar tells which rules hold today. */
const platformZone = 'Asia/Shanghai';

type Command = { service: string; requestId: string; reason: string };

function decisionOf({ requestId, reason }: Command, call: Call): Decision {
  return { orgId: call.caller.orgId, actor: actorOf(call.caller), requestId, reason };
}

/**
 * Runs a command once in a transaction of the system role, which alone may change what belongs to
 * other organisations; its receipt is kept in the caller's organisation.
 */
function decided<R>(
  o: PlatformRoom,
  request: Command,
  call: Call,
  codec: AnswerCodec<R>,
  work: (tx: Tx, by: Decision) => Promise<R>,
): Promise<R> {
  const { requestId, ...content } = request;
  const by = decisionOf(request, call);
  return o.db.system((tx) =>
    once(
      { orgId: by.orgId, query: tx.query, withCommit: tx.withCommit },
      { requestId, content },
      codec,
      () => work(tx, by),
    ),
  );
}

/** A request that came to another service than it names would repair what nobody meant. */
function checkService(o: PlatformRoom, request: { service: string }): void {
  const { service } = request;
  if (service !== o.service) throw fault('missing', 'service_unknown', { service });
}

/** Wraps a handler so that it answers for its own service alone. */
function forOwn<Q extends { service: string }, R>(
  o: PlatformRoom,
  handler: (request: Q, call: Call) => Promise<R>,
): (request: Q, call: Call) => Promise<R> {
  return async (request, call) => {
    checkService(o, request);
    return handler(request, call);
  };
}

function decideEvents(o: PlatformRoom, action: 'retry_event' | 'discard_event') {
  const codec = action === 'retry_event' ? RetryParkedEventsResponse : DiscardParkedEventsResponse;
  return forOwn(o, async (request: Command & Parameters<typeof decideParked>[2], call) => {
    const answer = await decided(o, request, call, codec, (tx, by) =>
      decideParked(tx, action, request, by),
    );
    call.log.info({ action, count: Number(answer.count), reason: request.reason }, 'repaired');
    return answer;
  });
}

/** The platform's door into a service, the same in each. */
function platformImplementation(o: PlatformRoom): Implementation {
  const { db } = o;
  return implement(PlatformServiceService, {
    getStatus: forOwn(o, () => readStatus(o)),
    listParkedEvents: forOwn(o, (request) => db.system((tx) => listParkedEvents(tx, request))),
    getParkedEvent: forOwn(o, async ({ eventId }, call) => {
      const found = await db.system((tx) => getParkedEvent(tx, o.contract, eventId));
      const filter = { actions: [], subjectId: eventId };
      const { repairs } = await db.tenant(call.caller.orgId, (tx) =>
        listRepairs(tx, { filter, page: undefined }),
      );
      return { ...found, repairs };
    }),
    retryParkedEvents: decideEvents(o, 'retry_event'),
    discardParkedEvents: decideEvents(o, 'discard_event'),
    listJobs: forOwn(o, (request) => db.system((tx) => listJobs(tx, request))),
    retryJob: forOwn(o, async (request, call) => {
      const answer = await decided(o, request, call, RetryJobResponse, async (tx, by) => ({
        job: await retryJob(tx, request, by),
      }));
      const { jobId, reason } = request;
      call.log.info({ action: 'retry_job', jobId, reason }, 'repaired');
      return answer;
    }),
    listSchedules: forOwn(o, () =>
      db.system((tx) => listSchedules(tx, o.scheduled, Temporal.Now.instant())),
    ),
    runSchedule: forOwn(o, async (request, call) => {
      const answer = await decided(o, request, call, RunScheduleResponse, async (tx, by) => ({
        organisations: BigInt(await runSchedule(tx, o.scheduled, request.name, by)),
      }));
      const { name, reason } = request;
      call.log.info({ action: 'run_schedule', job: name, reason }, 'repaired');
      return answer;
    }),
    listRepairs: forOwn(o, (request, call) =>
      db.tenant(call.caller.orgId, (tx) => listRepairs(tx, request)),
    ),
    searchAudit: forOwn(o, async (request, call) => {
      // Who looks through other organisations' doings leaves a trace of that too.
      call.log.info({ action: 'search_audit', filter: request.filter }, 'audit searched');
      return db.system((tx) => searchAudit(tx, o.service, request));
    }),
    listRuleTables: forOwn(o, async (_request, call) =>
      listRuleTables(o.rules, dayIn(platformZone, call.at).toString()),
    ),
  });
}

/** What is served beside the service's own rpc, for people of the platform. */
export function platformImplementations(o: PlatformRoom): Implementation[] {
  const own = platformImplementation(o);
  if (o.directory === undefined) return [own];
  const { provider, tellAccess } = o.directory;
  const identity = provider === undefined ? undefined : createIdentityApi(provider);
  return [own, directoryImplementation({ db: o.db, identity, tellAccess })];
}
