import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetAgingResponse, OverdueClass } from '@recourse/proto/web/cases/v1/receivables';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { beginningOf, StartCard } from './start-card';

const bucket = (overdueClass: OverdueClass, minor: bigint) => ({
  overdueClass,
  amount: { currency: 'CNY', minor },
});
const aging = (overdue: bigint): GetAgingResponse =>
  GetAgingResponse.fromPartial({
    agings: [
      {
        currency: 'CNY',
        count: 3n,
        buckets: [
          bucket(OverdueClass.NOT_DUE, 500_000_00n),
          bucket(OverdueClass.MILD, overdue),
          bucket(OverdueClass.CRITICAL, overdue),
        ],
      },
    ],
  });
const nothing = GetAgingResponse.fromPartial({});

const links = async (answer: GetAgingResponse, role: string): Promise<(string | null)[]> => {
  TestBed.configureTestingModule({ providers: pageProviders({ roles: [role] }) });
  const screen = await show(StartCard, { aging: answer });
  return screen.all('rc-start-card a, a').map((one) => one.getAttribute('href'));
};

beforeEach(() => chooseLanguage('zh-CN'));

describe('a creditor without a case', () => {
  it('imports first, then opens cases of what is overdue', () => {
    expect(beginningOf(nothing)).toBe('import');
    expect(beginningOf(aging(1n))).toBe('open');
    expect(beginningOf(aging(0n))).toBe('calm');
  });

  it('is led to the import', async () => {
    expect(await links(nothing, 'finance')).toEqual(['/receivables/imports/new']);
  });

  it('is told what is overdue and led to its cases', async () => {
    expect(await links(aging(60_000_00n), 'credit_manager')).toEqual(['/cases?dialog=open']);
    expect(document.body.textContent).toContain('逾期 ¥12万，还没有立案');
  });

  it('is not led to what is not theirs to do', async () => {
    expect(await links(aging(60_000_00n), 'finance')).toEqual([]);
    TestBed.resetTestingModule();
    expect(await links(nothing, 'auditor')).toEqual([]);
  });
});
