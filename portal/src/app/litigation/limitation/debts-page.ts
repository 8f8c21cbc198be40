import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ListDebtsRequest, ListDebtsResponse } from '@recourse/proto/web/litigation/v1/limitation';
import type { Debt } from '@recourse/proto/web/litigation/v1/limitation';
import { read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { listExport } from '../../session/list-export';
import { dayFilter, flagFilter, textFilter } from '../../session/list-filter';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { FlagFilter } from '../../ui/flag-filter';
import { PageHeader } from '../../ui/page-header';
import { SearchBox } from '../../ui/search-box';
import { LawNav } from '../law-nav';
import { actPlace, type ActPlace } from './acts';
import {
  clockTone,
  confidenceTones,
  isEnded,
  leftText,
  nextActName,
  nextActTerms,
  nextActText,
} from './clock-text';
import { events } from './event-words';
import { underWayText } from './letter-text';
import { t } from './words';

/** Which alarm was told last; a clock that has run out needs none. */
function alarmText(debt: Debt): string {
  if (debt.alarmsTold.length > 0) return t('alarmDays', { days: Math.min(...debt.alarmsTold) });
  return isEnded(debt.clock) ? '–' : t('noAlarm');
}

/** Every debt's limitation clock, soonest to expire first, with the cheapest act that saves it. */
@Component({
  imports: [Chip, DataTable, DataTableCell, FlagFilter, LawNav, PageHeader, RouterLink, SearchBox],
  template: `
    <rc-page-header [heading]="t('title')" [lead]="lead()" />
    <rc-law-nav />
    <rc-data-table
      name="debts"
      [label]="t('title')"
      [columns]="columns"
      [rows]="debts.value()?.debts"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="debts.value()?.page"
      [exports]="exports"
      [loading]="debts.loading()"
      [problem]="debts.problem()"
      [emptyTitle]="t('emptyTitle')"
      [emptyHint]="t('emptyHint')"
      (retry)="debts.reload()"
    >
      <rc-search-box
        filters
        [label]="t('search')"
        [value]="list.values().query"
        (changed)="list.set({ query: $event })"
      />
      <rc-flag-filter
        filters
        [label]="t('includeClosed')"
        [value]="list.values().includeClosed"
        (changed)="list.set({ includeClosed: $event })"
      />
      <ng-template rcCell="left" [rcCellRows]="debts.value()?.debts" let-row>
        <rc-chip [tone]="tone(row)">{{ left(row) }}</rc-chip>
      </ng-template>
      <ng-template rcCell="confidence" [rcCellRows]="debts.value()?.debts" let-row>
        @if (row.clock; as clock) {
          <rc-chip [tone]="confidence(clock.confidence)">
            {{ t.find('confidence.' + clock.confidence) ?? '–' }}
          </rc-chip>
        }
      </ng-template>
      <ng-template rcCell="next" [rcCellRows]="debts.value()?.debts" let-row>
        @if (place(row); as to) {
          <a [routerLink]="to.link" [queryParams]="to.query">{{ act(row.clock) }}</a>
        } @else {
          {{ act(row.clock) }}
        }
        <div class="rc-muted terms">{{ terms(row.clock) }}</div>
        <div class="terms">{{ underWay(row) }}</div>
      </ng-template>
    </rc-data-table>
  `,
  styles: `
    .terms {
      font-size: 12.5px;
    }
  `,
})
export class DebtsPage {
  protected readonly t = t;
  protected readonly list = listState({
    filters: { query: textFilter(), expiresBy: dayFilter(), includeClosed: flagFilter() },
    sort: '',
  });
  protected readonly debts = load(
    () =>
      read(
        '/v1/debts',
        ListDebtsResponse.fromJSON,
        ListDebtsRequest.toJSON(
          ListDebtsRequest.fromPartial({ ...this.list.values(), page: this.list.page() }),
        ),
      ),
    { live: ['limitation', 'matter', 'payment', 'contact', 'letter'] },
  );
  protected readonly lead = computed(() => {
    const count = this.debts.value()?.page?.count;
    return count === undefined ? '' : t('lead', { count });
  });
  protected readonly columns: Column<Debt>[] = [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (d) => d.debtorName,
      fixed: true,
      card: 'title',
      note: (d) => d.caseNumber,
      noteTitle: () => t('caseNumber'),
    },
    {
      id: 'left',
      title: () => t('daysLeft'),
      kind: 'own',
      card: 'chip',
      text: (d) => this.left(d),
    },
    {
      id: 'expires',
      title: () => t('expires'),
      kind: 'day',
      value: (d) => d.clock?.expiresOn,
      note: (d) => t.find(d.clock?.state ?? ''),
    },
    {
      id: 'next',
      title: () => t('nextAct'),
      kind: 'own',
      card: 'line',
      text: (d) =>
        [nextActText(d.clock), this.underWay(d)].filter((part) => part !== '').join(' · '),
    },
    {
      id: 'amount',
      title: () => t('amount'),
      kind: 'money',
      value: (d) => d.amount,
      card: 'figure',
    },
    {
      id: 'confidence',
      title: () => t('confidence'),
      kind: 'own',
      card: 'chip',
      text: (d) => t.find(`confidence.${d.clock?.confidence}`),
    },
    {
      id: 'last',
      title: () => t('lastInterruption'),
      kind: 'day',
      value: (d) => d.clock?.lastInterruptionOn,
      note: (d) => events.find(d.clock?.lastInterruptionKind ?? ''),
    },
    {
      id: 'alarms',
      title: () => t('alarms'),
      value: (d) => alarmText(d),
    },
  ];
  protected readonly exports = listExport(this.debts, 'debts', { at: '/v1/matter-exports' });
  protected readonly keyOf = (row: Debt): string => row.debtId;
  protected readonly linkOf = (row: Debt): string[] => ['/litigation/limitation', row.debtId];

  readonly #mayWork = mayCall(inject(Session).caller(), ['legal_officer']);
  protected readonly act = nextActName;
  protected readonly terms = nextActTerms;

  protected place(row: Debt): ActPlace | undefined {
    return this.#mayWork ? actPlace(row) : undefined;
  }

  protected underWay(row: Debt): string {
    return underWayText(row.lettersUnderWay);
  }

  protected tone(row: Debt): Tone {
    return clockTone(row.clock);
  }

  protected left(row: Debt): string {
    return leftText(row.clock);
  }

  protected confidence(word: string): Tone {
    return confidenceTones[word] ?? 'neutral';
  }
}
