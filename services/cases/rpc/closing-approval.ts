import { actorOf } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emitAll } from '@recourse/kit/events.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import { CaseOutcome } from '@recourse/proto/cases/v1/cases.ts';
import { outcomes, pricesOf, stakeOf } from '../domain/closing.ts';
import { evaluatedTogether } from '../domain/stop-loss.ts';
import { writeDown } from '../domain/write-down.ts';
import { audienceOf, type CaseRow, lockCase } from '../store/cases.ts';
import { type ClosingFileRow, lockClaimsOf, saveGivenUp } from '../store/closing-cases.ts';
import { type ClosingRow, type EvaluatedCase, saveApproved } from '../store/closings.ts';
import { activePlan } from '../store/plans.ts';
import { livingSettlement } from '../store/settlements.ts';
import { note } from '../store/timeline.ts';
import { addLines, type CaseLine, lowerBy } from '../store/write-downs.ts';
import { casesTopic } from '../topic.ts';
import { endPlanOf } from './plans.ts';
import { dayAndRules } from './rooms.ts';
import { endSettlementOf } from './settlements.ts';

export type Approval = {
  files: readonly ClosingFileRow[];
  cases: readonly EvaluatedCase[];
  note: string;
};

/**
 * What an approval does, all of it in its transaction: what is open goes off the receivables line
 * by line (of a withdrawal it goes back to the book as it is), the price is divided over the cases,
 * and each case is closed with its plan and its settlement. What a buyer pays is no payment of the
 * debtor, so none is recorded.
 */
export async function giveUp(
  tx: Tx,
  closing: ClosingRow,
  { files, cases, note: said }: Approval,
  call: Call,
): Promise<void> {
  const { closingId, kind, currency, priceMinor } = closing;
  const { today: on } = dayAndRules(call.at);
  const caseIds = files.map((one) => one.caseId);
  const price = { currency, minor: priceMinor ?? 0n };
  const prices = priceMinor === null ? new Map() : pricesOf(files, price);
  const { openMinor } = stakeOf(files);
  const figures = { openMinor, ...evaluatedTogether(cases) };
  const by = { actor: actorOf(call.caller), at: call.at };
  await saveApproved(tx, { closingId, note: said, ...by, on, ...figures, prices }, cases);
  const lines = kind === 'WITHDRAWAL' ? [] : await takeOff(tx, closingId, caseIds, call);
  if (kind === 'SALE') await tellSold(tx, closingId, files, lines, call);
  await endAgreed(tx, caseIds, said === '' ? closing.note : said, call);
  await saveGivenUp(tx, caseIds, { outcome: outcomes[kind], at: call.at });
  await tellClosed(tx, closing, files, call);
}

async function takeOff(
  tx: Tx,
  closingId: string,
  caseIds: readonly string[],
  { at }: Call,
): Promise<CaseLine[]> {
  const { today: on } = dayAndRules(at);
  const claims = await lockClaimsOf(tx, caseIds);
  const lines = [...Map.groupBy(claims, (claim) => claim.caseId)].flatMap(([caseId, own]) =>
    writeDown(own).map((line) => ({ ...line, caseId })),
  );
  await addLines(tx, { closingId, on, at, cause: 'closed' }, lines);
  await lowerBy(tx, lines);
  return lines;
}

/** Receivables told in one event: about 80 bytes each, so well below the broker's megabyte. */
const soldTold = 4_000;

/** Tells whose debts are the buyer's now: of each case, what of its receivables was open. */
async function tellSold(
  tx: Tx,
  closingId: string,
  files: readonly ClosingFileRow[],
  lines: readonly CaseLine[],
  { caller, at }: Call,
): Promise<void> {
  const soldOn = dayAndRules(at).today.toString();
  const byCase = Map.groupBy(lines, (line) => line.caseId);
  const told = files.map((file) => {
    const { caseId, debtorId, currency } = file;
    const ids = [...new Set((byCase.get(caseId) ?? []).map((line) => line.receivableId))];
    const effects = ids.map((receivableId) => {
      return { receivableId, open: { currency, minor: 0n }, settledDate: '' };
    });
    const about = { aggregateId: caseId, at, audience: audienceOf(file), actor: actorOf(caller) };
    const events = Array.from({ length: Math.ceil(effects.length / soldTold) }, (_, place) => {
      const part = effects.slice(place * soldTold, (place + 1) * soldTold);
      const value = { caseId, closingId, debtorId, soldOn, effects: part };
      return { $case: 'receivablesSold' as const, value };
    });
    return { about, events };
  });
  await emitAll(tx, casesTopic, told);
}

/** Plans and settlements end with their case, as they do when it is closed by hand. */
async function endAgreed(
  tx: Tx,
  caseIds: readonly string[],
  reason: string,
  call: Call,
): Promise<void> {
  for (const caseId of caseIds) {
    const hasPlan = (await activePlan(tx, caseId)) !== undefined;
    const hasSettlement = (await livingSettlement(tx, caseId)) !== undefined;
    if (!hasPlan && !hasSettlement) continue;
    const row: CaseRow = await lockCase(tx, caseId);
    await endPlanOf(tx, row, reason, call);
    await endSettlementOf(tx, row, reason, call);
  }
}

async function tellClosed(
  tx: Tx,
  { closingId, kind }: ClosingRow,
  files: readonly ClosingFileRow[],
  { caller, at }: Call,
): Promise<void> {
  const actor = actorOf(caller);
  const outcome = outcomes[kind];
  const facts = { outcome, closing_id: closingId };
  const happenings = files.map(({ caseId, currency, openMinor: minor }) => {
    const amount = { currency, minor };
    return { caseId, kind: 'case' as const, what: 'case_closed', actor, amount, facts };
  });
  await note(tx, at, happenings);
  const told = files.map((file) => {
    const { caseId, debtorId } = file;
    const value = { caseId, debtorId, outcome: CaseOutcome[outcome] };
    const about = { aggregateId: caseId, at, audience: audienceOf(file), actor };
    return { about, events: [{ $case: 'caseClosed' as const, value }] };
  });
  await emitAll(tx, casesTopic, told);
}
