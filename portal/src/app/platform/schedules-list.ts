import { Component, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListSchedulesRequest,
  ListSchedulesResponse,
  RunScheduleRequest,
  RunScheduleResponse,
} from '@recourse/proto/web/platform/v1/platform';
import type { ScheduledJob } from '@recourse/proto/web/platform/v1/platform';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { load } from '../session/load';
import type { Column } from '../ui/column';
import { Confirm } from '../ui/confirm';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { ProblemPanel } from '../ui/problem-panel';
import { jobName } from './job-words';
import { refreshEvery } from './refresh';
import { t } from './words';

/** What a service does by itself at set times; each may be done now. */
@Component({
  selector: 'rc-schedules-list',
  imports: [DataTable, DataTableCell, MatButton, ProblemPanel],
  template: `
    <h2>{{ t('schedules') }}</h2>
    @if (run.problem(); as problem) {
      <rc-problem-panel compact [problem]="problem" />
    }
    <rc-data-table
      name="platform-schedules"
      [label]="t('schedules')"
      [columns]="columns"
      [rows]="loaded.value()?.schedules"
      [rowKey]="keyOf"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('noSchedules')"
      (retry)="loaded.reload()"
    >
      <ng-template rcCell="action" [rcCellRows]="loaded.value()?.schedules" let-row>
        <button matButton type="button" [disabled]="run.busy()" (click)="ask(row)">
          {{ t('runNow') }}
        </button>
      </ng-template>
    </rc-data-table>
  `,
  styles: `
    h2 {
      margin-block: 24px 8px;
      font-size: 15px;
    }
  `,
})
export class SchedulesList {
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  readonly service = input.required<string>();
  /** For how many organisations one was asked for. */
  readonly ran = output<bigint>();
  protected readonly t = t;
  protected readonly loaded = load(() =>
    read(
      path`/v1/platform/${this.service()}/schedules`,
      ListSchedulesResponse.fromJSON,
      ListSchedulesRequest.toJSON({ service: '' }),
    ),
  );
  protected readonly columns: Column<ScheduledJob>[] = [
    {
      id: 'name',
      title: () => t('jobName'),
      value: (s) => jobName(s.name),
      note: (s) => s.name,
      fixed: true,
      card: 'title',
    },
    {
      id: 'cron',
      title: () => t('cron'),
      value: (s) => s.cron,
      note: (s) => s.timeZone,
    },
    { id: 'last', title: () => t('lastAt'), kind: 'instant', value: (s) => s.lastAt },
    { id: 'next', title: () => t('nextAt'), kind: 'instant', value: (s) => s.nextAt },
    { id: 'action', title: () => t('action'), kind: 'own' },
  ];
  protected readonly keyOf = (row: ScheduledJob): string => row.name;

  constructor() {
    refreshEvery(30, () => this.loaded.reload());
  }

  protected readonly run = action((requestId, { name }: ScheduledJob) => {
    const service = this.service();
    return this.#api.post(
      path`/v1/platform/${service}/schedules/${name}:run`,
      RunScheduleRequest.toJSON({ service, name, requestId, reason: '' }),
      RunScheduleResponse.fromJSON,
      { requestId },
    );
  });

  protected async ask(row: ScheduledJob): Promise<void> {
    const wanted = await this.#confirm.ask({
      heading: t('runHeading'),
      text: t('runText', { name: jobName(row.name) }),
      action: t('runNow'),
    });
    const answer = wanted ? await this.run.run(row) : undefined;
    if (answer === undefined) return;
    this.ran.emit(answer.organisations);
    this.loaded.reload();
  }
}
