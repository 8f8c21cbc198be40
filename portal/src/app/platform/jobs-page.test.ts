import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  JobState,
  ListJobsResponse,
  RetryJobRequest,
} from '@recourse/proto/web/platform/v1/platform';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { JobsPage } from './jobs-page';

const jobId = '01956f3e-0000-7000-8000-000000000001';
const orgId = '01956f3e-0000-7000-8000-00000000000a';
const at = '/v1/platform/credit/jobs';

const listed = ListJobsResponse.toJSON(
  ListJobsResponse.fromPartial({
    jobs: [
      {
        jobId,
        orgId,
        name: 'fit-model',
        state: JobState.FAILED,
        reason: 'file_missing',
        progress: { stage: 'reading', done: 1200n, total: 5000n },
      },
      { jobId, orgId: jobId, name: 'import-commit', state: JobState.RUNNING },
    ],
    page: { nextCursor: '', count: 2n, countEstimated: false },
  }),
);

beforeEach(() => chooseLanguage('zh-CN'));

describe('jobs', () => {
  it('tell how far they are, and only failed ones are asked for again', async () => {
    const person = { orgKind: 'platform', roles: ['platform_admin'] } as const;
    TestBed.configureTestingModule({ providers: pageProviders(person) });
    const showing = show(JobsPage);
    await answer(at, listed);
    const screen = await showing;
    const [failed, running] = screen.texts('rc-data-table tbody tr');
    expect(failed).toContain('reading 1,200 / 5,000');
    expect(failed).toContain('file_missing');
    expect(running).toContain('运行中');
    expect(screen.texts('tbody button')).toEqual(['重试']);

    await screen.click('tbody button');
    expect(screen.texts('#confirm-text').join()).toContain('fit-model');
    const last = screen.all('button').findLastIndex((one) => one.textContent?.trim() === '重试');
    const clicked = screen.click('button', last);
    const request = RetryJobRequest.fromJSON(await answer(`${at}/${jobId}:retry`, {}));
    expect([request.orgId, request.jobId]).toEqual([orgId, jobId]);
    await answer(at, listed);
    await clicked;
    await screen.settle();
    expect(screen.texts('p[role=status]')).toEqual(['任务已重新排队。']);
  });
});
