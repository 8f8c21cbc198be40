import { actorOf } from '@recourse/kit/caller.ts';
import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type CasesServiceServer,
  type ForgoSuitRequest,
  ForgoSuitResponse,
} from '@recourse/proto/cases/v1/cases.ts';
import { forgoSuit } from '../domain/suit.ts';
import { audienceOf, getCase, lockCase, saveLookAgain } from '../store/cases.ts';
import { refreshCases } from '../store/refresh.ts';
import { note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { caseMessage } from './case-message.ts';
import { dayAndRules, type Rooms } from './rooms.ts';

async function forgo(tx: Tx, request: ForgoSuitRequest, call: Call): Promise<ForgoSuitResponse> {
  const { caseId, reason, lookAgainOn, expectedVersion } = request;
  const { today, rules } = dayAndRules(call.at);
  const before = await lockCase(tx, caseId);
  const command = { expectedVersion, lookAgainOn: day(lookAgainOn), today };
  forgoSuit(before, command, rules.work.value.lookAgainDays);
  await saveLookAgain(tx, caseId, command.lookAgainOn);
  await refreshCases(tx, { caseIds: [caseId] }, call.at);
  const actor = actorOf(call.caller);
  const facts = { look_again_on: lookAgainOn };
  await note(tx, call.at, [
    { caseId, kind: 'case', what: 'suit_forgone', actor, text: reason, facts },
  ]);
  const about = { aggregateId: caseId, at: call.at, audience: audienceOf(before), actor };
  const value = { caseId, debtorId: before.debtorId, lookAgainOn };
  await emit(tx, casesTopic, about, [{ $case: 'suitForgone', value }]);
  const after = await getCase(tx, { kind: 'creditor', orgId: tx.orgId }, caseId);
  return { case: caseMessage(after, today, rules) };
}

/**
 * Decisions not to sue. Faults: `missing` case_unknown; `stale` case_changed_meanwhile; `refused`
 * case_closed, case_in_court, look_again_not_ahead, look_again_too_far.
 */
export function suitHandlers({ db }: Rooms): Pick<Handlers<CasesServiceServer>, 'forgoSuit'> {
  return {
    forgoSuit: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, ForgoSuitResponse, () => forgo(tx, request, call)),
      );
    },
  };
}
