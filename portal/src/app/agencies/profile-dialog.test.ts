import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Agency } from '@recourse/proto/web/agencies/v1/agencies';
import { openBody, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { ProfileDialog } from './profile-dialog';

const of = Agency.fromPartial({
  agencyId: 'a',
  name: '南京恒达',
  licences: [{ kind: '营业执照', number: '1', expiresOn: '2027-01-01' }],
  listTerms: { model: { $case: 'flat', value: { rateBps: 800 } } },
  agentCount: 4,
  capacityCases: 100,
  version: 5n,
});

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ orgKind: 'agency' }) });
});

describe('a profile that is being written', () => {
  it('stays as written, of the version that was seen, when it is read again', async () => {
    const screen = await show(ProfileDialog, { of });
    await screen.type('rc-text-field input', '南京恒达法务');
    const theirs = { ...of, description: '新介绍', version: 6n };
    screen.fixture.componentRef.setInput('of', Agency.fromPartial(theirs));
    await screen.settle();
    screen.all('[role=dialog] button').at(-1)?.click();
    const body = await openBody();
    expect(body).toMatchObject({ name: '南京恒达法务', expectedVersion: '5' });
    expect(Reflect.get(Object(body), 'description') ?? '').toBe('');
  });
});
