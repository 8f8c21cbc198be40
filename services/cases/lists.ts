import type { How, Tx } from '@recourse/kit/db.ts';
import {
  CaseStage,
  CaseState,
  Handling,
  type ListCasesRequest,
  type ListCasesResponse,
  PriorityTier,
} from '@recourse/proto/cases/v1/cases.ts';
import {
  type ListReceivablesRequest,
  type ListReceivablesResponse,
  OverdueClass,
} from '@recourse/proto/cases/v1/receivables.ts';
import { dueRanges, newlyDue } from './domain/due-range.ts';
import { caseMessage } from './rpc/case-message.ts';
import { receivableMessage } from './rpc/receivable-message.ts';
import { dayAndRules, dayOr } from './rpc/rooms.ts';
import { wordsOf } from './rpc/words.ts';
import { type CaseFilter, isInIndexOrder, listCases } from './store/case-list.ts';
import type { Sight } from './store/cases.ts';
import { wantedPage } from './store/page.ts';
import { listReceivables } from './store/receivables.ts';

/**
 * One page of a list as it is answered to whoever asks; the screen and the export read the same.
 */
type Asked<R> = { request: R; at: Temporal.Instant };

function filterOf({ request, at }: Asked<ListCasesRequest>): CaseFilter {
  const { today, rules } = dayAndRules(at);
  const { agencyId, assigneeId, query, minOpen, dueBy } = request;
  const classes = wordsOf(OverdueClass, request.overdueClasses);
  return {
    states: wordsOf(CaseState, request.states),
    tiers: wordsOf(PriorityTier, request.tiers),
    stages: wordsOf(CaseStage, request.stages),
    handlings: wordsOf(Handling, request.handlings),
    dueRanges: dueRanges(classes, rules.overdueClasses.value, today),
    agencyId,
    assigneeId,
    query,
    dueBy,
    currency: request.currency || (minOpen?.currency ?? ''),
    minOpenMinor: minOpen?.minor,
  };
}

/** How the transaction of such a page is best planned. */
export function howListed(asked: Asked<ListCasesRequest>): How {
  return { keyed: isInIndexOrder(filterOf(asked), asked.request.sort) };
}

/** Faults: `invalid` cursor_is_malformed, cursor_of_other_query. */
export async function casesPage(
  tx: Tx,
  sight: Sight,
  asked: Asked<ListCasesRequest>,
): Promise<ListCasesResponse> {
  const { today, rules } = dayAndRules(asked.at);
  const { page: wantedFrom, ...question } = asked.request;
  const wanted = wantedPage(wantedFrom, question);
  const { rows, page } = await listCases(tx, sight, filterOf(asked), question.sort, wanted);
  return { cases: rows.map((row) => caseMessage(row, today, rules)), page };
}

/** Faults: `invalid` cursor_is_malformed, cursor_of_other_query, day_out_of_range. */
export async function receivablesPage(
  tx: Tx,
  { request, at }: Asked<ListReceivablesRequest>,
): Promise<ListReceivablesResponse> {
  const { today, rules } = dayAndRules(at);
  const days = { asOf: dayOr(request.asOf, today), today };
  const { debtorId, caseId, query, includeSettled, currency, sort } = request;
  const classes = wordsOf(OverdueClass, request.overdueClasses);
  const ranges = dueRanges(classes, rules.overdueClasses.value, days.asOf);
  const filter = {
    dueRanges: ranges,
    debtorId,
    caseId,
    query,
    includeSettled,
    currency,
    newlyDue: request.newlyOverdue ? newlyDue(days.asOf) : undefined,
  };
  const { page: wantedFrom, ...question } = request;
  const wanted = wantedPage(wantedFrom, question);
  const { rows, page } = await listReceivables(tx, filter, sort, days, wanted);
  const receivables = rows.map((row) => receivableMessage(row, days.asOf, rules));
  return { receivables, page, asOf: days.asOf.toString() };
}
