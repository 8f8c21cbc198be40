import { Component, computed } from '@angular/core';
import { GetCreditPolicyResponse } from '@recourse/proto/web/credit/v1/ratings';
import type { PolicyRow } from '@recourse/proto/web/credit/v1/ratings';
import { read } from '../session/api';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { formatBps, formatDay } from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { CreditNav } from './credit-nav';
import { gradeText, gradeTone, termsText } from './reason-text';
import { t } from './words';

/** What each grade is allowed: the table behind every limit and term. */
@Component({
  imports: [Chip, CreditNav, DataTable, DataTableCell, PageHeader],
  template: `
    <rc-page-header [heading]="t('policy')" [lead]="lead()" />
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
  `,
})
export class PolicyPage {
  protected readonly t = t;
  protected readonly gradeText = gradeText;
  protected readonly gradeTone = gradeTone;
  protected readonly loaded = load(() =>
    read('/v1/credit-policy', GetCreditPolicyResponse.fromJSON),
  );
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
