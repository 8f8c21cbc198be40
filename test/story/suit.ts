import { randomUUIDv7 } from 'node:crypto';
import { DeadlineState } from '@recourse/proto/litigation/v1/deadlines.ts';
import { type Claim, ClaimKind, type Matter } from '@recourse/proto/litigation/v1/matters.ts';
import { cny } from './customer.ts';
import type { Person, Stage } from './stage.ts';

/** Moves a proceeding along its stages, each on its day. */
export async function walk(
  stage: Stage,
  creditor: Person,
  ids: { matterId: string; proceedingId: string },
  steps: readonly (readonly [string, string])[],
): Promise<Matter | undefined> {
  let matter: Matter | undefined;
  for (const [name, on] of steps) {
    const said = { note: '', docketNumber: '', court: '', expectedVersion: 0n };
    const asked = { ...ids, stage: name, on, ...said, requestId: randomUUIDv7() };
    const call = await creditor.as('legal_officer');
    ({ matter } = await stage.matters.moveProceeding(asked, call));
  }
  return matter;
}

/** The principal of a case and the interest that the contract gives on it. */
export function claimsOf(caseId: string, principal: bigint, interest: bigint): Claim[] {
  const common = { caseId, interestFrom: '', basis: '买卖合同第八条' };
  return [
    { ...common, claimId: randomUUIDv7(), kind: ClaimKind.PRINCIPAL, amount: cny(principal) },
    { ...common, claimId: randomUUIDv7(), kind: ClaimKind.INTEREST, amount: cny(interest) },
  ];
}

/** The open deadline that a rule has made for us. */
export async function deadlineOf(stage: Stage, creditor: Person, matterId: string, rule: string) {
  const filter = { dueFrom: '', dueTo: '', onlyFatal: false, onlyUnconfirmed: false };
  const page = { size: 100, cursor: '' };
  const asked = { matterId, states: [DeadlineState.OPEN], ...filter, page };
  const call = await creditor.as('legal_officer');
  const { deadlines } = await stage.deadlines.listDeadlines(asked, call);
  return deadlines.find((one) => one.rule === rule && one.boundParty === 'us');
}
