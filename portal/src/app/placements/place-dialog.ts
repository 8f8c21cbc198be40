import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  CompareAgenciesRequest,
  CompareAgenciesResponse,
} from '@recourse/proto/web/agencies/v1/agencies';
import type { AgencyOffer } from '@recourse/proto/web/agencies/v1/agencies';
import { PlaceCasesRequest, PlaceCasesResponse } from '@recourse/proto/web/agencies/v1/placements';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { action } from '../session/action';
import { Api } from '../session/api';
import { newId } from '../session/new-id';
import { Chip } from '../ui/chip';
import { Dialog } from '../ui/dialog';
import { formatBps, formatCount, formatMoney } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { reasonText, termsText } from './terms-text';
import { t } from './words';

/** Compares agencies on these very cases and places them; each case gets its own result. */
@Component({
  selector: 'rc-place-dialog',
  imports: [Chip, Dialog, MatButton, ProblemPanel, TextField],
  templateUrl: './place-dialog.html',
  styleUrl: './place-dialog.scss',
})
export class PlaceDialog {
  readonly cases = input.required<readonly Case[]>();
  readonly placed = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly termsText = termsText;
  protected readonly reasonText = reasonText;
  protected readonly money = formatMoney;
  protected readonly bps = formatBps;
  protected readonly count = formatCount;
  protected readonly asNumber = Number;
  protected readonly compared = signal<CompareAgenciesResponse | undefined>(undefined);
  protected readonly chosen = signal('');
  protected readonly note = signal('');
  protected readonly result = signal<PlaceCasesResponse | undefined>(undefined);
  readonly #placementIds = new Map<string, string>();

  protected readonly heading = computed(() => t('placeTitle', { count: this.cases().length }));
  protected readonly totals = computed(() => {
    const amounts = this.compared()?.openByCurrency ?? [];
    return t('total', { total: amounts.map((amount) => formatMoney(amount)).join(' + ') });
  });
  protected readonly failed = computed(
    () => this.result()?.results.filter((one) => !one.done) ?? [],
  );

  protected readonly compare = action(() => {
    const caseIds = this.cases().map((one) => one.caseId);
    const body = CompareAgenciesRequest.toJSON({ caseIds, agencyIds: [] });
    return this.#api.post('/v1/agencies:compare', body, CompareAgenciesResponse.fromJSON);
  });

  protected readonly place = action(() => {
    const request: PlaceCasesRequest = {
      agencyId: this.chosen(),
      terms: undefined,
      note: this.note(),
      placements: this.cases().map(({ caseId }) => ({ caseId, placementId: this.#idOf(caseId) })),
    };
    return this.#api.post(
      '/v1/placements:place',
      PlaceCasesRequest.toJSON(request),
      PlaceCasesResponse.fromJSON,
    );
  });

  constructor() {
    // Inputs are there after the first turn.
    queueMicrotask(() => void this.#start());
  }

  /** A repeat after an unknown outcome names the same placements. */
  #idOf(caseId: string): string {
    const known = this.#placementIds.get(caseId) ?? newId();
    this.#placementIds.set(caseId, known);
    return known;
  }

  async #start(): Promise<void> {
    const found = await this.compare.run();
    this.compared.set(found);
    const best = found?.offers.find((offer) => offer.obstacles.length === 0);
    this.chosen.set(best?.agency?.agencyId ?? '');
  }

  protected numberOf(caseId: string): string {
    return this.cases().find((one) => one.caseId === caseId)?.number ?? caseId;
  }

  protected recoveryText(offer: AgencyOffer): string {
    const record = offer.agency?.record;
    if (record === undefined || record.recoveryHighBps === 0n)
      return t('tooFew', { sample: record?.sample ?? 0n });
    return t('recoveryRange', {
      low: formatBps(Number(record.recoveryLowBps)),
      high: formatBps(Number(record.recoveryHighBps)),
      sample: formatCount(record.sample),
    });
  }

  protected reportsText(offer: AgencyOffer): string {
    const record = offer.agency?.record;
    return t('of', { part: record?.reportsOnTime ?? 0, whole: record?.reportsDue ?? 0 });
  }

  protected async send(): Promise<void> {
    const answer = await this.place.run();
    if (answer === undefined) return;
    this.result.set(answer);
    if (answer.results.every((one) => one.done)) this.placed.emit();
  }
}
