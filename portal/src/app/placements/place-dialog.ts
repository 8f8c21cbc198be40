import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { CompareAgenciesResponse } from '@recourse/proto/web/agencies/v1/agencies';
import type { AgencyOffer, CurrencyFigures } from '@recourse/proto/web/agencies/v1/agencies';
import { PlaceCasesRequest, PlaceCasesResponse } from '@recourse/proto/web/agencies/v1/placements';
import type { PlacementResult } from '@recourse/proto/web/agencies/v1/placements';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { action } from '../session/action';
import { Api } from '../session/api';
import { asOpened } from '../session/as-opened';
import { inParts } from '../session/in-parts';
import { newId } from '../session/new-id';
import { Chip } from '../ui/chip';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { formatBps, formatCount, formatMoney, formatMoneyCompact } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { ProgressLine } from '../ui/progress-line';
import { TextField } from '../ui/text-field';
import { atOnce, compareAll } from './compare-all';
import { OfferLimits } from './offer-limits';
import { OfferSegments } from './offer-segments';
import { draftOf, termsOf } from './terms-draft';
import type { TermsDraft } from './terms-draft';
import { TermsEditor } from './terms-editor';
import { TermsExample } from './terms-example';
import { reasonText, refusedText, termsText } from './terms-text';
import { t as termsWords } from './terms-words';
import { t } from './words';

/** Compares agencies on these very cases and places them; each case gets its own result. */
@Component({
  selector: 'rc-place-dialog',
  imports: [
    Chip,
    ChoiceField,
    Dialog,
    MatButton,
    OfferLimits,
    OfferSegments,
    ProblemPanel,
    ProgressLine,
    TermsEditor,
    TermsExample,
    TextField,
  ],
  templateUrl: './place-dialog.html',
  styleUrl: './place-dialog.scss',
})
export class PlaceDialog {
  /** As they are when the dialog opens; a later reading changes nothing of what is compared. */
  readonly cases = input.required<readonly Case[]>();
  readonly placed = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly termsText = termsText;
  protected readonly reasonText = reasonText;
  protected readonly refusedText = refusedText;
  protected readonly money = formatMoney;
  protected readonly bps = formatBps;
  protected readonly compact = formatMoneyCompact;
  protected readonly asNumber = Number;
  protected readonly atOnce = atOnce;
  protected readonly compared = signal<CompareAgenciesResponse | undefined>(undefined);
  protected readonly chosen = signal('');
  protected readonly note = signal('');
  /** Terms agreed for these cases; by the agency's price list while there are none. */
  protected readonly written = signal<TermsDraft | undefined>(undefined);
  protected readonly terms = computed(() => {
    const draft = this.written();
    return draft && termsOf(draft);
  });
  protected readonly termsWords = termsWords;
  protected readonly ways = [
    { value: 'list', name: termsWords('byList') },
    { value: 'agreed', name: termsWords('agreed') },
  ] as const;
  protected readonly result = signal<readonly PlacementResult[] | undefined>(undefined);
  protected readonly comparedCount = signal(0);
  readonly #placementIds = new Map<string, string>();

  /** What is compared is what is sent. */
  protected readonly those = asOpened(
    () => 'those',
    () => this.cases(),
  );
  /** The one case, of which terms are tried; of many they are tried on a usual one. */
  protected readonly only = computed(() =>
    this.those().length === 1 ? this.those()[0] : undefined,
  );
  protected readonly heading = computed(() => t('placeTitle', { count: this.those().length }));
  protected readonly totals = computed(() => {
    const amounts = this.compared()?.openByCurrency ?? [];
    return t('total', { total: amounts.map((amount) => formatMoney(amount)).join(' + ') });
  });
  protected readonly failed = computed(() => this.result()?.filter((one) => !one.done) ?? []);

  /** Of the chosen agency, as far as was told before; until one is chosen all of them. */
  protected readonly placeable = computed(() => {
    const offers = this.compared()?.offers ?? [];
    const one = offers.find(({ agency }) => agency?.agencyId === this.chosen());
    return one?.placeableCases ?? this.those().length;
  });

  protected readonly done = computed(() => this.result()?.filter((one) => one.done).length ?? 0);

  protected readonly compare = action(() =>
    compareAll(
      this.those().map((one) => one.caseId),
      (body) => this.#api.post('/v1/agencies:compare', body, CompareAgenciesResponse.fromJSON),
      (count) => this.comparedCount.set(count),
    ),
  );

  protected readonly parts = inParts(atOnce, async (part: readonly Case[]) => {
    const request: PlaceCasesRequest = {
      agencyId: this.chosen(),
      terms: this.terms(),
      note: this.note(),
      placements: part.map(({ caseId }) => ({ caseId, placementId: this.#idOf(caseId) })),
    };
    const body = PlaceCasesRequest.toJSON(request);
    return (await this.#api.post('/v1/placements:place', body, PlaceCasesResponse.fromJSON))
      .results;
  });
  protected readonly place = action(() => this.parts.run(this.those()));

  constructor() {
    // Inputs are there after the first turn.
    queueMicrotask(() => void this.#start());
  }

  /** What is agreed begins from the price list of the chosen agency. */
  protected agree(way: string | undefined): void {
    const offers = this.compared()?.offers ?? [];
    const chosen = offers.find(({ agency }) => agency?.agencyId === this.chosen())?.agency;
    this.written.set(way === 'agreed' ? draftOf(chosen?.listTerms) : undefined);
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
    const best = found?.offers.find((offer) => offer.placeableCases > 0);
    this.chosen.set(best?.agency?.agencyId ?? '');
  }

  protected readonly numberOf = (caseId: string): string =>
    this.those().find((one) => one.caseId === caseId)?.number ?? caseId;

  /** Papers that are in the way, whatever the cases. */
  protected papersOf(offer: AgencyOffer): readonly string[] {
    return offer.agency?.suspendedReasons.filter((one) => one.startsWith('licence_')) ?? [];
  }

  protected complaintsText(offer: AgencyOffer): string {
    const { complaints = 0, complaintsUpheld = 0 } = offer.agency?.record ?? {};
    return t('complaintsOf', { count: complaints, upheld: complaintsUpheld });
  }

  /** How many of the debtors' regions or sectors it serves; of none it can be told. */
  protected covered(part: number, whole: number): string {
    return whole === 0 ? t('notKnown') : t('of', { part, whole });
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

  /** Figures for each currency; a single one stands without its count of cases. */
  protected figuresOf(offer: AgencyOffer): readonly CurrencyFigures[] {
    return offer.byCurrency.length > 1 ? offer.byCurrency : [];
  }

  /** Closed before all was sent, the list behind still has to be read again. */
  protected leave(): void {
    if (this.parts.results().length > 0) this.placed.emit();
    else this.closed.emit();
  }

  protected reportsText(offer: AgencyOffer): string {
    const record = offer.agency?.record;
    return t('of', { part: record?.reportsOnTime ?? 0, whole: record?.reportsDue ?? 0 });
  }

  protected async send(): Promise<void> {
    const answer = await this.place.run();
    if (answer === undefined) return;
    this.result.set(answer);
    if (answer.every((one) => one.done)) this.placed.emit();
  }
}
