import { align, joinBoth, tokenLikeness, type Alignment, type Pair } from './align.ts';
import { editDistance } from './distance.ts';
import {
  belowStrong,
  better,
  comparison,
  nothingToCompare,
  reason,
  type Comparison,
  type Reason,
} from './comparison.ts';
import type { Lexicon } from './lexicon.ts';
import { asPerson, onceRead, type Reading, romanised, sameAcross } from './romanised.ts';
import { consonantsOf } from './sound.ts';
import { partForms, token, type Role, type Token } from './token.ts';

export type PersonName = {
  readonly tokens: readonly Token[];
  /** Read from characters that only imitate the sound of a foreign name. */
  readonly isHeard?: boolean;
  /** Read as a Chinese name; undefined when it is none. */
  readonly romanised: Reading;
};

/** Romanised in English, French, German and Polish ways: Borisovich, Borissovitch, Borisowicz. */
const patronymicPattern =
  /.{3}([eo][vw](?:i(?:c|ch|cz|tch|tsch)|ych)|[eo][vw]na|yevna|ivna|ichna|initchna)$/;
const servantOf = /^(?:abdul|abdel|abdal|abdol)(.{3,})$/;
const digitLetters: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  9: 'g',
};

/** A digit among letters stands for the letter it looks like. */
function withoutDigits(word: string): string {
  if (!/\d/.test(word) || !/\p{L}/u.test(word)) return word;
  return word.replace(/[013459]/g, (digit) => digitLetters[digit] ?? digit);
}

function roleOf(word: string, at: number, lexicon: Lexicon): Role {
  // Ben Smith has a short given name, Ali ben Hasan a father.
  const isGiven = at === 0 && lexicon.givenNames.has(word);
  if ((lexicon.particles.has(word) && !isGiven) || word === 'abd') return 'particle';
  if (/^\p{L}$/u.test(word)) return 'initial';
  if (patronymicPattern.test(word)) return 'patronymic';
  return 'brand';
}

/** A person's name in folded Latin letters: titles and legal forms left out, each word once. */
export function readPerson(folded: string, lexicon: Lexicon): PersonName {
  const all = folded
    .split(' ')
    .map(withoutDigits)
    .flatMap((word) => {
      const rest = servantOf.exec(word)?.[1];
      if (rest !== undefined) return ['abd', rest];
      return /^abd[eauo]l$/.test(word) ? ['abd'] : [word];
    });
  const bare = all.filter((word) => !lexicon.titles.has(word));
  const { rest } = partForms(bare, lexicon);
  const named = rest.length >= 2 ? rest : bare.length > 0 ? bare : all;
  const tokens = withFamily(named.map((word, at) => token(word, roleOf(word, at, lexicon))));
  const isTold = tokens.some(({ role }) => role !== 'particle' && role !== 'initial');
  return {
    tokens: isTold ? tokens : tokens.map((one) => ({ ...one, role: 'brand', weight: 1 })),
    romanised: onceRead(() => (named.length < 2 ? undefined : asPerson(romanised(named, lexicon)))),
  };
}

/**
 * A name has two words at least that tell it apart: beside one other word, what sounds like a
 * patronymic is the family name (Lazarević).
 */
function withFamily(tokens: readonly Token[]): Token[] {
  if (names(tokens).length > 1) return [...tokens];
  return tokens.map((one) => (one.role === 'patronymic' ? token(one.text, 'brand') : one));
}

/**
 * Compares two persons' names in any order of their words. Every word of the shorter name must be
 * found in the longer; further given names of the longer cost little. Initials and patronymics may
 * be missing but not contradict.
 */
export function comparePersons(a: PersonName, b: PersonName, lexicon: Lexicon): Comparison {
  if (a.tokens.length === 0 || b.tokens.length === 0) return nothingToCompare;
  const [left, right] = joinBoth(a.tokens, b.tokens);
  const isHeard = a.isHeard === true || b.isHeard === true;
  const likeness = (one: Token, other: Token) =>
    isHeard && isHeardAlike(one.text, other.text) ? 0.86 : personLikeness(one, other, lexicon);
  const found = withGlued(withSlips(align(left, right, likeness), left, right));
  return inOtherSystem(a, b, weigh(found, left, right));
}

const heardScore = 0.8;

/** Chang Tsung-han and Zhang Zonghan: other names are spelled so too, so it asks and no more. */
function inOtherSystem(a: PersonName, b: PersonName, otherwise: Comparison): Comparison {
  if (otherwise.score >= heardScore) return otherwise;
  const syllables = sameAcross(a.romanised, b.romanised);
  if (syllables === undefined) return otherwise;
  const texts = [a, b].map(({ tokens }) => tokens.map(({ text }) => text).join(' '));
  const facts = { a: texts[0] ?? '', b: texts[1] ?? '' };
  const heard = comparison(syllables > 2 ? heardScore : 0.74, [reason('read_aloud_same', facts)]);
  return better(otherwise, heard);
}

/** The same consonants; characters cannot tell l from r. */
function isHeardAlike(a: string, b: string): boolean {
  const [left, right] = [a, b].map((word) => consonantsOf(word).replaceAll('r', 'l'));
  return left !== undefined && left !== '' && left === right;
}

/**
 * A short word that differs in a letter is another word by itself (`un`, `uun`), but not when the
 * whole names, run together, differ in that letter only.
 */
function withSlips(found: Alignment, left: readonly Token[], right: readonly Token[]): Alignment {
  const [a, b] = [found.onlyA[0], found.onlyB[0]];
  const isOne = found.onlyA.length === 1 && found.onlyB.length === 1;
  if (!isOne || a?.role !== 'brand' || b?.role !== 'brand' || a.text[0] !== b.text[0]) return found;
  const whole = (tokens: readonly Token[]) => tokens.map(({ text }) => text).join('');
  const isSlip = left.length >= 3 && editDistance(whole(left), whole(right), 1) === 1;
  if (!isSlip) return found;
  return { pairs: [...found.pairs, { a, b, likeness: 0.8 }], onlyA: [], onlyB: [] };
}

function personLikeness(a: Token, b: Token, lexicon: Lexicon): number {
  if (a.role === 'particle' || b.role === 'particle') return a.text === b.text ? 1 : 0;
  if (a.role === 'initial' || b.role === 'initial') {
    return a.text[0] === b.text[0] ? (a.text === b.text ? 1 : 0.76) : 0;
  }
  if (a.role === 'patronymic' && b.role === 'patronymic') {
    return Math.max(tokenLikeness(a, b) - 0.05, 0);
  }
  const like = tokenLikeness(a, b);
  return like >= 0.92 || !isSameGivenName(a.text, b.text, lexicon) ? like : 0.88;
}

function isSameGivenName(a: string, b: string, lexicon: Lexicon): boolean {
  const family = lexicon.givenNames.get(a);
  return family?.some((one) => lexicon.givenNames.get(b)?.includes(one) ?? false) ?? false;
}

/** `JC` for `Jean Claude`: two or three letters left over that are the other side's initials. */
function withGlued(found: Alignment): Alignment {
  for (const [own, other] of [
    [found.onlyA, found.onlyB],
    [found.onlyB, found.onlyA],
  ] as const) {
    const names = other.filter(({ role }) => role === 'brand');
    const initials = names.map(({ text }) => text[0]).join('');
    const short = own.find(({ text }) => text.length >= 2 && text === initials);
    const [first] = names;
    if (short === undefined || first === undefined) continue;
    const pair = { a: short, b: { ...first, role: 'initial' as const }, likeness: 0.76 };
    return {
      pairs: [...found.pairs, pair],
      onlyA: found.onlyA.filter((one) => one !== short && !names.includes(one)),
      onlyB: found.onlyB.filter((one) => one !== short && !names.includes(one)),
    };
  }
  return found;
}

const names = (tokens: readonly Token[]) => tokens.filter(({ role }) => role === 'brand');
const texts = (tokens: readonly Token[]) => tokens.map(({ text }) => text).join(' ');

/** Likeness as it counts: see company.ts; a name's initial is half a name. */
function counted(likeness: number): number {
  return likeness >= 1 ? 1 : Math.max(0, 1 - 1.35 * (1 - likeness));
}

function weigh(found: Alignment, left: readonly Token[], right: readonly Token[]): Comparison {
  const reasons: Reason[] = [];
  let matched = 0;
  let whole = 0;
  for (const { a, b, likeness } of found.pairs) {
    const weight = Math.max(a.weight, b.weight);
    whole += weight;
    matched += weight * counted(likeness);
    const isInitial = (a.role === 'initial') !== (b.role === 'initial');
    if (isInitial) reasons.push(reason('initial', { a: a.text, b: b.text }));
    else if (likeness < 1) {
      const facts = { a: a.text, b: b.text, likeness: Math.round(likeness * 100) / 100 };
      reasons.push(reason('spelling_near', facts));
    }
  }
  if (reasons.length === 0 && found.pairs.length > 0) {
    reasons.push(reason('same_words', { words: texts(found.pairs.map(({ a }) => a)) }));
  }
  const share = whole === 0 ? 0 : matched / whole;
  const full = found.pairs.filter(({ a, b }) => a.role === 'brand' && b.role === 'brand').length;
  const size = Math.min(names(left).length, names(right).length);
  return hold({ share, full, size }, found, reasons, [left, right]);
}

function hold(
  counts: { share: number; full: number; size: number },
  found: Alignment,
  reasons: Reason[],
  sides: readonly [readonly Token[], readonly Token[]],
): Comparison {
  const [a, b] = [names(found.onlyA), names(found.onlyB)];
  let score = counts.share;
  const isInPlace = isFather(found.onlyA, b) || isFather(found.onlyB, a);
  if (isInPlace) {
    reasons.push(reason('words_differ', { a: texts(found.onlyA), b: texts(found.onlyB) }));
    score *= 0.62;
  } else if (a.length > 0 && b.length > 0) {
    reasons.push(reason('words_differ', { a: texts(a), b: texts(b) }));
    const least = Math.min(a.length, b.length);
    score *= Math.min(0.62, counts.full / (counts.full + least + 0.2));
  } else if (a.length + b.length > 0) {
    reasons.push(reason('word_missing', { words: texts([...a, ...b]) }));
    // Who shares all names but one may be a brother: never one name to a reader.
    score *= 0.9 * 0.95 ** (Math.min(a.length + b.length, 4) - 1);
  }
  const isOneWord = counts.size < 2 && sides.some((side) => names(side).length > 1);
  const hasInitial = found.pairs.some(
    (pair) => pair.a.role === 'initial' || pair.b.role === 'initial',
  );
  if (counts.full < 2 && isOneWord && !hasInitial) {
    reasons.push(reason('one_word_only', { words: counts.full }));
    score = Math.min(score, 0.62);
  }
  if (counts.full === 0) score = Math.min(score, 0.45);
  if (found.pairs.some(isOtherSex)) score = Math.min(score, belowStrong);
  return comparison(holdSmall(score, found, reasons), reasons);
}

/** Aleksandr and Aleksandra are two persons as a rule: asked about, never strong. */
function isOtherSex({ a, b }: Pair): boolean {
  return a.text.length >= 4 && (`${a.text}a` === b.text || `${b.text}a` === a.text);
}

/** A patronymic stands where the other side has one name more, and none of its own. */
function isFather(own: readonly Token[], others: readonly Token[]): boolean {
  const isOnly = own.some(({ role }) => role === 'patronymic') && names(own).length === 0;
  return isOnly && others.length > 0;
}

/** Initials and patronymics that stand on both sides and differ. */
function holdSmall(score: number, found: Alignment, reasons: Reason[]): number {
  let held = score;
  const small = (role: Role, tokens: readonly Token[]) => tokens.filter((one) => one.role === role);
  const [fathersA, fathersB] = [small('patronymic', found.onlyA), small('patronymic', found.onlyB)];
  if (fathersA.length > 0 && fathersB.length > 0) {
    reasons.push(reason('patronymic_differs', { a: texts(fathersA), b: texts(fathersB) }));
    held *= 0.6;
  }
  const [a, b] = [small('initial', found.onlyA), small('initial', found.onlyB)];
  const others = a.length > 0 ? found.onlyB : found.onlyA;
  const isContradicted = others.some(({ role }) => role === 'initial' || role === 'brand');
  if (a.length + b.length > 0 && isContradicted) {
    reasons.push(reason('initial_differs', { a: texts(a), b: texts(b), other: texts(others) }));
    held *= 0.65;
  }
  return held;
}
