import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatTabsModule } from '@angular/material/tabs';
import { RouterLink } from '@angular/router';
import {
  CaseState,
  GetCaseResponse,
  GetTimelineRequest,
  GetTimelineResponse,
  ListCaseReceivablesRequest,
  ListCaseReceivablesResponse,
} from '@recourse/proto/web/cases/v1/cases';
import { ListCreditResponse } from '@recourse/proto/web/cases/v1/debtor_credit';
import { ListLettersRequest, ListLettersResponse } from '@recourse/proto/web/cases/v1/letters';
import {
  ListPlacementsRequest,
  ListPlacementsResponse,
} from '@recourse/proto/web/agencies/v1/placements';
import type { Receivable } from '@recourse/proto/web/cases/v1/receivables';
import { ListLedgerResponse } from '@recourse/proto/web/cases/v1/work';
import { ListMattersRequest, ListMattersResponse } from '@recourse/proto/web/litigation/v1/matters';
import { Handling } from '@recourse/proto/web/cases/v1/cases';
import { PlaceDialog } from '../placements/place-dialog';
import { Api, path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { tabUrl } from '../session/tab-url';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FormDialog } from '../ui/form-dialog';
import { formatCount, formatInstant, formatMoney } from '../ui/format';
import { ListPager } from '../ui/list-pager';
import { ObjectHeader } from '../ui/object-header';
import { OverdueChip } from '../ui/overdue-chip';
import { InstantPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { Timeline, TimelineBody } from '../ui/timeline';
import { Why } from '../ui/why';
import { CallLink, CasePeople } from './case-people';
import { bestCallText, isWrittenOff, stepText, tierTone } from './case-text';
import { AssignDialog } from './assign-dialog';
import { t as assignWords } from './assign-words';
import { CaseEndings } from './case-endings';
import { ContactDialog } from './contact-dialog';
import { applyForm, creditHeld, forgoForm, refundBackForm, refundForm } from './credit-forms';
import { creditWords } from './credit-words';
import { deliveryForm, letterForm } from './letter-forms';
import { letterWords } from './letter-words';
import { LedgerTab } from './ledger-tab';
import { LettersList } from './letters-list';
import { LitigationTab } from './litigation-tab';
import { OverviewTab } from './overview-tab';
import { PaymentDialog } from './payment-dialog';
import { PlacementTab } from './placement-tab';
import { Plans } from './plans';
import { PromiseDialog } from './promise-dialog';
import { loadPending, loadPromises } from './promises';
import { PromisesList } from './promises-list';
import { RefusalWhy } from './refusal-why';
import { Settlements } from './settlements';
import { steps } from './steps';
import { tabWords } from './tab-words';
import { loadTerms } from './terms-load';
import { refusalsOf, timelineItem, timelineKinds } from './timeline-text';
import { t } from './words';

const lawyers = ['legal_officer', 'supervisor', 'director', 'general_manager', 'credit_manager'];
const tabs = [
  'overview',
  'receivables',
  'timeline',
  'promises',
  'documents',
  'placement',
  'litigation',
  'ledger',
] as const;
type Tab = (typeof tabs)[number];
const [firstTab, ...otherTabs] = tabs;
const tabsWithoutLaw = [firstTab, ...otherTabs.filter((tab) => tab !== 'litigation')] as const;

const workers = ['collector', 'supervisor', 'director', 'agency_agent', 'agency_manager'];

/** One case: status, money and next step on top; then what belongs to it by tab. */
@Component({
  imports: [
    CallLink,
    CasePeople,
    Chip,
    AssignDialog,
    CaseEndings,
    ContactDialog,
    DataTable,
    DataTableCell,
    FormDialog,
    InstantPipe,
    LedgerTab,
    LettersList,
    ListPager,
    LitigationTab,
    MatButton,
    MatTabsModule,
    ObjectHeader,
    OverdueChip,
    OverviewTab,
    PaymentDialog,
    PlaceDialog,
    PlacementTab,
    Plans,
    Settlements,
    ProblemPanel,
    PromiseDialog,
    PromisesList,
    RefusalWhy,
    RouterLink,
    Timeline,
    TimelineBody,
    Why,
  ],
  templateUrl: './case-page.html',
  styleUrl: './case-page.scss',
})
export class CasePage {
  readonly caseId = input.required<string>();
  readonly #caller = inject(Session).caller;
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly assignWords = assignWords;
  protected readonly letterWords = letterWords;
  protected readonly creditWords = creditWords;
  protected readonly steps = steps;
  protected readonly tone = tierTone;
  protected readonly isGivenUp = isWrittenOff;
  protected readonly dialogs = dialogUrl([
    'contact',
    'letter',
    'delivery',
    'promise',
    'payment',
    'assign',
    'place',
    'apply-credit',
    'refund-credit',
    'refund-back',
    'forgo',
  ]);
  protected readonly tabWords = tabWords;
  protected readonly mayLaw = mayCall(this.#caller(), lawyers);
  protected readonly tabs = tabUrl<Tab>(this.mayLaw ? tabs : tabsWithoutLaw);
  protected readonly timelineAt = tabs.indexOf('timeline');
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly mayWork = computed(() => mayCall(this.#caller(), workers));
  protected readonly mayWrite = computed(() =>
    mayCall(this.#caller(), [...workers, 'legal_officer']),
  );
  protected readonly mayPay = computed(() => mayCall(this.#caller(), [...workers, 'finance']));
  protected readonly mayReverse = computed(() =>
    mayCall(this.#caller(), ['supervisor', 'director', 'finance']),
  );
  protected readonly mayClose = computed(() => mayCall(this.#caller(), ['supervisor', 'director']));
  protected readonly maySue = computed(
    () => this.isOpen() && mayCall(this.#caller(), ['legal_officer']),
  );
  protected readonly mayList = computed(
    () => this.isOpen() && mayCall(this.#caller(), ['legal_officer', 'credit_manager', 'director']),
  );
  protected readonly mayPlace = computed(() => {
    const found = this.found();
    return (
      found?.handling === Handling.INTERNAL &&
      this.isOpen() &&
      mayCall(this.#caller(), ['supervisor', 'director', 'general_manager'])
    );
  });
  protected readonly crumbs = () => [
    { name: this.isCreditor() ? t('title') : t('myTitle'), link: ['/cases'] },
  ];
  protected readonly kinds = signal<readonly string[]>([]);
  protected readonly kindOptions = timelineKinds;
  readonly #live = [
    { noun: 'case', id: () => this.caseId() },
    'payment',
    'contact',
    'letter',
    'promise',
    'plan',
    'settlement',
    'placement',
    'credit',
    'refund',
    'suit',
  ];

  protected readonly loaded = load(
    () => read(path`/v1/cases/${this.caseId()}`, GetCaseResponse.fromJSON),
    { live: this.#live },
  );
  protected readonly found = computed(() => this.loaded.value()?.case);
  protected readonly isOpen = computed(() => this.found()?.state === CaseState.OPEN);

  protected readonly timeline = load(
    () =>
      read(
        path`/v1/cases/${this.caseId()}/timeline`,
        GetTimelineResponse.fromJSON,
        GetTimelineRequest.toJSON({ caseId: '', kinds: [], page: { size: 100, cursor: '' } }),
      ),
    { live: this.#live },
  );
  protected readonly items = computed(() => this.timeline.value()?.entries.map(timelineItem));
  protected readonly refusals = computed(() => refusalsOf(this.timeline.value()?.entries ?? []));

  protected readonly documentPages = listState({ filters: {}, sort: '', prefix: 'doc-' });
  protected readonly promisePages = listState({ filters: {}, sort: '', prefix: 'promise-' });
  protected readonly letterPages = listState({ filters: {}, sort: '', prefix: 'letter-' });
  protected readonly receivables = load(
    () =>
      read(
        path`/v1/cases/${this.caseId()}/receivables`,
        ListCaseReceivablesResponse.fromJSON,
        ListCaseReceivablesRequest.toJSON({ caseId: '', page: this.documentPages.page() }),
      ),
    { live: ['payment', 'import'] },
  );
  protected readonly promises = loadPromises(() => ({
    caseId: this.caseId(),
    page: this.promisePages.page(),
  }));
  protected readonly pending = loadPending(() => this.caseId());
  protected readonly terms = loadTerms(() => this.caseId());
  protected readonly agreed = () => this.terms.count(this.promises.value());
  protected readonly ledger = load(
    () => read(path`/v1/cases/${this.caseId()}/ledger`, ListLedgerResponse.fromJSON),
    { live: ['payment', 'credit', 'matter', 'import'] },
  );
  /** What the debtor has paid above what it owed is its creditor's to see. */
  protected readonly credit = load(
    () =>
      this.isCreditor()
        ? read(path`/v1/cases/${this.caseId()}/credit`, ListCreditResponse.fromJSON)
        : undefined,
    { live: ['payment', 'credit', 'refund', 'matter'] },
  );
  protected readonly held = computed(() => {
    const found = this.found();
    return found && creditHeld(found);
  });
  protected readonly mayApply = computed(
    () => this.isOpen() && this.held() !== undefined && this.mayReverse(),
  );
  protected readonly mayRefund = computed(() => mayCall(this.#caller(), ['director', 'finance']));
  protected readonly mayForgo = computed(
    () =>
      this.isOpen() &&
      this.found()?.nextAction?.step === 'litigation_assessment' &&
      mayCall(this.#caller(), ['legal_officer', 'supervisor', 'director']),
  );
  protected readonly placements = load(
    () =>
      read(
        '/v1/placements',
        ListPlacementsResponse.fromJSON,
        ListPlacementsRequest.toJSON(
          ListPlacementsRequest.fromPartial({
            caseId: this.caseId(),
            sort: '-placed_at',
            page: { size: 20 },
          }),
        ),
      ),
    { live: ['placement', 'commission'] },
  );
  protected readonly matters = load(
    () =>
      this.mayLaw
        ? read(
            '/v1/matters',
            ListMattersResponse.fromJSON,
            ListMattersRequest.toJSON(
              ListMattersRequest.fromPartial({ caseId: this.caseId(), page: { size: 20 } }),
            ),
          )
        : undefined,
    { live: ['matter', 'deadline'] },
  );
  protected readonly letters = load(
    () =>
      read(
        path`/v1/cases/${this.caseId()}/letters`,
        ListLettersResponse.fromJSON,
        ListLettersRequest.toJSON({ caseId: '', page: this.letterPages.page() }),
      ),
    { live: ['letter'] },
  );
  /** The form that the address names, for who may send it. */
  protected readonly form = computed(() => this.#letterForm() ?? this.#creditForm());
  readonly #creditForm = computed(() => {
    const [found, held] = [this.found(), this.held()];
    if (found === undefined) return undefined;
    switch (this.dialogs.open()) {
      case 'apply-credit':
        return held && this.mayApply() ? applyForm(this.#api, found, held) : undefined;
      case 'refund-credit':
        return held && this.mayRefund() ? refundForm(this.#api, found, held) : undefined;
      case 'refund-back': {
        const { movements = [] } = this.credit.value() ?? {};
        const refund = movements.find(
          (one) => one.kind === 'refunded' && one.sourceId === this.dialogs.on(),
        );
        return refund && this.mayRefund() ? refundBackForm(this.#api, refund) : undefined;
      }
      case 'forgo':
        return this.mayForgo() ? forgoForm(this.#api, found) : undefined;
      default:
        return undefined;
    }
  });
  /** The form of a letter, or of what became of the one that the address names. */
  readonly #letterForm = computed(() => {
    const found = this.found();
    if (found === undefined || !this.mayWrite()) return undefined;
    if (this.dialogs.open() === 'letter') return letterForm(this.#api, found);
    if (this.dialogs.open() !== 'delivery') return undefined;
    const letter = this.letters.value()?.letters.find((one) => one.letterId === this.dialogs.on());
    return letter && deliveryForm(this.#api, letter);
  });

  protected readonly figures = computed(() => {
    const found = this.found();
    if (found === undefined) return [];
    return [
      { name: t('openAmount'), value: formatMoney(found.open) },
      { name: t('overdue'), value: formatMoney(found.overdue), tone: 'warn' as const },
      { name: t('recovered'), value: formatMoney(found.recovered), tone: 'in' as const },
      ...found.credits.map((held) => ({ name: creditWords('credit'), value: formatMoney(held) })),
      { name: t('nextAction'), value: stepText(found.nextAction) || t('noNext') },
    ];
  });

  /** When the debtor may be contacted next, as the server's governor has decided. */
  protected readonly allowance = computed(() => {
    const allowance = this.found()?.allowance;
    if (allowance === undefined) return '';
    const values = { used: allowance.usedToday, limit: allowance.limitToday };
    if (allowance.permittedNow) return t('allowed', values);
    if (allowance.nextPermittedAt === undefined) return t('usedUp', values);
    return t('nextAllowed', { ...values, at: formatInstant(allowance.nextPermittedAt) });
  });

  protected readonly bestCall = computed(() => {
    const found = this.found();
    const at = found === undefined ? '' : bestCallText(found);
    return at === '' ? '' : t('bestCall', { at });
  });

  protected readonly columns: Column<Receivable>[] = [
    {
      id: 'document',
      title: () => t('document'),
      value: (r) => r.documentNumber,
      fixed: true,
      card: 'title',
    },
    { id: 'due', title: () => t('dueDay'), kind: 'day', value: (r) => r.dueDate },
    { id: 'days', title: () => t('days'), kind: 'own', card: 'chip' },
    { id: 'amount', title: () => t('amount'), kind: 'money', value: (r) => r.amount },
    {
      id: 'open',
      title: () => t('openAmount'),
      kind: 'money',
      value: (r) => r.open,
      card: 'figure',
    },
  ];
  protected readonly keyOf = (row: Receivable): string => row.receivableId;

  protected done(): void {
    this.dialogs.close();
    this.loaded.reload();
    this.timeline.reload();
    this.ledger.reload();
    this.credit.reload();
    this.promises.reload();
    this.pending.reload();
    this.letters.reload();
    this.receivables.reload();
    this.placements.reload();
  }

  /** A tab's name, and how much stands in it once that is known. */
  protected label(tab: Tab, count: number | bigint | undefined): string {
    const name = tabWords(tab);
    return count === undefined ? name : tabWords('withCount', { name, count: formatCount(count) });
  }
}
