import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { DraftDialog } from './draft-dialog';

beforeEach(() => {
  chooseLanguage('zh-CN');
  const person = { orgKind: 'agency', roles: ['agency_manager'] } as const;
  TestBed.configureTestingModule({ providers: pageProviders(person) });
});

describe('a report that is begun', () => {
  it('may be to a creditor whose placements are on the last page', async () => {
    const shown = show(DraftDialog);
    const of = (creditorId: string, creditorName: string) => ({ creditorId, creditorName });
    const more = { nextCursor: 'more', count: '201' };
    await answer('/v1/placements', { placements: [of('a', '甲公司')], page: more });
    await answer('/v1/placements', { placements: [of('b', '乙公司')], page: { count: '201' } });
    const screen = await shown;
    await screen.settle();
    const names = screen.texts('rc-choice-field option');
    expect(names).toEqual(expect.arrayContaining(['甲公司', '乙公司']));
  });
});
