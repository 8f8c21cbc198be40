import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListNightLooksResponse } from '@recourse/proto/web/blacklist/v1/screening';
import { SubjectKind, Verdict } from '@recourse/proto/web/blacklist/v1/subject';
import { answer, pageProviders } from '../../../testing/answers';
import { type Screen, show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { NightLooks } from './night-looks';

const receipt = {
  receiptId: 'r1',
  runId: 'j1',
  at: '2026-03-01T18:30:00Z',
  kind: SubjectKind.COMPANY,
  customerCount: 200,
  possibleCount: 3,
  listedCount: 1,
};
const look = {
  customerId: 'c1',
  name: '宁波远达贸易有限公司',
  creditCode: '91330200MA2CLXYZ1X',
  associationIds: ['a', 'b'],
  verdict: Verdict.CLEAR,
};

async function shown(customerId: string): Promise<Screen<NightLooks>> {
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['auditor'] }) });
  const showing = show(NightLooks, { customerId });
  const receipts = [customerId === '' ? receipt : { ...receipt, look }];
  const page = { nextCursor: '', count: 1n, countEstimated: false };
  const found = ListNightLooksResponse.fromPartial({ receipts, page });
  await answer('/v1/blacklist/night-looks', ListNightLooksResponse.toJSON(found));
  return showing;
}

describe('the receipts of the nightly screening', () => {
  beforeEach(() => chooseLanguage('zh-CN'));

  it('say how many customers were asked about, and what was found', async () => {
    const screen = await shown('');
    const row = screen.texts('tbody tr').join(' ');
    expect(row).toContain('200');
    expect(row).toContain('3 / 1');
  });

  it('of one customer say that nothing was found, as what it was asked, of how many', async () => {
    chooseLanguage('en');
    const screen = await shown('c1');
    const row = screen.texts('tbody tr').join(' ');
    for (const text of ['Not listed', look.name, look.creditCode, '2 associations']) {
      expect(row).toContain(text);
    }
  });
});
