import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  GetCreditPolicyResponse,
  ListCreditPoliciesResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import type { PolicyRow } from '@recourse/proto/web/credit/v1/ratings';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { formatBps, formatDay } from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { ProblemPanel } from '../ui/problem-panel';
import { CreditNav, policyWriters } from './credit-nav';
import { PolicyHistory } from './policy-history';
import { t as policy } from './policy-words';
import { gradeText, gradeTone, termsText } from './reason-text';
import { t } from './words';

/** What each grade is allowed: the table behind every limit and term. */
@Component({
  imports: [
    Chip,
    CreditNav,
    DataTable,
    DataTableCell,
    MatButton,
    PageHeader,
    PolicyHistory,
    ProblemPanel,
    RouterLink,
  ],
  template: `
    <rc-page-header [heading]="t('policy')" [lead]="lead()">
      @if (mayWrite()) {
        <a actions matButton="filled" routerLink="/customers/policy/new">{{ policy('write') }}</a>
      }
    </rc-page-header>
    <rc-credit-nav />
    <rc-data-table
      name="credit-policy"
      [label]="t('policy')"
      [columns]="columns"
      [rows]="loaded.value()?.policy?.rows"
      [rowKey]="keyOf"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      (retry)="loaded.reload()"
    >
      <ng-template rcCell="grade" [rcCellRows]="loaded.value()?.policy?.rows" let-row>
        <rc-chip [tone]="gradeTone(row.grade)">{{ gradeText(row.grade) }}</rc-chip>
      </ng-template>
    </rc-data-table>
    @if (versions.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" canRetry (retry)="versions.reload()" />
    }
    @if (versions.value(); as found) {
      <rc-policy-history class="rc-card rc-card-body" [of]="found" />
    }
  `,
  styles: `
    rc-policy-history {
      margin-block-start: 16px;
    }
  `,
})
export class PolicyPage {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly policy = policy;
  protected readonly gradeText = gradeText;
  protected readonly gradeTone = gradeTone;
  protected readonly loaded = load(() =>
    read('/v1/credit-policy', GetCreditPolicyResponse.fromJSON),
  );
  protected readonly versions = load(() =>
    read('/v1/credit-policies', ListCreditPoliciesResponse.fromJSON),
  );
  protected readonly mayWrite = computed(() => mayCall(this.#caller(), policyWriters));
  protected readonly lead = computed(() => {
    const policy = this.loaded.value()?.policy;
    if (policy === undefined) return t('policyLead');
    const day = formatDay(policy.effectiveFrom);
    const share = formatBps(policy.limitAlarmBps);
    const whose = policy.own ? t('policyOwn', { day }) : t('policyShipped', { day });
    return [t('policyLead'), whose, t('policyAlarm', { share })].join(' · ');
  });
  protected readonly columns: Column<PolicyRow>[] = [
    { id: 'grade', title: () => t('grade'), kind: 'own', fixed: true, card: 'title' },
    { id: 'pd', title: () => t('pdUpTo'), kind: 'bps', value: (r) => r.pdUpToBps },
    { id: 'limit', title: () => t('limit'), kind: 'money', value: (r) => r.limit, card: 'figure' },
    { id: 'equity', title: () => t('equityShare'), kind: 'bps', value: (r) => r.equityShareBps },
    { id: 'terms', title: () => t('terms'), value: (r) => termsText(r.terms) },
    {
      id: 'guarantee',
      title: () => t('guarantee'),
      value: (r) => (r.guaranteeRequired ? t('guaranteeYes') : t('guaranteeNo')),
    },
    {
      id: 'admissible',
      title: () => t('admissible'),
      value: (r) => (r.admissible ? t('yes') : t('no')),
    },
    {
      id: 'review',
      title: () => t('review'),
      value: (r) => t('months', { count: r.reviewMonths }),
    },
  ];
  protected readonly keyOf = (row: PolicyRow): string => row.grade;
}
