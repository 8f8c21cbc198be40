import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  JobState,
  ListJobsResponse,
  ListSchedulesResponse,
  RetryJobRequest,
  RunScheduleRequest,
  RunScheduleResponse,
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

const schedulesAt = '/v1/platform/credit/schedules';
const schedules = ListSchedulesResponse.toJSON(
  ListSchedulesResponse.fromPartial({
    schedules: [
      {
        name: 'night',
        cron: '20 0 * * *',
        timeZone: 'Asia/Shanghai',
        lastAt: '2026-11-22T16:20:00Z',
        nextAt: '2026-11-23T16:20:00Z',
      },
    ],
  }),
);
const admin = { orgKind: 'platform', roles: ['platform_admin'] } as const;

beforeEach(() => chooseLanguage('zh-CN'));

describe('jobs', () => {
  it('tell how far they are, and only failed ones are asked for again', async () => {
    TestBed.configureTestingModule({ providers: pageProviders(admin) });
    const showing = show(JobsPage);
    await answer(at, listed);
    await answer(schedulesAt, { schedules: [] });
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

  it('of the clock tell their times, and are run now when asked', async () => {
    TestBed.configureTestingModule({ providers: pageProviders(admin) });
    const showing = show(JobsPage);
    await answer(at, ListJobsResponse.toJSON(ListJobsResponse.fromPartial({})));
    await answer(schedulesAt, schedules);
    const screen = await showing;
    const [night] = screen.texts('rc-schedules-list tbody tr');
    expect(night).toContain('20 0 * * *');
    expect(night).toContain('2026-11-22 16:20');

    await screen.click('rc-schedules-list tbody button');
    expect(screen.texts('#confirm-text').join()).toContain('night');
    const last = screen
      .all('button')
      .findLastIndex((one) => one.textContent?.trim() === '立即执行');
    const clicked = screen.click('button', last);
    const told = RunScheduleResponse.toJSON({ organisations: 3n });
    const request = RunScheduleRequest.fromJSON(await answer(`${schedulesAt}/night:run`, told));
    expect([request.service, request.name]).toEqual(['credit', 'night']);
    await answer(at, listed);
    await answer(schedulesAt, schedules);
    await clicked;
    await screen.settle();
    expect(screen.texts('p[role=status]')).toEqual(['已为 3 家机构排队。']);
  });
});
