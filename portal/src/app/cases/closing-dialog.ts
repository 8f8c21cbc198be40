import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import {
  ClosingKind,
  ClosingReason,
  PreviewClosingRequest,
  PreviewClosingResponse,
  ProposeClosingRequest,
  ProposeClosingResponse,
} from '@recourse/proto/web/cases/v1/closings';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { asOpened } from '../session/as-opened';
import { newId } from '../session/new-id';
import { problemFrom } from '../session/problem';
import { fieldErrorText } from '../session/problem-words';
import { roleNames } from '../shell/role-names';
import { Dialog } from '../ui/dialog';
import { FormBody } from '../ui/form-body';
import type { FormField, FormValue, FormValues } from '../ui/form-values';
import { formatCount, today } from '../ui/format';
import { DayPipe, MoneyPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { Why } from '../ui/why';
import { writtenForm } from '../ui/written-form';
import { closingReasons, costText, expectedText, mostClosed, worthOf } from './closing-text';
import { closingWords as t } from './closing-words';
import { steps } from './steps';

const kinds = [ClosingKind.WRITE_OFF, ClosingKind.WITHDRAWAL, ClosingKind.SALE] as const;

/**
 * Proposes to write off, withdraw or sell cases. What they may still bring against the cost to go
 * on stands beside it before anything is written; the server refuses by the same rules.
 */
@Component({
  selector: 'rc-closing-dialog',
  imports: [DayPipe, Dialog, FormBody, MatButton, MoneyPipe, ProblemPanel, Why],
  template: `
    <rc-dialog [heading]="heading()" size="medium" (closed)="closed.emit()">
      <div class="rc-stack">
        @if (tooMany()) {
          <p role="alert">{{ t('many', { most }) }}</p>
        }
        @if (looked(); as found) {
          <section role="status" class="loss">
            <dl class="rc-facts">
              <dt>{{ t('open') }}</dt>
              <dd class="rc-figure">{{ found.open | money }}</dd>
              <dt>{{ t('expected') }}</dt>
              <dd class="rc-figure">
                @if (found.stopLoss?.why; as why) {
                  <rc-why [why]="why" [value]="expectedText(found.stopLoss)" [words]="steps.find" />
                } @else {
                  {{ expectedText(found.stopLoss) }}
                }
              </dd>
              <dt>{{ t('cost') }}</dt>
              <dd class="rc-figure">{{ costText(found.stopLoss) }}</dd>
              <dt>{{ t('deciders') }}</dt>
              <dd>{{ roleNames(found.deciders) }}</dd>
              <dt>{{ t('lapsesOn') }}</dt>
              <dd>{{ found.lapsesOn | day }}</dd>
            </dl>
            @if (worthOf(found.stopLoss); as verdict) {
              <p class="verdict" [class.worth]="verdict.isFor">{{ verdict.text }}</p>
            }
          </section>
        }
        <rc-form-body
          [fields]="drawn().fields"
          [read]="drawn().read"
          [errorOf]="errorOf"
          (changed)="set($event.id, $event.value)"
        />
        @if (save.problem() ?? asked(); as problem) {
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
        {{ t('propose') }}
      </button>
    </rc-dialog>
  `,
  styles: `
    dl,
    p {
      margin: 0;
    }
    .verdict {
      margin-block-start: 8px;
      color: var(--rc-amber);
    }
    .verdict.worth {
      color: var(--rc-green);
    }
  `,
})
export class ClosingDialog {
  /** As they are when the dialog opens; a later reading changes nothing of what is proposed. */
  readonly cases = input.required<readonly Case[]>();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #closingId = newId();
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  protected readonly t = t;
  protected readonly steps = steps;
  protected readonly most = mostClosed;
  protected readonly roleNames = roleNames;
  protected readonly expectedText = expectedText;
  protected readonly costText = costText;
  protected readonly worthOf = worthOf;
  readonly #those = asOpened(
    () => 'those',
    () => this.cases(),
  );
  readonly #caseIds = computed(() => this.#those().map(({ caseId }) => caseId));
  readonly #currency = computed(() => this.#those()[0]?.open?.currency ?? 'CNY');
  protected readonly tooMany = computed(() => this.#caseIds().length > mostClosed);
  protected readonly heading = computed(() => {
    const [only] = this.#those();
    if (this.#those().length === 1 && only !== undefined) return `${t('giveUp')} · ${only.number}`;
    return t('proposeTitle', { count: formatCount(this.#those().length) });
  });

  readonly #preview = resource({
    params: () => (this.tooMany() ? undefined : { caseIds: this.#caseIds() }),
    loader: ({ params, abortSignal: over }) =>
      this.#api.post(
        '/v1/closings:preview',
        PreviewClosingRequest.toJSON(params),
        PreviewClosingResponse.fromJSON,
        { signal: over },
      ),
  });
  protected readonly looked = computed(() =>
    this.#preview.hasValue() ? this.#preview.value() : undefined,
  );
  protected readonly asked = computed(() => {
    const error = this.#preview.error();
    return error === undefined ? undefined : problemFrom(error);
  });

  readonly #fields = (values: FormValues): readonly FormField[] => {
    const kind = kinds.find((one) => one === values.text('kind')) ?? ClosingKind.WRITE_OFF;
    const named = (value: string) => ({ value, name: t.find(value) ?? value });
    return [
      {
        id: 'kind',
        kind: 'choice',
        label: t('kind'),
        options: kinds.map(named),
        initial: ClosingKind.WRITE_OFF,
      },
      {
        id: 'reason',
        kind: 'choice',
        label: t('reason'),
        options: (closingReasons[kind] ?? []).map(named),
      },
      ...(kind === ClosingKind.SALE ? this.#saleFields() : []),
      { id: 'note', kind: 'text', label: t('note'), hint: t('noteHint'), rows: 3, least: 2 },
    ];
  };

  #saleFields(): FormField[] {
    const currency = this.#currency();
    return [
      { id: 'buyerName', kind: 'text', label: t('buyerName'), least: 2 },
      { id: 'buyerIdentifier', kind: 'text', label: t('buyerIdentifier'), least: 4 },
      { id: 'price', kind: 'money', label: t('price'), currency },
      { id: 'agreedOn', kind: 'day', label: t('agreedOn'), initial: today(), max: today() },
    ];
  }

  protected readonly drawn = computed(() => writtenForm(this.#fields, this.#written()));
  protected readonly isWhole = computed(() => this.drawn().isWhole && this.looked() !== undefined);
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.save.problem(), id) ?? fieldErrorText(this.save.problem(), `sale/${id}`);

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => {
      const next = new Map(written).set(id, value);
      // Each kind has reasons of its own.
      if (id === 'kind' && written.get('kind') !== value) next.delete('reason');
      return next;
    });
  }

  protected readonly save = action(() => {
    const { values } = this.drawn();
    const kind = kinds.find((one) => one === values.text('kind')) ?? ClosingKind.WRITE_OFF;
    const reasons = closingReasons[kind] ?? [];
    const reason = reasons.find((one) => one === values.text('reason')) ?? ClosingReason.OTHER;
    const request: ProposeClosingRequest = {
      closingId: this.#closingId,
      caseIds: [...this.#caseIds()],
      kind,
      reason,
      note: values.text('note'),
      sale: kind === ClosingKind.SALE ? this.#saleOf(values) : undefined,
    };
    const body = ProposeClosingRequest.toJSON(request);
    const at = path`/v1/closings/${this.#closingId}`;
    return this.#api.put(at, body, ProposeClosingResponse.fromJSON);
  });

  #saleOf(values: FormValues): ProposeClosingRequest['sale'] {
    return {
      buyerName: values.text('buyerName'),
      buyerIdentifier: values.text('buyerIdentifier'),
      price: values.money('price'),
      agreedOn: values.text('agreedOn'),
    };
  }

  protected async send(): Promise<void> {
    if ((await this.save.run()) === undefined) return;
    await this.#router.navigate(['/cases/closings', this.#closingId]);
  }
}
