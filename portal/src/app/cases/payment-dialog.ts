import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { RecordPaymentRequest, RecordPaymentResponse } from '@recourse/proto/web/cases/v1/work';
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
import { t } from './words';

const means = [
  'bank_transfer',
  'acceptance_draft',
  'cheque',
  'cash',
  'wechat',
  'alipay',
  'other',
] as const;

/** Money received. The server allocates it: costs, then interest, then principal, oldest first. */
@Component({
  selector: 'rc-payment-dialog',
  imports: [ChoiceField, DateField, Dialog, MatButton, MoneyField, ProblemPanel, TextField],
  template: `
    <rc-dialog [heading]="t('pay')" size="small" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-money-field [label]="t('amount')" [currency]="currency()" [(value)]="amount" />
        <rc-date-field [label]="t('receivedOn')" [max]="today" [(value)]="receivedOn" />
        <rc-choice-field [label]="t('means')" [options]="options()" [(value)]="by" />
        <rc-text-field optional [label]="t('reference')" [(value)]="reference" />
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
export class PaymentDialog {
  readonly of = input.required<Case>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #paymentId = newId();
  protected readonly t = t;
  protected readonly today = today();
  protected readonly currency = computed(() => this.of().open?.currency ?? 'CNY');
  protected readonly amount = signal<MoneyValue | undefined>(undefined);
  protected readonly receivedOn = linkedSignal(() => this.today);
  protected readonly by = signal<(typeof means)[number] | undefined>('bank_transfer');
  protected readonly reference = signal('');
  protected readonly options = () => means.map((value) => ({ value, name: t(`means.${value}`) }));
  protected readonly isWhole = computed(
    () => (this.amount()?.minor ?? 0n) > 0n && this.receivedOn() !== '' && this.by() !== undefined,
  );

  protected readonly save = action(() => {
    const { caseId } = this.of();
    const request: RecordPaymentRequest = {
      caseId,
      paymentId: this.#paymentId,
      amount: this.amount(),
      receivedOn: this.receivedOn(),
      means: this.by() ?? 'other',
      reference: this.reference(),
      note: '',
    };
    const at = path`/v1/cases/${caseId}/payments/${this.#paymentId}`;
    return this.#api.put(at, RecordPaymentRequest.toJSON(request), RecordPaymentResponse.fromJSON);
  });

  protected async send(): Promise<void> {
    if ((await this.save.run()) !== undefined) this.saved.emit();
  }
}
