import { computed } from '@angular/core';
import type { Signal } from '@angular/core';
import { ListPlansResponse, PlanState } from '@recourse/proto/web/cases/v1/plans';
import { ListSettlementsResponse, SettlementState } from '@recourse/proto/web/cases/v1/settlements';
import type { ListPromisesResponse } from '@recourse/proto/web/cases/v1/work';
import { path, read } from '../session/api';
import { load } from '../session/load';
import type { Loaded } from '../session/load';

/** The plans of a case, kept current; within an injection context. */
export function loadPlans(caseId: () => string): Loaded<ListPlansResponse> {
  return load(() => read(path`/v1/cases/${caseId()}/plans`, ListPlansResponse.fromJSON), {
    live: ['plan', 'instalment', 'payment'],
  });
}

/** The settlements of a case, kept current; within an injection context. */
export function loadSettlements(caseId: () => string): Loaded<ListSettlementsResponse> {
  return load(
    () => read(path`/v1/cases/${caseId()}/settlements`, ListSettlementsResponse.fromJSON),
    { live: ['settlement', 'payment', 'case'] },
  );
}

/** Plans and settlements of a case, and which of them lives: they exclude each other. */
export type Terms = {
  plans: Loaded<ListPlansResponse>;
  settlements: Loaded<ListSettlementsResponse>;
  hasPlan: Signal<boolean>;
  hasSettlement: Signal<boolean>;
  /** How many promises, plans and settlements there are; undefined before all are known. */
  count(promises: ListPromisesResponse | undefined): bigint | undefined;
};

const living: readonly SettlementState[] = [SettlementState.PROPOSED, SettlementState.APPROVED];

/** What was agreed or is to be agreed on a case; within an injection context. */
export function loadTerms(caseId: () => string): Terms {
  const plans = loadPlans(caseId);
  const settlements = loadSettlements(caseId);
  return {
    plans,
    settlements,
    hasPlan: computed(
      () => plans.value()?.plans.some(({ state }) => state === PlanState.ACTIVE) === true,
    ),
    hasSettlement: computed(
      () => settlements.value()?.settlements.some(({ state }) => living.includes(state)) === true,
    ),
    count: (promises) => {
      const count = promises?.page?.count;
      const [agreed, less] = [plans.value(), settlements.value()];
      if (count === undefined || agreed === undefined || less === undefined) return undefined;
      return count + BigInt(agreed.plans.length + less.settlements.length);
    },
  };
}
