import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { GetStatusResponse } from '@recourse/proto/web/platform/v1/platform';
import type { PoolState, ProbeResult } from '@recourse/proto/web/platform/v1/platform';
import { path, read } from '../session/api';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import { formatCount, formatRelativeInstant } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { refreshEvery } from './refresh';
import { type ServiceName, serviceWords } from './services';
import { healthOf, healthTones } from './state-tone';
import { t } from './words';

type Line = {
  name: string;
  value: string;
  hint: string;
  link?: string;
  query?: Readonly<Record<string, string>>;
  isBad: boolean;
};

/** One service: whether it is well, what it depends on, what waits in it. */
@Component({
  selector: 'rc-service-card',
  imports: [Chip, ProblemPanel, RouterLink],
  templateUrl: './service-card.html',
  styleUrl: './service-card.scss',
})
export class ServiceCard {
  readonly service = input.required<ServiceName>();
  protected readonly t = t;
  protected readonly count = formatCount;
  protected readonly loaded = load(() =>
    read(path`/v1/platform/${this.service()}/status`, GetStatusResponse.fromJSON),
  );
  protected readonly status = this.loaded.value;
  protected readonly name = computed(() => serviceWords(this.service()));
  protected readonly health = computed(() =>
    healthOf(this.status(), this.loaded.problem() !== undefined),
  );
  protected readonly tone = computed(() => healthTones[this.health()]);
  protected readonly about = computed(() => {
    const { version = '', startedAt } = this.status() ?? {};
    const since = t('since', { since: formatRelativeInstant(startedAt) });
    return `${t('version', { version })} · ${since}`;
  });
  protected readonly queues = computed<Line[]>(() => {
    const queues = this.status()?.queues;
    if (queues === undefined) return [];
    const service = this.service();
    const query = { service };
    const failedQuery = { service, states: 'JOB_STATE_FAILED' };
    const seconds = queues.outboxAgeSeconds;
    const waits =
      queues.outboxWaiting > 0n ? t('outboxAge', { seconds: formatCount(seconds) }) : '';
    const plain = { hint: '', isBad: false };
    return [
      { ...plain, name: t('outbox'), value: formatCount(queues.outboxWaiting), hint: waits },
      {
        ...plain,
        name: t('parkedCount'),
        value: formatCount(queues.parkedEvents),
        link: '/parked',
        query,
        isBad: queues.parkedEvents > 0n,
      },
      { ...plain, name: t('jobsWaiting'), value: formatCount(queues.jobsWaiting) },
      { ...plain, name: t('jobsRunning'), value: formatCount(queues.jobsRunning) },
      {
        ...plain,
        name: t('jobsFailed'),
        value: formatCount(queues.jobsFailed),
        link: '/jobs',
        query: failedQuery,
        isBad: queues.jobsFailed > 0n,
      },
    ];
  });

  constructor() {
    refreshEvery(15, () => this.loaded.reload());
  }

  protected probeText(probe: ProbeResult): string {
    const name = t.find(`probe.${probe.name}`) ?? probe.name;
    return probe.ok ? t('probeOk', { name }) : t('probeBad', { name });
  }

  protected poolText(pool: PoolState): string {
    const role = t.find(`pool.${pool.role}`) ?? pool.role;
    const { total, idle, waiting } = pool;
    return t('pool', { role, busy: total - idle, total, waiting });
  }
}
