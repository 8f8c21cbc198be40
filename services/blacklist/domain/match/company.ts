import type { Lexicon } from './lexicon.ts';
import { blendScore } from './blend.ts';
import { align, joinBoth, tokenLikeness, type Alignment, type Pair } from './align.ts';
import {
  belowStrong,
  better,
  comparison,
  nothingToCompare,
  reason,
  type Comparison,
  type Reason,
} from './comparison.ts';
import { wordLikeness } from './distance.ts';
import { asHulls } from './hull.ts';
import { sameAcross } from './romanised.ts';
import type { CompanyName, Role, Token } from './token.ts';
import type { FormClass } from './words.ts';

/** How rare a word is in the list searched, 0 everywhere … 1 nowhere else. */
export type Rarity = (word: string) => number;

const everyWordIsRare: Rarity = () => 1;

/**
 * Compares two company names. Brand words must agree: one that stands on both sides differently is
 * a conflict, one that stands on one side only keeps the score below `possible`. Numbers, places
 * and legal forms may be missing at a small price, but not contradict.
 */
export function compareCompanies(
  a: CompanyName,
  b: CompanyName,
  lexicon: Lexicon,
  rarity: Rarity = everyWordIsRare,
): Comparison {
  const found = compareAsNamed(a, b, lexicon, rarity);
  if (found.score >= 0.85 || sameAcross(a.romanised, b.romanised) === undefined) return found;
  return better(found, inOtherSystem(a, b, lexicon, rarity));
}

/** Ships with and without `MV` before the name; the little it says is left a doubt. */
function compareAsNamed(
  a: CompanyName,
  b: CompanyName,
  lexicon: Lexicon,
  rarity: Rarity,
): Comparison {
  const found = compareAsWritten(a, b, lexicon, rarity);
  const hulls = asHulls(a, b, lexicon);
  if (hulls === undefined) return found;
  const { score, reasons } = compareAsWritten(...hulls, lexicon, rarity);
  return better(found, comparison(score * 0.9, reasons));
}

/** Hsin Tung Yang and Xindongyang: as if the brand were spelled alike, at the price of a doubt. */
function inOtherSystem(
  a: CompanyName,
  b: CompanyName,
  lexicon: Lexicon,
  rarity: Rarity,
): Comparison {
  const own = ofRole(a.tokens, 'brand');
  const tokens = [...own, ...b.tokens.filter(({ role }) => role !== 'brand')];
  const [left, right] = [a.tokens, tokens].map((some) => [
    ...ofRole(some, 'brand'),
    ...some.filter(({ role }) => role !== 'brand'),
  ]);
  const respelled = (one: CompanyName, some: readonly Token[] = []) => {
    const joined = some.map(({ text }) => text).join('');
    return { ...one, tokens: some, joined, plain: joined };
  };
  const { score, reasons } = compareAsWritten(
    respelled(a, left),
    respelled(b, right),
    lexicon,
    rarity,
  );
  const facts = { a: texts(own), b: texts(ofRole(b.tokens, 'brand')) };
  return comparison(score * 0.85, [reason('brand_sounds_same', facts), ...reasons]);
}

function compareAsWritten(
  a: CompanyName,
  b: CompanyName,
  lexicon: Lexicon,
  rarity: Rarity,
): Comparison {
  if (a.tokens.length === 0 || b.tokens.length === 0) return nothingToCompare;
  if (a.joined === b.joined) {
    return withForms(1, [reason('same_words', { words: a.joined })], a, b);
  }
  const glued = runTogether(a, b);
  if (glued !== undefined) return withForms(glued.score, glued.reasons, a, b);
  const [left, right] = joinBoth(a.tokens, b.tokens);
  const found = align(left, right, tokenLikeness);
  const short = acronym(a, b) ?? acronym(b, a) ?? blend(a, b, lexicon);
  const { score, reasons } = weigh(found, rarity);
  if (short !== undefined && short.score > score)
    return withForms(short.score, short.reasons, a, b);
  return withForms(score, reasons, a, b);
}

/** Names that differ in where words are parted, and at most in a letter or two. */
function runTogether(a: CompanyName, b: CompanyName): Weighed | undefined {
  const isParted = a.words !== b.words && a.plain.length >= 6 && !/\d/.test(a.plain + b.plain);
  const likeness = isParted ? wordLikeness(a.plain, b.plain) : 0;
  if (likeness < 0.9) return undefined;
  const facts = { a: a.plain, b: b.plain, likeness: round(likeness) };
  return { score: 0.97 * counted(likeness), reasons: [reason('spelling_near', facts)] };
}

type Weighed = { score: number; reasons: Reason[] };

function sum(tokens: readonly Token[], rarity: Rarity): number {
  return tokens.reduce((total, one) => total + tokenWeight(one, rarity), 0);
}

function tokenWeight(one: Token, rarity: Rarity): number {
  if (one.role !== 'brand' && one.role !== 'trade') return one.weight;
  return one.weight * (0.4 + 0.6 * rarity(one.text));
}

/** Likeness as it counts: a slip of the pen costs more than its share of letters. */
function counted(likeness: number): number {
  return likeness >= 1 ? 1 : Math.max(0, 1 - 1.5 * (1 - likeness));
}

function weigh(found: Alignment, rarity: Rarity): Weighed {
  const reasons: Reason[] = [];
  let matched = 0;
  let whole = sum(found.onlyA, rarity) + sum(found.onlyB, rarity);
  for (const { a, b, likeness } of found.pairs) {
    const weight = tokenWeight(a, rarity) + tokenWeight(b, rarity);
    whole += weight;
    matched += weight * counted(likeness);
    if (likeness < 1) {
      reasons.push(reason('spelling_near', { a: a.text, b: b.text, likeness: round(likeness) }));
    }
  }
  if (reasons.length === 0 && found.pairs.length > 0) {
    const words = found.pairs.map(({ a }) => a.text).join(' ');
    reasons.push(reason('same_words', { words }));
  }
  const share = whole === 0 ? 0 : matched / whole;
  return hold(share, found, reasons);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const ofRole = (tokens: readonly Token[], role: Role) => tokens.filter((one) => one.role === role);
const texts = (tokens: readonly Token[]) => tokens.map(({ text }) => text).join(' ');
const telling = (tokens: readonly Token[]) =>
  tokens.filter(({ role }) => role === 'brand' || role === 'trade');

/** Holds a score down where the names contradict. */
function hold(share: number, found: Alignment, reasons: Reason[]): Weighed {
  let score = share;
  const [a, b] = [telling(found.onlyA), telling(found.onlyB)];
  if (a.length > 0 && b.length > 0) {
    score = Math.min(score * 0.65, 0.6);
    reasons.push(reason('words_differ', { a: texts(a), b: texts(b) }));
  } else if (a.length + b.length > 0) {
    // Half for the share: the longer the common part, the nearer to `possible`.
    score = Math.min(score, 0.45 + score * 0.26);
    reasons.push(reason('word_missing', { words: texts([...a, ...b]) }));
  }
  const hasBrandPair = found.pairs.some(
    (pair) => pair.a.role === 'brand' || pair.b.role === 'brand',
  );
  const brands = [...ofRole(found.onlyA, 'brand'), ...ofRole(found.onlyB, 'brand')];
  if (!hasBrandPair && brands.length > 0) score = Math.min(score, 0.45);
  score = holdNumbers(score, found, reasons);
  if (found.pairs.some(isOtherWord)) score = Math.min(score, belowStrong);
  return { score: holdRegions(score, found, reasons), reasons };
}

/**
 * A short brand with a letter changed is as often another brand (Yutong, Yitong) as a slip, and
 * two known words of trade are two words, however alike: protection, production.
 */
function isOtherWord({ a, b }: Pair): boolean {
  // Umlauts are written with an e or without.
  const plain = (one: Token) => one.text.replace(/([aou])e/g, '$1');
  if (plain(a) === plain(b)) return false;
  if (a.role === 'trade' && b.role === 'trade')
    return a.text + 's' !== b.text && b.text + 's' !== a.text;
  return Math.min(a.text.length, b.text.length) < 8 || wordLikeness(a.text, b.text) < 0.85;
}

function holdNumbers(score: number, found: Alignment, reasons: Reason[]): number {
  const [a, b] = [ofRole(found.onlyA, 'number'), ofRole(found.onlyB, 'number')];
  if (a.length > 0 && b.length > 0) {
    reasons.push(reason('number_differs', { a: texts(a), b: texts(b) }));
    return Math.min(score * 0.5, 0.45);
  }
  const only = [...a, ...b];
  if (only.length === 0) return score;
  reasons.push(reason('number_missing', { numbers: texts(only) }));
  return only.every(({ text }) => text === '1') ? score * 0.95 : Math.min(score, 0.62);
}

function holdRegions(score: number, found: Alignment, reasons: Reason[]): number {
  const [a, b] = [ofRole(found.onlyA, 'region'), ofRole(found.onlyB, 'region')];
  if (a.length > 0 && b.length > 0) {
    reasons.push(reason('region_differs', { a: texts(a), b: texts(b) }));
    return score * 0.65;
  }
  const only = [...a, ...b];
  if (only.length === 0) return score;
  reasons.push(reason('region_missing', { regions: texts(only) }));
  // A group has a firm in every country.
  const most = only.some(({ weight }) => weight > 0.5) ? 0.68 : belowStrong;
  return Math.min(score, most);
}

/** One word that is the other name's initials: `PLA`, `People's Liberation Army`. */
function acronym(a: CompanyName, b: CompanyName): Weighed | undefined {
  const own = a.tokens.filter(({ role }) => role === 'brand');
  const others = a.tokens.filter(({ role }) => role === 'trade' || role === 'number');
  const [only] = own;
  if (only === undefined || own.length > 1 || others.length > 0) return undefined;
  if (!b.acronyms.includes(only.text)) return undefined;
  return { score: 0.78, reasons: [reason('acronym', { short: only.text, long: texts(b.tokens) })] };
}

/** One name made of the beginnings of the other's words. */
function blend(a: CompanyName, b: CompanyName, lexicon: Lexicon): Weighed | undefined {
  const [there, back] = [blendScore(a, b, lexicon), blendScore(b, a, lexicon)];
  const score = Math.max(there, back);
  if (score === 0) return undefined;
  const [short, long] = there > 0 ? [a, b] : [b, a];
  const facts = { short: short.plain, long: long.spelled.join(' ') };
  return { score, reasons: [reason('acronym', facts)] };
}

const groups: Readonly<Record<FormClass, string>> = {
  stock: 'stock',
  limited: 'limited',
  partnership: 'partnership',
  nonprofit: 'nonprofit',
  state: 'state',
  any: '',
};

/** Legal forms that contradict: a name change at best, a sister company at worst. */
function withForms(
  score: number,
  reasons: readonly Reason[],
  a: CompanyName,
  b: CompanyName,
): Comparison {
  const left = a.forms.map((form) => groups[form]).filter((form) => form !== '');
  const right = b.forms.map((form) => groups[form]).filter((form) => form !== '');
  const isSaid = left.length > 0 && right.length > 0;
  if (!isSaid || left.some((form) => right.includes(form))) return comparison(score, reasons);
  const facts = { a: left.join(' '), b: right.join(' ') };
  return comparison(score * 0.7, [...reasons, reason('form_differs', facts)]);
}
