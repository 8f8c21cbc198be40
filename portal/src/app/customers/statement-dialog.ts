import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  FinancialStatement,
  PutFinancialStatementRequest,
  PutFinancialStatementResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import { currencies } from '../ratings/currencies';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { newId } from '../session/new-id';
import { ChoiceField } from '../ui/choice-field';
import { DateField } from '../ui/date-field';
import { Dialog } from '../ui/dialog';
import { today } from '../ui/format';
import type { MoneyValue } from '../ui/format';
import { MoneyField } from '../ui/money-field';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './file-words';
import { balanceFault, balanceFigures, balanceText, incomeFigures } from './statement';
import type { FigureName } from './statement';

/** One period's statement; the balance is checked while it is typed. */
@Component({
  selector: 'rc-statement-dialog',
  imports: [ChoiceField, DateField, Dialog, MatButton, MoneyField, ProblemPanel, TextField],
  templateUrl: './statement-dialog.html',
  styles: `
    .balance {
      padding: 8px 12px;
      border-radius: var(--rc-radius);
      background: var(--rc-surface-3);
    }
    .good {
      background: var(--rc-green-soft);
      color: var(--rc-green);
    }
    .bad {
      background: var(--rc-red-soft);
      color: var(--rc-red);
    }
    .check {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 28px;
    }
    .rc-grid {
      --rc-column: 220px;
    }
  `,
})
export class StatementDialog {
  readonly customerId = input.required<string>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #statementId = newId();
  protected readonly t = t;
  protected readonly today = today();
  protected readonly balanceFigures = balanceFigures;
  protected readonly incomeFigures = incomeFigures;
  protected readonly currencies = currencies.map((value) => ({ value, name: value }));
  protected readonly periodEnd = signal('');
  protected readonly months = signal('12');
  protected readonly currency = signal<string | undefined>('CNY');
  protected readonly audited = signal(false);
  readonly #amounts = signal<Readonly<Partial<Record<FigureName, MoneyValue>>>>({});
  protected readonly code = computed(() => this.currency() ?? 'CNY');
  protected readonly statement = computed((): FinancialStatement => {
    const figures = [...balanceFigures, ...incomeFigures].map((name) => [
      name,
      this.#amounts()[name]?.minor ?? 0n,
    ]);
    return FinancialStatement.fromPartial({
      statementId: this.#statementId,
      periodEnd: this.periodEnd(),
      months: this.#isMonths() ? Number(this.months()) : 0,
      currency: this.code(),
      audited: this.audited(),
      ...Object.fromEntries(figures),
    });
  });
  readonly #isMonths = computed(() => /^([1-9]|1\d|2[0-4])$/.test(this.months().trim()));
  protected readonly isTyped = computed(() => Object.keys(this.#amounts()).length > 0);
  protected readonly wrong = computed(() => balanceFault(this.statement(), this.code()));
  protected readonly balance = computed(() => balanceText(this.statement(), this.code()));
  protected readonly isWhole = computed(
    () => this.periodEnd() !== '' && this.#isMonths() && this.wrong() === undefined,
  );

  protected readonly save = action((requestId) => {
    const [customerId, statementId] = [this.customerId(), this.#statementId];
    const request = { customerId, statementId, statement: this.statement() };
    return this.#api.put(
      path`/v1/customers/${customerId}/financial-statements/${statementId}`,
      PutFinancialStatementRequest.toJSON(request),
      PutFinancialStatementResponse.fromJSON,
      { requestId },
    );
  });

  protected monthsError(): string {
    return this.#isMonths() ? '' : t('wholeWrong');
  }

  protected amountOf(name: FigureName): MoneyValue | undefined {
    return this.#amounts()[name];
  }

  protected set(name: FigureName, amount: MoneyValue | undefined): void {
    this.#amounts.update(({ [name]: _before, ...rest }) =>
      amount === undefined ? rest : { ...rest, [name]: amount },
    );
  }

  protected async send(): Promise<void> {
    if ((await this.save.run()) !== undefined) this.saved.emit();
  }
}
