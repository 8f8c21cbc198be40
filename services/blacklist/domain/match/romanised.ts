import type { Lexicon } from './lexicon.ts';
import { wadeGiles } from './syllable.ts';

/**
 * Chinese names in Latin letters by two systems: pinyin (ISO 7098) and Wade–Giles as passports and
 * registers outside the mainland bear it, without its apostrophes: Zhang and Chang, Xu and Hsu. A
 * syllable's class is its Wade–Giles spelling; `chang` may be zhang or chang, so that names of one
 * class are the same only when one can be read in the one system and the other in the other.
 */
export type Romanised = {
  /** The name's classes, one text per way to part it into syllables, when it is pinyin. */
  readonly pinyin: readonly string[];
  readonly wadeGiles: readonly string[];
};

type System = keyof Romanised;

const longestSyllable = 6;
const longestWord = 18;
const mostWays = 4;

/** The ways to part a word into at most three syllables of a system, as their classes. */
function waysOf(word: string, system: System, lexicon: Lexicon): string[] {
  const made: string[] = [];
  const go = (from: number, classes: readonly string[]) => {
    if (from === word.length) made.push(classes.join(' '));
    if (from === word.length || classes.length === 3) return;
    for (let length = longestSyllable; length >= 2; length -= 1) {
      if (from + length > word.length || made.length >= mostWays) continue;
      const one = lexicon.syllables.get(word.slice(from, from + length))?.[system];
      if (one !== undefined) go(from + length, [...classes, one]);
    }
  };
  go(0, []);
  return made;
}

/** In what letters a syllable ends; most words of other languages end in others. */
const lastLetters = new Set([...'aeiounghr'].map((letter) => letter.charCodeAt(0)));
const nothing: Romanised = { pinyin: [], wadeGiles: [] };
/** What was read before, by the table it was read with. */
let known: { table: unknown; words: Map<string, Romanised> } = { table: null, words: new Map() };

/** A word read in both systems; words come again and again, so what was read is kept. */
function wordWays(word: string, lexicon: Lexicon): Romanised {
  const isShort = word.length >= 2 && word.length <= longestWord;
  if (!isShort || !lastLetters.has(word.charCodeAt(word.length - 1))) return nothing;
  if (known.table !== lexicon.syllables) known = { table: lexicon.syllables, words: new Map() };
  const before = known.words.get(word);
  if (before !== undefined) return before;
  const read = {
    pinyin: waysOf(word, 'pinyin', lexicon),
    wadeGiles: waysOf(word, 'wadeGiles', lexicon),
  };
  const made = read.pinyin.length + read.wadeGiles.length === 0 ? nothing : read;
  // The table is bounded; the answer is the same with or without it.
  if (known.words.size >= 100_000) known.words.clear();
  known.words.set(word, made);
  return made;
}

function joined(words: readonly Romanised[], system: System): string[] {
  let ways = [''];
  for (const word of words) {
    ways = ways
      .flatMap((way) => word[system].map((next) => (way === '' ? next : `${way} ${next}`)))
      .slice(0, mostWays);
  }
  return ways.filter((way) => isNameLong(way.split(' ').length));
}

/** One syllable is too little to know a name by, five are no Chinese name. */
function isNameLong(syllables: number): boolean {
  return syllables >= 2 && syllables <= 4;
}

/** The words read as one Chinese name; undefined when they are none in either system. */
export function romanised(words: readonly string[], lexicon: Lexicon): Romanised | undefined {
  const read: Romanised[] = [];
  for (const word of words) {
    const one = wordWays(word, lexicon);
    if (one === nothing) return undefined;
    read.push(one);
  }
  const made = { pinyin: joined(read, 'pinyin'), wadeGiles: joined(read, 'wadeGiles') };
  return made.pinyin.length + made.wadeGiles.length === 0 ? undefined : made;
}

/** A reading that is made when it is first asked for: most names are never asked. */
export type Reading = () => Romanised | undefined;

export function onceRead(make: Reading): Reading {
  let made: { read: Romanised | undefined } | undefined;
  return () => {
    made ??= { read: make() };
    return made.read;
  };
}

/** Family name first or last: the same for both. */
function turned(way: string): string {
  const syllables = way.split(' ');
  const turns = syllables.map((_, at) => [...syllables.slice(at), ...syllables.slice(0, at)]);
  return turns.map((turn) => turn.join(' ')).reduce((a, b) => (a < b ? a : b));
}

/** The same, whichever of a person's names comes first. */
export function asPerson(name: Romanised | undefined): Romanised | undefined {
  if (name === undefined) return undefined;
  return { pinyin: name.pinyin.map(turned), wadeGiles: name.wadeGiles.map(turned) };
}

/** Characters read aloud, the first two readings of each. */
export function heardAs(text: string, lexicon: Lexicon): Romanised {
  let ways: string[][] = [[]];
  for (const letter of text) {
    const readings = (lexicon.readings.get(letter) ?? []).slice(0, 2);
    ways = ways
      .flatMap((way) => readings.map((one) => [...way, wadeGiles(one)[0] ?? '']))
      .slice(0, mostWays);
  }
  const pinyin = ways.filter((way) => isNameLong(way.length)).map((way) => way.join(' '));
  return { pinyin, wadeGiles: [] };
}

/** One name in the two systems; undefined when it is not. Gives how many syllables it has. */
export function sameAcross(one: Reading, other: Reading): number | undefined {
  const a = one();
  const b = a === undefined ? undefined : other();
  if (a === undefined || b === undefined) return undefined;
  const way =
    a.pinyin.find((one) => b.wadeGiles.includes(one)) ??
    a.wadeGiles.find((one) => b.pinyin.includes(one));
  return way?.split(' ').length;
}

/** Words to find the name by, of whatever system it is asked about in. */
export function romanisedKeys(name: Romanised | undefined): string[] {
  if (name === undefined) return [];
  return [...new Set([...name.pinyin, ...name.wadeGiles])].map((way) => `~${way}`);
}
