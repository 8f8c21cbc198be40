import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import {
  ListPlacementsRequest,
  ListPlacementsResponse,
  PlacementState,
} from '@recourse/proto/web/agencies/v1/placements';
import {
  CaseState,
  GetDashboardResponse,
  Handling,
  ListCasesRequest,
  ListCasesResponse,
} from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { ListReportsRequest, ListReportsResponse } from '@recourse/proto/web/agencies/v1/reports';
import { GetAgingResponse, ListExposuresResponse } from '@recourse/proto/web/cases/v1/receivables';
import type { Exposure } from '@recourse/proto/web/cases/v1/receivables';
import {
  AdmissionState,
  ListAdmissionsRequest,
  ListAdmissionsResponse,
  ListWarningsResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import {
  DeadlineState,
  ListDeadlinesRequest,
  ListDeadlinesResponse,
} from '@recourse/proto/web/litigation/v1/deadlines';
import { ListDebtsResponse } from '@recourse/proto/web/litigation/v1/limitation';
import { PromiseState } from '@recourse/proto/web/cases/v1/work';
import { stepText } from '../cases/case-text';
import { steps } from '../cases/steps';
import { AgingTable } from '../receivables/aging-table';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chart } from '../ui/chart';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import {
  formatCount,
  formatDay,
  formatMoney,
  formatMoneyCompact,
  formatNumber,
  today,
} from '../ui/format';
import type { MoneyValue } from '../ui/format';
import { OverdueChip } from '../ui/overdue-chip';
import { PageHeader } from '../ui/page-header';
import { addDays } from '../ui/parse-day';
import { isTyping } from '../ui/shortcuts';
import { StatTile } from '../ui/stat-tile';
import { Why } from '../ui/why';
import { AgenciesCard } from './agencies-card';
import { reportsLate } from './agencies-week';
import { AlertsCard } from './alerts-card';
import { ClosingsCard } from './closings-card';
import { recoveryCharts } from './recovery-charts';
import { RoleTiles } from './role-tiles';
import { SettlementsCard } from './settlements-card';
import { beginningOf, StartCard } from './start-card';
import { TendersCard } from './tenders-card';
import { t } from './words';

const lawyers = ['legal_officer', 'supervisor', 'director', 'general_manager', 'credit_manager'];

/** Who gives cases to others, and so looks at those of all. */
const leaders = ['supervisor', 'director'];

/** What moves the next step of a case. */
const worklistNouns = [
  'case',
  'contact',
  'payment',
  'promise',
  'plan',
  'instalment',
  'settlement',
  'placement',
];

/** Deadlines and expiries within so many days are told on the first page. */
const deadlineDays = 14;
const limitationDays = 90;

/** What does something of its own on Enter when it has the focus. */
const takesEnter = 'a, button, summary, [role=button], [role=tab], [tabindex="0"], [data-row]';

function moneyText(amounts: readonly MoneyValue[]): string {
  return amounts.map((amount) => formatMoneyCompact(amount)).join(' + ') || '–';
}

/** Court deadlines that are open, narrowed further. */
function openDeadlines(more: ListDeadlinesRequest) {
  const query = ListDeadlinesRequest.toJSON({ ...more, states: [DeadlineState.OPEN] });
  return read('/v1/deadlines', ListDeadlinesResponse.fromJSON, query);
}

/** What is due today, then where the money is: the first page of creditor and agency. */
@Component({
  imports: [
    AgenciesCard,
    AgingTable,
    AlertsCard,
    Chart,
    ClosingsCard,
    DataTable,
    DataTableCell,
    MatButton,
    OverdueChip,
    PageHeader,
    RoleTiles,
    RouterLink,
    SettlementsCard,
    StartCard,
    StatTile,
    TendersCard,
    Why,
  ],
  templateUrl: './today-page.html',
  styleUrl: './today-page.scss',
  host: { '(document:keydown.enter)': 'onEnter($event)' },
})
export class TodayPage {
  readonly #caller = inject(Session).caller;
  readonly #router = inject(Router);
  protected readonly t = t;
  protected readonly steps = steps;
  protected readonly promiseState = PromiseState;
  protected readonly admissionState = AdmissionState;
  protected readonly count = formatCount;
  protected readonly money = formatMoney;
  protected readonly moneyText = moneyText;
  protected readonly today = today();
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly mayAssign = computed(() => mayCall(this.#caller(), leaders));
  readonly #isCollector = computed(
    () => mayCall(this.#caller(), ['collector']) && !mayCall(this.#caller(), leaders),
  );
  readonly #mustSeeAll = computed(
    () => !this.#isCollector() || this.#own.value()?.cases.length === 0,
  );
  protected readonly lead = () => formatDay(this.today);

  protected readonly dashboard = load(() => read('/v1/dashboard', GetDashboardResponse.fromJSON), {
    live: ['case', 'payment', 'promise', 'placement', 'import'],
  });
  protected readonly figures = this.dashboard.value;
  protected readonly hasBroken = computed(() => (this.figures()?.promisesBroken ?? 0n) > 0n);
  protected readonly hasNewlyOverdue = computed(() => (this.figures()?.newlyOverdue ?? 0n) > 0n);
  protected readonly isEmpty = computed(() => this.figures()?.openCases === 0n);
  protected readonly dso = computed(() => {
    const tenths = this.figures()?.dsoTenths ?? 0;
    return tenths === 0 ? '–' : t('days', { days: formatNumber(tenths / 10) });
  });

  /** The one currency of the priorities, named in the head; undefined when there are several. */
  protected readonly tierCurrency = computed(() => {
    const all = new Set(this.figures()?.tiers.map((one) => one.open?.currency ?? ''));
    return all.size === 1 ? [...all][0] : undefined;
  });
  protected readonly openHead = computed(() => {
    const currency = this.tierCurrency();
    return currency === undefined ? t('open') : `${t('open')} (${currency})`;
  });

  /** A collector's own cases that are due; who has none sees those of all. */
  readonly #own = load(
    () => (this.#isCollector() ? this.#due({ assigneeId: this.#caller().userId }) : undefined),
    { live: worklistNouns },
  );
  readonly #everybodys = load(() => (this.#mustSeeAll() ? this.#due({}) : undefined), {
    live: worklistNouns,
  });
  protected readonly worklist = computed(() => (this.#mustSeeAll() ? this.#everybodys : this.#own));
  protected readonly first = computed(() => this.worklist().value()?.cases[0]);

  protected readonly aging = load(
    () => (this.isCreditor() ? read('/v1/aging', GetAgingResponse.fromJSON) : undefined),
    { live: ['import', 'payment'] },
  );
  /** Where a creditor stands who has no case yet; undefined for all others. */
  protected readonly beginning = computed(() => {
    const aging = this.aging.value();
    return this.isEmpty() && aging !== undefined ? beginningOf(aging) : undefined;
  });
  protected readonly exposures = load(
    () =>
      this.isCreditor()
        ? read('/v1/exposures', ListExposuresResponse.fromJSON, { limit: 8 })
        : undefined,
    { live: ['import', 'payment'] },
  );

  protected readonly mayLaw = computed(() => mayCall(this.#caller(), lawyers));
  protected readonly reports = load(
    () =>
      read(
        '/v1/reports',
        ListReportsResponse.fromJSON,
        ListReportsRequest.toJSON(ListReportsRequest.fromPartial({ page: { size: 50 } })),
      ),
    { live: ['report'] },
  );
  /** An agency's offers that wait for its answer; only their count is shown. */
  protected readonly offers = load(
    () =>
      this.isCreditor()
        ? undefined
        : read(
            '/v1/placements',
            ListPlacementsResponse.fromJSON,
            ListPlacementsRequest.toJSON(
              ListPlacementsRequest.fromPartial({
                states: [PlacementState.OFFERED],
                page: { size: 1 },
              }),
            ),
          ),
    { live: ['placement'] },
  );
  /** Weekly reports that this agency owes, and how many of them are past their time. */
  protected readonly owed = computed(() => {
    const missing = this.reports.value()?.missing;
    if (missing === undefined) return undefined;
    const late = missing.filter((one) => one.late).length;
    return { count: missing.length, late, hint: late > 0 ? t('owedLate', { count: late }) : '' };
  });
  protected readonly admissions = load(
    () =>
      this.isCreditor()
        ? read(
            '/v1/admissions',
            ListAdmissionsResponse.fromJSON,
            ListAdmissionsRequest.toJSON(
              ListAdmissionsRequest.fromPartial({
                state: AdmissionState.ASKED,
                page: { size: 1 },
              }),
            ),
          )
        : undefined,
    { live: ['admission'] },
  );
  protected readonly warnings = load(
    () =>
      this.isCreditor()
        ? read('/v1/credit-warnings', ListWarningsResponse.fromJSON, { page: { size: 4 } })
        : undefined,
    { live: ['warning', 'rating'] },
  );
  protected readonly limitationUntil = addDays(this.today, limitationDays);
  protected readonly debts = load(
    () =>
      this.mayLaw()
        ? read('/v1/debts', ListDebtsResponse.fromJSON, {
            expiresBy: this.limitationUntil,
            page: { size: 4 },
          })
        : undefined,
    { live: ['limitation'] },
  );
  protected readonly deadlines = load(
    () =>
      this.mayLaw()
        ? openDeadlines(
            ListDeadlinesRequest.fromPartial({
              dueTo: addDays(this.today, deadlineDays),
              page: { size: 50 },
            }),
          )
        : undefined,
    { live: ['deadline'] },
  );
  /** What binds the opponent or the court is no work of ours. */
  protected readonly ourDeadlines = computed(() =>
    this.deadlines
      .value()
      ?.deadlines.filter((one) => one.boundParty !== 'opponent' && one.boundParty !== 'court'),
  );
  /** Deadlines that a second person has to confirm: four eyes, as the admissions. */
  protected readonly unconfirmed = load(
    () =>
      this.mayLaw()
        ? openDeadlines(
            ListDeadlinesRequest.fromPartial({
              onlyFatal: true,
              onlyUnconfirmed: true,
              page: { size: 1 },
            }),
          )
        : undefined,
    { live: ['deadline'] },
  );
  protected readonly late = computed(() => {
    const reports = this.reports.value();
    const due = this.ourDeadlines();
    if (reports === undefined || (this.mayLaw() && due === undefined)) return undefined;
    const deadlines = due?.filter((one) => one.daysLeft < 0).length;
    const hint =
      deadlines === undefined
        ? t('reportsLateHint')
        : t('slaHint', { reports: reportsLate(reports), deadlines });
    return { count: reportsLate(reports) + (deadlines ?? 0), hint };
  });

  /** A drawing for each currency: amounts of different ones have no common axis. */
  protected readonly recoveries = computed(() => recoveryCharts(this.figures()?.months));

  protected readonly workColumns: Column<Case>[] = [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (c) => c.debtorName,
      fixed: true,
      card: 'title',
      note: (c) => c.number,
    },
    { id: 'next', title: () => t('next'), value: (c) => stepText(c.nextAction) },
    {
      id: 'reason',
      title: () => t('reason'),
      kind: 'own',
      text: (c) => this.reasonOf(c),
      card: 'line',
    },
    { id: 'days', title: () => t('daysOverdue'), kind: 'own', card: 'chip' },
    { id: 'open', title: () => t('open'), kind: 'money', value: (c) => c.open, card: 'figure' },
  ];
  protected readonly exposureColumns: Column<Exposure>[] = [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (e) => e.debtorName,
      fixed: true,
      card: 'title',
      note: (e) => e.customerNumber,
    },
    { id: 'overdue', title: () => t('overdueAmount'), kind: 'money', value: (e) => e.overdue },
    { id: 'open', title: () => t('open'), kind: 'money', value: (e) => e.open, card: 'figure' },
  ];
  protected readonly caseKey = (row: Case): string => row.caseId;
  protected readonly caseLink = (row: Case): string[] => ['/cases', row.caseId];
  protected readonly exposureKey = (row: Exposure): string =>
    `${row.debtorId} ${row.open?.currency}`;
  protected readonly exposureLink = (row: Exposure): string[] => ['/customers', row.debtorId];

  /** Open cases whose next step is due: a creditor's without those that an agency works. */
  #due(more: { assigneeId?: string }) {
    const handlings = this.isCreditor() ? [Handling.INTERNAL, Handling.OFFERED] : [];
    const asked = ListCasesRequest.fromPartial({
      states: [CaseState.OPEN],
      handlings,
      dueBy: this.today,
      sort: '-open',
      page: { size: 12 },
      ...more,
    });
    return read('/v1/cases', ListCasesResponse.fromJSON, ListCasesRequest.toJSON(asked));
  }

  /** The rule that gives the next step, in words. */
  protected reasonOf(row: Case): string {
    const rule = row.nextAction?.why?.rule ?? '';
    return steps.find(`rule.${rule}`) ?? rule;
  }

  /** Enter opens the first of the worklist, unless the key belongs to what has the focus. */
  protected onEnter(event: Event): void {
    const next = this.first();
    if (next === undefined || event.defaultPrevented) return;
    if (!(event instanceof KeyboardEvent) || isTyping(event)) return;
    const { target } = event;
    const isTaken = target instanceof HTMLElement && target.closest(takesEnter) !== null;
    if (isTaken) return;
    event.preventDefault();
    void this.#router.navigate(['/cases', next.caseId]);
  }
}
