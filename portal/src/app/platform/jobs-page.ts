import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  JobState,
  ListJobsRequest,
  ListJobsResponse,
  RetryJobRequest,
  RetryJobResponse,
} from '@recourse/proto/web/platform/v1/platform';
import type { PlatformJob } from '@recourse/proto/web/platform/v1/platform';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { manyFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { Confirm } from '../ui/confirm';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { formatCount } from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { ProblemPanel } from '../ui/problem-panel';
import { jobName } from './job-words';
import { refreshEvery } from './refresh';
import { SchedulesList } from './schedules-list';
import { ServiceChoice } from './service-choice';
import { serviceUrl } from './services';
import { jobTone } from './state-tone';
import { t } from './words';

const states = Object.values(JobState).filter((one) => one !== JobState.UNSPECIFIED);

/** Long work of one service, what failed may be asked for again; and what it does by the clock. */
@Component({
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    FilterChoice,
    MatButton,
    PageHeader,
    ProblemPanel,
    SchedulesList,
    ServiceChoice,
  ],
  templateUrl: './jobs-page.html',
})
export class JobsPage {
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  protected readonly t = t;
  protected readonly tone = jobTone;
  protected readonly service = serviceUrl();
  protected readonly said = signal('');
  protected readonly list = listState({ filters: { states: manyFilter(states) }, sort: '' });
  protected readonly stateOptions = () =>
    states.map((value) => ({ value, name: t.find(value) ?? value }));
  protected readonly loaded = load(() => {
    const service = this.service.name();
    const filter = { states: [...this.list.values().states], name: '' };
    return read(
      path`/v1/platform/${service}/jobs`,
      ListJobsResponse.fromJSON,
      ListJobsRequest.toJSON({ service, filter, page: this.list.page() }),
    );
  });
  protected readonly columns: Column<PlatformJob>[] = [
    {
      id: 'name',
      title: () => t('jobName'),
      value: (j) => jobName(j.name),
      note: (j) => j.name,
      fixed: true,
      card: 'title',
    },
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
    { id: 'progress', title: () => t('progress'), value: (j) => this.progressText(j) },
    {
      id: 'reason',
      title: () => t('reason'),
      value: (j) => j.reason,
      note: (j) => j.detail || undefined,
    },
    { id: 'asked', title: () => t('askedAt'), kind: 'instant', value: (j) => j.askedAt },
    { id: 'started', title: () => t('startedAt'), kind: 'instant', value: (j) => j.startedAt },
    { id: 'ended', title: () => t('endedAt'), kind: 'instant', value: (j) => j.endedAt },
    { id: 'org', title: () => t('organisation'), value: (j) => j.orgId, hidden: true },
    { id: 'action', title: () => t('action'), kind: 'own' },
  ];
  protected readonly keyOf = (row: PlatformJob): string => `${row.orgId} ${row.jobId}`;
  protected readonly isFailed = (row: PlatformJob): boolean => row.state === JobState.FAILED;

  constructor() {
    refreshEvery(10, () => this.loaded.reload());
  }

  protected readonly retry = action((requestId, job: PlatformJob) => {
    const service = this.service.name();
    const { jobId, orgId } = job;
    return this.#api.post(
      path`/v1/platform/${service}/jobs/${jobId}:retry`,
      RetryJobRequest.toJSON({ service, jobId, orgId, requestId, reason: '' }),
      RetryJobResponse.fromJSON,
      { requestId },
    );
  });

  protected async askRetry(job: PlatformJob): Promise<void> {
    const wanted = await this.#confirm.ask({
      heading: t('retryJobHeading'),
      text: t('retryJobText', { name: jobName(job.name) }),
      action: t('retry'),
    });
    if (!wanted || (await this.retry.run(job)) === undefined) return;
    this.said.set(t('jobRetried'));
    this.loaded.reload();
  }

  protected saidRan(organisations: bigint): void {
    this.said.set(t('scheduleRan', { count: Number(organisations) }));
    this.loaded.reload();
  }

  protected progressText({ progress }: PlatformJob): string {
    if (progress === undefined || progress.total === 0n) return progress?.stage ?? '';
    return `${progress.stage} ${formatCount(progress.done)} / ${formatCount(progress.total)}`;
  }
}
