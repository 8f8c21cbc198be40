import { addDays, type Day } from '@recourse/kit/day.ts';
import { type Case, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { PlanPeriod } from '@recourse/proto/cases/v1/plans.ts';
import { type Stage, unlessRefused } from './stage.ts';

const director = 'jinggong.director';

export type Terms = {
  count: number;
  /** The first instalment is due so many days after it was agreed. */
  firstInDays: number;
  /** Number of the written agreement; empty while it is outstanding. */
  reference: string;
};

/** A plan as it was agreed: its case, and what is due first. */
export type Agreed = { caseId: string; firstDueDay: Day; firstMinor: bigint };

/**
 * Agrees a plan for all that is open on the first of some cases that may still have one: which is
 * open, is small enough for a director, and has none.
 */
export async function agreePlan(
  stage: Stage,
  files: readonly Case[],
  on: Day,
  { count, firstInDays, reference }: Terms,
): Promise<Agreed | undefined> {
  const call = await stage.as(director);
  const firstDueDay = addDays(on, firstInDays);
  for (const { caseId } of files) {
    const { case: file } = await stage.cases.getCase({ caseId }, call);
    const amount = file?.open;
    if (file?.state !== CaseState.OPEN || amount === undefined) continue;
    const day = firstDueDay.toString();
    const terms = { count, firstDueDay: day, period: PlanPeriod.MONTH, restFirst: false };
    const refusals = ['plan_above_authority', 'plan_under_way', 'plan_amount_too_small'];
    let firstMinor = 0n;
    const isAgreed = await unlessRefused(refusals, async () => {
      const { instalments } = await stage.plans.previewPlan({ caseId, amount, ...terms }, call);
      firstMinor = instalments[0]?.amount?.minor ?? 0n;
      const confirmation = {
        confirmedOn: reference === '' ? '' : on.toString(),
        confirmationReference: reference,
      };
      const said = { accelerates: true, consequences: '', agreedWith: '总经理', ...confirmation };
      const planId = stage.id('plan');
      await stage.plans.agreePlan({ caseId, planId, amount, instalments, ...said }, call);
    });
    if (isAgreed) return { caseId, firstDueDay, firstMinor };
  }
  return undefined;
}

/** The first instalment of a plan comes on its day. */
export async function payFirst(stage: Stage, agreed: Agreed): Promise<void> {
  const { caseId, firstDueDay, firstMinor } = agreed;
  const payment = {
    caseId,
    paymentId: stage.id('instalment'),
    amount: { currency: 'CNY', minor: firstMinor },
    receivedOn: firstDueDay.toString(),
    means: 'bank_transfer',
    reference: '分期第 1 期',
    note: '',
  };
  const call = await stage.as('jinggong.finance');
  await unlessRefused(['case_closed', 'received_in_future'], () =>
    stage.work.recordPayment(payment, call),
  );
}
