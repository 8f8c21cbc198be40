import type { PlanAuthority, PlanTerms } from '../domain/plan.ts';
import type { Dated } from '../domain/rule.ts';

/** Who may agree an instalment plan, by what is open on the case. */
export const planAuthorities: readonly Dated<PlanAuthority>[] = [
  {
    rule: 'plan_authority',
    effectiveFrom: '0001-01-01',
    source: 'house rule (credit course): director up to 1,000,000, general manager above',
    value: {
      currency: 'CNY',
      roles: [{ role: 'director', openUpTo: 1_000_000n }, { role: 'general_manager' }],
    },
  },
];

/** A plan that runs longer than limitation does (民法典 188) is no plan to be paid by. */
export const planTerms: readonly Dated<PlanTerms>[] = [
  {
    rule: 'plan_terms',
    effectiveFrom: '0001-01-01',
    source: 'house rule; the three years of 民法典 188',
    value: { aheadDays: 1_096 },
  },
];
