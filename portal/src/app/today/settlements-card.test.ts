import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListWaitingSettlementsResponse } from '@recourse/proto/web/cases/v1/settlements';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { SettlementsCard } from './settlements-card';

const yuan = (minor: bigint) => ({ currency: 'CNY', minor });
const waiting = ListWaitingSettlementsResponse.fromPartial({
  settlements: [
    {
      settlementId: 's',
      caseId: 'c',
      debtorName: '上海宏达',
      amount: yuan(60_000n),
      actor: { name: '陈静' },
      terms: { discount: yuan(40_000n), discountBps: 4_000, deeper: true },
    },
  ],
});

beforeEach(() => chooseLanguage('zh-CN'));

describe('settlements that wait for a decision', () => {
  it.each([
    ['stand with the way to their case', waiting, ['上海宏达']],
    ['are not spoken of when there are none', {}, []],
  ])('%s', async (_what, answered, names) => {
    TestBed.configureTestingModule({ providers: pageProviders({ roles: ['director'] }) });
    const shown = show(SettlementsCard);
    await answer(
      '/v1/settlements/waiting',
      ListWaitingSettlementsResponse.toJSON(answered as never),
    );
    const screen = await shown;
    await screen.settle();
    expect(screen.texts('li a')).toEqual(names);
    const links = screen.all('li a').map((one) => one.getAttribute('href'));
    expect(links).toEqual(names.map(() => '/cases/c?tab=promises'));
    if (names.length > 0) expect(screen.texts('small').join()).toContain('¥400.00（40%）');
  });
});
