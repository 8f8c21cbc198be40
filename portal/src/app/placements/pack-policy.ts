import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { GetPackPolicyResponse } from '@recourse/proto/web/agencies/v1/packs';
import { Api, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { Session } from '../session/session';
import { FormDialog } from '../ui/form-dialog';
import { formatBps, formatInstant } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { itemNames, policyForm } from './pack-forms';
import { packWords as t } from './pack-words';

/** Who sets what packs must have, as the contract says. */
const setting = ['director', 'general_manager', 'org_admin'];

/** What every handover pack of the creditor must have, and what stands in it by default. */
@Component({
  selector: 'rc-pack-policy',
  imports: [FormDialog, MatButton, ProblemPanel],
  template: `
    <h2>{{ t('policyTitle') }}</h2>
    <p class="rc-muted">{{ t('policyLead') }}</p>
    @if (loaded.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" canRetry (retry)="loaded.reload()" />
    }
    @if (policy(); as policy) {
      <dl class="rc-facts">
        <dt>{{ t('policyRequired') }}</dt>
        <dd>{{ itemNames(policy.required) }}</dd>
        <dt>{{ t('policyLiaison') }}</dt>
        <dd>
          @if (policy.liaison; as liaison) {
            {{ liaison.name }} {{ liaison.phone }} {{ liaison.email }}
          } @else {
            {{ t('policyPlacer') }}
          }
        </dd>
        <dt>{{ t('policyFloor') }}</dt>
        <dd>{{ bps(policy.floorBps) }}</dd>
      </dl>
      @if (changed(); as text) {
        <p class="rc-muted">{{ text }}</p>
      }
      @if (maySet()) {
        <button matButton type="button" (click)="dialogs.show('pack-policy')">
          {{ t('policyEdit') }}
        </button>
      }
    }
    @if (form(); as what) {
      <rc-form-dialog [form]="what" (saved)="done()" (closed)="dialogs.close()" />
    }
  `,
})
export class PackPolicyCard {
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly bps = formatBps;
  protected readonly itemNames = itemNames;
  protected readonly maySet = computed(() => mayCall(this.#caller(), setting));
  protected readonly dialogs = dialogUrl(['pack-policy']);
  protected readonly loaded = load(() => read('/v1/pack-policy', GetPackPolicyResponse.fromJSON));
  protected readonly policy = computed(() => this.loaded.value()?.policy);
  protected readonly changed = computed(() => {
    const { changedBy, changedAt } = this.policy() ?? {};
    if (changedBy === undefined || changedAt === undefined) return '';
    return t('changed', { name: changedBy.name, at: formatInstant(changedAt) });
  });
  protected readonly form = computed(() => {
    const policy = this.policy();
    const isOpen = this.dialogs.open() === 'pack-policy' && this.maySet();
    return isOpen && policy !== undefined ? policyForm(this.#api, policy) : undefined;
  });

  protected done(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
