import { Component, computed, input } from '@angular/core';
import {
  ListNightLooksRequest,
  ListNightLooksResponse,
} from '@recourse/proto/web/blacklist/v1/screening';
import type { NightReceipt } from '@recourse/proto/web/blacklist/v1/screening';
import { read } from '../../session/api';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Chip } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { t as shared } from '../words';
import { verdictTone } from './answer-view';
import { t } from './night-words';

/** The receipts of the nightly screening: of one customer night by night, or of all in batches. */
@Component({
  selector: 'rc-night-looks',
  imports: [Chip, DataTable, DataTableCell],
  template: `
    <h2>{{ heading() }}</h2>
    <p class="rc-muted">{{ t('lead') }}</p>
    <rc-data-table
      name="night-looks"
      [label]="heading()"
      [columns]="columns()"
      [rows]="looks.value()?.receipts"
      [rowKey]="keyOf"
      [state]="list"
      [page]="looks.value()?.page"
      [loading]="looks.loading()"
      [problem]="looks.problem()"
      [emptyTitle]="t('none')"
      (retry)="looks.reload()"
    >
      <ng-template rcCell="result" [rcCellRows]="looks.value()?.receipts" let-row>
        @if (row.look; as look) {
          <rc-chip [tone]="tone(look.verdict)">{{ shared.find(look.verdict) }}</rc-chip>
        }
      </ng-template>
    </rc-data-table>
  `,
  styles: `
    :host {
      display: block;
      margin-block-start: 24px;
    }
  `,
})
export class NightLooks {
  /** All customers when empty. */
  readonly customerId = input('');
  protected readonly t = t;
  protected readonly shared = shared;
  protected readonly tone = verdictTone;
  protected readonly heading = computed(() =>
    this.customerId() === '' ? t('title') : t('ofCustomer'),
  );
  protected readonly list = listState({ filters: {}, sort: '', size: 20, prefix: 'n-' });
  protected readonly looks = load(() =>
    read(
      '/v1/blacklist/night-looks',
      ListNightLooksResponse.fromJSON,
      ListNightLooksRequest.toJSON({ customerId: this.customerId(), page: this.list.page() }),
    ),
  );
  protected readonly keyOf = (row: NightReceipt): string => row.receiptId;

  readonly #at: Column<NightReceipt> = {
    id: 'at',
    title: () => t('at'),
    kind: 'instant',
    value: (r) => r.at,
    fixed: true,
    card: 'title',
  };
  readonly #run: Column<NightReceipt> = {
    id: 'run',
    title: () => t('run'),
    value: (r) => r.runId,
    hidden: true,
  };
  protected readonly columns = computed((): Column<NightReceipt>[] =>
    this.customerId() === '' ? this.#ofAll() : this.#ofOne(),
  );

  #ofAll(): Column<NightReceipt>[] {
    return [
      this.#at,
      { id: 'kind', title: () => t('kind'), value: (r) => shared.find(r.kind) },
      { id: 'asked', title: () => t('asked'), kind: 'count', value: (r) => r.customerCount },
      {
        id: 'found',
        title: () => t('found'),
        value: (r) => t('foundOf', { possible: r.possibleCount, listed: r.listedCount }),
      },
      this.#run,
    ];
  }

  #ofOne(): Column<NightReceipt>[] {
    return [
      this.#at,
      {
        id: 'result',
        title: () => t('result'),
        kind: 'own',
        card: 'chip',
        text: (r) => shared.find(r.look?.verdict ?? ''),
      },
      {
        id: 'named',
        title: () => t('namedAs'),
        value: (r) => r.look?.name || r.look?.consentReference || '–',
        note: (r) => r.look?.creditCode || undefined,
      },
      {
        id: 'lists',
        title: () => t('lists'),
        value: (r) => t('listsOf', { count: r.look?.associationIds.length ?? 0 }),
      },
      { id: 'hits', title: () => t('hits'), kind: 'count', value: (r) => r.look?.hits.length },
      this.#run,
    ];
  }
}
