import { actorOf } from '@recourse/kit/caller.ts';
import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type Closing,
  ClosingKind,
  type ClosingsServiceServer,
  ClosingState,
  ClosingVerdict,
  type DecideClosingRequest,
  DecideClosingResponse,
  type GetClosingResponse,
  type ListClosingsRequest,
  type PreviewClosingResponse,
  type ProposeClosingRequest,
  type WithdrawClosingRequest,
  WithdrawClosingResponse,
} from '@recourse/proto/cases/v1/closings.ts';
import { decidersOf } from '../domain/authority.ts';
import {
  decideClosing,
  lapsesOn,
  proposeClosing,
  type ProposedClosing,
  refuseCase,
  refuseClosingDecider,
  type Sale,
  stakeOf,
  withdrawClosing,
} from '../domain/closing.ts';
import { evaluate, evaluatedTogether } from '../domain/stop-loss.ts';
import { noCase } from '../store/cases.ts';
import {
  casesOfClosing,
  closingFiles,
  type ClosingFileRow,
  lockClosingFiles,
} from '../store/closing-cases.ts';
import { closingNews, endLapsedClosings } from '../store/closing-ending.ts';
import {
  addClosing,
  type ClosingRow,
  type EvaluatedCase,
  findClosing,
  listClosings,
  lockClosing,
  saveClosingWithdrawn,
  saveRefused,
  waitingClosings,
} from '../store/closings.ts';
import { wantedPage } from '../store/page.ts';
import { note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { giveUp } from './closing-approval.ts';
import {
  closingCaseMessage,
  closingMessage,
  type ClosingViewer,
  reasonWord,
  stopLossMessage,
} from './closing-message.ts';
import { dayAndRules, type Rooms, takenId } from './rooms.ts';
import { wordOf, wordsOf } from './words.ts';

const viewerOf = ({ caller, at }: Call): ClosingViewer => ({ caller, ...dayAndRules(at) });

/** What each case may still bring, on the day of the call. */
export function evaluatedCases(
  files: readonly ClosingFileRow[],
  { at }: Pick<Call, 'at'>,
): EvaluatedCase[] {
  const { today, rules } = dayAndRules(at);
  return files.map((file) => ({
    caseId: file.caseId,
    openMinor: file.openMinor,
    ...evaluate(file, today, rules.closings.stopLoss),
  }));
}

/** Cases by their ids, each once. Fault: `missing` case_unknown. */
async function filesOf(
  caseIds: readonly string[],
  read: (caseIds: readonly string[]) => Promise<ClosingFileRow[]>,
): Promise<ClosingFileRow[]> {
  const asked = [...new Set(caseIds)];
  const files = await read(asked);
  const found = new Set(files.map((one) => one.caseId));
  const missing = asked.find((caseId) => !found.has(caseId));
  if (missing !== undefined) throw noCase(missing);
  return files;
}

function saleOf({ sale }: ProposeClosingRequest): Sale | undefined {
  if (sale?.price === undefined) return undefined;
  const { buyerName, buyerIdentifier, price, agreedOn } = sale;
  return {
    price,
    buyerName: buyerName.trim(),
    buyerIdentifier: buyerIdentifier.trim(),
    agreedOn: day(agreedOn),
  };
}

function kindOf({ kind }: ProposeClosingRequest): ClosingRow['kind'] {
  const word = wordOf(ClosingKind, kind);
  if (word === undefined || word === 'UNSPECIFIED') throw fault('invalid', 'closing_kind_missing');
  return word;
}

async function propose(tx: Tx, request: ProposeClosingRequest, call: Call): Promise<Closing> {
  const { closingId, note: said } = request;
  const hash = contentHash(request);
  const known = await findClosing(tx, closingId);
  if (known !== undefined) return repeated(known, hash, call);
  await endLapsedClosings(tx, call.at);
  const files = await filesOf(request.caseIds, (caseIds) => lockClosingFiles(tx, caseIds));
  const { today, rules } = dayAndRules(call.at);
  const [kind, reason, sale] = [kindOf(request), reasonWord(request.reason), saleOf(request)];
  proposeClosing(files, { kind, reason, sale, today });
  const { currency, openMinor } = stakeOf(files);
  const cases = evaluatedCases(files, call);
  const closing = {
    closingId,
    kind,
    reason,
    currency,
    openMinor,
    ...evaluatedTogether(cases),
    note: said,
    buyerName: sale?.buyerName ?? '',
    buyerIdentifier: sale?.buyerIdentifier ?? '',
    priceMinor: sale?.price.minor ?? null,
    agreedOn: sale?.agreedOn.toString() ?? null,
    lapsesOn: lapsesOn(today, rules.closings.terms.value).toString(),
    proposedAt: call.at,
    actor: actorOf(call.caller),
    contentHash: hash,
  };
  await addClosing(tx, closing, cases);
  return tell(tx, closingId, files, 'closing_proposed', call);
}

function repeated(known: ClosingRow, hash: string, call: Call): Closing {
  if (known.contentHash === hash) return closingMessage(known, viewerOf(call));
  const { closingId } = known;
  throw fault('exists', 'closing_exists_with_other_content', { closingId });
}

/**
 * Notes on the cases what was done with a closing, tells of it and gives it back as it is now. The
 * words of who proposed and decided stay on the closing: an agency that works the case later reads
 * its timeline.
 */
async function tell(
  tx: Tx,
  closingId: string,
  files: readonly ClosingFileRow[],
  what: string,
  call: Call,
): Promise<Closing> {
  const closing = await findClosing(tx, closingId);
  if (closing === undefined) throw fault('internal', 'closing_not_kept', { closingId });
  const actor = actorOf(call.caller);
  const facts = { closing_id: closingId, closing_kind: closing.kind };
  const happenings = files.map(({ caseId, currency, openMinor: minor }) => {
    const amount = { currency, minor };
    return { caseId, kind: 'case' as const, what, actor, amount, facts };
  });
  await note(tx, call.at, happenings);
  const about = { aggregateId: closingId, at: call.at, actor };
  const caseIds = files.map((one) => one.caseId);
  await emit(tx, casesTopic, about, [closingNews(closing, caseIds)]);
  return closingMessage(closing, viewerOf(call));
}

/** A closing and its cases, locked in this order. Fault: `missing` closing_unknown. */
async function lockAll(tx: Tx, closingId: string, call: Call) {
  await endLapsedClosings(tx, call.at);
  await lockClosing(tx, closingId);
  const items = await casesOfClosing(tx, closingId);
  const files = await lockClosingFiles(
    tx,
    items.map((one) => one.caseId),
  );
  const closing = await findClosing(tx, closingId);
  if (closing === undefined) throw fault('missing', 'closing_unknown', { closingId });
  const proposed: ProposedClosing = { ...closing, proposerId: closing.actor.userId };
  return { closing, proposed, files };
}

async function decide(tx: Tx, request: DecideClosingRequest, call: Call): Promise<Closing> {
  const { closingId, note: said, expectedVersion } = request;
  const approves = request.verdict === ClosingVerdict.APPROVE;
  const { closing, proposed, files } = await lockAll(tx, closingId, call);
  const { today: on, rules } = dayAndRules(call.at);
  const { openMinor } = stakeOf(files);
  const authority = rules.closings.authority.value;
  refuseClosingDecider(proposed, { openMinor, expectedVersion }, call.caller, authority);
  decideClosing(proposed, files, { approves, note: said, seen: request.open });
  if (approves) {
    await giveUp(tx, closing, { files, cases: evaluatedCases(files, call), note: said }, call);
    return tell(tx, closingId, files, 'closing_approved', call);
  }
  const actor = actorOf(call.caller);
  await saveRefused(tx, closingId, { note: said, actor, on, at: call.at, openMinor });
  return tell(tx, closingId, files, 'closing_refused', call);
}

async function withdraw(tx: Tx, request: WithdrawClosingRequest, call: Call): Promise<Closing> {
  const { closingId, reason, expectedVersion } = request;
  const { closing, proposed, files } = await lockAll(tx, closingId, call);
  const { openNowMinor: openMinor } = closing;
  const authority = dayAndRules(call.at).rules.closings.authority.value;
  withdrawClosing({ ...proposed, openMinor }, expectedVersion, call.caller, authority);
  await saveClosingWithdrawn(tx, closingId, { reason, actor: actorOf(call.caller), at: call.at });
  return tell(tx, closingId, files, 'closing_withdrawn', call);
}

async function preview(
  tx: Tx,
  caseIds: readonly string[],
  call: Call,
): Promise<PreviewClosingResponse> {
  const files = await filesOf(caseIds, (asked) => closingFiles(tx, asked));
  for (const file of files) {
    refuseCase(file);
    const { number: caseNumber, closingId } = file;
    if (closingId !== null) {
      throw fault('refused', 'closing_under_way', { caseNumber, closingId });
    }
  }
  const { currency, openMinor } = stakeOf(files);
  const { today, rules } = dayAndRules(call.at);
  const cases = evaluatedCases(files, call);
  const [only] = cases.length === 1 ? cases : [];
  const why = only === undefined ? {} : { why: only.why };
  return {
    open: { currency, minor: openMinor },
    stopLoss: stopLossMessage({ currency, openMinor, ...evaluatedTogether(cases), ...why }),
    deciders: decidersOf({ currency, openMinor }, rules.closings.authority.value),
    lapsesOn: lapsesOn(today, rules.closings.terms.value).toString(),
  };
}

async function read(tx: Tx, closingId: string, call: Call): Promise<GetClosingResponse> {
  const closing = await findClosing(tx, closingId);
  if (closing === undefined) throw fault('missing', 'closing_unknown', { closingId });
  const viewer = viewerOf(call);
  const rows = await casesOfClosing(tx, closingId);
  const cases = rows.map((row) => closingCaseMessage(row, viewer));
  const message = closingMessage(closing, viewer);
  if (closing.state !== 'PROPOSED') return { closing: message, cases };
  const { currency, openNowMinor: openMinor } = closing;
  const now = evaluatedTogether(evaluatedCases(rows, call));
  const stopLoss = stopLossMessage({ currency, openMinor, ...now });
  return { closing: { ...message, stopLoss }, cases };
}

async function list(tx: Tx, request: ListClosingsRequest, call: Call) {
  const { caseId, query } = request;
  const kinds = wordsOf(ClosingKind, request.kinds);
  const states = wordsOf(ClosingState, request.states);
  const filter = { kinds, states, caseId, query };
  const { rows, page } = await listClosings(tx, filter, wantedPage(request.page, filter));
  const viewer = viewerOf(call);
  return { closings: rows.map((row) => closingMessage(row, viewer)), page };
}

/** At most so many are told at once; what is decided makes room. */
const mostTold = 100;

async function waiting(tx: Tx, call: Call): Promise<Closing[]> {
  const viewer = viewerOf(call);
  const rows = await waitingClosings(tx, viewer.today, call.caller.userId);
  return rows
    .map((row) => closingMessage(row, viewer))
    .filter((one) => one.mayDecide)
    .slice(0, mostTold);
}

/**
 * Write-offs, withdrawals and sales. Faults: `missing` case_unknown, closing_unknown; `exists`
 * closing_exists_with_other_content; `stale` closing_changed_meanwhile, closing_open_changed;
 * `denied` closing_is_own, closing_above_authority, closing_of_another; `refused` case_closed,
 * case_with_agency, case_in_court, closing_under_way, cases_of_several_currencies,
 * price_above_open, agreed_in_future, closing_not_proposed, closing_overtaken; `invalid`
 * closing_kind_missing, closing_reason_unfit, sale_terms_missing, sale_terms_unfit,
 * currencies_differ, refusal_note_missing.
 */
export function closingHandlers({ db }: Pick<Rooms, 'db'>): Handlers<ClosingsServiceServer> {
  return {
    proposeClosing: async (request, call) => {
      try {
        const closing = await db.tenant(call.caller.orgId, (tx) => propose(tx, request, call));
        return { closing };
      } catch (thrown) {
        throw takenId(thrown, 'closing_pkey', request.closingId);
      }
    },

    previewClosing: ({ caseIds }, call) =>
      db.tenant(call.caller.orgId, (tx) => preview(tx, caseIds, call)),

    decideClosing: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, DecideClosingResponse, async () => ({
          closing: await decide(tx, request, call),
        })),
      );
    },

    withdrawClosing: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, WithdrawClosingResponse, async () => ({
          closing: await withdraw(tx, request, call),
        })),
      );
    },

    listClosings: (request, call) => db.tenant(call.caller.orgId, (tx) => list(tx, request, call)),

    listWaitingClosings: (_request, call) =>
      db.tenant(call.caller.orgId, async (tx) => ({ closings: await waiting(tx, call) })),

    getClosing: ({ closingId }, call) =>
      db.tenant(call.caller.orgId, (tx) => read(tx, closingId, call)),
  };
}
