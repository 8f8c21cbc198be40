import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListBalancesResponse,
  ListCommissionLinesRequest,
  ListCommissionLinesResponse,
  ListStatementsRequest,
  ListStatementsResponse,
  StatementState,
} from '@recourse/proto/web/agencies/v1/commission';
import type { Statement } from '@recourse/proto/web/agencies/v1/commission';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { listExport } from '../session/list-export';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { PageHeader } from '../ui/page-header';
import { MoneyPipe } from '../ui/pipes';
import { DrawDialog } from './draw-dialog';
import { LinesTable } from './lines-table';
import { t } from './words';

const exportsAt = '/v1/commission-exports';

/** Statements, what is not on one yet, and the ledger's balances they come from. */
@Component({
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    DrawDialog,
    LinesTable,
    MatButton,
    MoneyPipe,
    PageHeader,
  ],
  templateUrl: './statements-page.html',
  styles: `
    section {
      margin-block-start: 24px;
    }
    h2 {
      font-size: 15px;
      margin: 0 0 8px;
    }
  `,
})
export class StatementsPage {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['draw']);
  protected readonly isAgency = computed(() => this.#caller().orgKind === 'agency');
  protected readonly mayDraw = computed(() => mayCall(this.#caller(), ['finance', 'director']));
  protected readonly list = listState({ filters: {}, sort: '' });
  protected readonly lines = listState({ filters: {}, sort: '', prefix: 'l-' });
  protected readonly statements = load(
    () =>
      read(
        '/v1/statements',
        ListStatementsResponse.fromJSON,
        ListStatementsRequest.toJSON(ListStatementsRequest.fromPartial({ page: this.list.page() })),
      ),
    { live: ['statement', 'commission'] },
  );
  protected readonly balances = load(
    () => read('/v1/commission/balances', ListBalancesResponse.fromJSON),
    { live: ['commission', 'statement'] },
  );
  protected readonly unstated = load(
    () =>
      read(
        '/v1/commission/lines',
        ListCommissionLinesResponse.fromJSON,
        ListCommissionLinesRequest.toJSON(
          ListCommissionLinesRequest.fromPartial({
            onlyUnstated: true,
            page: this.lines.page(),
          }),
        ),
      ),
    { live: ['commission', 'statement'] },
  );
  protected readonly columns = computed<Column<Statement>[]>(() => [
    {
      id: 'number',
      title: () => t('number'),
      value: (s) => s.number,
      fixed: true,
      card: 'title',
      note: (s) => s.month,
    },
    this.isAgency()
      ? { id: 'creditor', title: () => t('creditor'), value: (s) => s.creditorName }
      : { id: 'agency', title: () => t('agency'), value: (s) => s.agencyName },
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      text: (s) => t.find(s.state),
      card: 'chip',
    },
    { id: 'lines', title: () => t('lines'), kind: 'count', value: (s) => s.lineCount },
    { id: 'payments', title: () => t('payments'), kind: 'money', value: (s) => s.payments },
    { id: 'commission', title: () => t('commission'), kind: 'money', value: (s) => s.commission },
    {
      id: 'payable',
      title: () => t('payable'),
      kind: 'money',
      value: (s) => s.payable,
      card: 'figure',
    },
  ]);
  protected readonly exports = listExport(this.statements, 'statements', { at: exportsAt });
  protected readonly linesExport = listExport(this.unstated, 'lines', { at: exportsAt });
  protected readonly keyOf = (row: Statement): string => row.statementId;
  protected readonly linkOf = (row: Statement): string[] => ['/commission', row.statementId];

  protected tone(state: StatementState): 'info' | 'good' {
    return state === StatementState.CLOSED ? 'good' : 'info';
  }

  protected accountName(account: string): string {
    return t.find(`account.${account}`) ?? account;
  }
}
