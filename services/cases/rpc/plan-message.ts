import { InstalmentState, type Plan, PlanState } from '@recourse/proto/cases/v1/plans.ts';
import type { PlanRow } from '../store/plans.ts';

/** A plan as it is told: with what was received of it and what is left. */
export function planMessage(row: PlanRow): Plan {
  const { planId, caseId, accelerates, consequences, agreedWith, agreedOn, agreedAt, actor } = row;
  const { currency, amountMinor, confirmationReference, cancelReason } = row;
  const received = row.instalments.reduce((sum, one) => sum + one.receivedMinor, 0n);
  return {
    planId,
    caseId,
    accelerates,
    consequences,
    agreedWith,
    agreedOn,
    agreedAt,
    actor,
    confirmationReference,
    cancelReason,
    amount: { currency, minor: amountMinor },
    state: PlanState[row.state],
    instalments: row.instalments.map((one) => ({
      number: one.number,
      dueDay: one.dueDay,
      amount: { currency, minor: one.amountMinor },
      state: InstalmentState[one.state],
      received: { currency, minor: one.receivedMinor },
      metOn: one.metOn ?? '',
    })),
    received: { currency, minor: received },
    left: { currency, minor: amountMinor - received },
    confirmedOn: row.confirmedOn ?? '',
    cancelledAt: row.cancelledAt ?? undefined,
    cancelledBy: row.cancelledBy ?? undefined,
  };
}
