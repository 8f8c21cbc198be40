import {
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  resource,
  signal,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import {
  PreviewSettlementRequest,
  PreviewSettlementResponse,
  ProposeSettlementRequest,
  ProposeSettlementResponse,
} from '@recourse/proto/web/cases/v1/settlements';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { newId } from '../session/new-id';
import { problemFrom } from '../session/problem';
import { fieldErrorText } from '../session/problem-words';
import { roleNames } from '../shell/role-names';
import { Dialog } from '../ui/dialog';
import { FormBody } from '../ui/form-body';
import type { FormField, FormValue } from '../ui/form-values';
import { formatMoney, today } from '../ui/format';
import type { MoneyValue } from '../ui/format';
import { addDays } from '../ui/parse-day';
import { MoneyPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { Why } from '../ui/why';
import { writtenForm } from '../ui/written-form';
import { discountText, policyText } from './settlement-text';
import { settlementWords as t } from './settlement-words';
import { steps } from './steps';

/** A settlement is proposed for money within two weeks at first. */
const proposedDays = 14;

/**
 * Proposes a settlement. What an amount means is told by the server while it is written, by the
 * same rules by which it takes the proposal; at first it is the least that policy suggests.
 */
@Component({
  selector: 'rc-settlement-dialog',
  imports: [Dialog, FormBody, MatButton, MoneyPipe, ProblemPanel, Why],
  template: `
    <rc-dialog [heading]="t('propose')" size="medium" (closed)="closed.emit()">
      <div class="rc-stack">
        <p class="rc-muted">{{ hint() }}</p>
        <rc-form-body
          class="terms"
          [fields]="drawn().fields.slice(0, 2)"
          [read]="drawn().read"
          [errorOf]="errorOf"
          (changed)="set($event.id, $event.value)"
        />
        @if (terms(); as terms) {
          <div role="status">
            <dl class="rc-facts">
              <dt>{{ t('discount') }}</dt>
              <dd class="rc-figure">{{ discountText(terms) }}</dd>
              @if (policyText(terms); as policy) {
                <dt>{{ t('policy') }}</dt>
                <dd><rc-why [why]="terms.why" [value]="policy" [words]="steps.find" /></dd>
                <dt>{{ t('least') }}</dt>
                <dd class="rc-figure">{{ terms.suggestedAmount | money }}</dd>
                <dt>{{ t('deciders') }}</dt>
                <dd>{{ roleNames(terms.deciders) }}</dd>
              }
            </dl>
            @if (terms.suggestedAmount !== undefined) {
              <p [class.wrong]="terms.deeper">{{ terms.deeper ? t('deeper') : t('within') }}</p>
            }
          </div>
        }
        <rc-form-body
          [fields]="drawn().fields.slice(2)"
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
    .terms {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr));
      align-items: start;
    }
    dl,
    p {
      margin: 0;
    }
    p:not(.rc-muted) {
      color: var(--rc-green);
    }
    p.wrong:not(.rc-muted) {
      color: var(--rc-amber);
    }
  `,
})
export class SettlementDialog {
  readonly of = input.required<Case>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #settlementId = newId();
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  protected readonly t = t;
  protected readonly steps = steps;
  protected readonly discountText = discountText;
  protected readonly policyText = policyText;
  protected readonly roleNames = roleNames;
  readonly #currency = computed(() => this.of().open?.currency ?? 'CNY');
  protected readonly hint = computed(() => t('proposeHint', { open: formatMoney(this.of().open) }));

  /** The amount as written, and a day that is one; before the first key what policy suggests. */
  readonly #wanted = computed(
    () => {
      const amount = this.#written().get('amount');
      const isMoney = typeof amount === 'object' && 'minor' in amount && amount.minor > 0n;
      const dueDay = this.#written().get('dueDay');
      return {
        amount: isMoney ? amount : undefined,
        dueDay: typeof dueDay === 'string' ? dueDay : addDays(today(), proposedDays),
      };
    },
    { equal: (a, b) => a.amount?.minor === b.amount?.minor && a.dueDay === b.dueDay },
  );
  readonly #looked = resource({
    params: () => ({ caseId: this.of().caseId, ...this.#wanted() }),
    loader: ({ params, abortSignal: signal }) => {
      const at = path`/v1/cases/${params.caseId}/settlements:preview`;
      const body = PreviewSettlementRequest.toJSON(params);
      return this.#api.post(at, body, PreviewSettlementResponse.fromJSON, { signal });
    },
  });
  /** The last answer stays while the next is on its way, so that nothing flickers. */
  readonly #preview = linkedSignal<
    PreviewSettlementResponse | undefined,
    PreviewSettlementResponse | undefined
  >({
    source: () => (this.#looked.hasValue() ? this.#looked.value() : undefined),
    computation: (now, before) => now ?? before?.value,
  });
  protected readonly terms = computed(() =>
    this.asked() === undefined ? this.#preview()?.terms : undefined,
  );
  protected readonly asked = computed(() => {
    const error = this.#looked.error();
    return error === undefined ? undefined : problemFrom(error);
  });
  /** What the server proposed before anything was written. */
  readonly #suggested = linkedSignal<PreviewSettlementResponse | undefined, MoneyValue | undefined>(
    {
      source: this.#preview,
      computation: (now, before) => before?.value ?? proposalOf(now),
    },
  );

  protected readonly drawn = computed(() => writtenForm(this.#fields, this.#written()));
  protected readonly isWhole = computed(
    () => this.drawn().isWhole && this.terms() !== undefined && !this.#looked.isLoading(),
  );
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.save.problem() ?? this.asked(), id);

  readonly #fields = (): readonly FormField[] => [
    {
      id: 'amount',
      kind: 'money',
      label: t('amount'),
      currency: this.#currency(),
      initial: this.#suggested(),
    },
    {
      id: 'dueDay',
      kind: 'day',
      label: t('dueDay'),
      initial: addDays(today(), proposedDays),
      min: today(),
      ...this.#latest(),
    },
    { id: 'reason', kind: 'text', label: t('reason'), rows: 3, least: 2 },
  ];

  #latest(): { max?: string } {
    const latest = this.#preview()?.latestDueDay;
    return latest === undefined ? {} : { max: latest };
  }

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
  }

  protected readonly save = action(() => {
    const { caseId } = this.of();
    const { values } = this.drawn();
    const request: ProposeSettlementRequest = {
      caseId,
      settlementId: this.#settlementId,
      amount: values.money('amount'),
      dueDay: values.text('dueDay'),
      reason: values.text('reason'),
    };
    const at = path`/v1/cases/${caseId}/settlements/${this.#settlementId}`;
    const body = ProposeSettlementRequest.toJSON(request);
    return this.#api.put(at, body, ProposeSettlementResponse.fromJSON);
  });

  protected async send(): Promise<void> {
    if ((await this.save.run()) !== undefined) this.saved.emit();
  }
}

/** Nothing is proposed where policy suggests no discount, or tells none. */
function proposalOf(answer: PreviewSettlementResponse | undefined): MoneyValue | undefined {
  return (answer?.terms?.discountBps ?? 0) > 0 ? answer?.amount : undefined;
}
