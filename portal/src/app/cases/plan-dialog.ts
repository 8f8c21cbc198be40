import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { OnInit } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import {
  AgreePlanRequest,
  AgreePlanResponse,
  PlanPeriod,
  PreviewPlanRequest,
  PreviewPlanResponse,
} from '@recourse/proto/web/cases/v1/plans';
import type { Instalment } from '@recourse/proto/web/cases/v1/plans';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { newId } from '../session/new-id';
import { fieldErrorText } from '../session/problem-words';
import { Dialog } from '../ui/dialog';
import { FormBody } from '../ui/form-body';
import { FormRows } from '../ui/form-rows';
import type { FormField, FormRowsSpec, FormValue } from '../ui/form-values';
import { formatMoney, today } from '../ui/format';
import { addDays } from '../ui/parse-day';
import { ProblemPanel } from '../ui/problem-panel';
import { rowsState } from '../ui/rows-state';
import type { RowsState } from '../ui/rows-state';
import { writtenForm } from '../ui/written-form';
import { partsOf, troubleOf } from './plan-parts';
import { planWords as t } from './plan-words';

/** As many as the server takes, and what is proposed at first: three months from next week on. */
const most = 60;
const [proposedCount, proposedDays] = [3, 7];

/**
 * Agrees an instalment plan: the server proposes equal instalments, whose days and amounts may then
 * be changed as long as they add up.
 */
@Component({
  selector: 'rc-plan-dialog',
  imports: [Dialog, FormBody, FormRows, MatButton, ProblemPanel],
  template: `
    <rc-dialog [heading]="t('agree')" (closed)="closed.emit()">
      <div class="rc-stack">
        <p class="rc-muted">{{ hint() }}</p>
        <rc-form-body
          class="terms"
          [fields]="terms().fields"
          [read]="terms().read"
          [errorOf]="errorOf"
          (changed)="set($event.id, $event.value)"
        />
        <div>
          <button
            matButton="outlined"
            type="button"
            [disabled]="!mayPropose() || propose.busy()"
            (click)="propose.run()"
          >
            {{ t('propose') }}
          </button>
        </div>
        @if (propose.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
        @if (rows(); as state) {
          <rc-form-rows compact class="parts" [of]="state" />
          <p class="sum rc-figure" role="status" [class.wrong]="trouble().isWrong">
            {{ trouble().text }}
          </p>
        }
        <rc-form-body
          [fields]="agreement().fields"
          [read]="agreement().read"
          [errorOf]="errorOf"
          (changed)="set($event.id, $event.value)"
        />
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
        {{ t('agree') }}
      </button>
    </rc-dialog>
  `,
  styles: `
    .terms {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(170px, 100%), 1fr));
      align-items: start;
    }
    .parts {
      --rc-column: 170px;
    }
    p {
      margin: 0;
    }
    .sum {
      color: var(--rc-green);
      font-weight: 620;
    }
    .sum.wrong {
      color: var(--rc-red);
    }
  `,
})
export class PlanDialog implements OnInit {
  readonly of = input.required<Case>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #planId = newId();
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  protected readonly t = t;
  readonly #currency = computed(() => this.of().open?.currency ?? 'CNY');
  protected readonly hint = computed(() => t('agreeHint', { open: formatMoney(this.of().open) }));
  protected readonly rows = signal<RowsState | undefined>(undefined);

  protected readonly terms = computed(() => writtenForm(this.#termFields, this.#written()));
  protected readonly agreement = computed(() =>
    writtenForm(() => this.#agreementFields(), this.#written()),
  );
  protected readonly mayPropose = computed(() => {
    const { values, isWhole } = this.terms();
    return isWhole && values.whole('count') > 0;
  });
  protected readonly trouble = computed(() =>
    troubleOf(partsOf(this.rows()?.values() ?? []), this.terms().values.money('amount')),
  );
  protected readonly isWhole = computed(() => {
    const { values, isWhole } = this.agreement();
    const halves = [values.text('confirmedOn'), values.text('confirmationReference')];
    return (
      isWhole &&
      halves.filter((half) => half === '').length !== 1 &&
      this.rows()?.isWhole() === true &&
      !this.trouble().isWrong
    );
  });
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.save.problem() ?? this.propose.problem(), id);

  readonly #termFields = (): readonly FormField[] => [
    {
      id: 'amount',
      kind: 'money',
      label: t('amount'),
      currency: this.#currency(),
      initial: this.of().open,
    },
    {
      id: 'count',
      kind: 'whole',
      label: t('count'),
      unit: t('countUnit'),
      initial: proposedCount,
      max: most,
    },
    {
      id: 'firstDueDay',
      kind: 'day',
      label: t('first'),
      initial: addDays(today(), proposedDays),
      min: today(),
    },
    {
      id: 'period',
      kind: 'choice',
      label: t('period'),
      initial: PlanPeriod.MONTH,
      options: [PlanPeriod.MONTH, PlanPeriod.WEEK].map((value) => ({ value, name: t(value) })),
    },
    {
      id: 'rest',
      kind: 'choice',
      label: t('rest'),
      initial: 'last',
      options: [
        { value: 'last', name: t('restLast') },
        { value: 'first', name: t('restFirst') },
      ],
    },
  ];

  #agreementFields(): readonly FormField[] {
    return [
      {
        id: 'agreedWith',
        kind: 'text',
        label: t('agreedWith'),
        initial: this.of().contacts[0]?.name ?? '',
      },
      { id: 'accelerates', kind: 'flag', label: t('accelerates'), initial: true },
      { id: 'consequences', kind: 'text', label: t('consequences'), rows: 2, optional: true },
      {
        id: 'confirmedOn',
        kind: 'day',
        label: t('confirmedOn'),
        hint: t('confirmationHint'),
        max: today(),
        optional: true,
      },
      {
        id: 'confirmationReference',
        kind: 'text',
        label: t('confirmationReference'),
        optional: true,
      },
    ];
  }

  ngOnInit(): void {
    void this.propose.run();
  }

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
  }

  /** Equal instalments as the server makes them, by the same rules by which it takes them. */
  protected readonly propose = action(async () => {
    const { caseId } = this.of();
    const { values } = this.terms();
    const request: PreviewPlanRequest = {
      caseId,
      amount: values.money('amount'),
      count: values.whole('count'),
      firstDueDay: values.text('firstDueDay'),
      period: values.text('period') === PlanPeriod.WEEK ? PlanPeriod.WEEK : PlanPeriod.MONTH,
      restFirst: values.text('rest') === 'first',
    };
    const at = path`/v1/cases/${caseId}/plans:preview`;
    const body = PreviewPlanRequest.toJSON(request);
    const { instalments } = await this.#api.post(at, body, PreviewPlanResponse.fromJSON);
    this.rows.set(rowsState(signal(this.#rowsOf(instalments))));
  });

  #rowsOf(instalments: readonly Instalment[]): FormRowsSpec {
    const currency = this.#currency();
    return {
      rowName: (number) => t('instalment', { number }),
      addName: t('add'),
      rows: instalments.map(({ dueDay, amount }) => ({ dueDay, amount })),
      fields: () => [
        { id: 'dueDay', kind: 'day', label: t('dueDay'), min: today() },
        { id: 'amount', kind: 'money', label: t('share'), currency },
      ],
    };
  }

  protected readonly save = action(() => {
    const { caseId } = this.of();
    const { values } = this.agreement();
    const request: AgreePlanRequest = {
      caseId,
      planId: this.#planId,
      amount: this.terms().values.money('amount'),
      instalments: [...partsOf(this.rows()?.values() ?? [])],
      accelerates: values.flag('accelerates'),
      consequences: values.text('consequences'),
      agreedWith: values.text('agreedWith'),
      confirmedOn: values.text('confirmedOn'),
      confirmationReference: values.text('confirmationReference'),
    };
    const at = path`/v1/cases/${caseId}/plans/${this.#planId}`;
    return this.#api.put(at, AgreePlanRequest.toJSON(request), AgreePlanResponse.fromJSON);
  });

  protected async send(): Promise<void> {
    if ((await this.save.run()) !== undefined) this.saved.emit();
  }
}
