import { Component, computed, inject, input, output } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import {
  ListCommissionLinesRequest,
  ListCommissionLinesResponse,
} from '@recourse/proto/web/agencies/v1/commission';
import type { CommissionLine } from '@recourse/proto/web/agencies/v1/commission';
import type {
  CreditMovement,
  ListCreditResponse,
} from '@recourse/proto/web/cases/v1/debtor_credit';
import { ListPaymentsRequest, ListPaymentsResponse } from '@recourse/proto/web/cases/v1/work';
import type { LedgerEntry, ListLedgerResponse } from '@recourse/proto/web/cases/v1/work';
import { isOneRate, termText } from '../commission/term-text';
import { t as commissionWords } from '../commission/words';
import { t as costWords } from '../litigation/money/words';
import { path, read } from '../session/api';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { formatBps, formatMoney } from '../ui/format';
import { ListPager } from '../ui/list-pager';
import { ProblemPanel } from '../ui/problem-panel';
import { AccountButton } from './account-button';
import { CreditList } from './credit-list';
import { PaymentsList } from './payments-list';
import { tabWords } from './tab-words';
import { t } from './words';

/** A line of the ledger as it is shown; the last is what the case began with. */
export type LedgerLine = Pick<LedgerEntry, 'entryId' | 'kind' | 'day' | 'change' | 'balance'> & {
  name: string;
  note: string;
};

/** What an entry was: means and reference of a payment, or what a cost was for. */
function noteOf(entry: LedgerEntry): string {
  const what = t.find(`means.${entry.what}`) ?? costWords.find(`cost.${entry.what}`) ?? '';
  const change = entry.change?.minor ?? 0n;
  const held = (entry.amount?.minor ?? 0n) - (change < 0n ? -change : change);
  const credit =
    held > 0n && entry.amount !== undefined
      ? tabWords('credit', { amount: formatMoney({ ...entry.amount, minor: held }) })
      : '';
  return [what, entry.reference, credit].filter((part) => part !== '').join(' · ');
}

/** The ledger in words, newest first, with what it began with at its foot. */
export function ledgerLines(ledger: ListLedgerResponse | undefined): LedgerLine[] | undefined {
  if (ledger === undefined) return undefined;
  const lines = ledger.entries.map((entry) => ({
    ...entry,
    name: tabWords.find(`ledger.${entry.kind}`) ?? entry.kind,
    note: noteOf(entry),
  }));
  const began: LedgerLine = {
    entryId: 'opening',
    kind: 'opening',
    day: '',
    change: undefined,
    balance: ledger.opening,
    name: tabWords('opening'),
    note: ledger.hasMore ? tabWords('older') : tabWords('openingHint'),
  };
  return [...lines, began];
}

/** What was owed, what came in and what it cost: claim, payments with allocation, commission. */
@Component({
  selector: 'rc-ledger-tab',
  imports: [AccountButton, CreditList, DataTable, ListPager, PaymentsList, ProblemPanel],
  template: `
    @if (mayPrint()) {
      <rc-account-button [caseId]="caseId()" />
    }
    <rc-data-table
      name="case-ledger"
      [label]="t('ledger')"
      [columns]="columns"
      [rows]="lines()"
      [rowKey]="keyOf"
    />
    @if (credit(); as held) {
      @if (held.movements.length > 0) {
        <section>
          <h2>{{ t('creditMoves') }}</h2>
          <rc-credit-list
            [of]="held"
            [mayApply]="mayApply()"
            [mayRefund]="mayRefund()"
            (apply)="apply.emit()"
            (refund)="refund.emit()"
            (takeBack)="takeBack.emit($event)"
          />
        </section>
      }
    }
    <section>
      <h2>{{ t('payments') }}</h2>
      @if (payments.problem(); as failed) {
        <rc-problem-panel compact [problem]="failed" canRetry (retry)="payments.reload()" />
      }
      @if (payments.value()?.payments?.length === 0 && paymentPages.pageNumber() === 1) {
        <p class="rc-muted">{{ t('noPayments') }}</p>
      } @else if (payments.value(); as paid) {
        <rc-payments-list
          class="wide"
          [caseId]="caseId()"
          [payments]="paid.payments"
          [marked]="marked()"
          [mayReverse]="mayReverse()"
          (reversed)="onReversed()"
        />
      }
      <rc-list-pager
        [label]="t('payments')"
        [state]="paymentPages"
        [page]="payments.value()?.page"
      />
    </section>
    <section>
      <h2>{{ t('commissionLines') }}</h2>
      @if (total() !== '') {
        <p class="rc-muted">{{ total() }}</p>
      }
      @if (commission.value()?.lines?.length === 0 && linePages.pageNumber() === 1) {
        <p class="rc-muted">{{ t('noCommission') }}</p>
      } @else {
        <rc-data-table
          name="case-commission"
          [label]="t('commissionLines')"
          [columns]="commissionColumns"
          [rows]="commission.value()?.lines"
          [rowKey]="lineKey"
          [rowLink]="statementOf"
          [page]="commission.value()?.page"
          [loading]="commission.loading()"
          [problem]="commission.problem()"
          (retry)="commission.reload()"
        />
        <rc-list-pager
          [label]="t('commissionLines')"
          [state]="linePages"
          [page]="commission.value()?.page"
        />
      }
    </section>
  `,
  styleUrl: './part.scss',
})
export class LedgerTab {
  readonly caseId = input.required<string>();
  readonly ledger = input.required<ListLedgerResponse | undefined>();
  /** Undefined for who may not see it. */
  readonly credit = input<ListCreditResponse | undefined>(undefined);
  /** Whether the debtor may be asked to confirm what it owes. */
  readonly mayPrint = input(false);
  readonly mayReverse = input(false);
  readonly mayApply = input(false);
  readonly mayRefund = input(false);
  readonly reversed = output();
  readonly apply = output();
  readonly refund = output();
  readonly takeBack = output<CreditMovement>();
  protected readonly t = tabWords;
  readonly #params = toSignal(inject(ActivatedRoute).queryParamMap);
  /** The payment that a statement's line leads to. */
  protected readonly marked = computed(() => this.#params()?.get('payment') ?? '');
  protected readonly lines = computed(() => ledgerLines(this.ledger()));

  protected readonly paymentPages = listState({ filters: {}, sort: '', prefix: 'payment-' });
  protected readonly linePages = listState({ filters: {}, sort: '', prefix: 'line-' });
  protected readonly payments = load(
    () =>
      read(
        path`/v1/cases/${this.caseId()}/payments`,
        ListPaymentsResponse.fromJSON,
        ListPaymentsRequest.toJSON({ caseId: '', page: this.paymentPages.page() }),
      ),
    { live: ['payment', 'credit'] },
  );
  protected readonly commission = load(
    () =>
      read(
        '/v1/commission/lines',
        ListCommissionLinesResponse.fromJSON,
        ListCommissionLinesRequest.toJSON(
          ListCommissionLinesRequest.fromPartial({
            caseId: this.caseId(),
            page: this.linePages.page(),
          }),
        ),
      ),
    { live: ['commission', 'payment'] },
  );

  /** Commission and tax of all lines, untold when they are more than stand here. */
  protected readonly total = computed(() => {
    const { lines = [], page } = this.commission.value() ?? {};
    if (page?.nextCursor || this.linePages.pageNumber() > 1) return '';
    const currency = lines[0]?.commission?.currency;
    if (currency === undefined) return '';
    const sum = (pick: (line: CommissionLine) => { minor: bigint } | undefined): string =>
      formatMoney({
        currency,
        minor: lines.reduce((all, line) => all + (pick(line)?.minor ?? 0n), 0n),
      });
    return tabWords('commissionTotal', {
      commission: sum((line) => line.commission),
      vat: sum((line) => line.vat),
    });
  });

  protected readonly columns: Column<LedgerLine>[] = [
    {
      id: 'entry',
      title: () => tabWords('entry'),
      value: (l) => l.name,
      fixed: true,
      card: 'title',
      note: (l) => l.note || undefined,
    },
    { id: 'day', title: () => tabWords('day'), kind: 'day', value: (l) => l.day },
    { id: 'change', title: () => tabWords('change'), kind: 'money', value: (l) => l.change },
    {
      id: 'balance',
      title: () => tabWords('balance'),
      kind: 'money',
      value: (l) => l.balance,
      card: 'figure',
    },
  ];
  protected readonly commissionColumns: Column<CommissionLine>[] = [
    {
      id: 'agency',
      title: () => tabWords('agency'),
      value: (l) => l.agencyName,
      fixed: true,
      card: 'title',
      note: (l) => commissionWords.find(l.kind),
    },
    {
      id: 'receivedOn',
      title: () => tabWords('receivedOn'),
      kind: 'day',
      value: (l) => l.receivedOn,
    },
    { id: 'payment', title: () => tabWords('payment'), kind: 'money', value: (l) => l.payment },
    {
      id: 'rate',
      title: () => tabWords('rate'),
      value: (l) => (isOneRate(l) ? formatBps(l.rateBps) : ''),
      isFigure: true,
      note: (l) => termText(l.term, l.payment?.currency ?? ''),
    },
    {
      id: 'commission',
      title: () => tabWords('commission'),
      kind: 'money',
      value: (l) => l.commission,
      card: 'figure',
    },
    { id: 'vat', title: () => tabWords('vat'), kind: 'money', value: (l) => l.vat },
    {
      id: 'statement',
      title: () => tabWords('statement'),
      value: (l) => (l.statementId === '' ? tabWords('unstated') : commissionWords.find(l.mark)),
    },
  ];
  protected readonly keyOf = (row: LedgerLine): string => `${row.kind} ${row.entryId}`;
  protected readonly lineKey = (row: CommissionLine): string => row.lineId;
  /** From a payment's commission back to the statement on which it stands. */
  protected readonly statementOf = (row: CommissionLine): string[] | undefined =>
    row.statementId === '' ? undefined : ['/commission', row.statementId];

  protected onReversed(): void {
    this.payments.reload();
    this.reversed.emit();
  }
}
