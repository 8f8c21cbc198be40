import { FixedDue } from '@recourse/proto/web/agencies/v1/agencies';
import type { CommissionTerms } from '@recourse/proto/web/agencies/v1/agencies';
import { bpsIn, wholeIn } from '../ui/form-values';
import { formatMoney } from '../ui/format';
import type { MoneyValue } from '../ui/format';
import { parseMoney } from '../ui/parse-money';

/** A band, bracket or step as it is written: where it begins and its per cent are texts. */
export type BandDraft = { from: string; rate: string };

/** The models that are made of such rows. */
export const stepped = ['ageBands', 'amountBrackets', 'ratchet'] as const;

export type Stepped = (typeof stepped)[number];

/** Commission terms as they are written. */
export type TermsDraft = Record<Stepped, readonly BandDraft[]> & {
  model: Stepped | 'flat' | 'fixed';
  rate: string;
  retroactive: boolean;
  fee: string;
  due: FixedDue;
  currency: string;
  minimum: string;
  cap: string;
  retainer: string;
  credited: boolean;
  uplift: string;
  bearsCosts: boolean;
  vat: string;
  vatIncluded: boolean;
  tail: string;
};

const percent = (bps: number): string => String(bps / 100);
const amount = (of: MoneyValue | undefined): string =>
  of === undefined ? '' : formatMoney(of, true);

const first: BandDraft = { from: '0', rate: '' };

const empty = {
  rate: '',
  ageBands: [first],
  amountBrackets: [first],
  ratchet: [first],
  retroactive: false,
  fee: '',
  due: FixedDue.FIRST_PAYMENT,
} as const;

/** Everything beside the model; VAT and tail as is usual where nothing is known. */
function frameOf(terms: CommissionTerms | undefined) {
  const { minimum, cap, retainer, litigationUpliftBps = 0 } = terms ?? {};
  const model = terms?.model;
  const own =
    model?.$case === 'fixed'
      ? model.value.fee
      : model?.$case === 'amountBrackets'
        ? model.value.brackets[0]?.from
        : undefined;
  return {
    currency: (own ?? minimum ?? cap ?? retainer?.fee)?.currency ?? 'CNY',
    minimum: amount(minimum),
    cap: amount(cap),
    retainer: amount(retainer?.fee),
    credited: retainer?.credited ?? true,
    uplift: litigationUpliftBps === 0 ? '' : percent(litigationUpliftBps),
    bearsCosts: terms?.agencyBearsCosts ?? false,
    vat: percent(terms?.vatBps ?? 600),
    vatIncluded: terms?.vatIncluded ?? false,
    tail: String(terms?.tailDays ?? 30),
  };
}

/** What a person begins from. */
export function draftOf(terms: CommissionTerms | undefined): TermsDraft {
  const begun = { ...empty, ...frameOf(terms) };
  const model = terms?.model;
  switch (model?.$case) {
    case undefined:
      return { model: 'flat', ...begun };
    case 'flat':
      return { ...begun, model: 'flat', rate: percent(model.value.rateBps) };
    case 'fixed': {
      const { fee, due } = model.value;
      return { ...begun, model: 'fixed', due, fee: amount(fee) };
    }
    case 'ageBands': {
      const ageBands = model.value.bands.map(({ fromDaysOverdue, rateBps }) => ({
        from: String(fromDaysOverdue),
        rate: percent(rateBps),
      }));
      return { ...begun, model: 'ageBands', ageBands };
    }
    case 'amountBrackets': {
      const amountBrackets = model.value.brackets.map(({ from, rateBps }, at) => ({
        from: at === 0 ? '0' : amount(from),
        rate: percent(rateBps),
      }));
      return { ...begun, model: 'amountBrackets', amountBrackets };
    }
    case 'ratchet': {
      const { steps, retroactive } = model.value;
      const ratchet = steps.map(({ fromRecoveredBps, rateBps }) => ({
        from: percent(fromRecoveredBps),
        rate: percent(rateBps),
      }));
      return { ...begun, model: 'ratchet', retroactive, ratchet };
    }
  }
}

/** As the contract bounds them. */
const [mostDays, mostTail, mostVatBps] = [20_000, 365, 5_000];

/** An amount above zero in the terms' currency; undefined when it is none. */
function amountIn(text: string, currency: string): MoneyValue | undefined {
  const read = parseMoney(text, currency);
  return 'minor' in read && read.minor > 0n ? { currency, minor: read.minor } : undefined;
}

function beginning(draft: TermsDraft, of: Stepped, text: string): bigint | undefined {
  if (of === 'amountBrackets') {
    const read = parseMoney(text, draft.currency);
    return 'minor' in read ? read.minor : undefined;
  }
  const whole = of === 'ageBands' ? wholeIn(text, mostDays) : bpsIn(text);
  return whole === undefined ? undefined : BigInt(whole);
}

type Row = { from: bigint; rateBps: number };

/** The rows of a model once all of them hold: from 0 on, each later than the one before. */
function rowsOf(draft: TermsDraft, of: Stepped): Row[] | undefined {
  const rows = draft[of].flatMap((row): Row[] => {
    const [from, rateBps] = [beginning(draft, of, row.from), bpsIn(row.rate)];
    return from === undefined || rateBps === undefined ? [] : [{ from, rateBps }];
  });
  const isWhole = rows.length > 0 && rows.length === draft[of].length && rows[0]?.from === 0n;
  const rises = rows.every(({ from }, at) => at === 0 || from > (rows[at - 1]?.from ?? 0n));
  // What reaches back may only rise: the service refuses the rest.
  const holds =
    of !== 'ratchet' ||
    !draft.retroactive ||
    rows.every(({ rateBps }, at) => at === 0 || rateBps >= (rows[at - 1]?.rateBps ?? 0));
  return isWhole && rises && holds ? rows : undefined;
}

function modelOf(draft: TermsDraft): CommissionTerms['model'] {
  const { model, currency } = draft;
  if (model === 'flat') {
    const rateBps = bpsIn(draft.rate);
    return rateBps === undefined ? undefined : { $case: 'flat', value: { rateBps } };
  }
  if (model === 'fixed') {
    const fee = amountIn(draft.fee, currency);
    return fee && { $case: 'fixed', value: { fee, due: draft.due } };
  }
  const rows = rowsOf(draft, model);
  if (rows === undefined) return undefined;
  switch (model) {
    case 'ageBands': {
      const bands = rows.map(({ from, rateBps }) => ({ fromDaysOverdue: Number(from), rateBps }));
      return { $case: 'ageBands', value: { bands } };
    }
    case 'amountBrackets': {
      const brackets = rows.map(({ from, rateBps }) => {
        return { from: { currency, minor: from }, rateBps };
      });
      return { $case: 'amountBrackets', value: { brackets } };
    }
    case 'ratchet': {
      const steps = rows.map(({ from, rateBps }) => ({ fromRecoveredBps: Number(from), rateBps }));
      return { $case: 'ratchet', value: { steps, retroactive: draft.retroactive } };
    }
  }
}

type Conditions = Omit<CommissionTerms, 'model' | 'vatBps' | 'tailDays'>;

/** What is agreed besides; an empty field agrees nothing, one that cannot be read spoils all. */
function conditionsOf(draft: TermsDraft): Conditions | undefined {
  const { currency, credited } = draft;
  const made: Conditions = {};
  for (const name of ['minimum', 'cap', 'retainer'] as const) {
    if (draft[name].trim() === '') continue;
    const found = amountIn(draft[name], currency);
    if (found === undefined) return undefined;
    if (name === 'retainer') made.retainer = { fee: found, credited };
    else made[name] = found;
  }
  if (made.minimum !== undefined && made.cap !== undefined) {
    if (made.cap.minor < made.minimum.minor) return undefined;
  }
  if (draft.uplift.trim() !== '') {
    const uplift = bpsIn(draft.uplift);
    if (uplift === undefined) return undefined;
    if (uplift > 0) made.litigationUpliftBps = uplift;
  }
  if (draft.vatIncluded) made.vatIncluded = true;
  if (draft.bearsCosts) made.agencyBearsCosts = true;
  return made;
}

/** The terms, or undefined while something in them does not hold. */
export function termsOf(draft: TermsDraft): CommissionTerms | undefined {
  const [vatBps, tailDays] = [bpsIn(draft.vat), wholeIn(draft.tail, mostTail)];
  if (vatBps === undefined || vatBps > mostVatBps || tailDays === undefined) return undefined;
  const model = modelOf(draft);
  const conditions = conditionsOf(draft);
  return model && conditions && { model, vatBps, tailDays, ...conditions };
}
