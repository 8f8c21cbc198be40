import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  AcceptPlacementsRequest,
  AcceptPlacementsResponse,
  DeclinePlacementsRequest,
  DeclinePlacementsResponse,
  ListPlacementsRequest,
  ListPlacementsResponse,
  PlacementState,
  RecallPlacementsRequest,
  RecallPlacementsResponse,
} from '@recourse/proto/web/agencies/v1/placements';
import type { Placement, PlacementResult } from '@recourse/proto/web/agencies/v1/placements';
import { action } from '../session/action';
import { Api, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { listExport } from '../session/list-export';
import { inParts } from '../session/in-parts';
import { manyFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { PageHeader } from '../ui/page-header';
import { ProblemPanel } from '../ui/problem-panel';
import { picked } from '../ui/picked';
import { ProgressLine } from '../ui/progress-line';
import { nothingSelected } from '../ui/selection';
import type { Selection } from '../ui/selection';
import { AnswerDialog } from './answer-dialog';
import { atOnce } from './compare-all';
import { gatherPlacements } from './gather-placements';
import { placementColumns } from './placement-columns';
import { conditionsText, placementRate, refusedText } from './terms-text';
import { t } from './words';

const states = Object.values(PlacementState).filter((one) => one !== PlacementState.UNSPECIFIED);
const tones: Partial<Record<PlacementState, 'info' | 'good' | 'neutral' | 'warn'>> = {
  [PlacementState.OFFERED]: 'info',
  [PlacementState.ACTIVE]: 'good',
  [PlacementState.DECLINED]: 'warn',
};

/** The creditor's placements, or an agency's offers; each answered one by one or many at once. */
@Component({
  imports: [
    AnswerDialog,
    Chip,
    DataTable,
    DataTableCell,
    FilterChoice,
    MatButton,
    PageHeader,
    ProblemPanel,
    ProgressLine,
  ],
  templateUrl: './placements-page.html',
  styles: `
    .terms {
      display: inline-block;
      min-width: 240px;
      max-width: 340px;
      white-space: normal;
    }
    small {
      display: block;
      color: var(--rc-text-2);
    }
  `,
})
export class PlacementsPage {
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly rateOf = placementRate;
  protected readonly conditionsOf = conditionsText;
  protected readonly dialogs = dialogUrl(['decline', 'recall']);
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly mayAnswer = computed(() => mayCall(this.#caller(), ['agency_manager']));
  protected readonly mayRecall = computed(() =>
    mayCall(this.#caller(), ['supervisor', 'director', 'general_manager']),
  );
  protected readonly selection = signal<Selection>(nothingSelected);
  protected readonly refused = signal<readonly { placementId: string; text: string }[]>([]);
  protected readonly list = listState({
    filters: { states: manyFilter(states) },
    sort: '-placed_at',
  });

  protected readonly placements = load(
    () => {
      const chosen = this.list.values().states;
      const fallback = this.isCreditor() ? [] : [PlacementState.OFFERED];
      const request = ListPlacementsRequest.fromPartial({
        states: chosen.length === 0 ? fallback : [...chosen],
        sort: this.list.sort(),
        page: this.list.page(),
      });
      return read(
        '/v1/placements',
        ListPlacementsResponse.fromJSON,
        ListPlacementsRequest.toJSON(request),
      );
    },
    { live: ['placement', 'commission', 'payment'] },
  );
  protected readonly rows = computed(() => this.placements.value()?.placements);
  protected readonly exports = listExport(this.placements, 'placements', {
    at: '/v1/commission-exports',
  });
  protected readonly columns = computed(() => placementColumns(this.isCreditor()));
  protected readonly stateOptions = () =>
    states.map((value) => ({ value, name: t.find(value) ?? value }));
  protected readonly keyOf = (row: Placement): string => row.placementId;
  protected readonly linkOf = (row: Placement): string[] | undefined =>
    this.isCreditor() || row.state === PlacementState.ACTIVE ? ['/cases', row.caseId] : undefined;
  protected readonly lead = computed(() => {
    const count = this.placements.value()?.page?.count;
    return this.isCreditor() || count === undefined ? '' : t('offersLead', { count });
  });

  readonly #picked = picked(this.selection, this.rows, (row) => row.placementId);
  protected readonly gathering = gatherPlacements(this.placements, this.selection);
  readonly #chosen = computed(() =>
    this.selection().kind === 'matching' ? this.gathering.rows() : this.#picked(),
  );
  /** Offers that can still be answered, and placements that can still be recalled. */
  protected readonly answerable = computed(() =>
    this.#chosen()
      .filter((row) => row.state === PlacementState.OFFERED)
      .map((row) => row.placementId),
  );
  protected readonly recallable = computed(() =>
    this.#chosen()
      .filter((row) => row.state === PlacementState.OFFERED || row.state === PlacementState.ACTIVE)
      .map((row) => row.placementId),
  );

  protected tone(state: PlacementState): 'info' | 'good' | 'neutral' | 'warn' {
    return tones[state] ?? 'neutral';
  }

  readonly #accepted = inParts(atOnce, async (ids: readonly string[], requestId) => {
    const body = AcceptPlacementsRequest.toJSON({ placementIds: [...ids], requestId });
    const at = '/v1/placements:accept';
    return (await this.#api.post(at, body, AcceptPlacementsResponse.fromJSON, { requestId }))
      .results;
  });
  readonly #declined = inParts(
    atOnce,
    async (ids: readonly string[], requestId, reason: string) => {
      const body = DeclinePlacementsRequest.toJSON({ placementIds: [...ids], reason, requestId });
      const at = '/v1/placements:decline';
      return (await this.#api.post(at, body, DeclinePlacementsResponse.fromJSON, { requestId }))
        .results;
    },
  );
  readonly #recalled = inParts(
    atOnce,
    async (ids: readonly string[], requestId, reason: string) => {
      const body = RecallPlacementsRequest.toJSON({ placementIds: [...ids], reason, requestId });
      const at = '/v1/placements:recall';
      return (await this.#api.post(at, body, RecallPlacementsResponse.fromJSON, { requestId }))
        .results;
    },
  );
  protected readonly accept = action(() => this.#accepted.run(this.answerable()));
  protected readonly decline = action((_id, reason: string) =>
    this.#declined.run(this.answerable(), reason),
  );
  protected readonly recall = action((_id, reason: string) =>
    this.#recalled.run(this.recallable(), reason),
  );
  /** How far a list of more than one part is. */
  protected readonly sending = computed(() => {
    const [now, ids] = this.recall.busy()
      ? [this.#recalled, this.recallable()]
      : [this.decline.busy() ? this.#declined : this.#accepted, this.answerable()];
    const isBusy = this.accept.busy() || this.decline.busy() || this.recall.busy();
    return isBusy && ids.length > atOnce ? { done: now.done(), total: ids.length } : undefined;
  });

  protected async finish(answer: Promise<readonly PlacementResult[] | undefined>): Promise<void> {
    const names = new Map(this.#chosen().map((row) => [row.placementId, row]));
    const found = await answer;
    if (found === undefined) return;
    this.refused.set(
      found
        .filter((one) => !one.done)
        .map((one) => {
          const { debtorName: debtor = '', caseNumber: number = '' } =
            names.get(one.placementId) ?? {};
          const text = t('refusedRow', { debtor, number, reason: refusedText(one) });
          return { placementId: one.placementId, text };
        }),
    );
    this.selection.set(nothingSelected);
    this.dialogs.close();
    this.placements.reload();
  }
}
