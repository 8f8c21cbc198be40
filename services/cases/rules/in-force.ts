import type { Day } from '@recourse/kit/day.ts';
import type { CallWindow } from '../domain/best-window.ts';
import type { ConductRules } from '../domain/contact.ts';
import { type Dated, inForce } from '../domain/rule.ts';
import type { StandingRules } from '../domain/standing.ts';
import { authorities, settlementAuthorities } from './authority.ts';
import { closingTerms, stopLosses } from './closings.ts';
import {
  callWindows,
  dailyLimits,
  forbiddenPhrases,
  quietHours,
  thirdParties,
  visits,
} from './conduct.ts';
import { dunningSchedules } from './dunning.ts';
import type { PlanRules } from '../domain/plan.ts';
import type { ClosingRules } from '../domain/closing.ts';
import type { SettlementRules } from '../domain/settlement.ts';
import { overdueClasses, type OverdueClassRow } from './overdue-classes.ts';
import { planAuthorities, planTerms } from './plans.ts';
import { settlementPolicies, settlementTerms } from './settlements.ts';
import { priorityTiers } from './tiers.ts';
import { dsoTargets, type WorkTerms, workTerms } from './work.ts';

/** Every rule of cases as it holds on one day. */
export type Rules = {
  conduct: ConductRules;
  callWindows: Dated<readonly CallWindow[]>;
  standing: StandingRules;
  overdueClasses: Dated<readonly OverdueClassRow[]>;
  work: Dated<WorkTerms>;
  plans: PlanRules;
  settlements: SettlementRules;
  closings: ClosingRules;
  dso: Dated<{ readonly windowDays: number; readonly days: number }>;
};

/** The zone whose calendar a creditor's days are of, until organisations set their own. */
export const creditorZone = 'Asia/Shanghai';

/** The rules last asked for; nearly every call asks for those of today. */
let last: { on: string; rules: Rules } | undefined;

export function rulesOn(on: Day): Rules {
  const name = on.toString();
  if (last?.on !== name) last = { on: name, rules: lookUp(on) };
  return last.rules;
}

function lookUp(on: Day): Rules {
  return {
    conduct: {
      quietHours: inForce(quietHours, on),
      dailyLimit: inForce(dailyLimits, on),
      visits: inForce(visits, on),
      thirdParty: inForce(thirdParties, on),
      phrases: inForce(forbiddenPhrases, on),
    },
    callWindows: inForce(callWindows, on),
    standing: { tiers: inForce(priorityTiers, on), dunning: inForce(dunningSchedules, on) },
    overdueClasses: inForce(overdueClasses, on),
    work: inForce(workTerms, on),
    plans: { authority: inForce(planAuthorities, on), terms: inForce(planTerms, on) },
    settlements: {
      authority: inForce(settlementAuthorities, on),
      policy: inForce(settlementPolicies, on),
      terms: inForce(settlementTerms, on),
    },
    closings: {
      authority: inForce(authorities, on),
      stopLoss: inForce(stopLosses, on),
      terms: inForce(closingTerms, on),
    },
    dso: inForce(dsoTargets, on),
  };
}
