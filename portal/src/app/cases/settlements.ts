import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { CaseState } from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { SettlementState } from '@recourse/proto/web/cases/v1/settlements';
import type { ListSettlementsResponse, Settlement } from '@recourse/proto/web/cases/v1/settlements';
import { Api } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import type { Loaded } from '../session/load';
import { Session } from '../session/session';
import { roleNames } from '../shell/role-names';
import { Chip } from '../ui/chip';
import type { Tone } from '../ui/chip';
import { FormDialog } from '../ui/form-dialog';
import { DayPipe, MoneyPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { Why } from '../ui/why';
import { SettlementDialog } from './settlement-dialog';
import { approveForm, refuseForm, withdrawForm } from './settlement-forms';
import { discountText, endingText, policyText, saidBy } from './settlement-text';
import { settlementWords as t } from './settlement-words';
import { steps } from './steps';

const tones: Partial<Record<SettlementState, Tone>> = {
  [SettlementState.PROPOSED]: 'warn',
  [SettlementState.APPROVED]: 'info',
  [SettlementState.REFUSED]: 'bad',
  [SettlementState.FULFILLED]: 'good',
  [SettlementState.LAPSED]: 'bad',
};

/** Who proposes settlements, as the contract says. */
const proposing = [
  'collector',
  'supervisor',
  'director',
  'general_manager',
  'credit_manager',
  'legal_officer',
  'agency_agent',
  'agency_manager',
];

const awaited: readonly SettlementState[] = [
  SettlementState.APPROVED,
  SettlementState.FULFILLED,
  SettlementState.LAPSED,
];

/** The settlements of a case, the last one first, and what may be done with them. */
@Component({
  selector: 'rc-settlements',
  imports: [Chip, DayPipe, FormDialog, MatButton, MoneyPipe, ProblemPanel, SettlementDialog, Why],
  templateUrl: './settlements.html',
  styleUrls: ['./part.scss', './plans.scss'],
})
export class Settlements {
  readonly of = input.required<Case>();
  readonly loaded = input.required<Loaded<ListSettlementsResponse>>();
  /** A plan is under way, or a settlement lives already. */
  readonly excluded = input(false);
  /** Something was proposed, decided or withdrawn. */
  readonly changed = output();
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly steps = steps;
  protected readonly discountText = discountText;
  protected readonly policyText = policyText;
  protected readonly saidBy = saidBy;
  protected readonly endingText = endingText;
  protected readonly roleNames = roleNames;
  protected readonly dialogs = dialogUrl([
    'settlement',
    'settlement-approve',
    'settlement-refuse',
    'settlement-withdraw',
  ]);
  protected readonly settlements = computed(() => this.loaded().value()?.settlements);
  protected readonly mayPropose = computed(
    () =>
      this.of().state === CaseState.OPEN &&
      this.settlements() !== undefined &&
      !this.excluded() &&
      mayCall(this.#caller(), proposing),
  );
  protected readonly isShown = computed(
    () =>
      this.mayPropose() ||
      (this.settlements()?.length ?? 0) > 0 ||
      this.loaded().problem() !== undefined,
  );

  protected readonly form = computed(() => {
    const found = this.settlements()?.find((one) => one.settlementId === this.dialogs.on());
    if (found === undefined) return undefined;
    switch (this.dialogs.open()) {
      case 'settlement-approve':
        return found.mayDecide ? approveForm(this.#api, found) : undefined;
      case 'settlement-refuse':
        return found.mayDecide ? refuseForm(this.#api, found) : undefined;
      case 'settlement-withdraw':
        return found.mayWithdraw ? withdrawForm(this.#api, found) : undefined;
      default:
        return undefined;
    }
  });

  protected tone(state: SettlementState): Tone {
    return tones[state] ?? 'neutral';
  }

  /** Money is awaited only after somebody has approved it. */
  protected isAwaited({ state }: Settlement): boolean {
    return awaited.includes(state);
  }

  protected decisionName({ state }: Settlement): string {
    return state === SettlementState.REFUSED ? t('refusedBy') : t('approvedBy');
  }

  protected done(): void {
    this.dialogs.close();
    this.loaded().reload();
    this.changed.emit();
  }
}
