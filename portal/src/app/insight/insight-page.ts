import { Component, computed } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  GetInsightMonthsRequest,
  GetInsightMonthsResponse,
  GetInsightRequest,
  GetInsightResponse,
} from '@recourse/proto/web/cases/v1/insight';
import { read } from '../session/api';
import { oneFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { saveFile } from '../session/save-file';
import { Chart } from '../ui/chart';
import { chartCsv } from '../ui/chart-spec';
import { ChoiceField } from '../ui/choice-field';
import { EmptyPanel } from '../ui/empty-panel';
import {
  formatBps,
  formatCount,
  formatDay,
  formatMoney,
  formatMoneyCompact,
  formatNumber,
  today,
} from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { ProblemPanel } from '../ui/problem-panel';
import { StatTile } from '../ui/stat-tile';
import {
  attempts,
  badDebtLines,
  badDebtRateLine,
  curves,
  dsoLine,
  effectiveShare,
  funnelCases,
  funnelMoney,
  rateLines,
  recoveredLines,
  vintageTable,
} from './insight-charts';
import { t } from './words';

const spans = ['6', '12', '24'] as const;
type Span = (typeof spans)[number];
const usualSpan: Span = '12';

/** The first day of the month so many months before that of a day `2026-11-23`. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const at = year * 12 + month - 1 - months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
}

/**
 * How cases go over time: what comes back of those that began together, how far they come, when
 * debtors are reached, and the book month by month. Its figures are of ended months, so it does not
 * follow every payment of the day.
 */
@Component({
  imports: [
    Chart,
    ChoiceField,
    EmptyPanel,
    MatButton,
    PageHeader,
    ProblemPanel,
    RouterLink,
    StatTile,
  ],
  templateUrl: './insight-page.html',
  styleUrl: './insight-page.scss',
})
export class InsightPage {
  protected readonly t = t;
  protected readonly count = formatCount;
  protected readonly money = formatMoney;
  protected readonly bps = formatBps;
  protected readonly list = listState({
    filters: {
      months: oneFilter(spans),
      currency: textFilter(),
      by: oneFilter(['placed']),
    },
    sort: '',
  });
  protected readonly span = computed(() => this.list.values().months ?? usualSpan);
  protected readonly by = computed(() => this.list.values().by ?? 'opened');

  readonly #period = computed(() => {
    const lastDay = today();
    return { period: { firstDay: monthsBefore(lastDay, Number(this.span())), lastDay } };
  });
  protected readonly loaded = load(() =>
    read(
      '/v1/insight',
      GetInsightResponse.fromJSON,
      GetInsightRequest.toJSON(GetInsightRequest.fromPartial(this.#period())),
    ),
  );
  protected readonly loadedMonths = load(() =>
    read(
      '/v1/insight/months',
      GetInsightMonthsResponse.fromJSON,
      GetInsightMonthsRequest.toJSON(GetInsightMonthsRequest.fromPartial(this.#period())),
    ),
  );
  protected readonly insight = this.loaded.value;
  protected readonly months = this.loadedMonths.value;

  protected readonly spanOptions = computed(() =>
    spans.map((value) => ({ value, name: t('lastMonths', { count: value }) })),
  );
  protected readonly byOptions = computed(() => [
    { value: 'opened' as const, name: t('opened') },
    { value: 'placed' as const, name: t('placed') },
  ]);
  protected readonly currencies = computed(() => {
    const ofMonths = this.months()?.months.map((one) => one.open?.currency ?? '') ?? [];
    return [...new Set([...(this.insight()?.currencies ?? []), ...ofMonths])];
  });
  protected readonly currencyOptions = computed(() =>
    this.currencies().map((code) => ({ value: code, name: code })),
  );
  protected readonly currency = computed(() => {
    const all = this.currencies();
    const { currency } = this.list.values();
    return all.includes(currency) ? currency : (all[0] ?? 'CNY');
  });
  protected readonly lead = computed(() => {
    const period = this.insight()?.period;
    if (period === undefined) return '';
    return t('lead', { first: formatDay(period.firstDay), last: formatDay(period.lastDay) });
  });
  protected readonly isEmpty = computed(() => {
    const cases = this.insight();
    const months = this.months();
    if (cases === undefined || months === undefined) return false;
    return this.currencies().length === 0 && cases.contactHours.length === 0;
  });

  /** Newest first, as a table is read. */
  protected readonly vintages = computed(() => {
    const found = this.insight();
    const all = this.by() === 'placed' ? found?.placedVintages : found?.vintages;
    return all?.filter((one) => one.base?.currency === this.currency());
  });
  protected readonly vintageLines = computed(() =>
    (this.vintages() ?? []).toReversed().map((one) => ({ ...one, last: one.points.at(-1) })),
  );
  protected readonly baseName = computed(() =>
    this.by() === 'placed' ? t('basePlaced') : t('base'),
  );
  protected readonly curves = computed(() => {
    const vintages = this.vintages();
    return vintages && curves(vintages);
  });

  readonly #steps = computed(() =>
    this.insight()?.funnel.filter((step) => step.base?.currency === this.currency()),
  );
  protected readonly funnelCases = computed(() => {
    const steps = this.#steps();
    return steps && funnelCases(steps);
  });
  protected readonly funnelMoney = computed(() => {
    const steps = this.#steps();
    return steps && funnelMoney(steps);
  });
  protected readonly attempts = computed(() => {
    const found = this.insight();
    return found && attempts(found.contactHours);
  });
  protected readonly effectiveShare = computed(() => {
    const found = this.insight();
    return found && effectiveShare(found.contactHours);
  });

  readonly #own = computed(() =>
    this.months()?.months.filter((one) => one.open?.currency === this.currency()),
  );
  protected readonly dso = computed(() => {
    const months = this.#own();
    return months && dsoLine(months, this.months()?.dsoTargetDays ?? 0);
  });
  protected readonly rates = computed(() => {
    const months = this.#own();
    return months && rateLines(months);
  });
  protected readonly badDebtRates = computed(() => {
    const months = this.#own();
    return months && badDebtRateLine(months);
  });
  protected readonly badDebts = computed(() => {
    const months = this.#own();
    return months && badDebtLines(months);
  });
  protected readonly recovered = computed(() => {
    const months = this.#own();
    return months && recoveredLines(months);
  });

  /** The last month that has ended, for the figures at the head. */
  protected readonly figures = computed(() => {
    const months = this.#own();
    if (months === undefined) return undefined;
    const last = months.at(-1);
    const before = last?.recoveredYearBefore;
    const tenths = last?.dsoTenths;
    return {
      month: last?.month ?? '',
      dso: tenths === undefined ? '–' : t('days', { days: formatNumber(tenths / 10) }),
      overdue: formatBps(last?.overdueBps),
      cei: formatBps(last?.ceiBps),
      badDebt: formatBps(last?.badDebtBps),
      recovered: formatMoneyCompact(last?.recovered),
      before:
        before === undefined ? t('noBefore') : t('before', { amount: formatMoneyCompact(before) }),
    };
  });
  protected readonly dsoHint = computed(() =>
    t('dsoHint', {
      month: this.figures()?.month ?? '',
      target: String(this.months()?.dsoTargetDays ?? 0),
    }),
  );

  /** What the rate is of; without sales in the year there is nothing to measure by. */
  protected readonly badDebtHint = computed(() => {
    const { month = '' } = this.figures() ?? {};
    const isKnown = this.#own()?.at(-1)?.badDebtBps !== undefined;
    return t(isKnown ? 'badDebtHint' : 'badDebtUnknown', { month });
  });

  protected chooseSpan(span: Span | undefined): void {
    this.list.set({ months: span === usualSpan ? undefined : span });
  }

  protected chooseCurrency(currency: string | undefined): void {
    this.list.set({ currency: currency ?? '' });
  }

  protected chooseBy(by: 'opened' | 'placed' | undefined): void {
    this.list.set({ by: by === 'placed' ? by : undefined });
  }

  protected saveVintages(): void {
    const csv = chartCsv(vintageTable(this.vintages() ?? [], this.baseName()));
    const name = `${t('vintages', { currency: this.currency() })}.csv`;
    saveFile(name, new Blob([csv], { type: 'text/csv' }));
  }

  /** The month that so many months after one is. */
  protected monthAfter(month: string, months: number): string {
    return monthsBefore(`${month}-01`, -months).slice(0, 7);
  }
}
