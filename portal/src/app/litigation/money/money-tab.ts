import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import { EntryKind, ListMoneyResponse } from '@recourse/proto/web/litigation/v1/money';
import type { MoneyEntry } from '@recourse/proto/web/litigation/v1/money';
import { Api, path, read } from '../../session/api';
import { dialogUrl } from '../../session/dialog-url';
import { load } from '../../session/load';
import { Chip } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { formatMoney } from '../../ui/format';
import { costForm, recoveryForm, reverseForm, whatOf } from './entry-forms';
import { WorthCard } from './worth-card';
import { t } from './words';

/** What the matter has cost and brought, entry by entry; and whether it is worth going on. */
@Component({
  selector: 'rc-money-tab',
  imports: [Chip, DataTable, DataTableCell, FormDialog, MatButton, WorthCard],
  template: `
    <section>
      <div class="rc-row spread">
        <p>
          {{ t('spent') }} <strong>{{ spent() }}</strong> · {{ t('recovered') }}
          <strong class="rc-money-in">{{ recovered() }}</strong>
        </p>
        @if (mayWork()) {
          <div class="rc-row">
            <button matButton="outlined" type="button" (click)="dialogs.show('recovery')">
              {{ t('addRecovery') }}
            </button>
            <button matButton="filled" type="button" (click)="dialogs.show('cost')">
              {{ t('addCost') }}
            </button>
          </div>
        }
      </div>
      <rc-data-table
        name="matter-money"
        [label]="t('entries')"
        [columns]="columns"
        [rows]="loaded.value()?.entries"
        [rowKey]="keyOf"
        [loading]="loaded.loading()"
        [problem]="loaded.problem()"
        [emptyTitle]="t('emptyTitle')"
        [emptyHint]="t('emptyHint')"
        (retry)="loaded.reload()"
      >
        <ng-template rcCell="kind" [rcCellRows]="loaded.value()?.entries" let-row>
          <rc-chip [tone]="row.kind === 'ENTRY_KIND_RECOVERY' ? 'good' : 'neutral'">
            {{ t.find(row.kind) }}
          </rc-chip>
        </ng-template>
        <ng-template rcCell="reverse" [rcCellRows]="loaded.value()?.entries" let-row>
          @if (row.reversed) {
            {{ t('reversed') }}
          } @else if (row.reversesId !== '') {
            {{ t('reversal') }}
          } @else if (mayWork()) {
            <button
              matButton
              type="button"
              [attr.aria-label]="t('reverseTitle', { what: what(row) })"
              (click)="dialogs.show('reverse', row.entryId)"
            >
              {{ t('reverse') }}
            </button>
          }
        </ng-template>
      </rc-data-table>
    </section>
    <section>
      <h2>{{ t('worth') }}</h2>
      <rc-worth-card [matter]="matter()" />
    </section>
    @if (form(); as one) {
      <rc-form-dialog [form]="one" (saved)="saved()" (closed)="dialogs.close()" />
    }
  `,
  styleUrl: '../matters/tab.scss',
})
export class MoneyTab {
  readonly matter = input.required<Matter>();
  readonly mayWork = input(false);
  readonly changed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly what = whatOf;
  protected readonly dialogs = dialogUrl(['cost', 'recovery', 'reverse']);
  protected readonly loaded = load(
    () => read(path`/v1/matters/${this.matter().matterId}/money`, ListMoneyResponse.fromJSON),
    { live: ['cost', 'recovery', 'matter'] },
  );
  protected readonly spent = computed(() =>
    formatMoney(this.loaded.value()?.spent ?? this.matter().spent),
  );
  protected readonly recovered = computed(() =>
    formatMoney(this.loaded.value()?.recovered ?? this.matter().recovered),
  );
  protected readonly form = computed((): Form | undefined => {
    if (!this.mayWork()) return undefined;
    switch (this.dialogs.open()) {
      case 'cost':
        return costForm(this.#api, this.matter());
      case 'recovery':
        return recoveryForm(this.#api, this.matter());
      case 'reverse': {
        const entries = this.loaded.value()?.entries ?? [];
        const entry = entries.find((one) => one.entryId === this.dialogs.on());
        return entry && reverseForm(this.#api, this.matter().matterId, entry);
      }
      default:
        return undefined;
    }
  });

  protected readonly columns: Column<MoneyEntry>[] = [
    {
      id: 'what',
      title: () => t('what'),
      value: (e) => whatOf(e),
      fixed: true,
      card: 'title',
      note: (e) => e.note || e.reference,
    },
    { id: 'kind', title: () => t('entries'), kind: 'own', card: 'chip' },
    { id: 'on', title: () => t('on'), kind: 'day', value: (e) => e.on },
    {
      id: 'amount',
      title: () => t('amount'),
      kind: 'money',
      value: (e) => e.amount,
      card: 'figure',
      note: (e) => this.#splitOf(e),
    },
    { id: 'actor', title: () => t('actor'), value: (e) => e.actor?.name },
    { id: 'reverse', title: () => t('reverse'), kind: 'own' },
  ];
  protected readonly keyOf = (row: MoneyEntry): string => row.entryId;

  /** Of a recovery after judgment: what went to the debt and what to the double part. */
  #splitOf(entry: MoneyEntry): string | undefined {
    if (entry.kind !== EntryKind.RECOVERY) return undefined;
    if ((entry.toDoubleInterest?.minor ?? 0n) === 0n) return undefined;
    const debt = `${t('toJudgment')} ${formatMoney(entry.toJudgment)}`;
    return `${debt} · ${t('toDouble')} ${formatMoney(entry.toDoubleInterest)}`;
  }

  protected saved(): void {
    this.dialogs.close();
    this.loaded.reload();
    this.changed.emit();
  }
}
