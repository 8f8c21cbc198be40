import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ClosingKind, ListWaitingClosingsResponse } from '@recourse/proto/web/cases/v1/closings';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { ClosingsCard } from './closings-card';

const yuan = (minor: bigint) => ({ currency: 'CNY', minor });
const waiting = ListWaitingClosingsResponse.fromPartial({
  closings: [
    {
      closingId: 's',
      kind: ClosingKind.SALE,
      caseCount: 3,
      debtorName: '上海宏达',
      open: yuan(60_000n),
      actor: { name: '陈静' },
    },
  ],
});

beforeEach(() => chooseLanguage('zh-CN'));

describe('closings that wait for a decision', () => {
  it.each([
    ['stand with the way to them', waiting, ['上海宏达 等 3 件']],
    ['are not spoken of when there are none', {}, []],
  ])('%s', async (_what, answered, names) => {
    TestBed.configureTestingModule({ providers: pageProviders({ roles: ['director'] }) });
    const shown = show(ClosingsCard);
    await answer('/v1/closings/waiting', ListWaitingClosingsResponse.toJSON(answered as never));
    const screen = await shown;
    await screen.settle();
    expect(screen.texts('li a')).toEqual(names);
    const links = screen.all('li a').map((one) => one.getAttribute('href'));
    expect(links).toEqual(names.map(() => '/cases/closings/s'));
    if (names.length > 0)
      expect(screen.texts('small').join()).toContain('打包转让 · ¥600.00 · 陈静');
  });
});
