import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { actionsAt } from './actions';
import { matchHits } from './match-hits';

const person = (orgKind: Caller['orgKind'], ...roles: string[]): Caller => ({
  userId: 'u',
  userName: '林静',
  orgId: 'o',
  orgName: '华东精密',
  orgKind,
  roles,
});
const caseId = '01956f3e-0000-7000-8000-00000000000a';
const addresses = (caller: Caller, url: string): unknown[] =>
  actionsAt(caller, url).map((one) => one.go);

beforeEach(() => chooseLanguage('zh-CN'));

describe('actions of the palette', () => {
  it.each([
    ['collector', ['/receivables/imports/new', '/cases?dialog=open']],
    ['legal_officer', ['/litigation?dialog=open', '/blacklist/new']],
    ['auditor', []],
  ])('are those of a %s', (role, expected) => {
    expect(addresses(person('creditor', role), '/today')).toEqual(expected);
  });

  it('of an agency are its report, and on a case its work', () => {
    const agent = person('agency', 'agency_agent');
    expect(addresses(agent, '/today')).toEqual(['/reports?dialog=write']);
    expect(addresses(agent, `/cases/${caseId}?tab=ledger`)).toEqual([
      `/cases/${caseId}?dialog=contact`,
      `/cases/${caseId}?dialog=payment`,
      `/cases/${caseId}?dialog=promise`,
      `/cases/${caseId}?dialog=letter`,
      '/reports?dialog=write',
    ]);
  });

  it('let a supervisor give away the case of the page, and are found by initials', () => {
    const supervisor = person('creditor', 'supervisor');
    const found = matchHits(actionsAt(supervisor, `/cases/${caseId}`), 'zdfzr');
    expect(found.map((one) => one.go)).toEqual([`/cases/${caseId}?dialog=assign`]);
    expect(addresses(supervisor, '/cases')).not.toContain('/cases/?dialog=assign');
  });
});
