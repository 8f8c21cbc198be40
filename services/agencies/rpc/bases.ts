import type { Call } from '@recourse/kit/rpc.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { CaseState, Handling, type PlacementBasis } from '@recourse/proto/cases/v1/cases.ts';
import type { Basis } from '../domain/placement.ts';
import { codesOf } from '../store/debtor-codes.ts';
import { asking, type Rooms } from './rooms.ts';

function basisOf(told: PlacementBasis): Basis {
  const { caseId, caseNumber, debtorId, debtorName, region, industry, open, daysOverdue } = told;
  return {
    caseId,
    caseNumber,
    debtorId,
    debtorName,
    creditCode: '',
    region,
    industry,
    daysOverdue,
    open: open ?? { currency: '', minor: 0n },
    isOpen: told.state === CaseState.OPEN,
    isPlaced: told.handling === Handling.OFFERED || told.handling === Handling.PLACED,
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

/** The same with the codes by which their debtors are known here, in the order asked. */
export async function withCodes(
  tx: Tx,
  caseIds: readonly string[],
  bases: ReadonlyMap<string, Basis>,
): Promise<Basis[]> {
  const asked = [...new Set(caseIds)].flatMap((caseId) => bases.get(caseId) ?? []);
  const codes = await codesOf(tx, [...new Set(asked.map((basis) => basis.debtorId))]);
  return asked.map((basis) => ({ ...basis, creditCode: codes.get(basis.debtorId) ?? '' }));
}
