import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import type { PutCreditPolicyRequest } from '@recourse/proto/credit/v1/ratings.ts';
import { shippedPolicies } from '../rules/credit-policy.ts';
import { nextPolicy } from './policy.ts';

const actor = { userId: 'u', name: '周敏', orgId: 'o', orgName: '华东精密' };
const how = { actor, at: Temporal.Instant.from('2026-11-22T02:00:00Z'), today: day('2026-11-22') };
const rows = shippedPolicies[0]?.rows ?? [];
const command = (more: Partial<PutCreditPolicyRequest> = {}): PutCreditPolicyRequest => ({
  rows,
  limitAlarmBps: 9_000,
  expectedVersion: 0n,
  effectiveFrom: '',
  note: '',
  ...more,
});

describe('an organisation without a policy of its own', () => {
  it('writes the first version, from today when no day is given', () => {
    expect(nextPolicy(undefined, command(), how)).toMatchObject({
      version: 1n,
      policyVersion: 'own-1',
      effectiveFrom: '2026-11-22',
      writtenBy: actor,
    });
  });

  it('does not write one for a day gone by', () => {
    const past = command({ effectiveFrom: '2026-11-21' });
    expect(() => nextPolicy(undefined, past, how)).toThrow('policy_in_past');
  });

  it('does not write one in which riskier grades get more', () => {
    const wrong = rows.map((row, at) =>
      at === 3 ? { ...row, limit: { currency: 'CNY', minor: 9_000_000_00n } } : row,
    );
    expect(() => nextPolicy(undefined, command({ rows: wrong }), how)).toThrow(
      'policy_limits_rise_with_risk',
    );
  });
});

describe('a policy that waits for its day', () => {
  const waiting = nextPolicy(undefined, command({ effectiveFrom: '2027-01-01' }), how);

  it('must have been seen by whoever writes the next one', () => {
    expect(() => nextPolicy(waiting, command(), how)).toThrow('policy_changed_meanwhile');
    expect(nextPolicy(waiting, command({ expectedVersion: 1n }), how).version).toBe(2n);
  });
});
