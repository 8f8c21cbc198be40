import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import {
  DraftReportRequest,
  DraftReportResponse,
  ListReportsRequest,
  ListReportsResponse,
  ReportState,
} from '@recourse/proto/web/agencies/v1/reports';
import type { MissingReport, Report } from '@recourse/proto/web/agencies/v1/reports';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { listExport } from '../session/list-export';
import { manyFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { newId } from '../session/new-id';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { formatDay, formatMoney } from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { InstantPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { DraftDialog } from './draft-dialog';
import { reportTone } from './report-text';
import { t } from './words';

const states = Object.values(ReportState).filter((one) => one !== ReportState.UNSPECIFIED);

/** Weekly reports of either side; what is due and not there stands on top. */
@Component({
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    DraftDialog,
    FilterChoice,
    InstantPipe,
    MatButton,
    PageHeader,
    ProblemPanel,
  ],
  templateUrl: './reports-page.html',
  styles: `
    .missing {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 16px;
      align-items: center;
      padding-block: 8px;
      border-block-start: 1px solid var(--rc-line);
    }
    .missing button {
      margin-inline-start: auto;
    }
    h2 {
      font-size: 15px;
      margin: 0 0 8px;
    }
    section {
      margin-block-end: 16px;
    }
  `,
})
export class ReportsPage {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly tone = reportTone;
  protected readonly dialogs = dialogUrl(['write']);
  protected readonly mayWrite = computed(() =>
    mayCall(this.#caller(), ['agency_manager', 'agency_agent']),
  );
  protected readonly isAgency = computed(() => this.#caller().orgKind === 'agency');
  protected readonly list = listState({ filters: { states: manyFilter(states) }, sort: '' });
  protected readonly stateOptions = () =>
    states.map((value) => ({ value, name: t.find(value) ?? value }));
  protected readonly reports = load(
    () =>
      read(
        '/v1/reports',
        ListReportsResponse.fromJSON,
        ListReportsRequest.toJSON(
          ListReportsRequest.fromPartial({
            states: [...this.list.values().states],
            page: this.list.page(),
          }),
        ),
      ),
    { live: ['report'] },
  );
  protected readonly columns = computed<Column<Report>[]>(() => [
    {
      id: 'week',
      title: () => t('weekStart'),
      value: (r) => t('week', { day: formatDay(r.weekStart) }),
      fixed: true,
      card: 'title',
    },
    this.isAgency()
      ? { id: 'creditor', title: () => t('creditor'), value: (r) => r.creditorName }
      : { id: 'agency', title: () => t('agency'), value: (r) => r.agencyName },
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      text: (r) => t.find(r.state),
      card: 'chip',
    },
    { id: 'cases', title: () => t('cases'), kind: 'count', value: (r) => r.caseCount },
    { id: 'contacts', title: () => t('contacts'), kind: 'count', value: (r) => r.contactCount },
    {
      id: 'received',
      title: () => t('received'),
      isFigure: true,
      card: 'figure',
      value: (r) => r.received.map((amount) => formatMoney(amount)).join(' + ') || '–',
    },
    { id: 'submitted', title: () => t('submitted'), kind: 'instant', value: (r) => r.submittedAt },
  ]);
  protected readonly exports = listExport(this.reports, 'reports', {
    at: '/v1/commission-exports',
  });
  protected readonly keyOf = (row: Report): string => row.reportId;
  protected readonly linkOf = (row: Report): string[] => ['/reports', row.reportId];

  protected weekText(missing: MissingReport): string {
    return t('week', { day: formatDay(missing.weekStart) });
  }

  protected readonly draft = action(async (requestId, missing: MissingReport) => {
    const reportId = newId();
    const { creditorId, weekStart } = missing;
    await this.#api.put(
      path`/v1/reports/${reportId}`,
      DraftReportRequest.toJSON({ reportId, creditorId, weekStart }),
      DraftReportResponse.fromJSON,
      { requestId },
    );
    await this.#router.navigate(['/reports', reportId]);
  });
}
