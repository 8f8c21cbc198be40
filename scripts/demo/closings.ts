import type { Day } from '@recourse/kit/day.ts';
import { type Case, CaseStage, CaseState, Handling } from '@recourse/proto/cases/v1/cases.ts';
import {
  ClosingKind,
  ClosingReason,
  ClosingVerdict,
  type SaleTerms,
} from '@recourse/proto/cases/v1/closings.ts';
import { PlanState } from '@recourse/proto/cases/v1/plans.ts';
import { SettlementState } from '@recourse/proto/cases/v1/settlements.ts';
import { type Stage, unlessRefused } from './stage.ts';

const proposer = 'jinggong.collector';
const decider = 'jinggong.general_manager';

const elsewhere = ['case_in_court', 'case_with_agency', 'case_closed', 'closing_under_way'];

const inCourt: readonly CaseStage[] = [CaseStage.LITIGATION, CaseStage.ASSET_RECOVERY];

type Wish = {
  kind: ClosingKind;
  reason: ClosingReason;
  note: string;
  sale?: SaleTerms;
};

/** Whether nobody else is at work on a case: no agency, no plan, no settlement. */
async function isFree(stage: Stage, caseId: string): Promise<Case | undefined> {
  const call = await stage.as(proposer);
  const { case: file } = await stage.cases.getCase({ caseId }, call);
  if (file?.state !== CaseState.OPEN || file.handling !== Handling.INTERNAL) return undefined;
  // What a court is seized of is not given up.
  if (inCourt.includes(file.stage)) return undefined;
  const { plans } = await stage.plans.listPlans({ caseId }, call);
  const { settlements } = await stage.settlements.listSettlements({ caseId }, call);
  const living: readonly SettlementState[] = [SettlementState.PROPOSED, SettlementState.APPROVED];
  const isBound =
    plans.some((one) => one.state === PlanState.ACTIVE) ||
    settlements.some((one) => living.includes(one.state));
  return isBound ? undefined : file;
}

/** The first of some cases that nobody else is at work on, as many as asked for. */
async function freeCases(stage: Stage, files: readonly Case[], count: number): Promise<Case[]> {
  const found: Case[] = [];
  for (const { caseId } of files) {
    const file = await isFree(stage, caseId);
    const [first] = found;
    const isAlike = first === undefined || first.open?.currency === file?.open?.currency;
    if (file !== undefined && isAlike) found.push(file);
    if (found.length === count) break;
  }
  return found;
}

async function propose(
  stage: Stage,
  files: readonly Case[],
  wish: Wish,
): Promise<string | undefined> {
  const closingId = stage.id('closing');
  const caseIds = files.map((one) => one.caseId);
  const request = { ...wish, closingId, caseIds, sale: wish.sale };
  const call = await stage.as(proposer);
  const isProposed = await unlessRefused(elsewhere, async () => {
    await stage.closings.proposeClosing(request, call);
  });
  return isProposed ? closingId : undefined;
}

async function approve(stage: Stage, closingId: string, note: string): Promise<void> {
  const requestId = stage.id('closed');
  const verdict = ClosingVerdict.APPROVE;
  const request = { closingId, requestId, verdict, note, expectedVersion: 0n, open: undefined };
  const call = await stage.as(decider);
  await unlessRefused([...elsewhere, 'closing_not_proposed'], async () => {
    await stage.closings.decideClosing(request, call);
  });
}

/** The price of a bundle: sixty in a hundred of what is open. */
function priceOf(files: readonly Case[]) {
  const currency = files[0]?.open?.currency ?? 'CNY';
  const open = files.reduce((sum, one) => sum + (one.open?.minor ?? 0n), 0n);
  return { currency, minor: (open * 60n) / 100n };
}

/**
 * One debt is written off, up to three small ones are sold as a portfolio, and one more waits for
 * the general manager. Other chapters may be about some of `files`; the longest overdue come first.
 */
export async function endSome(stage: Stage, files: readonly Case[], on: Day): Promise<void> {
  const [gone, waiting, ...rest] = await freeCases(stage, files, 8);
  if (gone !== undefined) {
    const written = await propose(stage, [gone], {
      kind: ClosingKind.WRITE_OFF,
      reason: ClosingReason.BANKRUPT,
      note: '法院裁定宣告破产，普通债权清偿率为零',
    });
    if (written !== undefined) await approve(stage, written, '证据齐全，同意核销');
  }
  if (waiting !== undefined) {
    await propose(stage, [waiting], {
      kind: ClosingKind.WRITE_OFF,
      reason: ClosingReason.DEREGISTERED,
      note: '企业已注销，清算组未留债权登记',
    });
  }
  await sell(stage, rest.toSorted(byOpen).slice(0, 3), on);
}

function byOpen(one: Case, other: Case): number {
  return Number((one.open?.minor ?? 0n) - (other.open?.minor ?? 0n));
}

async function sell(stage: Stage, bundle: readonly Case[], on: Day): Promise<void> {
  if (bundle.length === 0) return;
  const sold = await propose(stage, bundle, {
    kind: ClosingKind.SALE,
    reason: ClosingReason.PORTFOLIO,
    note: '金额小、客户分散，打包转让回笼资金；三家询价取最高',
    sale: {
      buyerName: '江南资产管理有限公司',
      buyerIdentifier: '91320500MA1N2B3C4D',
      price: priceOf(bundle),
      agreedOn: on.toString(),
    },
  });
  if (sold !== undefined) await approve(stage, sold, '报价高于预期净收回，同意');
}
