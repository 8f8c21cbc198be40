import {
  afterRenderEffect,
  Component,
  ElementRef,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ReversePaymentRequest, ReversePaymentResponse } from '@recourse/proto/web/cases/v1/work';
import type { Payment } from '@recourse/proto/web/cases/v1/work';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { Chip } from '../ui/chip';
import { Dialog } from '../ui/dialog';
import { EmptyPanel } from '../ui/empty-panel';
import { DayPipe, MoneyPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './words';

/** Payments with what each paid off; a reversal says why and undoes exactly that. */
@Component({
  selector: 'rc-payments-list',
  imports: [Chip, DayPipe, Dialog, EmptyPanel, MatButton, MoneyPipe, ProblemPanel, TextField],
  templateUrl: './payments-list.html',
  styles: `
    article {
      padding: 12px 16px;
      border-block-end: 1px solid var(--rc-line);
    }
    header {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 16px;
      align-items: center;
    }
    header .end {
      margin-inline-start: auto;
    }
    ul {
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
      color: var(--rc-text-2);
      font-size: 12.5px;
    }
    li {
      display: flex;
      gap: 12px;
    }
    li span:last-child {
      margin-inline-start: auto;
    }
    .marked {
      background: var(--rc-primary-soft);
      box-shadow: inset 3px 0 var(--rc-primary);
    }
    .gone {
      text-decoration: line-through;
    }
  `,
})
export class PaymentsList {
  readonly caseId = input.required<string>();
  readonly payments = input.required<readonly Payment[] | undefined>();
  readonly mayReverse = input(false);
  /** The payment that was asked for: it is shown and brought into sight. */
  readonly marked = input('');
  readonly reversed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly asked = signal<Payment | undefined>(undefined);
  protected readonly reason = signal('');

  constructor() {
    const host: HTMLElement = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    let last = '';
    afterRenderEffect(() => {
      const id = this.marked();
      const isThere = this.payments()?.some((one) => one.paymentId === id) === true;
      if (!isThere || id === last) return;
      last = id;
      host.querySelector('.marked')?.scrollIntoView({ block: 'center' });
    });
  }

  protected meansOf(payment: Payment): string {
    return t.find(`means.${payment.means}`) ?? payment.means;
  }

  protected partOf(part: string): string {
    return t.find(`part.${part}`) ?? part;
  }

  protected readonly reverse = action((requestId, payment: Payment) => {
    const caseId = this.caseId();
    const { paymentId } = payment;
    const request: ReversePaymentRequest = {
      caseId,
      paymentId,
      requestId,
      reason: this.reason().trim(),
    };
    return this.#api.post(
      path`/v1/cases/${caseId}/payments/${paymentId}:reverse`,
      ReversePaymentRequest.toJSON(request),
      ReversePaymentResponse.fromJSON,
      { requestId },
    );
  });

  protected async send(payment: Payment): Promise<void> {
    if ((await this.reverse.run(payment)) === undefined) return;
    this.asked.set(undefined);
    this.reason.set('');
    this.reversed.emit();
  }
}
