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
import { nothingSelected } from '../ui/selection';
import type { Selection } from '../ui/selection';
import { AnswerDialog } from './answer-dialog';
import { placementColumns } from './placement-columns';
import { reasonText } from './terms-text';
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
  ],
  templateUrl: './placements-page.html',
})
export class PlacementsPage {
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly reasonText = reasonText;
  protected readonly dialogs = dialogUrl(['decline', 'recall']);
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly mayAnswer = computed(() => mayCall(this.#caller(), ['agency_manager']));
  protected readonly mayRecall = computed(() =>
    mayCall(this.#caller(), ['supervisor', 'director', 'general_manager']),
  );
  protected readonly selection = signal<Selection>(nothingSelected);
  protected readonly refused = signal<readonly PlacementResult[]>([]);
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

  readonly #chosen = computed(() => {
    const selection = this.selection();
    const rows = this.rows() ?? [];
    return selection.kind === 'matching'
      ? rows
      : rows.filter((row) => selection.keys.has(row.placementId));
  });
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

  protected readonly accept = action((requestId) => {
    const body = AcceptPlacementsRequest.toJSON({ placementIds: this.answerable(), requestId });
    return this.#api.post('/v1/placements:accept', body, AcceptPlacementsResponse.fromJSON, {
      requestId,
    });
  });
  protected readonly decline = action((requestId, reason: string) => {
    const body = DeclinePlacementsRequest.toJSON({
      placementIds: this.answerable(),
      reason,
      requestId,
    });
    return this.#api.post('/v1/placements:decline', body, DeclinePlacementsResponse.fromJSON, {
      requestId,
    });
  });
  protected readonly recall = action((requestId, reason: string) => {
    const body = RecallPlacementsRequest.toJSON({
      placementIds: this.recallable(),
      reason,
      requestId,
    });
    return this.#api.post('/v1/placements:recall', body, RecallPlacementsResponse.fromJSON, {
      requestId,
    });
  });

  protected async finish(
    answer: Promise<{ results: PlacementResult[] } | undefined>,
  ): Promise<void> {
    const found = await answer;
    if (found === undefined) return;
    this.refused.set(found.results.filter((one) => !one.done));
    this.selection.set(nothingSelected);
    this.dialogs.close();
    this.placements.reload();
  }
}
