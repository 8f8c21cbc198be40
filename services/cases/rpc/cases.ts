import { actorOf, type Caller } from '@recourse/kit/caller.ts';
import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  AssignCaseResponse,
  type AssignCaseRequest,
  type Case,
  type CasesServiceServer,
  CaseOutcome,
  CloseCaseResponse,
  type CloseCaseRequest,
  type GetTimelineRequest,
  type GetTimelineResponse,
  type ListCaseReceivablesRequest,
  type ListCasesRequest,
} from '@recourse/proto/cases/v1/cases.ts';
import { assignCase, closeCase, type Outcome } from '../domain/case.ts';
import { goesUp } from '../domain/next-action.ts';
import {
  audienceOf,
  type CaseRow,
  getCase,
  lockCase,
  saveAssignee,
  saveClosed,
  saveGoneUp,
  sightOrg,
} from '../store/cases.ts';
import { casesPage, howListed } from '../lists.ts';
import { contactCounts } from '../store/contacts.ts';
import { creditsOf } from '../store/debtor-credit.ts';
import { sealedContacts } from '../store/debtors.ts';
import { wantedPage } from '../store/page.ts';
import { refreshCases } from '../store/refresh.ts';
import { listCaseReceivables } from '../store/receivables.ts';
import { listTimeline, note, type TimelineRow } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { allowanceOf } from './allowance.ts';
import { caseMessage, contactMessages } from './case-message.ts';
import { receivableMessage } from './receivable-message.ts';
import { endPlanOf } from './plans.ts';
import { dayAndRules, keyed, type Rooms, sightOf } from './rooms.ts';
import { endSettlementOf } from './settlements.ts';
import { wordOf } from './words.ts';

type CaseHandlers = Pick<
  Handlers<CasesServiceServer>,
  'listCases' | 'getCase' | 'getTimeline' | 'listCaseReceivables' | 'assignCase' | 'closeCase'
>;

async function list(rooms: Rooms, request: ListCasesRequest, call: Call) {
  const { caller, at } = call;
  const asked = { request, at };
  const page = (tx: Tx) => casesPage(tx, sightOf(caller), asked);
  return rooms.db.tenant(caller.orgId, page, howListed(asked));
}

/**
 * One case with its people and what may be done today. Contacts of all parties count, also those an
 * agency cannot see, so they are counted under the creditor's organisation once the case is found
 * in sight.
 */
async function read(rooms: Rooms, caseId: string, call: Call): Promise<Case> {
  const { caller, at } = call;
  const { today, rules } = dayAndRules(at);
  const seen = (tx: Tx) => inSight(tx, caller, caseId, at);
  const { row, sealed, credits, counts } = await rooms.db.tenant(caller.orgId, seen, keyed);
  const [people, { usedToday }] = await Promise.all([
    rooms.contacts.open(row.orgId, sealed),
    counts ?? rooms.db.tenant(row.orgId, (tx) => countsOf(tx, row, at), keyed),
  ]);
  return caseMessage(row, today, rules, {
    contacts: contactMessages(people, caller),
    allowance: allowanceOf(row, usedToday, at),
    credits,
  });
}

/** What the caller's own organisation sees of a case; an agency not the contacts of others. */
async function inSight(tx: Tx, caller: Caller, caseId: string, at: Temporal.Instant) {
  const sight = sightOf(caller);
  const row = await getCase(tx, sight, caseId);
  if (sight.kind === 'agency') {
    return { row, sealed: await sealedContacts(tx, row), credits: [], counts: undefined };
  }
  // Credit is of all the debtor's cases, which are no business of an agency that works one.
  const [sealed, credits, counts] = await Promise.all([
    sealedContacts(tx, row),
    creditsOf(tx, row.debtorId),
    countsOf(tx, row, at),
  ]);
  return { row, sealed, credits, counts };
}

function countsOf(tx: Tx, { debtorId, timeZone }: CaseRow, at: Temporal.Instant) {
  const there = dayIn(timeZone, at);
  return contactCounts(tx, debtorId, { that: there, today: there });
}

function entryMessage(row: TimelineRow): GetTimelineResponse['entries'][number] {
  const { entryId, kind, what, at, text, facts, currency, amountMinor } = row;
  return {
    entryId,
    kind,
    what,
    at,
    text,
    facts,
    actor: row.actor ?? undefined,
    why: row.why ?? undefined,
    amount:
      currency === null || amountMinor === null ? undefined : { currency, minor: amountMinor },
  };
}

async function timeline(tx: Tx, request: GetTimelineRequest, { caller }: Call) {
  const { caseId, kinds } = request;
  const row = await getCase(tx, sightOf(caller), caseId);
  const wanted = wantedPage(request.page, { caseId, kinds });
  const { rows, page } = await listTimeline(tx, row, kinds, wanted);
  return { entries: rows.map(entryMessage), page };
}

async function receivables(tx: Tx, request: ListCaseReceivablesRequest, { caller, at }: Call) {
  const { today, rules } = dayAndRules(at);
  const sight = sightOf(caller);
  const row = await getCase(tx, sight, request.caseId);
  const wanted = wantedPage(request.page, { caseId: row.caseId, org: sightOrg(sight) });
  const { rows, page } = await listCaseReceivables(tx, row, wanted);
  return { receivables: rows.map((one) => receivableMessage(one, today, rules)), page };
}

async function assign(tx: Tx, request: AssignCaseRequest, call: Call): Promise<AssignCaseResponse> {
  const { caseId, assigneeId, assigneeName } = request;
  const before = await lockCase(tx, caseId);
  assignCase(before, request);
  await saveAssignee(tx, caseId, { id: assigneeId, name: assigneeName });
  const { ladder } = dayAndRules(call.at).rules.standing.dunning.value;
  if (goesUp(before, assigneeId, ladder)) {
    await saveGoneUp(tx, caseId);
    await refreshCases(tx, { caseIds: [caseId] }, call.at);
  }
  const facts = { assignee_id: assigneeId, assignee_name: assigneeName };
  await tell(tx, before, 'case_assigned', { facts }, call);
  const about = aboutCase(before, call);
  await emit(tx, casesTopic, about, [{ $case: 'caseAssigned', value: { caseId, assigneeId } }]);
  return { case: await present(tx, caseId, call) };
}

async function close(tx: Tx, request: CloseCaseRequest, call: Call): Promise<CloseCaseResponse> {
  const { caseId, reason } = request;
  const before = await lockCase(tx, caseId);
  const outcome = outcomeOf(request);
  closeCase(before, { ...request, outcome });
  await saveClosed(tx, caseId, { outcome, at: call.at });
  await endPlanOf(tx, before, reason, call);
  await endSettlementOf(tx, before, reason, call);
  await tell(tx, before, 'case_closed', { text: reason, facts: { outcome } }, call);
  const value = { caseId, debtorId: before.debtorId, outcome: CaseOutcome[outcome] };
  await emit(tx, casesTopic, aboutCase(before, call), [{ $case: 'caseClosed', value }]);
  return { case: await present(tx, caseId, call) };
}

function outcomeOf(request: CloseCaseRequest): Outcome {
  const word = wordOf(CaseOutcome, request.outcome);
  if (word === undefined || word === 'UNSPECIFIED') throw fault('invalid', 'outcome_missing');
  return word;
}

function aboutCase(row: CaseRow, call: Call) {
  return {
    aggregateId: row.caseId,
    at: call.at,
    audience: audienceOf(row),
    actor: actorOf(call.caller),
  };
}

function tell(
  tx: Tx,
  row: CaseRow,
  what: string,
  more: { text?: string; facts: Record<string, string> },
  call: Call,
): Promise<void> {
  const actor = actorOf(call.caller);
  return note(tx, call.at, [{ caseId: row.caseId, kind: 'case', what, actor, ...more }]);
}

/** The creditor's case as it is now in this transaction. */
async function present(tx: Tx, caseId: string, call: Call): Promise<Case> {
  const { today, rules } = dayAndRules(call.at);
  return caseMessage(
    await getCase(tx, { kind: 'creditor', orgId: tx.orgId }, caseId),
    today,
    rules,
  );
}

/**
 * Reading cases, assigning and closing them. Faults: `missing` case_unknown; `stale`
 * case_changed_meanwhile; `refused` case_closed, closing_needs_approval, case_not_paid.
 */
export function caseHandlers(rooms: Rooms): CaseHandlers {
  const { db } = rooms;
  return {
    listCases: (request, call) => list(rooms, request, call),

    getCase: async (request, call) => ({ case: await read(rooms, request.caseId, call) }),

    getTimeline: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => timeline(tx, request, call), keyed),

    listCaseReceivables: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => receivables(tx, request, call), keyed),

    assignCase: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, AssignCaseResponse, () => assign(tx, request, call)),
      );
    },

    closeCase: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, CloseCaseResponse, () => close(tx, request, call)),
      );
    },
  };
}
