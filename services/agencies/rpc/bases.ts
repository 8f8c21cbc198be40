import type { Call } from '@recourse/kit/rpc.ts';
import { CaseState, type PlacementBasis } from '@recourse/proto/cases/v1/cases.ts';
import type { Basis } from '../domain/placement.ts';
import { asking, type Rooms } from './rooms.ts';

function basisOf(told: PlacementBasis): Basis {
  const { caseId, caseNumber, debtorName, region, industry, open, daysOverdue } = told;
  return {
    caseId,
    caseNumber,
    debtorName,
    region,
    industry,
    daysOverdue,
    open: open ?? { currency: '', minor: 0n },
    isOpen: told.state === CaseState.OPEN,
  };
}

/**
 * One question to cases for everything a placement freezes, by case; unknown cases are not in it.
 */
export async function askBases(
  rooms: Rooms,
  caseIds: readonly string[],
  call: Call,
): Promise<Map<string, Basis>> {
  const asked = [...new Set(caseIds)];
  const { bases } = await rooms.cases.getPlacementBasis({ caseIds: asked }, asking(call));
  return new Map(bases.map((told) => [told.caseId, basisOf(told)]));
}
