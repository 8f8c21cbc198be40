import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetAgencyResponse } from '@recourse/proto/web/agencies/v1/agencies';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { AgencyPage } from './agency-page';

const agencyId = '01956f3e-0000-7000-8000-00000000000a';
const found = GetAgencyResponse.toJSON(
  GetAgencyResponse.fromPartial({ agency: { agencyId, name: '南京恒达' } }),
);

/** What the page asks for complaints with; undefined when it does not ask. */
async function asked(person: Partial<Caller>, inputs: object): Promise<string | undefined> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  void show(AgencyPage, { ...inputs });
  await answer(`/v1/agencies/${agencyId}`, found);
  const http = TestBed.inject(HttpTestingController);
  for (let tries = 0; tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    TestBed.tick();
    const [request] = http.match((one) => one.url === '/v1/complaints');
    if (request !== undefined) return request.request.params.get('agencyId') ?? '';
  }
  return undefined;
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('the page of an agency', () => {
  it('shows a creditor the complaints about this agency', async () => {
    expect(await asked({ roles: ['auditor'] }, { agencyId })).toBe(agencyId);
  });

  it('shows the agency all about itself', async () => {
    const agent = { orgKind: 'agency', orgId: agencyId, roles: ['agency_agent'] } as const;
    expect(await asked(agent, {})).toBe('');
  });

  it('asks for none where they may not be seen', async () => {
    const steward = { orgKind: 'association', roles: ['steward'] } as const;
    expect(await asked(steward, { agencyId })).toBeUndefined();
  });
});
