import { Component, computed, input } from '@angular/core';
import type { ClaimClock } from '@recourse/proto/web/litigation/v1/limitation';
import { words } from '../../session/language';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { events } from './event-words';
import { t as clockWords } from './words';

const t = words(
  {
    claims: '各笔账款的时效',
    expired: '其中 {count} 笔时效已届满',
    document: '单据',
    dueDay: '到期日',
    open: '未清',
    state: '状态',
    expiresOn: '届满日',
    last: '最近中断',
    guarantor: '保证期间届满',
  },
  {
    claims: 'Limitation of each document',
    expired: '{count, plural, one {# of them is} other {# of them are}} out of time',
    document: 'Document',
    dueDay: 'Due',
    open: 'Open',
    state: 'State',
    expiresOn: 'Expires',
    last: 'Last interruption',
    guarantor: 'Guarantor’s period expires',
  },
);

/** The clock of each open document of a debt, the one that ends next first. */
@Component({
  selector: 'rc-claims-table',
  imports: [DataTable],
  template: `
    @if (claims().length > 1) {
      <section>
        <h2>{{ t('claims') }}</h2>
        @if (expired() > 0) {
          <p>{{ t('expired', { count: expired() }) }}</p>
        }
        <rc-data-table
          name="limitation-claims"
          [label]="t('claims')"
          [columns]="columns()"
          [rows]="claims()"
          [rowKey]="keyOf"
        />
      </section>
    }
  `,
  styles: `
    section {
      margin-block-end: 16px;
    }
    h2 {
      margin: 16px 0 8px;
    }
  `,
})
export class ClaimsTable {
  readonly claims = input.required<readonly ClaimClock[]>();
  readonly expired = input(0);
  protected readonly t = t;
  protected readonly keyOf = (row: ClaimClock): string => row.receivableId;
  /** A guarantor's period stands beside the limitation only where there is a guarantor. */
  protected readonly columns = computed(() =>
    this.claims().some((one) => one.guarantorState !== '')
      ? [...claimColumns, guarantorColumn]
      : claimColumns,
  );
}

const claimColumns: Column<ClaimClock>[] = [
  {
    id: 'document',
    title: () => t('document'),
    value: (c) => c.documentNumber,
    fixed: true,
    card: 'title',
  },
  { id: 'due', title: () => t('dueDay'), kind: 'day', value: (c) => c.dueDay },
  { id: 'open', title: () => t('open'), kind: 'money', value: (c) => c.open, card: 'figure' },
  { id: 'state', title: () => t('state'), value: (c) => clockWords.find(c.state) },
  { id: 'expires', title: () => t('expiresOn'), kind: 'day', value: (c) => c.expiresOn },
  {
    id: 'last',
    title: () => t('last'),
    kind: 'day',
    value: (c) => c.lastInterruptionOn,
    note: (c) => events.find(c.lastInterruptionKind) ?? '',
  },
];

const guarantorColumn: Column<ClaimClock> = {
  id: 'guarantor',
  title: () => t('guarantor'),
  kind: 'day',
  value: (c) => c.guarantorExpiresOn,
  note: (c) => clockWords.find(`state.${c.guarantorState}`),
  noteTitle: () => clockWords('guarantor'),
};
