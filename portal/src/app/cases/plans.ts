import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { CaseState } from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { InstalmentState, PlanState } from '@recourse/proto/web/cases/v1/plans';
import type { ListPlansResponse, Plan, PlanInstalment } from '@recourse/proto/web/cases/v1/plans';
import { Api } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import type { Loaded } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FormDialog } from '../ui/form-dialog';
import { formatDay, formatInstant } from '../ui/format';
import { DayPipe, MoneyPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { PlanDialog } from './plan-dialog';
import { cancelForm, confirmForm } from './plan-forms';
import { planWords as t } from './plan-words';

type Tone = 'good' | 'warn' | 'bad' | 'info' | 'neutral';

const planTones: Partial<Record<PlanState, Tone>> = {
  [PlanState.ACTIVE]: 'info',
  [PlanState.KEPT]: 'good',
  [PlanState.BROKEN]: 'bad',
};

const instalmentTones: Partial<Record<InstalmentState, Tone>> = {
  [InstalmentState.PENDING]: 'info',
  [InstalmentState.MET]: 'good',
  [InstalmentState.LATE]: 'warn',
  [InstalmentState.MISSED]: 'bad',
  [InstalmentState.ACCELERATED]: 'bad',
};

/** Who agrees plans, and who records that one was confirmed, as the contract says. */
const agreeing = ['director', 'general_manager'];
const confirming = ['collector', 'supervisor', 'legal_officer', ...agreeing];

/** The instalment plans of a case, the last one first, and what may be done with them. */
@Component({
  selector: 'rc-plans',
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    DayPipe,
    FormDialog,
    MatButton,
    MoneyPipe,
    PlanDialog,
    ProblemPanel,
  ],
  templateUrl: './plans.html',
  styleUrls: ['./part.scss', './plans.scss'],
})
export class Plans {
  readonly of = input.required<Case>();
  readonly loaded = input.required<Loaded<ListPlansResponse>>();
  /** A settlement lives, which no plan goes beside. */
  readonly excluded = input(false);
  /** Something was agreed, confirmed or cancelled. */
  readonly changed = output();
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['plan', 'plan-confirm', 'plan-cancel']);
  protected readonly plans = computed(() => this.loaded().value()?.plans);
  readonly #hasActive = computed(
    () => this.plans()?.some(({ state }) => state === PlanState.ACTIVE) === true,
  );
  protected readonly mayAgree = computed(
    () =>
      this.of().state === CaseState.OPEN &&
      this.plans() !== undefined &&
      !this.#hasActive() &&
      !this.excluded() &&
      mayCall(this.#caller(), agreeing),
  );
  protected readonly isShown = computed(
    () =>
      this.mayAgree() || (this.plans()?.length ?? 0) > 0 || this.loaded().problem() !== undefined,
  );

  protected readonly form = computed(() => {
    const plan = this.plans()?.find(({ planId }) => planId === this.dialogs.on());
    if (plan === undefined) return undefined;
    switch (this.dialogs.open()) {
      case 'plan-confirm':
        return this.mayConfirm(plan) ? confirmForm(this.#api, plan) : undefined;
      case 'plan-cancel':
        return this.mayCancel(plan) ? cancelForm(this.#api, plan) : undefined;
      default:
        return undefined;
    }
  });

  protected mayConfirm({ confirmedOn, state }: Plan): boolean {
    const isOver = state === PlanState.CANCELLED;
    return confirmedOn === '' && !isOver && mayCall(this.#caller(), confirming);
  }

  protected mayCancel({ state }: Plan): boolean {
    return state === PlanState.ACTIVE && mayCall(this.#caller(), agreeing);
  }

  protected planTone(state: PlanState): Tone {
    return planTones[state] ?? 'neutral';
  }

  protected instalmentTone(state: InstalmentState): Tone {
    return instalmentTones[state] ?? 'neutral';
  }

  protected confirmation({ confirmedOn, confirmationReference: reference }: Plan): string {
    return confirmedOn === '' ? '' : t('confirmed', { day: formatDay(confirmedOn), reference });
  }

  protected ending({ cancelledAt, cancelledBy, cancelReason: reason }: Plan): string {
    if (cancelledAt === undefined) return '';
    if (cancelledBy === undefined) return t('ended', { at: formatInstant(cancelledAt) });
    return t('cancelledBy', {
      name: cancelledBy.name,
      at: formatInstant(cancelledAt),
      reason,
    });
  }

  protected readonly columns: Column<PlanInstalment>[] = [
    {
      id: 'number',
      title: () => t('number'),
      value: (one) => t('instalment', { number: one.number }),
      fixed: true,
      card: 'title',
    },
    { id: 'due', title: () => t('dueDay'), kind: 'day', value: (one) => one.dueDay },
    {
      id: 'amount',
      title: () => t('share'),
      kind: 'money',
      value: (one) => one.amount,
      card: 'figure',
    },
    { id: 'received', title: () => t('received'), kind: 'money', value: (one) => one.received },
    { id: 'met', title: () => t('metOn'), kind: 'day', value: (one) => one.metOn },
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      text: (one) => t.find(one.state),
      card: 'chip',
    },
  ];
  protected readonly keyOf = (row: PlanInstalment): string => String(row.number);

  protected done(): void {
    this.dialogs.close();
    this.loaded().reload();
    this.changed.emit();
  }
}
