import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListWarningsRequest,
  ListWarningsResponse,
  WarningSeverity,
} from '@recourse/proto/web/credit/v1/ratings';
import type { CreditWarning } from '@recourse/proto/web/credit/v1/ratings';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { everyPage } from '../session/every-page';
import { flagFilter, oneFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { explain } from '../session/problem-words';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FlagFilter } from '../ui/flag-filter';
import { FilterChoice } from '../ui/filter-choice';
import { formatInstant } from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { CreditNav } from './credit-nav';
import { severityTone, signName, warningText } from './reason-text';
import { SettleDialog } from './settle-dialog';
import { t } from './words';

const severities = [WarningSeverity.GRAVE, WarningSeverity.SERIOUS, WarningSeverity.NOTICE];

/** Signs that a warning may be of, limits first: they are the alarms asked for most. */
const signs = [
  'limit_exceeded',
  'limit_near',
  'grade_fell',
  'paying_later',
  'promise_broken',
  'unusual_orders',
  'registry_changed',
  'lawsuit',
  'court_debtor',
  'dishonest_debtor',
  'blacklist',
  'bureau_default',
  'tax_arrears',
  'asset_transfer',
  'new_financing',
  'near_bankruptcy',
  'bankrupt',
  'bad_press',
] as const;

/** The early-warning list, gravest first; limit alarms are a filter of it. */
@Component({
  imports: [
    Chip,
    CreditNav,
    DataTable,
    DataTableCell,
    FilterChoice,
    FlagFilter,
    MatButton,
    PageHeader,
    SettleDialog,
  ],
  template: `
    <rc-page-header [heading]="t('warnings')">
      <button actions matButton="outlined" type="button" (click)="turnLimits()">
        {{ isLimits() ? t('allSigns') : t('limitAlarms') }}
      </button>
    </rc-page-header>
    <rc-credit-nav />
    <rc-data-table
      name="credit-warnings"
      [label]="t('warnings')"
      [columns]="columns"
      [rows]="loaded.value()?.warnings"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="loaded.value()?.page"
      [pages]="every"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('noWarnings')"
      [emptyHint]="t('noWarningsHint')"
      (retry)="loaded.reload()"
    >
      <rc-filter-choice
        filters
        single
        [label]="t('severity')"
        [options]="severityOptions()"
        [value]="chosenSeverity()"
        (valueChange)="list.set({ severity: $event[0] })"
      />
      <rc-filter-choice
        filters
        single
        [label]="t('sign')"
        [options]="signOptions()"
        [value]="chosenSign()"
        (valueChange)="list.set({ code: $event[0] })"
      />
      <rc-flag-filter
        filters
        [label]="t('settledOnly')"
        [value]="list.values().settled"
        (changed)="list.set({ settled: $event })"
      />
      <ng-template rcCell="sign" [rcCellRows]="loaded.value()?.warnings" let-row>
        <rc-chip [tone]="tone(row.severity)">
          {{ t.find(row.severity) }} · {{ signName(row.code) }}
        </rc-chip>
      </ng-template>
      <ng-template rcCell="settle" [rcCellRows]="loaded.value()?.warnings" let-row>
        @if (row.settled) {
          <span class="rc-muted">{{ settledText(row) }}</span>
        } @else if (maySettle()) {
          <button matButton type="button" (click)="dialogs.show('settle', row.warningId)">
            {{ t('settle') }}
          </button>
        }
      </ng-template>
    </rc-data-table>
    @if (dialogs.open() === 'settle' && maySettle()) {
      <rc-settle-dialog
        [warningId]="dialogs.on()"
        [text]="chosenText()"
        (settled)="settled()"
        (closed)="dialogs.close()"
      />
    }
  `,
})
export class WarningsPage {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly explain = explain(t);
  protected readonly signName = signName;
  protected readonly tone = severityTone;
  protected readonly dialogs = dialogUrl(['settle']);
  protected readonly list = listState({
    filters: { severity: oneFilter(severities), code: oneFilter(signs), settled: flagFilter() },
    sort: '',
  });
  protected readonly loaded = load(
    () =>
      read(
        '/v1/credit-warnings',
        ListWarningsResponse.fromJSON,
        ListWarningsRequest.toJSON(
          ListWarningsRequest.fromPartial({
            severity: this.list.values().severity ?? WarningSeverity.UNSPECIFIED,
            code: this.list.values().code ?? '',
            settled: this.list.values().settled,
            page: this.list.page(),
          }),
        ),
      ),
    { live: ['warning', 'rating', 'customer'] },
  );
  protected readonly maySettle = computed(() =>
    mayCall(this.#caller(), ['credit_manager', 'supervisor', 'director', 'general_manager']),
  );
  protected readonly isLimits = computed(() => this.list.values().code === 'limit_exceeded');
  protected readonly severityOptions = computed(() =>
    severities.map((value) => ({ value, name: t.find(value) ?? value })),
  );
  protected readonly signOptions = computed(() =>
    signs.map((value) => ({ value, name: signName(value) })),
  );
  protected readonly chosenSeverity = computed(() => [this.list.values().severity ?? []].flat());
  protected readonly chosenSign = computed(() => [this.list.values().code ?? []].flat());
  protected readonly chosenText = computed(() => {
    const found = this.loaded.value()?.warnings.find((w) => w.warningId === this.dialogs.on());
    return found === undefined ? '' : `${found.customerName}: ${warningText(found)}`;
  });
  protected readonly columns: Column<CreditWarning>[] = [
    {
      id: 'customer',
      title: () => t('customer'),
      value: (w) => w.customerName,
      fixed: true,
      card: 'title',
      note: warningText,
    },
    {
      id: 'sign',
      title: () => t('sign'),
      kind: 'own',
      text: (w) => `${t.find(w.severity)} · ${signName(w.code)}`,
      card: 'chip',
    },
    { id: 'advice', title: () => t('advice'), value: (w) => t.find(`advice.${w.advice}`) },
    {
      id: 'exposure',
      title: () => t('exposure'),
      kind: 'money',
      value: (w) => w.exposure,
      card: 'figure',
    },
    {
      id: 'raised',
      title: () => t('raisedAt'),
      kind: 'relative-instant',
      value: (w) => w.raisedAt,
    },
    { id: 'settle', title: () => t('settle'), kind: 'own' },
  ];
  protected readonly every = everyPage(this.loaded, (answer) => answer.warnings);
  protected readonly keyOf = (row: CreditWarning): string => row.warningId;
  protected readonly linkOf = (row: CreditWarning): string[] => ['/customers', row.customerId];

  protected turnLimits(): void {
    this.list.set({ code: this.isLimits() ? undefined : 'limit_exceeded' });
  }

  protected settledText(row: CreditWarning): string {
    const [name, at] = [row.settledBy?.name ?? '', formatInstant(row.settledAt)];
    return t('settledBy', { name, at, note: row.settledNote });
  }

  protected settled(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
