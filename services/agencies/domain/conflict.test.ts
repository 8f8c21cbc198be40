import type { Fault } from '@recourse/kit/fault.ts';
import { describe, expect, it } from '@jest/globals';
import {
  type Company,
  type Conflict,
  barredBy,
  conflictWith as conflictOf,
  knownAs,
  type DeclareConflict,
  declareConflict,
  withdrawConflict,
} from './conflict.ts';
import type { Profile } from './agency.ts';
import { agencyId, creditor, profile, wednesday } from './sample.ts';

const conflictWith = (agency: Profile, declaredOf: readonly Conflict[], debtor: Company) =>
  conflictOf(barredBy(agency, declaredOf), knownAs(debtor));

const actor = { userId: 'u', name: '张敏', orgId: agencyId, orgName: '正信资产' };
const byAgency = { orgId: agencyId, isAgency: true, actor, at: wednesday };
const byCreditor = { orgId: creditor.orgId, isAgency: false, actor, at: wednesday };
const code = '91320500MA1X2Y3C4K';
const said: DeclareConflict = {
  conflictId: 'c1',
  agencyId,
  kind: 'CLIENT',
  name: ' 苏州恒达机械有限公司 ',
  creditCode: code.toLowerCase(),
  note: '',
};
const declared = (more: Partial<Conflict> = {}): Conflict => ({
  ...declareConflict(undefined, profile(), said, byAgency).state,
  ...more,
});

function reasonOf(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    return (thrown as Fault).reason;
  }
  return 'nothing was refused';
}

describe('a conflict of interest', () => {
  it('is declared by the agency, tidied, and told', () => {
    const { state, events } = declareConflict(undefined, profile(), said, byAgency);
    expect(state).toMatchObject({
      orgId: agencyId,
      name: '苏州恒达机械有限公司',
      creditCode: code,
      withdrawnAt: undefined,
    });
    expect(events).toEqual([{ $case: 'conflictDeclared', value: { conflictId: 'c1', agencyId } }]);
  });

  it('is declared by a creditor for itself', () => {
    const { state } = declareConflict(undefined, profile(), said, byCreditor);
    expect(state.orgId).toBe(creditor.orgId);
  });

  it('declared again changes nothing, even when it was withdrawn', () => {
    const gone = withdrawConflict(declared(), { ...said, reason: '不再合作' }, byAgency).state;
    expect(declareConflict(gone, profile(), said, byAgency)).toEqual({ state: gone, events: [] });
  });

  it.each([
    [
      'for another agency',
      () => declareConflict(undefined, profile(), said, { ...byAgency, orgId: 'b' }),
      'not_own_agency',
    ],
    [
      'about an agency nobody knows',
      () => declareConflict(undefined, undefined, said, byCreditor),
      'agency_unknown',
    ],
    [
      'with a code that is none',
      () => declareConflict(undefined, profile(), { ...said, creditCode: '1' }, byAgency),
      'credit_code_malformed',
    ],
    [
      'with other content',
      () => declareConflict(declared(), profile(), { ...said, note: 'x' }, byAgency),
      'conflict_exists_with_other_content',
    ],
  ])('%s is refused', (_name, run, reason) => {
    expect(reasonOf(run)).toBe(reason);
  });

  it('is withdrawn once, by whoever declared it', () => {
    const command = { ...said, reason: '不再合作' };
    const { state, events } = withdrawConflict(declared(), command, byAgency);
    expect(state).toMatchObject({ withdrawnAt: wednesday, withdrawReason: '不再合作' });
    expect(events).toHaveLength(1);
    expect(withdrawConflict(state, command, byAgency)).toEqual({ state, events: [] });
    expect(reasonOf(() => withdrawConflict(declared(), command, byCreditor))).toBe(
      'conflict_unknown',
    );
    expect(reasonOf(() => withdrawConflict(undefined, command, byAgency))).toBe('conflict_unknown');
    const elsewhere = { ...command, agencyId: 'b' };
    expect(reasonOf(() => withdrawConflict(declared(), elsewhere, byAgency))).toBe(
      'conflict_unknown',
    );
  });
});

describe('a debtor', () => {
  const other = '91310115MA1K35J21Q';
  it.each([
    ['of the declared code under another name', { name: '恒达', creditCode: code }, true],
    [
      'of the declared name whose code nobody knows',
      { name: '苏州恒达机械有限公司', creditCode: '' },
      true,
    ],
    ['of that name with spaces', { name: '苏州恒达 机械有限公司', creditCode: '' }, true],
    ['of that name and another code', { name: '苏州恒达机械有限公司', creditCode: other }, false],
    ['of another name', { name: '无锡鼎盛', creditCode: '' }, false],
  ])('%s is in conflict: %s', (_name, debtor, isIn) => {
    const found = conflictWith(profile(), [declared()], debtor);
    expect(found?.kind).toBe(isIn ? 'CLIENT' : undefined);
  });

  it('is not in conflict by what was withdrawn', () => {
    const gone = declared({ withdrawnAt: wednesday });
    expect(conflictWith(profile(), [gone], { name: '', creditCode: code })).toBeUndefined();
  });

  it('that is the agency itself is not given to it', () => {
    const self = profile({ creditCode: code });
    expect(conflictWith(self, [], { name: 'x', creditCode: code })?.kind).toBe('SELF');
    expect(conflictWith(self, [], { name: '正信资产', creditCode: '' })?.kind).toBe('SELF');
    expect(conflictWith(self, [], { name: '正信资产', creditCode: other })).toBeUndefined();
  });

  it('in brackets of either width is the same', () => {
    const wide = declared({ name: '恒达（苏州）有限公司', creditCode: '' });
    const debtor = { name: '恒达(苏州)有限公司', creditCode: '' };
    expect(conflictWith(profile(), [wide], debtor)).toMatchObject({ kind: 'CLIENT' });
  });
});
