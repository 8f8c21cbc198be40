import { beforeEach, describe, expect, it } from '@jest/globals';
import { Colleague } from '@recourse/proto/web/platform/v1/directory';
import { chooseLanguage } from '../session/language';
import { knownPeople, listedPeople } from './known-people';

beforeEach(() => chooseLanguage('zh-CN'));

describe('the people to whom a case can be given', () => {
  it('are listed with their roles, by their login where they have no name', () => {
    const people = [
      Colleague.fromPartial({
        userId: 'u-1',
        name: '周芷',
        roles: ['collector', 'supervisor', 'unheard_of'],
      }),
      Colleague.fromPartial({ userId: 'u-2', login: 'chen.yi', roles: ['director'] }),
    ];
    expect(listedPeople(people)).toEqual([
      { userId: 'u-1', name: '周芷', note: '催收专员、催收主管' },
      { userId: 'u-2', name: 'chen.yi', note: '催收总监' },
    ]);
  });

  it('are, without the directory, the caller and holders of cases, once each', () => {
    const found = knownPeople({ userId: 'u-1', userName: '林静' }, [
      { assigneeId: 'u-2', assigneeName: '周芷' },
      { assigneeId: 'u-2', assigneeName: '周芷' },
      { assigneeId: '', assigneeName: '' },
    ]);
    expect(found.map((one) => one.name)).toEqual(['林静', '周芷']);
  });
});
