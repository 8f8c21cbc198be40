import type { ListPromisesResponse } from '@recourse/proto/web/cases/v1/work';
import { ListPlansResponse } from '@recourse/proto/web/cases/v1/plans';
import { path, read } from '../session/api';
import { load } from '../session/load';

/** The plans of a case, kept current; within an injection context. */
export function loadPlans(caseId: () => string) {
  return load(() => read(path`/v1/cases/${caseId()}/plans`, ListPlansResponse.fromJSON), {
    live: ['plan', 'instalment', 'payment'],
  });
}

/** How many promises and plans there are; undefined before both are known. */
export function agreedCount(
  promises: ListPromisesResponse | undefined,
  plans: ListPlansResponse | undefined,
): bigint | undefined {
  const count = promises?.page?.count;
  return count === undefined || plans === undefined
    ? undefined
    : count + BigInt(plans.plans.length);
}
