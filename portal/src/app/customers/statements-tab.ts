import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { GetCreditFileResponse } from '@recourse/proto/web/credit/v1/ratings';
import type { FinancialStatement } from '@recourse/proto/web/credit/v1/ratings';
import { path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { explain } from '../session/problem-words';
import { Session } from '../session/session';
import { EmptyPanel } from '../ui/empty-panel';
import { formatDay, formatMoney } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { t } from './file-words';
import { balanceFault, balanceFigures, balanceText, incomeFigures } from './statement';
import type { FigureName } from './statement';
import { StatementDialog } from './statement-dialog';
import { StatementsCsvDialog } from './statements-csv-dialog';

/** A customer's financial statements, a column per period, newest first. */
@Component({
  selector: 'rc-statements-tab',
  imports: [EmptyPanel, MatButton, ProblemPanel, StatementDialog, StatementsCsvDialog],
  template: `
    @if (mayWrite()) {
      <div class="rc-row">
        <button matButton="filled" type="button" (click)="dialogs.show('statement')">
          {{ t('addStatement') }}
        </button>
        <button matButton="outlined" type="button" (click)="dialogs.show('csv')">
          {{ t('importCsv') }}
        </button>
      </div>
    }
    @if (loaded.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" canRetry (retry)="loaded.reload()" />
    }
    @if (statements().length > 0) {
      <div class="rc-scroll" tabindex="0" role="region" [attr.aria-label]="t('tabStatements')">
        <table class="rc-lines">
          <thead>
            <tr>
              <th scope="col">{{ t('figure') }}</th>
              @for (one of statements(); track one.statementId) {
                <th scope="col" class="rc-number">
                  {{ day(one.periodEnd) }} ({{ one.currency }})
                  <span class="note">{{ noteOf(one) }}</span>
                </th>
              }
            </tr>
          </thead>
          <tbody>
            @for (name of figures; track name) {
              <tr [class.sum]="isSum(name)">
                <th scope="row">{{ t(name) }}</th>
                @for (one of statements(); track one.statementId) {
                  <td class="rc-number">{{ text(one, name) }}</td>
                }
              </tr>
            }
            <tr>
              <th scope="row">{{ t('balance') }}</th>
              @for (one of statements(); track one.statementId) {
                <td class="rc-number wrap" [class]="isWrong(one) ? 'rc-bad' : 'rc-good'">
                  {{ balance(one, one.currency) }}
                </td>
              }
            </tr>
          </tbody>
        </table>
      </div>
    } @else if (loaded.value() !== undefined) {
      <rc-empty-panel
        icon="description"
        [heading]="t('noStatements')"
        [hint]="t('noStatementsHint')"
      />
    }
    @if (dialogs.open() === 'statement' && mayWrite()) {
      <rc-statement-dialog
        [customerId]="customerId()"
        (saved)="done()"
        (closed)="dialogs.close()"
      />
    }
    @if (dialogs.open() === 'csv' && mayWrite()) {
      <rc-statements-csv-dialog
        [customerId]="customerId()"
        (imported)="done()"
        (closed)="dialogs.close()"
      />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    .sum > * {
      font-weight: 620;
    }
    .wrap {
      white-space: normal;
    }
    .note {
      display: block;
    }
  `,
})
export class StatementsTab {
  readonly customerId = input.required<string>();
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly explain = explain(t);
  protected readonly day = formatDay;
  protected readonly balance = balanceText;
  protected readonly figures = [...balanceFigures, ...incomeFigures];
  protected readonly dialogs = dialogUrl(['statement', 'csv']);
  protected readonly loaded = load(
    () =>
      read(path`/v1/customers/${this.customerId()}/credit-file`, GetCreditFileResponse.fromJSON),
    { live: ['customer', 'rating'] },
  );
  protected readonly statements = computed(() => this.loaded.value()?.file?.statements ?? []);
  protected readonly mayWrite = computed(() =>
    mayCall(this.#caller(), ['credit_manager', 'finance', 'director', 'creditor:org_admin']),
  );

  protected isSum(name: FigureName): boolean {
    return /^total|^equity|^netProfit/.test(name);
  }

  protected isWrong(one: FinancialStatement): boolean {
    return balanceFault(one, one.currency) !== undefined;
  }

  protected text(one: FinancialStatement, name: FigureName): string {
    return formatMoney({ currency: one.currency, minor: one[name] }, true);
  }

  protected noteOf(one: FinancialStatement): string {
    return [
      t('monthsOf', { count: one.months }),
      one.audited ? t('audited') : t('notAudited'),
      one.enteredBy === 'csv' ? t('enteredByCsv') : t('enteredByForm'),
    ].join(' · ');
  }

  protected done(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
