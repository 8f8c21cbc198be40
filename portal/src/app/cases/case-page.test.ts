import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Case, CaseStage, CaseState } from '@recourse/proto/web/cases/v1/cases';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { CasePage } from './case-page';

const yuan = (minor: bigint) => ({ currency: 'CNY', minor });
const assessed = Case.fromPartial({
  caseId: 'c',
  debtorName: '上海宏达',
  state: CaseState.OPEN,
  stage: CaseStage.PRE_LITIGATION,
  open: yuan(120_000n),
  credits: [yuan(150_000n)],
  nextAction: { step: 'litigation_assessment', dueDay: '2026-11-01' },
  allowance: {
    usedToday: 3,
    limitToday: 3,
    permittedNow: false,
    refusalRule: 'daily_limit',
    refusalWhy: { rule: 'daily_limit', source: 'GB/T 45251-2025', facts: { used: '3' } },
  },
});

/** The page of a case, all it asks for answered: the case itself, nothing of all else. */
async function opened(of: Case, person: Partial<Caller>): Promise<Screen<CasePage>> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const shown = show(CasePage, { caseId: 'c' });
  const http = TestBed.inject(HttpTestingController);
  for (let tries = 0; tries < 20; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    TestBed.tick();
    for (const request of http.match(() => true)) {
      request.flush(request.request.url === '/v1/cases/c' ? { case: Case.toJSON(of) } : {});
    }
  }
  return shown;
}

const named = (screen: Screen<CasePage>, name: string): HTMLElement[] =>
  screen.all('button').filter((one) => one.textContent?.trim() === name);

beforeEach(() => chooseLanguage('zh-CN'));

describe('the page of a case', () => {
  it('has what is held for the debtor, and offers to apply it', async () => {
    const screen = await opened(assessed, { roles: ['finance'] });
    expect(screen.texts('rc-object-header').join()).toContain('预收款¥1,500.00');
    expect(named(screen, '冲抵欠款')).toHaveLength(1);
    expect(named(screen, '暂不起诉')).toHaveLength(0);
  });

  it('has nothing of credit where there is none', async () => {
    const screen = await opened({ ...assessed, credits: [] }, { roles: ['finance'] });
    expect(screen.texts('rc-object-header').join()).not.toContain('预收款');
    expect(named(screen, '冲抵欠款')).toHaveLength(0);
  });

  it('lets the lawyer decide not to sue while the assessment is due', async () => {
    const screen = await opened(assessed, { roles: ['legal_officer'] });
    expect(named(screen, '暂不起诉')).toHaveLength(1);
    const followed = { ...assessed, nextAction: { step: 'follow_up', dueDay: '', why: undefined } };
    TestBed.resetTestingModule();
    const later = await opened(followed, { roles: ['legal_officer'] });
    expect(named(later, '暂不起诉')).toHaveLength(0);
  });

  it('answers why the debtor may not be contacted now', async () => {
    const screen = await opened(assessed, { roles: ['collector'] });
    const why = screen.all('.allowance button')[0];
    expect(why?.textContent).toContain('今天 3/3');
    why?.click();
    await screen.settle();
    expect(document.body.textContent).toContain('GB/T 45251-2025');
    expect(document.body.textContent).toContain('当天联系次数已用完');
  });
});
