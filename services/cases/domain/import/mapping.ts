import { isCurrency } from '@recourse/kit/check.ts';
import { currencyHint } from './amount-text.ts';
import {
  amountShare,
  countOf,
  dateShare,
  filledCount,
  firstKind,
  shareOf,
} from './column-profile.ts';
import type { ColumnProfile } from './column-profile.ts';
import { fieldRules } from './field-rules.ts';
import type { Field } from './field-rules.ts';
import { readHeading } from './heading-words.ts';
import type { Heading } from './heading-words.ts';
import { meaningOfYes } from './status-words.ts';
import { bit } from './value-shape.ts';

/** Why a column was suggested for a field; the contract's named reasons. */
export type Reason =
  | 'header_synonym'
  | 'value_shape'
  | 'saved_profile'
  | 'only_amount'
  | 'group_row';

/** What a column is thought to mean; `field` is undefined where nothing fits. */
export type Suggestion = {
  position: number;
  field: Field | undefined;
  /** 0 to 100. */
  confidence: number;
  reasons: readonly Reason[];
};

/** Suggestions below this are worse than none: the person would have to find and undo them. */
const leastScore = 0.4;
const extraConcept = 0.05;
const unknownWord = 0.08;

/** How well a heading alone names a field, 0 to 1. */
export function headingScore(heading: Heading, field: Field): number {
  const { rules, never } = fieldRules[field];
  const said = new Set(heading.concepts);
  if (never.some((concept) => said.has(concept))) return 0;
  let best = 0;
  for (const rule of rules) {
    if (!rule.all.every((concept) => said.has(concept))) continue;
    const extra = said.size - new Set(rule.all).size;
    best = Math.max(best, rule.score - extra * extraConcept - heading.unknown * unknownWord);
  }
  return best;
}

function graded(share: number): number {
  return share >= 0.98 ? 1 : share >= 0.9 ? 0.95 : share >= 0.6 ? 0.7 : share >= 0.3 ? 0.35 : 0.05;
}

/** Columns of keys: filled, different in each row, neither dates nor money. */
function numberFit(profile: ColumnProfile): number {
  const different = profile.distinctOf === 0 ? 0 : profile.distinct / profile.distinctOf;
  const fill = profile.rows === 0 ? 0 : filledCount(profile) / profile.rows;
  const unique = different >= 0.999 ? 1 : different >= 0.9 ? 0.92 : different >= 0.5 ? 0.75 : 0.4;
  const filled = fill >= 0.98 ? 1 : fill >= 0.8 ? 0.9 : fill >= 0.3 ? 0.6 : 0.2;
  const dated = shareOf(profile, bit.ymd | bit.dmy | bit.mdy) > 0.5 ? 0.2 : 1;
  const money = shareOf(profile, bit.fraction) > 0.2 ? 0.15 : 1;
  const words = shareOf(profile, bit.digits) < 0.5 ? 0.35 : 1;
  return unique * filled * dated * money * words;
}

function customerNumberFit(profile: ColumnProfile): number {
  const dated = shareOf(profile, bit.ymd | bit.dmy | bit.mdy) > 0.5 ? 0.1 : 1;
  // Codes of letters alone (`SIREEN`) are numbers only where the heading says so, and so are codes
  // of levels (Kingdee's `01.001`), which look like amounts.
  const { concepts } = readHeading(profile.header);
  const says = concepts.includes('number') || concepts.includes('code');
  const money = !says && shareOf(profile, bit.fraction) > 0.2 ? 0.15 : 1;
  const named = shareOf(profile, bit.digits) >= 0.5 ? 1 : says ? 0.8 : 0.3;
  const prose = shareOf(profile, bit.prose | bit.chinese) > 0.3 ? 0.4 : 1;
  const worded = shareOf(profile, bit.words) > 0.5 ? 0.6 : 1;
  return money * dated * named * prose * worded;
}

function nameFit(profile: ColumnProfile): number {
  const worded = graded(shareOf(profile, bit.letters | bit.chinese));
  const mail = shareOf(profile, bit.email) > 0.3 ? 0.1 : 1;
  // A heading that says name is believed though its values look like codes (`Customer 12`).
  const isNamed = readHeading(profile.header).concepts.includes('name');
  const coded =
    shareOf(profile, bit.digits) > 0.9 && shareOf(profile, bit.chinese | bit.words) < 0.1;
  const codes = coded ? (isNamed ? 0.8 : 0.45) : 1;
  return worded * mail * codes;
}

/**
 * What was paid, or what is to be paid: a heading of payment alone leaves that open, and credits
 * among its values are no payments received.
 */
function paidFit(profile: ColumnProfile): number {
  const isOpen = !readHeading(profile.header).concepts.includes('paid');
  const owed = isOpen && shareOf(profile, bit.negative) > 0.02 ? 0.3 : 1;
  return graded(amountShare(profile)) * owed;
}

/** Words for states, or yes and no under a heading that asks for one. */
function statusFit(profile: ColumnProfile): number {
  const answers = meaningOfYes(readHeading(profile.header)) === undefined ? 0 : bit.truth;
  return graded(Math.max(shareOf(profile, bit.state), shareOf(profile, answers)));
}

/** Only what says yes or no to a value of this field; the heading does the rest. */
const valueFit: Readonly<Partial<Record<Field, (profile: ColumnProfile) => number>>> = {
  DOCUMENT_NUMBER: numberFit,
  CUSTOMER_NUMBER: customerNumberFit,
  CUSTOMER_NAME: nameFit,
  CREDIT_CODE: (p) => (shareOf(p, bit.creditCode) >= 0.5 ? 1.05 : 0.6),
  DOCUMENT_DATE: (p) => graded(dateShare(p)),
  DUE_DATE: (p) => graded(dateShare(p)),
  SETTLED_DATE: (p) => graded(dateShare(p)),
  AMOUNT: (p) => graded(amountShare(p)),
  OPEN_AMOUNT: (p) => graded(amountShare(p)),
  PAID_AMOUNT: paidFit,
  STATUS: statusFit,
  CURRENCY: (p) => graded(shareOf(p, bit.currency)),
  DISPUTED: (p) => (shareOf(p, bit.truth) >= 0.9 ? 1 : 0.6),
  PHONE: (p) => (shareOf(p, bit.digits) >= 0.9 ? 1 : 0.4),
  EMAIL: (p) => graded(shareOf(p, bit.email)),
  REGION: (p) => (shareOf(p, bit.letters | bit.chinese) >= 0.5 ? 1 : 0.4),
  INDUSTRY: (p) => (shareOf(p, bit.letters | bit.chinese) >= 0.5 ? 1 : 0.6),
  CONTACT_PERSON: (p) => (shareOf(p, bit.letters | bit.chinese) >= 0.8 ? 1 : 0.4),
};

/**
 * An empty column says nothing against its heading; a settlement date may well be empty
 * throughout.
 */
function emptyFit(field: Field): number {
  return field === 'SETTLED_DATE' || field === 'PAID_AMOUNT' || field === 'DISPUTED' ? 0.9 : 0.4;
}

function fit(profile: ColumnProfile, field: Field): number {
  if (filledCount(profile) === 0) return emptyFit(field);
  return valueFit[field]?.(profile) ?? 1;
}

type Candidate = { position: number; field: Field; score: number; reasons: readonly Reason[] };

const fields = Object.keys(fieldRules) as Field[];

/** A heading that is a currency (`converted_usd`, `金额(元)`) over a column of money is an amount. */
function moneyHint(profile: ColumnProfile, field: Field, score: number): number {
  if (field !== 'AMOUNT' || headerCurrency(profile.header) === '') return score;
  if (shareOf(profile, bit.fraction) < 0.3) return score;
  return Math.min(0.95, Math.max(score, 0.35) + 0.15);
}

/** Beside a number that people quote, an `ID` is the exporting program's own key. */
const internalKey = /(?:^|[\s_-])[Ii][Dd]$|[a-z\d]I[Dd]$/;
const internalCost = 0.02;
/** The number of a posting begins anew each month (`记-12`); beside the document's it is second. */
const posting = /凭证|憑證|voucher/i;
const postingCost = 0.05;

function keyCost(header: string): number {
  if (posting.test(header)) return postingCost;
  return internalKey.test(header) ? internalCost : 0;
}

function byHeading(profile: ColumnProfile): Candidate[] {
  const heading = readHeading(profile.header);
  const candidates: Candidate[] = [];
  for (const field of fields) {
    const plain = moneyHint(profile, field, headingScore(heading, field));
    if (plain <= 0) continue;
    const said = field === 'DOCUMENT_NUMBER' ? plain - keyCost(profile.header) : plain;
    const values = fit(profile, field);
    const reasons: Reason[] = ['header_synonym'];
    if (values >= 0.95 && valueFit[field] !== undefined) reasons.push('value_shape');
    candidates.push({
      position: profile.position,
      field,
      score: Math.min(1, said * values),
      reasons,
    });
  }
  return candidates;
}

/** The currency a heading names, as `converted_usd` or `金额(元)`; empty when it names none. */
export function headerCurrency(header: string): string {
  const plain = header.replaceAll(/[_\-.]/g, ' ');
  if (/万|千/.test(plain) && !/元|rmb|cny|人民币/i.test(plain)) return '';
  return currencyHint(plain);
}

const moneyFields: readonly Field[] = ['AMOUNT', 'OPEN_AMOUNT', 'PAID_AMOUNT'];

/** Whether the values of a column of currencies are others than this one. */
function hasOthers(profile: ColumnProfile | undefined, code: string): boolean {
  return profile?.samples.some((sample) => (currencyOf(sample) || code) !== code) === true;
}

/** The code of a value in a column of currencies; empty for one that is none. */
function currencyOf(value: string): string {
  const upper = value.toUpperCase();
  return isCurrency(upper) ? upper : currencyHint(value);
}

/**
 * Amounts that a heading says were converted (`amount_usd`, `converted_usd`) beside a column of
 * other currencies: they are not in those. Where the document's own amounts are there, too, the
 * converted ones are left out; else the column of currencies is, for it says nothing of them.
 */
function unconverted(
  candidates: readonly Candidate[],
  profiles: readonly ColumnProfile[],
): readonly Candidate[] {
  const best = candidates
    .filter(({ field, score }) => field === 'CURRENCY' && score >= leastScore)
    .toSorted((a, b) => b.score - a.score)[0];
  if (best === undefined) return candidates;
  const isConverted = ({ field, position }: Candidate): boolean => {
    const code = headerCurrency(profiles[position]?.header ?? '');
    const isMoney = moneyFields.includes(field) && position !== best.position;
    return isMoney && code !== '' && hasOthers(profiles[best.position], code);
  };
  if (!candidates.some(isConverted)) return candidates;
  const isOwn = (one: Candidate): boolean =>
    (one.field === 'AMOUNT' || one.field === 'OPEN_AMOUNT') &&
    one.score >= leastScore &&
    !isConverted(one);
  return candidates.some(isOwn)
    ? candidates.filter((one) => !isConverted(one))
    : candidates.filter(({ field }) => field !== 'CURRENCY');
}

/** Best pairs first, each column and each field once; ties go to the earlier column. */
function assign(candidates: readonly Candidate[]): Map<number, Candidate> {
  const chosen = new Map<number, Candidate>();
  const taken = new Set<Field>();
  const sorted = candidates
    .filter((candidate) => candidate.score >= leastScore)
    .toSorted((a, b) => b.score - a.score || a.position - b.position);
  for (const candidate of sorted) {
    if (chosen.has(candidate.position) || taken.has(candidate.field)) continue;
    chosen.set(candidate.position, candidate);
    taken.add(candidate.field);
  }
  return chosen;
}

/** An export of open items may have no other amount than the open one: then that is the amount. */
function onlyAmount(chosen: Map<number, Candidate>): void {
  const all = [...chosen.values()];
  if (all.some((candidate) => candidate.field === 'AMOUNT')) return;
  const open = all.find((candidate) => candidate.field === 'OPEN_AMOUNT');
  if (open === undefined) return;
  chosen.set(open.position, {
    ...open,
    field: 'AMOUNT',
    reasons: [...open.reasons, 'only_amount'],
  });
}

/** What an import cannot do without; the customer may be known by either of two. */
const needed: readonly (readonly Field[])[] = [
  ['DOCUMENT_NUMBER'],
  ['AMOUNT'],
  ['DUE_DATE'],
  ['CUSTOMER_NUMBER', 'CUSTOMER_NAME'],
];

/** How many of the things an import needs are among the suggestions, 0 to 4. */
export function neededFound(suggestions: readonly Suggestion[]): number {
  const found = new Set(suggestions.map((suggestion) => suggestion.field));
  return needed.filter((either) => either.some((field) => found.has(field))).length;
}

/** For a field that is needed, a weak guess beats none, even over a column's optional meaning. */
const leastNeeded = 0.2;

function fillNeeded(chosen: Map<number, Candidate>, candidates: readonly Candidate[]): void {
  for (const either of needed) {
    const all = [...chosen.values()];
    if (all.some((candidate) => either.includes(candidate.field))) continue;
    const vital = (position: number): boolean =>
      needed.some((group) => group.includes(chosen.get(position)?.field ?? 'DESCRIPTION'));
    const best = candidates
      .filter((c) => either.includes(c.field) && c.score >= leastNeeded && !vital(c.position))
      // When something was paid says nothing of when it was due.
      .filter((c) => chosen.get(c.position)?.field !== 'SETTLED_DATE')
      .toSorted((a, b) => b.score - a.score || a.position - b.position)[0];
    if (best !== undefined) chosen.set(best.position, best);
  }
}

function meanDay(profile: ColumnProfile): number {
  const { ymd, dmy } = profile.dates;
  const span = ymd.count >= dmy.count ? ymd : dmy;
  return span.count === 0 ? 0 : span.sum / span.count;
}

/** Without a header there are only values: dates by their order in time, money, keys, names. */
function byValues(profiles: readonly ColumnProfile[]): Candidate[] {
  const found: Candidate[] = [];
  const put = (profile: ColumnProfile | undefined, field: Field, score: number): void => {
    if (profile === undefined) return;
    found.push({ position: profile.position, field, score, reasons: ['value_shape'] });
  };
  const has = (mask: number, share: number) => (p: ColumnProfile) => shareOf(p, mask) >= share;
  const free = (p: ColumnProfile): boolean => !found.some((c) => c.position === p.position);
  put(profiles.find(has(bit.creditCode, 0.9)), 'CREDIT_CODE', 0.85);
  put(profiles.find(has(bit.email, 0.9)), 'EMAIL', 0.85);
  put(profiles.find(has(bit.currency, 0.98)), 'CURRENCY', 0.8);
  const dates = profiles.filter(
    (p) => free(p) && has(bit.ymd | bit.dmy | bit.mdy | bit.compact, 0.95)(p),
  );
  const full = dates
    .filter((p) => filledCount(p) >= p.rows * 0.9)
    .toSorted((a, b) => meanDay(a) - meanDay(b));
  put(full[0], 'DOCUMENT_DATE', full.length === 1 ? 0 : 0.6);
  put(full.length === 1 ? full[0] : full[1], 'DUE_DATE', 0.6);
  put(
    dates.find((p) => !full.includes(p)),
    'SETTLED_DATE',
    0.5,
  );
  put(
    profiles.find((p) => free(p) && has(bit.phone, 0.8)(p) && !has(bit.fraction, 0.1)(p)),
    'PHONE',
    0.6,
  );
  // `100.00` says by its mark that it is money; whole numbers may be anything.
  const marked = (p: ColumnProfile): boolean =>
    Math.abs(shareOf(p, bit.point) - shareOf(p, bit.comma)) >= 0.3;
  put(
    profiles.find((p) => free(p) && has(bit.fraction, 0.3)(p)) ??
      profiles.find((p) => free(p) && has(bit.point | bit.comma, 0.95)(p) && marked(p)),
    'AMOUNT',
    0.6,
  );
  const key = profiles
    .filter((p) => free(p) && filledCount(p) > 0)
    .toSorted((a, b) => numberFit(b) - numberFit(a))[0];
  put(key, 'DOCUMENT_NUMBER', key === undefined ? 0 : 0.6 * numberFit(key));
  const named = profiles
    .filter((p) => free(p) && nameFit(p) >= 0.95 && p.distinct > 1)
    .toSorted((a, b) => b.distinct - a.distinct)[0];
  put(named, 'CUSTOMER_NAME', 0.55);
  const coded = profiles
    .filter((p) => free(p) && filledCount(p) > 0 && customerNumberFit(p) === 1)
    .toSorted((a, b) => b.distinct - a.distinct)[0];
  put(coded, 'CUSTOMER_NUMBER', coded !== undefined && coded.distinct > 1 ? 0.45 : 0);
  return found;
}

/**
 * Suggests what each column means, from its heading and from how its values look. `headed` is false
 * for a file without a header row, where the values alone speak.
 */
export function suggestMapping(
  profiles: readonly ColumnProfile[],
  headed: boolean,
): readonly Suggestion[] {
  const candidates = headed
    ? unconverted(profiles.flatMap(byHeading), profiles)
    : byValues(profiles);
  const chosen = assign(candidates);
  onlyAmount(chosen);
  fillNeeded(chosen, candidates);
  return profiles.map(({ position }) => {
    const candidate = chosen.get(position);
    return {
      position,
      field: candidate?.field,
      confidence: candidate === undefined ? 0 : Math.round(candidate.score * 100),
      reasons: candidate?.reasons ?? [],
    };
  });
}

/**
 * The currency of a file without a currency column: from the amount's heading, else its values'
 * signs.
 */
export function suggestCurrency(
  profiles: readonly ColumnProfile[],
  suggestions: readonly Suggestion[],
): string {
  const amount = suggestions.find((suggestion) => suggestion.field === 'AMOUNT');
  const profile = amount === undefined ? undefined : profiles[amount.position];
  if (profile === undefined || countOf(profile, bit.point | bit.comma) === 0) return '';
  const named = headerCurrency(profile.header);
  if (named !== '') return named;
  const sample = firstKind(profile, (mask) => (mask & (bit.point | bit.comma)) !== 0)?.sample ?? '';
  return currencyHint(sample);
}
