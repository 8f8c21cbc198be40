import { randomUUIDv7 } from 'node:crypto';
import {
  type CaseActivity,
  CasesServiceService,
  CaseState,
  Handling,
  type PlacementBasis,
  PriorityTier,
} from '@recourse/proto/cases/v1/cases.ts';
import { fault } from './fault.ts';
import { implement } from './rpc.ts';
import { defineService } from './service.ts';

/** What the stand-in answers, and how often it was asked for bases. */
export type ToldCases = {
  bases: Map<string, PlacementBasis>;
  activities: Map<string, CaseActivity[]>;
  asked: number;
};

const silent = async (): Promise<never> => {
  throw fault('internal', 'nobody_should_ask_this');
};

/** Cases as far as its neighbours' tests can tell: it answers by the contract and tells events. */
export function casesStandIn(told: ToldCases) {
  return defineService({
    name: 'cases',
    wire: () => ({
      rpc: [
        implement(CasesServiceService, {
          openCases: silent,
          listCases: silent,
          getCase: silent,
          getTimeline: silent,
          listCaseReceivables: silent,
          assignCase: silent,
          closeCase: silent,
          forgoSuit: silent,
          getDashboard: silent,
          getPlacementBasis: async ({ caseIds }) => {
            told.asked += 1;
            return { bases: caseIds.flatMap((id) => told.bases.get(id) ?? []) };
          },
          getActivity: async ({ creditorId }) => ({
            activities: told.activities.get(creditorId) ?? [],
          }),
        }),
      ],
    }),
  });
}

let caseCount = 0;

/** An open case that nobody works yet, as cases would tell it. */
export function openCaseBasis(more: Partial<PlacementBasis> = {}): PlacementBasis {
  caseCount += 1;
  return {
    caseId: randomUUIDv7(),
    caseNumber: `C-2026-${String(caseCount).padStart(6, '0')}`,
    debtorId: randomUUIDv7(),
    debtorName: '上海恒达机械有限公司',
    region: '上海市',
    industry: '机械',
    open: { currency: 'CNY', minor: 1_000_000n },
    daysOverdue: 67,
    oldestDueDate: '2026-01-01',
    state: CaseState.OPEN,
    handling: Handling.INTERNAL,
    placementId: '',
    tier: PriorityTier.HIGH,
    ...more,
  };
}
