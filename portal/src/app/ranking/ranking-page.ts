import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  GetRankingRequest,
  GetRankingResponse,
  RefreshRankingRequest,
  RefreshRankingResponse,
} from '@recourse/proto/web/agencies/v1/ranking';
import type { RankedAgency } from '@recourse/proto/web/agencies/v1/ranking';
import { action } from '../session/action';
import { Api, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { explain } from '../session/problem-words';
import { saveFile } from '../session/save-file';
import { Session } from '../session/session';
import { chartCsv } from '../ui/chart-spec';
import { Chip } from '../ui/chip';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { EmptyPanel } from '../ui/empty-panel';
import { formatBps, formatCount, formatDay, formatInstant, formatNumber } from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { ProblemPanel } from '../ui/problem-panel';
import { IntervalPlot } from './interval-plot';
import { ScoreLines } from './score-lines';
import {
  componentName,
  effectText,
  levelText,
  movers,
  plotRange,
  pointsText,
  suggestionName,
  suggestionTone,
} from './score-text';
import { WeightsDialog } from './weights-dialog';
import { t } from './words';

/** The creditor's ranking: every agency against what was to be expected of its very cases. */
@Component({
  imports: [
    Chip,
    ChoiceField,
    Dialog,
    EmptyPanel,
    IntervalPlot,
    MatButton,
    PageHeader,
    ProblemPanel,
    ScoreLines,
    WeightsDialog,
  ],
  templateUrl: './ranking-page.html',
  styleUrl: './ranking-page.scss',
})
export class RankingPage {
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly explain = explain(t);
  protected readonly points = pointsText;
  protected readonly componentName = componentName;
  protected readonly effect = effectText;
  protected readonly movers = movers;
  protected readonly suggestionName = suggestionName;
  protected readonly suggestionTone = suggestionTone;
  protected readonly levelText = levelText;
  protected readonly count = formatCount;
  protected readonly bps = formatBps;
  protected readonly dialogs = dialogUrl(['score', 'weights']);
  protected readonly crumbs = () => [{ name: t('agencies'), link: ['/agencies'] }];
  protected readonly list = listState({
    filters: { month: textFilter(), industry: textFilter(), region: textFilter() },
    sort: '',
  });
  protected readonly loaded = load(
    () =>
      read(
        '/v1/ranking',
        GetRankingResponse.fromJSON,
        GetRankingRequest.toJSON(GetRankingRequest.fromPartial(this.list.values())),
      ),
    { live: ['ranking'] },
  );
  protected readonly ranking = this.loaded.value;
  protected readonly range = computed(() => plotRange(this.ranking()?.agencies ?? []));
  protected readonly mayWeigh = computed(() =>
    mayCall(this.#caller(), ['director', 'general_manager', 'credit_manager']),
  );
  protected readonly mayRefresh = computed(
    () => this.mayWeigh() || mayCall(this.#caller(), ['supervisor']),
  );
  protected readonly lead = computed(() => {
    const found = this.ranking();
    if (found === undefined) return '';
    const days = { first: formatDay(found.firstDay), last: formatDay(found.lastDay) };
    const made =
      found.madeAt === undefined ? [] : [t('madeAt', { at: formatInstant(found.madeAt) })];
    return [t('lead', days), ...made].join(' · ');
  });
  protected readonly monthOptions = computed(() => {
    const found = this.ranking();
    const months = new Set([...(found?.month ? [found.month] : []), ...(found?.months ?? [])]);
    return [...months]
      .toSorted()
      .toReversed()
      .map((month) => ({ value: month, name: month }));
  });
  protected readonly segmentOptions = computed(() =>
    (this.ranking()?.segments ?? []).map(({ kind, name, cases }) => ({
      value: `${kind} ${name}`,
      name: t('segmentOf', {
        kind: kind === 'industry' ? t('industry') : t('region'),
        name,
        cases: formatCount(cases),
      }),
    })),
  );
  protected readonly segment = computed(() => {
    const { industry, region } = this.list.values();
    if (industry !== '') return `industry ${industry}`;
    return region === '' ? undefined : `region ${region}`;
  });
  protected readonly chosen = computed(() =>
    this.ranking()?.agencies.find((one) => one.agencyId === this.dialogs.on()),
  );
  protected readonly refresh = action((requestId) => {
    const request: RefreshRankingRequest = { month: this.ranking()?.month ?? '', requestId };
    return this.#api.post(
      '/v1/ranking:refresh',
      RefreshRankingRequest.toJSON(request),
      RefreshRankingResponse.fromJSON,
      { requestId },
    );
  });

  protected number(hundredths: bigint): number {
    return Number(hundredths) / 100;
  }

  protected axis(value: number): string {
    return formatNumber(value, 0);
  }

  protected plotText(one: RankedAgency): string {
    return t('plotOf', {
      name: one.agencyName,
      score: pointsText(one.scoreHundredths),
      low: pointsText(one.scoreLowHundredths),
      high: pointsText(one.scoreHighHundredths),
    });
  }

  protected chooseMonth(month: string | undefined): void {
    this.list.set({ month: month ?? '' });
  }

  protected chooseSegment(segment: string | undefined): void {
    const [kind = '', ...rest] = (segment ?? '').split(' ');
    const name = rest.join(' ');
    this.list.set({
      industry: kind === 'industry' ? name : '',
      region: kind === 'region' ? name : '',
    });
  }

  protected async askRefresh(): Promise<void> {
    if ((await this.refresh.run()) !== undefined) this.loaded.reload();
  }

  protected weighed(): void {
    this.dialogs.close();
    this.loaded.reload();
  }

  protected saveCsv(): void {
    const found = this.ranking();
    if (found === undefined) return;
    const of = (pick: (one: RankedAgency) => bigint): number[] =>
      found.agencies.map((one) => Number(pick(one)) / 100);
    const csv = chartCsv({
      kind: 'bars',
      categoryName: t('agency'),
      categories: found.agencies.map((one) => one.agencyName),
      series: [
        { name: t('place'), values: found.agencies.map((one) => one.place) },
        { name: t('score'), values: of((one) => one.scoreHundredths) },
        { name: t('low'), values: of((one) => one.scoreLowHundredths) },
        { name: t('high'), values: of((one) => one.scoreHighHundredths) },
        { name: t('cases'), values: found.agencies.map((one) => Number(one.cases)) },
      ],
      unit: 'count',
    });
    saveFile(`${t('title')} ${found.month}.csv`, new Blob([csv], { type: 'text/csv' }));
  }
}
