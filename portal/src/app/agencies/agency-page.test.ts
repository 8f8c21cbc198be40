import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetAgencyResponse } from '@recourse/proto/web/agencies/v1/agencies';
import { answer, pageProviders } from '../../testing/answers';
import { show, untilThere } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { AgencyPage } from './agency-page';

const agencyId = '01956f3e-0000-7000-8000-00000000000a';
const found = GetAgencyResponse.toJSON(
  GetAgencyResponse.fromPartial({ agency: { agencyId, name: '南京恒达' } }),
);

/** Opens the page; gives a look at what it has asked for complaints with, undefined before. */
async function opened(person: Partial<Caller>, inputs: object): Promise<() => string | undefined> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  void show(AgencyPage, { ...inputs });
  await answer(`/v1/agencies/${agencyId}`, found);
  const http = TestBed.inject(HttpTestingController);
  return () => {
    const [request] = http.match((one) => one.url === '/v1/complaints');
    return request === undefined ? undefined : (request.request.params.get('agencyId') ?? '');
  };
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('the page of an agency', () => {
  it('shows a creditor the complaints about this agency', async () => {
    const asked = await opened({ roles: ['auditor'] }, { agencyId });
    expect(await untilThere(asked)).toBe(agencyId);
  });

  it('shows the agency all about itself', async () => {
    const agent = { orgKind: 'agency', orgId: agencyId, roles: ['agency_agent'] } as const;
    expect(await untilThere(await opened(agent, {}))).toBe('');
  });

  it('asks for none where they may not be seen', async () => {
    const steward = { orgKind: 'association', roles: ['steward'] } as const;
    const asked = await opened(steward, { agencyId });
    for (let look = 0; look < 50; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      TestBed.tick();
      expect(asked()).toBeUndefined();
    }
  });
});
