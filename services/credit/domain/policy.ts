import type { Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { CreditPolicy, PutCreditPolicyRequest } from '@recourse/proto/credit/v1/ratings.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import { checkPolicy } from './rating.ts';

export type Writing = { actor: Actor; at: Temporal.Instant; today: Day };

/**
 * The next version of an organisation's policy, from a day on. A version that was to take effect
 * later gives way to a newer one. Faults in this order: `stale` policy_changed_meanwhile; `refused`
 * policy_in_past; `invalid` those of checkPolicy.
 */
export function nextPolicy(
  newest: CreditPolicy | undefined,
  command: PutCreditPolicyRequest,
  { actor, at, today }: Writing,
): CreditPolicy {
  const { rows, limitAlarmBps, expectedVersion, note } = command;
  const present = newest?.version ?? 0n;
  if (expectedVersion !== present) {
    throw fault('stale', 'policy_changed_meanwhile', { expected: expectedVersion, present });
  }
  const effectiveFrom = command.effectiveFrom || today.toString();
  if (effectiveFrom < today.toString()) {
    throw fault('refused', 'policy_in_past', { effectiveFrom, today: today.toString() });
  }
  checkPolicy(rows);
  const version = present + 1n;
  return {
    rows,
    limitAlarmBps,
    policyVersion: `own-${version}`,
    own: true,
    effectiveFrom,
    source: actor.name,
    version,
    writtenBy: actor,
    writtenAt: at.toString(),
    note,
  };
}
