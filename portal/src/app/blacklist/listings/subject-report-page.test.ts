import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  GetListingResponse,
  IssueSubjectReportResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import { SubjectKind } from '@recourse/proto/web/blacklist/v1/subject';
import { answer, pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { reportFields } from './subject-report-form';
import { SubjectReportPage } from './subject-report-page';

const code = '91310000000000001X';
const listing = { listingId: 'l1', kind: SubjectKind.COMPANY, name: '上海恒达', creditCode: code };
const { listing: found } = GetListingResponse.fromPartial({ listing });

/** The address of the report that is asked for; the question stays open. */
async function sentTo(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve));
  let address = '';
  TestBed.inject(HttpTestingController).match((one) => {
    if (one.method === 'PUT') address = one.url;
    return false;
  });
  return address;
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  const steward = { orgKind: 'association', roles: ['steward'] } as const;
  TestBed.configureTestingModule({ providers: pageProviders(steward) });
});

describe("a listed party's own report", () => {
  it('asks a person for the number of its document, a company for its code', () => {
    if (found === undefined) throw new Error('no listing');
    const first = (kind: SubjectKind) => reportFields({ ...found, kind })[0]?.id;
    expect(first(SubjectKind.PERSON)).toBe('idNumber');
    expect(first(SubjectKind.COMPANY)).toBe('creditCode');
  });

  it('is issued once identity is made sure, and shows every listing', async () => {
    const shown = show(SubjectReportPage, { listingId: 'l1' });
    await answer('/v1/blacklist/listings/l1', GetListingResponse.toJSON({ listing: found }));
    await answer('/v1/blacklist/rules', {});
    const screen = await shown;
    const issue = (): HTMLButtonElement | undefined =>
      screen
        .all('button')
        .filter((one) => one instanceof HTMLButtonElement)
        .find((one) => one.textContent?.trim() === '出具报告');
    expect(issue()?.disabled).toBe(true);
    const proof = screen.all('rc-text-field').find((one) => one.textContent?.includes('核验'));
    const control = proof?.querySelector<HTMLInputElement>('input, textarea');
    if (control === null || control === undefined) throw new Error('no field for the proof');
    control.value = '营业执照原件';
    control.dispatchEvent(new Event('input'));
    await screen.settle();
    issue()?.click();

    const at = await sentTo();
    expect(at).toMatch(/^\/v1\/blacklist\/subject-reports\/[0-9a-f-]{36}$/);
    const issued = IssueSubjectReportResponse.fromPartial({
      reportId: 'r1',
      issuedAt: '2026-11-23T01:00:00Z',
      free: true,
      freeLeft: 1,
      listings: [{ entry: { name: '上海恒达' } }, { entry: { name: '上海恒达' } }],
    });
    expect(await answer(at, IssueSubjectReportResponse.toJSON(issued))).toMatchObject({
      creditCode: code,
      identityProof: '营业执照原件',
    });
    await screen.settle();
    expect(screen.all('[data-listing]')).toHaveLength(2);
    expect(screen.texts('[role=status]').join('')).toContain('本年度还可免费 1 次');
  });
});
