import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { PersonMenu } from './person-menu';

beforeEach(() => chooseLanguage('zh-CN'));

describe('the menu of a person', () => {
  it.each([
    ['creditor', 'auditor', ['/settings']],
    ['agency', 'agency_agent', ['/settings']],
    ['association', 'steward', ['/settings']],
    ['platform', 'platform_admin', []],
  ] as const)('of a %s leads a %s to %j', async (orgKind, role, expected) => {
    TestBed.configureTestingModule({ providers: pageProviders({ orgKind, roles: [role] }) });
    const screen = await show(PersonMenu);
    await screen.click('button');
    const links = screen.all('[role=dialog] a').map((one) => one.getAttribute('href'));
    expect(links).toEqual(expected);
  });
});
