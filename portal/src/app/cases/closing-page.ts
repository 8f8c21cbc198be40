import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ClosingState, GetClosingResponse } from '@recourse/proto/web/cases/v1/closings';
import type { ClosingCase } from '@recourse/proto/web/cases/v1/closings';
import { Api, path, read } from '../session/api';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { roleNames } from '../shell/role-names';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FormDialog } from '../ui/form-dialog';
import { formatMoney } from '../ui/format';
import { ObjectHeader } from '../ui/object-header';
import type { Figure } from '../ui/object-header';
import { DayPipe, MoneyPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { Why } from '../ui/why';
import { approveClosingForm, refuseClosingForm, withdrawClosingForm } from './closing-forms';
import {
  closingEnding,
  closingSaid,
  closingTone,
  costText,
  expectedText,
  closingVerdict,
  subjectText,
} from './closing-text';
import { closingWords as t } from './closing-words';
import { steps } from './steps';

/** One write-off, withdrawal or sale: what is open, what it may bring, who decides, its cases. */
@Component({
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    DayPipe,
    FormDialog,
    MatButton,
    MoneyPipe,
    ObjectHeader,
    ProblemPanel,
    Why,
  ],
  templateUrl: './closing-page.html',
  styleUrl: './closing-page.scss',
})
export class ClosingPage {
  readonly closingId = input.required<string>();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly steps = steps;
  protected readonly tone = closingTone;
  protected readonly roleNames = roleNames;
  protected readonly said = closingSaid;
  protected readonly ending = closingEnding;
  protected readonly subject = subjectText;
  protected readonly expectedText = expectedText;
  protected readonly costText = costText;
  protected readonly verdictOf = closingVerdict;
  protected readonly dialogs = dialogUrl(['approve', 'refuse', 'withdraw']);
  protected readonly crumbs = () => [{ name: t('title'), link: ['/cases/closings'] }];
  protected readonly loaded = load(
    () => read(path`/v1/closings/${this.closingId()}`, GetClosingResponse.fromJSON),
    { live: [{ noun: 'closing', id: () => this.closingId() }, 'payment', 'case'] },
  );
  protected readonly found = computed(() => this.loaded.value()?.closing);
  protected readonly rows = computed(() => this.loaded.value()?.cases);
  protected readonly isRefused = computed(() => this.found()?.state === ClosingState.REFUSED);
  /** What one case looks at; a bundle shows it case by case. */
  protected readonly why = computed(() => {
    const rows = this.rows() ?? [];
    return rows.length === 1 ? rows[0]?.stopLoss?.why : undefined;
  });
  protected readonly figures = computed((): Figure[] => {
    const found = this.found();
    if (found === undefined) return [];
    const price = found.sale?.price;
    const received = found.received?.minor ?? 0n;
    return [
      { name: t('open'), value: formatMoney(found.open) },
      ...(price === undefined ? [] : [{ name: t('price'), value: formatMoney(price) }]),
      { name: t('loss'), value: formatMoney(found.loss), tone: 'bad' },
      ...(received === 0n
        ? []
        : [{ name: t('received'), value: formatMoney(found.received), tone: 'in' as const }]),
      { name: t('expected'), value: formatMoney(found.stopLoss?.expected) },
      { name: t('cost'), value: costText(found.stopLoss) },
    ];
  });
  protected readonly form = computed(() => {
    const found = this.found();
    if (found === undefined) return undefined;
    switch (this.dialogs.open()) {
      case 'approve':
        return found.mayDecide ? approveClosingForm(this.#api, found) : undefined;
      case 'refuse':
        return found.mayDecide ? refuseClosingForm(this.#api, found) : undefined;
      case 'withdraw':
        return found.mayWithdraw ? withdrawClosingForm(this.#api, found) : undefined;
      default:
        return undefined;
    }
  });
  protected readonly keyOf = (row: ClosingCase): string => row.caseId;
  protected readonly linkOf = (row: ClosingCase): string[] => ['/cases', row.caseId];

  protected readonly columns = computed<Column<ClosingCase>[]>(() => [
    {
      id: 'debtor',
      title: () => t('subject'),
      value: (row) => row.debtorName,
      fixed: true,
      card: 'title',
      note: (row) => row.caseNumber,
      noteTitle: () => t('cases'),
    },
    { id: 'days', title: () => t('days'), kind: 'count', value: (row) => row.daysOverdue },
    { id: 'open', title: () => t('open'), kind: 'money', value: (row) => row.open, card: 'figure' },
    {
      id: 'expected',
      title: () => t('expected'),
      kind: 'own',
      text: (row) => expectedText(row.stopLoss),
    },
    { id: 'cost', title: () => t('cost'), kind: 'money', value: (row) => row.stopLoss?.cost },
    ...(this.found()?.sale === undefined
      ? [
          {
            id: 'received',
            title: () => t('received'),
            kind: 'money',
            value: (row: ClosingCase) => row.received,
          } as const,
        ]
      : [
          {
            id: 'price',
            title: () => t('priceOfCase'),
            kind: 'money',
            value: (row: ClosingCase) => row.price,
          } as const,
        ]),
    {
      id: 'state',
      title: () => t('state'),
      value: (row) => t.find(row.state),
      card: 'line',
    },
  ]);

  protected done(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
