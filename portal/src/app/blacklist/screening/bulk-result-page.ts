import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  BulkState,
  CancelBulkScreenRequest,
  CancelBulkScreenResponse,
  GetBulkScreenResponse,
  ListBulkRowsRequest,
  ListBulkRowsResponse,
} from '@recourse/proto/web/blacklist/v1/screening';
import type { BulkResult } from '@recourse/proto/web/blacklist/v1/screening';
import { Verdict } from '@recourse/proto/web/blacklist/v1/subject';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { oneFilter } from '../../session/list-filter';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { FilterChoice } from '../../ui/filter-choice';
import { formatCount } from '../../ui/format';
import { ObjectHeader } from '../../ui/object-header';
import type { Figure } from '../../ui/object-header';
import { namedValues, optionsOf } from '../../ui/options-of';
import { ProblemPanel } from '../../ui/problem-panel';
import { ProgressLine } from '../../ui/progress-line';
import { t as shared } from '../words';
import { verdictTone } from './answer-view';
import { t } from './words';

const verdicts = namedValues(Verdict);

/** One bulk screening: how far it is, and what each row gave. */
@Component({
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    FilterChoice,
    MatButton,
    ObjectHeader,
    ProblemPanel,
    ProgressLine,
  ],
  template: `
    @if (loaded.problem(); as failed) {
      <rc-problem-panel [problem]="failed" canRetry (retry)="loaded.reload()" />
    }
    @if (bulk(); as one) {
      <rc-object-header
        [heading]="one.file?.fileName || t('bulk')"
        [figures]="figures()"
        [crumbs]="crumbs()"
      >
        <rc-chip chips>{{ t.find(one.state) }}</rc-chip>
        <rc-chip chips>{{ shared.find(one.purpose) }}</rc-chip>
        @if (isRunning()) {
          <button
            actions
            matButton="outlined"
            type="button"
            [disabled]="cancel.busy()"
            (click)="stop()"
          >
            {{ t('cancel') }}
          </button>
        }
      </rc-object-header>
      @if (isRunning() && one.progress; as progress) {
        <rc-progress-line
          [stage]="progress.stage"
          [done]="progress.done"
          [total]="progress.total"
          [perSecond]="progress.perSecond"
        />
      }
      <rc-data-table
        name="bulk-rows"
        [label]="t('rows')"
        [columns]="columns"
        [rows]="rows.value()?.rows"
        [rowKey]="keyOf"
        [state]="list"
        [page]="rows.value()?.page"
        [loading]="rows.loading()"
        [problem]="rows.problem()"
        (retry)="rows.reload()"
      >
        <rc-filter-choice
          filters
          single
          [label]="t('verdict')"
          [options]="options()"
          [value]="chosen()"
          (valueChange)="choose($event[0])"
        />
        <ng-template rcCell="verdict" [rcCellRows]="rows.value()?.rows" let-row>
          <rc-chip [tone]="tone(row)">{{ shared.find(row.answer?.verdict ?? '') ?? '–' }}</rc-chip>
        </ng-template>
      </rc-data-table>
    }
  `,
})
export class BulkResultPage {
  readonly bulkId = input.required<string>();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly shared = shared;
  protected readonly crumbs = () => [{ name: t('bulk'), link: ['/blacklist/bulk'] }];
  protected readonly list = listState({ filters: { verdict: oneFilter(verdicts) }, sort: '' });
  protected readonly loaded = load(
    () => read(path`/v1/blacklist/bulk-screens/${this.bulkId()}`, GetBulkScreenResponse.fromJSON),
    { live: ['job'] },
  );
  protected readonly rows = load(
    () => {
      const verdict = this.list.values().verdict ?? Verdict.UNSPECIFIED;
      const request = { verdict, page: this.list.page() };
      return read(
        path`/v1/blacklist/bulk-screens/${this.bulkId()}/rows`,
        ListBulkRowsResponse.fromJSON,
        ListBulkRowsRequest.toJSON(ListBulkRowsRequest.fromPartial(request)),
      );
    },
    { live: ['job'] },
  );
  protected readonly bulk = computed(() => this.loaded.value()?.bulk);
  protected readonly isRunning = computed(() => this.bulk()?.state === BulkState.RUNNING);
  protected readonly figures = computed((): Figure[] => {
    const bulk = this.bulk();
    if (bulk === undefined) return [];
    return (['clear', 'possible', 'listed', 'invalid'] as const).map((name) => ({
      name: t(name),
      value: formatCount(bulk[name]),
    }));
  });
  protected readonly options = () => optionsOf(verdicts, shared);
  protected readonly chosen = computed((): Verdict[] => {
    const { verdict } = this.list.values();
    return verdict === undefined ? [] : [verdict];
  });
  protected readonly columns: Column<BulkResult>[] = [
    {
      id: 'name',
      title: () => t('subject'),
      value: (r) => r.name || r.creditCode || '–',
      fixed: true,
      card: 'title',
      note: (r) => `${t('row')} ${r.rowNumber} ${r.creditCode || r.consentReference}`,
    },
    { id: 'verdict', title: () => t('verdict'), kind: 'own', card: 'chip' },
    {
      id: 'entry',
      title: () => t('entry'),
      value: (r) => r.answer?.hits.map((hit) => hit.entry?.name ?? '').join(' · '),
    },
    {
      id: 'asks',
      title: () => t('settle'),
      value: (r) => {
        const asks = r.answer?.hits.find((hit) => hit.asksFor !== '')?.asksFor;
        if (asks !== undefined) return t('askFor', { what: t.find(`asks.${asks}`) ?? asks });
        const warnings = r.answer?.warnings ?? [];
        return warnings.map((name) => t.find(`warning.${name}`) ?? name).join(' ');
      },
    },
  ];
  protected readonly keyOf = (row: BulkResult): string => String(row.rowNumber);

  protected readonly cancel = action((requestId) => {
    const bulkId = this.bulkId();
    return this.#api.post(
      path`/v1/blacklist/bulk-screens/${bulkId}:cancel`,
      CancelBulkScreenRequest.toJSON({ bulkId, requestId }),
      CancelBulkScreenResponse.fromJSON,
      { requestId },
    );
  });

  protected tone(row: BulkResult): Tone {
    return row.answer === undefined ? 'neutral' : verdictTone(row.answer.verdict);
  }

  protected choose(value: string | undefined): void {
    this.list.set({ verdict: verdicts.find((one) => one === value) });
  }

  protected async stop(): Promise<void> {
    if ((await this.cancel.run()) !== undefined) this.loaded.reload();
  }
}
