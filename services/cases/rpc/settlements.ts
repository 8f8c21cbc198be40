import { actorOf } from '@recourse/kit/caller.ts';
import { addDays, day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { zero } from '@recourse/kit/money.ts';
import { onceForCaller, onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type DecideSettlementRequest,
  DecideSettlementResponse,
  type PreviewSettlementRequest,
  type PreviewSettlementResponse,
  type ProposeSettlementRequest,
  type Settlement,
  type SettlementsServiceServer,
  SettlementVerdict,
  type WithdrawSettlementRequest,
  WithdrawSettlementResponse,
} from '@recourse/proto/cases/v1/settlements.ts';
import {
  assess,
  decideSettlement,
  proposeSettlement,
  refuseAmount,
  refuseDay,
  refuseDecider,
  refuseFile,
  suggest,
  withdrawSettlement,
} from '../domain/settlement.ts';
import { audienceOf, type CaseRow, getCase, lockCase } from '../store/cases.ts';
import { activePlan } from '../store/plans.ts';
import { settleTerms } from '../store/plan-settling.ts';
import { refreshCases } from '../store/refresh.ts';
import { settlementNews } from '../store/settlement-settling.ts';
import {
  addSettlement,
  findSettlement,
  listSettlements,
  livingSettlement,
  saveDecided,
  saveWithdrawn,
  type SettlementRow,
  waitingSettlements,
} from '../store/settlements.ts';
import { type Happening, note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { dayAndRules, keyed, onCase, type Rooms, sightOf, takenId } from './rooms.ts';
import {
  assessmentOf,
  settlementMessage,
  termsMessage,
  type Viewer,
} from './settlement-message.ts';

const viewerOf = ({ caller, at }: Call): Viewer => ({ caller, ...dayAndRules(at) });

/** The case with what of it excludes a settlement. */
async function fileOf(tx: Tx, row: CaseRow) {
  const livingSettlementId = await livingSettlement(tx, row.caseId);
  return { ...row, livingSettlementId, activePlanId: await activePlan(tx, row.caseId) };
}

async function propose(
  tx: Tx,
  request: ProposeSettlementRequest,
  call: Call,
  agencyId: string | undefined,
): Promise<Settlement> {
  const { caseId, settlementId, dueDay, reason } = request;
  const hash = contentHash(request);
  const before = await lockCase(tx, caseId);
  const known = await findSettlement(tx, settlementId);
  if (known !== undefined) return repeated(known, hash, call);
  const { today, rules } = dayAndRules(call.at);
  const amount = request.amount ?? zero(before.currency);
  await settleFirst(tx, before, call);
  const file = await fileOf(tx, before);
  const terms = rules.settlements.terms.value;
  proposeSettlement(file, { amount, dueDay: day(dueDay), today }, terms);
  const { suggestion } = assess(before, amount.minor, today, rules.settlements);
  await addSettlement(tx, {
    settlementId,
    caseId,
    agencyId,
    dueDay,
    reason,
    debtorId: before.debtorId,
    currency: amount.currency,
    amountMinor: amount.minor,
    openMinor: before.openMinor,
    suggestedBps: suggestion.mostBps,
    proposedAt: call.at,
    actor: actorOf(call.caller),
    contentHash: hash,
  });
  const facts = { due_day: dueDay };
  return tell(tx, before, settlementId, { what: 'settlement_proposed', text: reason, facts }, call);
}

function repeated(known: SettlementRow, hash: string, call: Call): Settlement {
  if (known.contentHash === hash) return settlementMessage(known, viewerOf(call));
  const { settlementId } = known;
  throw fault('exists', 'settlement_exists_with_other_content', { settlementId });
}

/** Notes what was done with a settlement, tells of it and gives it back as it is now. */
async function tell(
  tx: Tx,
  row: CaseRow,
  settlementId: string,
  said: Pick<Happening, 'what' | 'text' | 'facts'>,
  call: Call,
): Promise<Settlement> {
  const settlement = await findSettlement(tx, settlementId);
  if (settlement === undefined) throw fault('internal', 'settlement_not_kept', { settlementId });
  const { caseId, currency, amountMinor: minor } = settlement;
  const actor = actorOf(call.caller);
  const amount = { currency, minor };
  const facts = { settlement_id: settlementId, ...said.facts };
  await note(tx, call.at, [{ caseId, kind: 'settlement', actor, amount, ...said, facts }]);
  const about = { aggregateId: caseId, at: call.at, audience: audienceOf(row), actor };
  await emit(tx, casesTopic, about, [settlementNews(settlement, settlement.state)]);
  return settlementMessage(settlement, viewerOf(call));
}

/** What is over since midnight is decided at once, not only when the clock comes to it. */
async function settleFirst(tx: Tx, row: CaseRow, call: Call): Promise<void> {
  const { caseId } = row;
  const { today } = dayAndRules(call.at);
  const settled = await settleTerms(tx, [caseId], today, call.at);
  const about = { aggregateId: caseId, at: call.at, audience: audienceOf(row) };
  await emit(tx, casesTopic, about, settled.get(caseId) ?? []);
  if (settled.size > 0) await refreshCases(tx, { caseIds: [caseId] }, call.at);
}

async function preview(
  tx: Tx,
  request: PreviewSettlementRequest,
  call: Call,
): Promise<PreviewSettlementResponse> {
  const row = await getCase(tx, { kind: 'creditor', orgId: tx.orgId }, request.caseId);
  const { today, rules } = dayAndRules(call.at);
  const { policy, terms } = rules.settlements;
  refuseFile(await fileOf(tx, row));
  const { leastMinor } = suggest(row, today, policy);
  const isAgency = call.caller.orgKind === 'agency';
  const proposed = { currency: row.currency, minor: isAgency ? row.openMinor : leastMinor };
  const amount = request.amount ?? proposed;
  if (request.amount !== undefined) refuseAmount(row, amount);
  if (request.dueDay !== '') refuseDay(day(request.dueDay), today, terms.value);
  const assessment = assess(row, amount.minor, today, rules.settlements);
  return {
    amount,
    terms: termsMessage(row.currency, assessment, call),
    latestDueDay: addDays(today, terms.value.aheadDays).toString(),
  };
}

/** The case, locked, and a settlement of it. Faults: `missing` case_unknown, settlement_unknown. */
async function lockSettlement(
  tx: Tx,
  { caseId, settlementId }: { caseId: string; settlementId: string },
  call: Call,
): Promise<{ row: CaseRow; settlement: SettlementRow; proposerId: string }> {
  const row = await lockCase(tx, caseId);
  await settleFirst(tx, row, call);
  const settlement = await findSettlement(tx, settlementId);
  if (settlement?.caseId !== caseId) throw fault('missing', 'settlement_unknown', { settlementId });
  return { row, settlement, proposerId: settlement.actor.userId };
}

async function decide(tx: Tx, request: DecideSettlementRequest, call: Call): Promise<Settlement> {
  const { settlementId, note: said } = request;
  const approves = request.verdict === SettlementVerdict.APPROVE;
  const { row, settlement, proposerId } = await lockSettlement(tx, request, call);
  const viewer = viewerOf(call);
  const assessment = assessmentOf(settlement, viewer);
  const authority = viewer.rules.settlements.authority.value;
  refuseDecider(row, { ...settlement, proposerId }, call.caller, assessment, authority);
  decideSettlement(row, settlement, { approves, note: said });
  await saveDecided(tx, settlementId, {
    approves,
    note: said,
    actor: actorOf(call.caller),
    on: viewer.today,
    at: call.at,
    openMinor: row.openMinor,
    suggestedBps: assessment.suggestion.mostBps,
  });
  // From now on its money is what comes next on the case.
  if (approves) await refreshCases(tx, { caseIds: [row.caseId] }, call.at);
  const what = approves ? 'settlement_approved' : 'settlement_refused';
  const facts = { due_day: settlement.dueDay };
  return tell(tx, row, settlementId, { what, text: said, facts }, call);
}

async function withdraw(
  tx: Tx,
  request: WithdrawSettlementRequest,
  call: Call,
): Promise<Settlement> {
  const { settlementId, reason } = request;
  const { row, settlement, proposerId } = await lockSettlement(tx, request, call);
  const authority = dayAndRules(call.at).rules.settlements.authority.value;
  withdrawSettlement(row, { ...settlement, proposerId }, call.caller, authority);
  return end(tx, row, settlementId, reason, call);
}

async function end(
  tx: Tx,
  row: CaseRow,
  settlementId: string,
  reason: string,
  call: Call,
): Promise<Settlement> {
  await saveWithdrawn(tx, settlementId, { reason, actor: actorOf(call.caller), at: call.at });
  return tell(tx, row, settlementId, { what: 'settlement_withdrawn', text: reason }, call);
}

/** A case that is closed by hand takes its settlement with it. */
export async function endSettlementOf(
  tx: Tx,
  row: CaseRow,
  reason: string,
  call: Call,
): Promise<void> {
  const settlementId = await livingSettlement(tx, row.caseId);
  if (settlementId !== undefined) await end(tx, row, settlementId, reason, call);
}

/** At most so many are told at once; what is decided makes room. */
const mostTold = 100;

async function waiting(tx: Tx, call: Call): Promise<Settlement[]> {
  const viewer = viewerOf(call);
  const rows = await waitingSettlements(tx, viewer.today, call.caller.userId);
  return rows
    .map((row) => settlementMessage(row, viewer))
    .filter((one) => one.mayDecide)
    .slice(0, mostTold);
}

/** What is asked of one settlement of a case. */
function changing({
  db,
}: Pick<Rooms, 'db'>): Pick<
  Handlers<SettlementsServiceServer>,
  'proposeSettlement' | 'decideSettlement' | 'withdrawSettlement'
> {
  return {
    proposeSettlement: async (request, call) => {
      try {
        const settlement = await onCase(db, call.caller, request.caseId, (tx, agencyId) =>
          propose(tx, request, call, agencyId),
        );
        return { settlement };
      } catch (thrown) {
        throw takenId(thrown, 'settlement_pkey', request.settlementId);
      }
    },

    decideSettlement: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, DecideSettlementResponse, async () => ({
          settlement: await decide(tx, request, call),
        })),
      );
    },

    withdrawSettlement: (request, call) => {
      const { requestId, ...content } = request;
      return onCase(db, call.caller, request.caseId, (tx) =>
        onceForCaller(tx, call, { requestId, content }, WithdrawSettlementResponse, async () => ({
          settlement: await withdraw(tx, request, call),
        })),
      );
    },
  };
}

/**
 * Settlements. Faults: `missing` case_unknown, settlement_unknown; `exists`
 * settlement_exists_with_other_content; `denied` settlement_is_own, settlement_above_authority,
 * settlement_deeper_than_policy, settlement_of_another; `refused` case_closed,
 * settlement_under_way, plan_under_way, settlement_not_below_open, settlement_in_past,
 * settlement_too_far, settlement_not_proposed, settlement_overtaken; `invalid` currencies_differ,
 * refusal_note_missing.
 */
export function settlementHandlers({ db }: Rooms): Handlers<SettlementsServiceServer> {
  return {
    ...changing({ db }),

    previewSettlement: (request, call) =>
      onCase(db, call.caller, request.caseId, (tx) => preview(tx, request, call)),

    listSettlements: ({ caseId }, call) =>
      db.tenant(
        call.caller.orgId,
        async (tx) => {
          const sight = sightOf(call.caller);
          const row = await getCase(tx, sight, caseId);
          const found = await listSettlements(tx, sight, row);
          return { settlements: found.map((one) => settlementMessage(one, viewerOf(call))) };
        },
        keyed,
      ),

    listWaitingSettlements: (_request, call) =>
      db.tenant(call.caller.orgId, async (tx) => ({ settlements: await waiting(tx, call) })),
  };
}
