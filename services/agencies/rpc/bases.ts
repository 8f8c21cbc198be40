import type { Call } from '@recourse/kit/rpc.ts';
import type { Tx } from '@recourse/kit/db.ts';
import {
  CaseState,
  Handling,
  type PlacementBasis,
  PriorityTier,
} from '@recourse/proto/cases/v1/cases.ts';
import type { Basis } from '../domain/placement.ts';
import type { Tendered } from '../domain/tender-summary.ts';
import { codesOf } from '../store/debtor-codes.ts';
import { asking, type Rooms, wordsOf } from './rooms.ts';

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
 * One question to cases for everything a placement freezes, by case, with the tier; unknown cases
 * are not in it.
 */
export async function askTendered(
  rooms: Rooms,
  caseIds: readonly string[],
  call: Call,
): Promise<Map<string, Tendered>> {
  const asked = [...new Set(caseIds)];
  const { bases } = await rooms.cases.getPlacementBasis({ caseIds: asked }, asking(call));
  return new Map(
    bases.map((told) => {
      const [tier = ''] = wordsOf(PriorityTier, [told.tier]);
      return [told.caseId, { basis: basisOf(told), tier }];
    }),
  );
}

/** The same without the tier. */
export async function askBases(
  rooms: Rooms,
  caseIds: readonly string[],
  call: Call,
): Promise<Map<string, Basis>> {
  const told = await askTendered(rooms, caseIds, call);
  return new Map([...told].map(([caseId, { basis }]) => [caseId, basis]));
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
