import type { CommissionTerms } from '@recourse/proto/web/agencies/v1/agencies';
import { bpsIn, wholeIn } from '../ui/form-values';

/** A band as it is written: days and per cent are texts until they hold. */
export type BandDraft = { from: string; rate: string };

/** Commission terms as they are written. */
export type TermsDraft = {
  model: 'flat' | 'ageBands';
  rate: string;
  bands: readonly BandDraft[];
  vat: string;
  tail: string;
};

const percent = (bps: number): string => String(bps / 100);

/** What a person begins from; VAT and tail as is usual where nothing is known. */
export function draftOf(terms: CommissionTerms | undefined): TermsDraft {
  const frame = { vat: percent(terms?.vatBps ?? 600), tail: String(terms?.tailDays ?? 30) };
  const empty = { rate: '', bands: [{ from: '0', rate: '' }] };
  const model = terms?.model;
  if (model === undefined) return { model: 'flat', ...empty, ...frame };
  if (model.$case === 'flat') {
    return { model: 'flat', ...empty, rate: percent(model.value.rateBps), ...frame };
  }
  const bands = model.value.bands.map((band) => ({
    from: String(band.fromDaysOverdue),
    rate: percent(band.rateBps),
  }));
  return { model: 'ageBands', ...empty, bands, ...frame };
}

/** As the contract bounds them. */
const [mostDays, mostTail, mostVatBps] = [20_000, 365, 5_000];

function bandsOf(draft: TermsDraft): { fromDaysOverdue: number; rateBps: number }[] | undefined {
  const bands = draft.bands.flatMap(({ from, rate }) => {
    const [fromDaysOverdue, rateBps] = [wholeIn(from, mostDays), bpsIn(rate)];
    return fromDaysOverdue === undefined || rateBps === undefined
      ? []
      : [{ fromDaysOverdue, rateBps }];
  });
  const rises = bands.every(
    ({ fromDaysOverdue }, at) =>
      at === 0 || fromDaysOverdue > (bands[at - 1]?.fromDaysOverdue ?? -1),
  );
  const isWhole = bands.length > 0 && bands.length === draft.bands.length;
  return isWhole && rises && bands[0]?.fromDaysOverdue === 0 ? bands : undefined;
}

/** The terms, or undefined while something in them does not hold. */
export function termsOf(draft: TermsDraft): CommissionTerms | undefined {
  const [vatBps, tailDays] = [bpsIn(draft.vat), wholeIn(draft.tail, mostTail)];
  if (vatBps === undefined || vatBps > mostVatBps || tailDays === undefined) return undefined;
  if (draft.model === 'flat') {
    const rateBps = bpsIn(draft.rate);
    return rateBps === undefined
      ? undefined
      : { model: { $case: 'flat', value: { rateBps } }, vatBps, tailDays };
  }
  const bands = bandsOf(draft);
  return bands && { model: { $case: 'ageBands', value: { bands } }, vatBps, tailDays };
}
