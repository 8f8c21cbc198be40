import { Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  CaseStage,
  CaseState,
  Handling,
  ListCasesRequest,
  ListCasesResponse,
  PriorityTier,
} from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { OverdueClass } from '@recourse/proto/web/cases/v1/receivables';
import { PlaceDialog } from '../placements/place-dialog';
import { TenderDialog } from '../tenders/tender-dialog';
import { action } from '../session/action';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { everyPage } from '../session/every-page';
import { everyRow } from '../session/every-row';
import { dayFilter, manyFilter, textFilter } from '../session/list-filter';
import { listExport } from '../session/list-export';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { OverdueChip } from '../ui/overdue-chip';
import { PageHeader } from '../ui/page-header';
import { picked } from '../ui/picked';
import { ProblemPanel } from '../ui/problem-panel';
import { ProgressLine } from '../ui/progress-line';
import { SearchBox } from '../ui/search-box';
import { nothingSelected } from '../ui/selection';
import type { Selection } from '../ui/selection';
import { ClosingDialog } from './closing-dialog';
import { closingProposers } from './closing-text';
import { closingWords } from './closing-words';
import { AssignDialog } from './assign-dialog';
import { t as assignWords } from './assign-words';
import { OpenCasesDialog } from './open-cases-dialog';
import { caseOpeners } from './openers';
import { stepText, tierTone } from './case-text';
import { t } from './words';

const named = <Name extends string>(all: Record<string, Name>): Name[] =>
  Object.values(all).filter((one) => !one.endsWith('_UNSPECIFIED'));
const states = named(CaseState);
const tiers = named(PriorityTier);
const classes = named(OverdueClass);
const handlings = named(Handling);
const stages = named(CaseStage);

/** As many cases as are gathered at once. */
const most = 5000;

/** Only open cases that are worked in-house can be placed. */
function isPlaceable(row: Case): boolean {
  return row.handling === Handling.INTERNAL && row.state === CaseState.OPEN;
}

const isOpen = (row: Case): boolean => row.state === CaseState.OPEN;

/** Columns that a person asks for. */
const moreColumns: readonly Column<Case>[] = [
  {
    id: 'stage',
    title: () => t('stage'),
    kind: 'own',
    text: (c) => t.find(c.stage),
    card: 'chip',
    hidden: true,
  },
  { id: 'region', title: () => t('region'), value: (c) => c.region, hidden: true },
  { id: 'industry', title: () => t('industry'), value: (c) => c.industry, hidden: true },
  { id: 'assignee', title: () => t('assignee'), value: (c) => c.assigneeName, hidden: true },
];

/** The creditor's cases, or an agency's own: server-side list, its filters in the URL. */
@Component({
  imports: [
    AssignDialog,
    Chip,
    ClosingDialog,
    DataTable,
    DataTableCell,
    FilterChoice,
    MatButton,
    OpenCasesDialog,
    OverdueChip,
    PageHeader,
    PlaceDialog,
    ProblemPanel,
    ProgressLine,
    RouterLink,
    SearchBox,
    TenderDialog,
  ],
  templateUrl: './cases-page.html',
})
export class CasesPage {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly assignWords = assignWords;
  protected readonly dialogs = dialogUrl(['open', 'place', 'tender', 'assign', 'give-up']);
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly mayOpen = computed(() => mayCall(this.#caller(), caseOpeners));
  protected readonly mayPlace = computed(() =>
    mayCall(this.#caller(), ['supervisor', 'director', 'general_manager']),
  );
  protected readonly mayAssign = computed(() =>
    mayCall(this.#caller(), ['supervisor', 'director']),
  );
  protected readonly closingWords = closingWords;
  protected readonly mayGiveUp = computed(() => mayCall(this.#caller(), closingProposers));
  protected readonly maySelect = computed(() => this.mayPlace() || this.mayGiveUp());
  protected readonly selection = signal<Selection>(nothingSelected);

  protected readonly list = listState({
    filters: {
      query: textFilter(),
      states: manyFilter(states),
      tiers: manyFilter(tiers),
      overdueClasses: manyFilter(classes),
      handlings: manyFilter(handlings),
      stages: manyFilter(stages),
      dueBy: dayFilter(),
    },
    sort: '-open',
  });

  protected readonly cases = load(
    () => {
      const { states: chosen, ...rest } = this.list.values();
      const filter = {
        ...rest,
        states: chosen.length === 0 ? [CaseState.OPEN] : [...chosen],
        tiers: [...rest.tiers],
        overdueClasses: [...rest.overdueClasses],
        handlings: [...rest.handlings],
        stages: [...rest.stages],
      };
      const request = { ...filter, sort: this.list.sort(), page: this.list.page() };
      return read(
        '/v1/cases',
        ListCasesResponse.fromJSON,
        ListCasesRequest.toJSON(ListCasesRequest.fromPartial(request)),
      );
    },
    { live: ['case', 'payment', 'placement', 'contact', 'promise'] },
  );

  protected readonly lead = computed(() => {
    const page = this.cases.value()?.page;
    if (page === undefined) return '';
    return t(page.countEstimated ? 'leadAbout' : 'lead', { count: page.count });
  });
  readonly #rows = computed(() => this.cases.value()?.cases);
  readonly #picked = picked(this.selection, this.#rows, (row) => row.caseId);
  readonly #every = everyPage(this.cases, (answer) => answer.cases);
  readonly #leaving = new AbortController();
  protected readonly most = most;
  protected readonly isMatching = computed(() => this.selection().kind === 'matching');
  /** Cases selected on any page that can be placed, or given to a person. */
  protected readonly placeable = computed(() => this.#picked().filter(isPlaceable));
  protected readonly assignable = computed(() => this.#picked().filter(isOpen));
  /** What a dialog was opened with; readings since then change nothing of it. */
  protected readonly given = signal<readonly Case[]>([]);
  protected readonly gathered = signal<{ done: number; total: number } | undefined>(undefined);
  protected readonly told = signal<'' | 'noneFit' | 'cut'>('');
  protected readonly gather = action(async () => {
    const tell = (done: number, total: number): void => this.gathered.set({ done, total });
    tell(0, 0);
    const { signal: over } = this.#leaving;
    return everyRow(this.#every, { most, signal: over, tell }).finally(() =>
      this.gathered.set(undefined),
    );
  });

  protected readonly options = {
    states: () => states.map((value) => ({ value, name: t.find(value) ?? value })),
    tiers: () => tiers.map((value) => ({ value, name: t.find(value) ?? value })),
    classes: () => classes.map((value) => ({ value, name: t.find(value) ?? value })),
    handlings: () => handlings.map((value) => ({ value, name: t.find(value) ?? value })),
    stages: () => stages.map((value) => ({ value, name: t.find(value) ?? value })),
  };

  protected readonly columns = computed<Column<Case>[]>(() => [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (c) => c.debtorName,
      sort: 'debtor_name',
      fixed: true,
      card: 'title',
      note: (c) => (this.isCreditor() ? c.number : `${c.number} · ${c.orgName}`),
      noteTitle: () => t('number'),
    },
    {
      id: 'days',
      title: () => t('days'),
      kind: 'own',
      text: (c) => String(c.daysOverdue),
      sort: 'days_overdue',
      card: 'chip',
    },
    { id: 'tier', title: () => t('tier'), kind: 'own', text: (c) => t.find(c.tier), card: 'chip' },
    {
      id: 'open',
      title: () => t('openAmount'),
      kind: 'money',
      value: (c) => c.open,
      sort: 'open',
      card: 'figure',
    },
    {
      id: 'recovered',
      title: () => t('recovered'),
      kind: 'money',
      value: (c) => c.recovered,
      card: 'line',
    },
    {
      id: 'next',
      title: () => t('nextAction'),
      value: (c) => stepText(c.nextAction),
      sort: 'next_action',
    },
    {
      id: 'contact',
      title: () => t('lastContact'),
      kind: 'relative-instant',
      value: (c) => c.lastContactAt,
      sort: 'last_contact_at',
    },
    ...(this.isCreditor()
      ? [
          {
            id: 'handling',
            title: () => t('handling'),
            kind: 'own',
            card: 'none',
            text: (c: Case) => t.find(c.handling),
            note: (c: Case) => c.agencyName || undefined,
            noteTitle: () => t('agency'),
          } as const,
        ]
      : []),
    ...moreColumns,
  ]);
  protected readonly exports = listExport(this.cases, 'cases', {
    also: () => (this.isCreditor() ? [] : ['creditor']),
  });
  protected readonly keyOf = (row: Case): string => row.caseId;
  protected readonly linkOf = (row: Case): string[] => ['/cases', row.caseId];
  protected readonly tone = tierTone;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#leaving.abort());
  }

  /** Opens a dialog with what is selected: the rows ticked, or all that the filter matches. */
  protected async ask(what: 'place' | 'tender' | 'assign' | 'give-up'): Promise<void> {
    this.told.set('');
    const found = this.isMatching() ? await this.gather.run() : undefined;
    if (this.isMatching() && found === undefined) return;
    const rows = found?.rows ?? this.#picked();
    const cases = rows.filter(what === 'assign' ? isOpen : isPlaceable);
    this.given.set(cases);
    if (cases.length === 0) this.told.set('noneFit');
    else if (found?.isCut === true) this.told.set('cut');
    if (cases.length > 0) this.dialogs.show(what);
  }

  protected done(): void {
    this.selection.set(nothingSelected);
    this.closed();
  }

  /** Some may be changed although others were refused, so the list is read again either way. */
  protected closed(): void {
    this.dialogs.close();
    this.cases.reload();
  }
}
