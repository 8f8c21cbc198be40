import { addDays, type Day } from '@recourse/kit/day.ts';
import { type Case, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { SettlementVerdict } from '@recourse/proto/cases/v1/settlements.ts';
import { type Stage, unlessRefused } from './stage.ts';

const proposer = 'jinggong.collector';
const decider = 'jinggong.general_manager';

/** A settlement as it was proposed. */
export type Offered = { caseId: string; settlementId: string; minor: bigint };

export type Offer = {
  /** To be paid so many days after it is proposed. */
  inDays: number;
  reason: string;
};

const excluded = ['settlement_under_way', 'plan_under_way', 'settlement_not_below_open'];

/**
 * Proposes the least that policy suggests on the first of some cases that may still have a
 * settlement: which is open, old enough for a discount, and has neither a plan nor another.
 */
export async function offer(
  stage: Stage,
  files: readonly Case[],
  on: Day,
  { inDays, reason }: Offer,
): Promise<Offered | undefined> {
  const call = await stage.as(proposer);
  const dueDay = addDays(on, inDays).toString();
  for (const { caseId } of files) {
    const { case: file } = await stage.cases.getCase({ caseId }, call);
    if (file?.state !== CaseState.OPEN) continue;
    const settlementId = stage.id('settlement');
    let minor = 0n;
    const isOffered = await unlessRefused(excluded, async () => {
      const looked = { caseId, amount: undefined, dueDay };
      const { amount } = await stage.settlements.previewSettlement(looked, call);
      minor = amount?.minor ?? 0n;
      const offered = { caseId, settlementId, amount, dueDay, reason };
      await stage.settlements.proposeSettlement(offered, call);
    });
    if (isOffered) return { caseId, settlementId, minor };
  }
  return undefined;
}

/** The general manager decides a proposal. */
export async function decideOffer(
  stage: Stage,
  { caseId, settlementId }: Offered,
  { approves, note }: { approves: boolean; note: string },
): Promise<void> {
  const verdict = approves ? SettlementVerdict.APPROVE : SettlementVerdict.REFUSE;
  const request = { caseId, settlementId, requestId: stage.id('decision'), verdict, note };
  const call = await stage.as(decider);
  await unlessRefused(['case_closed', 'settlement_not_proposed', 'settlement_overtaken'], () =>
    stage.settlements.decideSettlement(request, call),
  );
}

/** The debtor pays what was agreed, and the case is closed by it. */
export async function payOffer(stage: Stage, { caseId, minor }: Offered, on: Day): Promise<void> {
  const payment = {
    caseId,
    paymentId: stage.id('settled'),
    amount: { currency: 'CNY', minor },
    receivedOn: on.toString(),
    means: 'bank_transfer',
    reference: '和解款',
    note: '',
  };
  const call = await stage.as('jinggong.finance');
  await unlessRefused(['case_closed'], () => stage.work.recordPayment(payment, call));
}
