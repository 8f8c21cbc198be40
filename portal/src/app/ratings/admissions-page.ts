import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import {
  AdmissionState,
  ListAdmissionsRequest,
  ListAdmissionsResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import type { Admission } from '@recourse/proto/web/credit/v1/ratings';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { oneFilter } from '../session/list-filter';
import { listExport } from '../session/list-export';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { explain } from '../session/problem-words';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { PageHeader } from '../ui/page-header';
import { proposalTone, stateTone } from './admission-text';
import { AskAdmissionDialog } from './ask-admission-dialog';
import { CreditNav } from './credit-nav';
import { gradeText, termsText } from './reason-text';
import { t } from './words';

const states = [AdmissionState.ASKED, AdmissionState.ADMITTED, AdmissionState.REFUSED];

/** Requests to sell on account: what was asked, what the policy says, what was decided. */
@Component({
  imports: [
    AskAdmissionDialog,
    Chip,
    CreditNav,
    DataTable,
    DataTableCell,
    FilterChoice,
    MatButton,
    PageHeader,
  ],
  template: `
    <rc-page-header [heading]="t('admissions')">
      @if (mayAsk()) {
        <button actions matButton="filled" type="button" (click)="dialogs.show('ask')">
          {{ t('askAdmission') }}
        </button>
      }
    </rc-page-header>
    <rc-credit-nav />
    <rc-data-table
      name="admissions"
      [label]="t('admissions')"
      [columns]="columns"
      [rows]="loaded.value()?.admissions"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="loaded.value()?.page"
      [exports]="exports"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('noAdmissions')"
      [emptyHint]="t('noAdmissionsHint')"
      (retry)="loaded.reload()"
    >
      <rc-filter-choice
        filters
        single
        [label]="t('state')"
        [options]="stateOptions()"
        [value]="chosenState()"
        (valueChange)="list.set({ state: $event[0] })"
      />
      <ng-template rcCell="state" [rcCellRows]="loaded.value()?.admissions" let-row>
        <rc-chip [tone]="stateTone(row.state)">{{ t.find(row.state) }}</rc-chip>
      </ng-template>
      <ng-template rcCell="proposal" [rcCellRows]="loaded.value()?.admissions" let-row>
        <rc-chip [tone]="proposalTone(row.proposal)">{{ t.find(row.proposal) }}</rc-chip>
      </ng-template>
    </rc-data-table>
    @if (dialogs.open() === 'ask' && mayAsk()) {
      <rc-ask-admission-dialog (asked)="open($event)" (closed)="dialogs.close()" />
    }
  `,
})
export class AdmissionsPage {
  readonly #caller = inject(Session).caller;
  readonly #router = inject(Router);
  protected readonly t = t;
  protected readonly explain = explain(t);
  protected readonly stateTone = stateTone;
  protected readonly proposalTone = proposalTone;
  protected readonly dialogs = dialogUrl(['ask']);
  protected readonly list = listState({ filters: { state: oneFilter(states) }, sort: '' });
  protected readonly loaded = load(
    () =>
      read(
        '/v1/admissions',
        ListAdmissionsResponse.fromJSON,
        ListAdmissionsRequest.toJSON(
          ListAdmissionsRequest.fromPartial({
            state: this.list.values().state ?? AdmissionState.UNSPECIFIED,
            page: this.list.page(),
          }),
        ),
      ),
    { live: ['admission', 'rating'] },
  );
  protected readonly mayAsk = computed(() =>
    mayCall(this.#caller(), [
      'collector',
      'credit_manager',
      'supervisor',
      'director',
      'creditor:org_admin',
    ]),
  );
  protected readonly stateOptions = computed(() =>
    states.map((value) => ({ value, name: t.find(value) ?? value })),
  );
  protected readonly chosenState = computed(() => [this.list.values().state ?? []].flat());
  protected readonly columns: Column<Admission>[] = [
    {
      id: 'customer',
      title: () => t('customer'),
      value: (a) => a.customerName,
      fixed: true,
      card: 'title',
    },
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      text: (a) => t.find(a.state),
      card: 'chip',
    },
    {
      id: 'proposal',
      title: () => t('proposal'),
      kind: 'own',
      text: (a) => t.find(a.proposal),
    },
    { id: 'grade', title: () => t('grade'), value: (a) => gradeText(a.rating?.grade ?? '') },
    {
      id: 'asked',
      title: () => t('askedLimit'),
      kind: 'money',
      value: (a) => a.askedLimit,
      card: 'figure',
    },
    { id: 'limit', title: () => t('limit'), kind: 'money', value: (a) => a.limit },
    { id: 'terms', title: () => t('terms'), value: (a) => termsText(a.terms) },
    {
      id: 'at',
      title: () => t('askedAt'),
      kind: 'relative-instant',
      value: (a) => a.askedAt,
      note: (a) => a.askedBy?.name,
    },
  ];
  protected readonly exports = listExport(this.loaded, 'admissions', {
    at: '/v1/customer-exports',
  });
  protected readonly keyOf = (row: Admission): string => row.admissionId;
  protected readonly linkOf = (row: Admission): string[] => [
    '/customers/admissions',
    row.admissionId,
  ];

  protected open(admissionId: string): void {
    void this.#router.navigate(['/customers/admissions', admissionId]);
  }
}
