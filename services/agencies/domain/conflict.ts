import { fault } from '@recourse/kit/fault.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import { checkedCode, type Profile, type Told } from './agency.ts';

export type ConflictKind = 'CLIENT' | 'CLIENT_GROUP' | 'AFFILIATE' | 'OTHER';

/**
 * A company whose debts an agency is not given (domain.md section 6.3: an agency also working for
 * the debtor's group). Declared by the agency for all creditors, or by a creditor for itself.
 */
export type Conflict = {
  conflictId: string;
  /** Who declared it: the agency or a creditor. */
  orgId: string;
  agencyId: string;
  kind: ConflictKind;
  name: string;
  creditCode: string;
  note: string;
  declaredBy: Actor;
  declaredAt: Temporal.Instant;
  withdrawnBy: Actor | undefined;
  withdrawnAt: Temporal.Instant | undefined;
  withdrawReason: string;
};

export type DeclareConflict = Pick<
  Conflict,
  'conflictId' | 'agencyId' | 'kind' | 'name' | 'creditCode' | 'note'
>;

type By = { orgId: string; isAgency: boolean; actor: Actor; at: Temporal.Instant };
type Decided = { state: Conflict; events: Told[] };

/**
 * Declares a conflict. The same again changes nothing, whatever became of it since. Faults, in this
 * order: `denied` not_own_agency (an agency declares for itself alone); `missing` agency_unknown;
 * `invalid` credit_code_malformed; `exists` conflict_exists_with_other_content.
 */
export function declareConflict(
  found: Conflict | undefined,
  agency: Pick<Profile, 'agencyId'> | undefined,
  command: DeclareConflict,
  by: By,
): Decided {
  const { conflictId, agencyId, kind } = command;
  if (by.isAgency && agencyId !== by.orgId) throw fault('denied', 'not_own_agency');
  if (agency === undefined) throw fault('missing', 'agency_unknown', { agencyId });
  const said = {
    name: command.name.trim(),
    creditCode: checkedCode(command.creditCode),
    note: command.note.trim(),
  };
  if (found !== undefined) {
    const isSame =
      found.agencyId === agencyId &&
      found.kind === kind &&
      found.name === said.name &&
      found.creditCode === said.creditCode &&
      found.note === said.note;
    if (!isSame) throw fault('exists', 'conflict_exists_with_other_content', { conflictId });
    return { state: found, events: [] };
  }
  const state: Conflict = {
    ...command,
    ...said,
    orgId: by.orgId,
    declaredBy: by.actor,
    declaredAt: by.at,
    withdrawnBy: undefined,
    withdrawnAt: undefined,
    withdrawReason: '',
  };
  return { state, events: [{ $case: 'conflictDeclared', value: { conflictId, agencyId } }] };
}

/**
 * Takes a conflict of one's own organisation back; one that was is left as it is. Fault: `missing`
 * conflict_unknown.
 */
export function withdrawConflict(
  found: Conflict | undefined,
  command: { agencyId: string; conflictId: string; reason: string },
  by: By,
): Decided {
  const { agencyId, conflictId, reason } = command;
  if (found === undefined || found.orgId !== by.orgId || found.agencyId !== agencyId) {
    throw fault('missing', 'conflict_unknown', { conflictId });
  }
  if (found.withdrawnAt !== undefined) return { state: found, events: [] };
  return {
    state: { ...found, withdrawnBy: by.actor, withdrawnAt: by.at, withdrawReason: reason.trim() },
    events: [{ $case: 'conflictWithdrawn', value: { conflictId, agencyId } }],
  };
}

/** A company as it is told: by its registered name, and by its code where that is known. */
export type Company = { name: string; creditCode: string };

/** The same as it is compared. */
export type Known = { name: string; plain: string; code: string };

export function knownAs({ name, creditCode }: Company): Known {
  const plain = name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
  return { name, plain, code: creditCode.trim().toUpperCase() };
}

/** Companies whose debts an agency is not given, and why. */
export type Barred = { kind: ConflictKind | 'SELF'; known: Known };

/** The agency itself, and whom standing declarations name. */
export function barredBy(
  agency: Pick<Profile, 'name' | 'creditCode'>,
  declared: readonly Conflict[],
): Barred[] {
  const standing = declared.filter((one) => one.withdrawnAt === undefined);
  return [
    { kind: 'SELF', known: knownAs(agency) },
    ...standing.map((one): Barred => ({ kind: one.kind, known: knownAs(one) })),
  ];
}

/** Why an agency must not work against a debtor: by the code where both are told, else the name. */
export function conflictWith(barred: readonly Barred[], debtor: Known): Barred | undefined {
  return barred.find(({ known }) =>
    known.code !== '' && debtor.code !== ''
      ? known.code === debtor.code
      : known.plain === debtor.plain,
  );
}
