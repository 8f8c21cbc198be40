import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import {
  Channel,
  RecordPromiseRequest,
  RecordPromiseResponse,
} from '@recourse/proto/web/cases/v1/work';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { asOpened } from '../session/as-opened';
import { newId } from '../session/new-id';
import { DateField } from '../ui/date-field';
import { Dialog } from '../ui/dialog';
import type { MoneyValue } from '../ui/format';
import { MoneyField } from '../ui/money-field';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './words';

/** A promise to pay: how much, by when, by whom. Payments decide later whether it was kept. */
@Component({
  selector: 'rc-promise-dialog',
  imports: [DateField, Dialog, MatButton, MoneyField, ProblemPanel, TextField],
  template: `
    <rc-dialog [heading]="t('promise')" size="small" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-money-field [label]="t('amount')" [currency]="currency()" [(value)]="amount" />
        <rc-date-field [label]="t('dueDay')" [(value)]="dueDay" />
        <rc-text-field [label]="t('promisedBy')" [(value)]="promisedBy" />
        @if (save.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || save.busy()"
        (click)="send()"
      >
        {{ t('save') }}
      </button>
    </rc-dialog>
  `,
})
export class PromiseDialog {
  readonly of = input.required<Case>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #promiseId = newId();
  readonly #caseId = computed(() => this.of().caseId);
  protected readonly t = t;
  protected readonly currency = computed(() => this.of().open?.currency ?? 'CNY');
  protected readonly amount = asOpened<MoneyValue | undefined>(this.#caseId, () => this.of().open);
  protected readonly dueDay = signal('');
  protected readonly promisedBy = asOpened(this.#caseId, () => this.of().contacts[0]?.name ?? '');
  protected readonly isWhole = computed(
    () => this.amount() !== undefined && this.dueDay() !== '' && this.promisedBy().trim() !== '',
  );

  protected readonly save = action(() => {
    const { caseId } = this.of();
    const request: RecordPromiseRequest = {
      caseId,
      promiseId: this.#promiseId,
      amount: this.amount(),
      dueDay: this.dueDay(),
      channel: Channel.CALL,
      promisedBy: this.promisedBy(),
    };
    const at = path`/v1/cases/${caseId}/promises/${this.#promiseId}`;
    return this.#api.put(at, RecordPromiseRequest.toJSON(request), RecordPromiseResponse.fromJSON);
  });

  protected async send(): Promise<void> {
    if ((await this.save.run()) !== undefined) this.saved.emit();
  }
}
