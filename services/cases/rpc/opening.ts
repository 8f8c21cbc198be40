import { actorOf } from '@recourse/kit/caller.ts';
import { type Day, isBefore } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emitAll } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type CasesServiceServer,
  type OpenCasesRequest,
  OpenCasesResponse,
} from '@recourse/proto/cases/v1/cases.ts';
import { type OpenedCase, openCases, type Overdue, splitOverdue } from '../domain/opening.ts';
import { tellJoined } from '../store/joining.ts';
import {
  addCases,
  attachOverdue,
  drawNumbers,
  lockCounter,
  openingCandidates,
  type OpeningScope,
} from '../store/opening.ts';
import { refreshCases } from '../store/refresh.ts';
import { casesTopic } from '../topic.ts';
import { dayAndRules, dayOr, type Rooms } from './rooms.ts';

/**
 * Debtors that one call may open cases of: a second of work, some seconds where a large import is
 * still being taken in everywhere, so within everybody's deadline.
 */
const mostPerCall = 2_000;

function scopeOf(request: OpenCasesRequest, today: Day): OpeningScope {
  const asOf = dayOr(request.asOf, today);
  if (isBefore(today, asOf)) {
    throw fault('refused', 'as_of_in_future', { asOf: asOf.toString(), today: today.toString() });
  }
  const { minDaysOverdue, minOverdue, debtorIds } = request;
  const hasLeast = minOverdue !== undefined && minOverdue.minor > 0n;
  return { asOf, minDaysOverdue, minOverdue: hasLeast ? minOverdue : undefined, debtorIds };
}

async function preview(tx: Tx, scope: OpeningScope): Promise<OpenCasesResponse> {
  return answer(await openingCandidates(tx, scope), false);
}

function answer(found: readonly Overdue[], hasMore: boolean): OpenCasesResponse {
  const { fresh, known, overdue } = splitOverdue(found);
  return { opened: BigInt(fresh.length), alreadyOpen: BigInt(known.length), overdue, hasMore };
}

async function open(tx: Tx, scope: OpeningScope, call: Call): Promise<OpenCasesResponse> {
  const { today, rules } = dayAndRules(call.at);
  await lockCounter(tx, today.year);
  const waiting = await openingCandidates(tx, scope, mostPerCall + 1);
  const found = waiting.slice(0, mostPerCall);
  const { fresh, known } = splitOverdue(found);
  const first = await drawNumbers(tx, today.year, fresh.length);
  const opened = openCases(fresh, { year: today.year, first }, today, rules.standing);
  if (opened.length > 0) await addOpened(tx, scope.asOf, opened, call);
  if (known.length > 0) await joinKnown(tx, scope.asOf, known, call.at);
  return answer(found, waiting.length > found.length);
}

async function addOpened(
  tx: Tx,
  asOf: Day,
  opened: readonly OpenedCase[],
  call: Call,
): Promise<void> {
  const actor = actorOf(call.caller);
  await addCases(tx, opened, { orgName: call.caller.orgName, actor, at: call.at });
  const attached = await attachOverdue(tx, asOf, opened);
  const counted = opened.reduce((sum, one) => sum + one.receivableCount, 0n);
  // An import may have changed receivables since they were counted.
  if (BigInt(attached.length) !== counted) {
    await refreshCases(tx, { caseIds: opened.map((one) => one.caseId) }, call.at);
  }
  await emitAll(
    tx,
    casesTopic,
    opened.map(({ caseId, number, debtorId, currency, standing }) => ({
      about: { aggregateId: caseId, at: call.at, actor },
      events: [
        {
          $case: 'caseOpened' as const,
          value: {
            caseId,
            caseNumber: number,
            debtorId,
            overdue: { currency, minor: standing.overdueMinor },
            oldestDueDate: standing.oldestDueDate,
          },
        },
      ],
    })),
  );
  await tellJoined(tx, attached, { at: call.at, actor });
}

/** What became overdue since joins the case that is open already. */
async function joinKnown(
  tx: Tx,
  asOf: Day,
  known: readonly Overdue[],
  at: Temporal.Instant,
): Promise<void> {
  const into = known.flatMap(({ openCaseId, debtorId, currency }) =>
    openCaseId === null ? [] : [{ caseId: openCaseId, debtorId, currency }],
  );
  const attached = await attachOverdue(tx, asOf, into);
  await tellJoined(tx, attached, { at });
  await refreshCases(tx, { caseIds: into.map((one) => one.caseId) }, at);
}

/** Opening of cases. Refusal: `as_of_in_future`. */
export function openingHandlers({ db }: Rooms): Pick<Handlers<CasesServiceServer>, 'openCases'> {
  return {
    openCases: (request, call) => {
      const { requestId, ...content } = request;
      const scope = scopeOf(request, dayAndRules(call.at).today);
      return db.tenant(call.caller.orgId, (tx) =>
        request.preview
          ? preview(tx, scope)
          : onceOrNow(tx, { requestId, content }, OpenCasesResponse, () => open(tx, scope, call)),
      );
    },
  };
}
