import { syllableTable, type Syllable } from './syllable.ts';
import type { FormClass, FormRow, NameWords } from './words.ts';

export type FormPhrase = {
  readonly class: FormClass;
  readonly words: readonly string[];
  readonly joined: string;
};

/** A region as written, at most four words, and its one name without blanks. */
export type RegionPhrase = { readonly words: readonly string[]; readonly name: string };

/** The word tables made ready for look-up. */
export type Lexicon = {
  readonly simple: ReadonlyMap<string, string>;
  readonly readings: ReadonlyMap<string, readonly string[]>;
  /** Chinese syllables in Latin letters, by their spelling. */
  readonly syllables: ReadonlyMap<string, Syllable>;
  readonly letters: ReadonlyMap<string, string>;
  /** By first word; the longest phrase first. */
  readonly forms: ReadonlyMap<string, readonly FormPhrase[]>;
  /** Phrases long enough to be known with a slip of the pen, by their first two letters. */
  readonly longForms: ReadonlyMap<string, readonly FormPhrase[]>;
  /** By first word; the longest phrase first. */
  readonly regions: ReadonlyMap<string, readonly RegionPhrase[]>;
  readonly abbreviations: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, string>;
  readonly trades: ReadonlySet<string>;
  readonly meanings: ReadonlyMap<string, string>;
  readonly fillers: ReadonlySet<string>;
  readonly hullPrefixes: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
  readonly particles: ReadonlySet<string>;
  readonly givenNames: ReadonlyMap<string, readonly number[]>;
  readonly chinese: ChineseLexicon;
};

export type ChineseLexicon = {
  readonly provinces: ReadonlySet<string>;
  readonly counties: ReadonlySet<string>;
  readonly forms: readonly { class: FormClass; phrase: string }[];
  readonly formWords: ReadonlySet<string>;
  readonly trades: ReadonlySet<string>;
  readonly placeClasses: readonly string[];
  readonly surnames: ReadonlySet<string>;
  /** Short name of a bank and its whole one. */
  readonly banks: ReadonlyMap<string, string>;
};

export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

const byLength = (a: string, b: string) => b.length - a.length || (a < b ? -1 : 1);

export function lexicon(words: NameWords): Lexicon {
  const phrases = formPhrases(words.forms);
  const readings = readingsOf(words.pinyinFirst, words.pinyinOther);
  return {
    simple: simplePairs(words.simplifiedPairs),
    readings,
    syllables: syllableTable(new Set([...readings.values()].flat())),
    letters: new Map(Object.entries(words.letters)),
    forms: byFirstWord(phrases),
    longForms: Map.groupBy(
      phrases.filter(({ joined }) => joined.length >= 14),
      ({ joined }) => joined.slice(0, 2),
    ),
    regions: regionPhrases(words.regions),
    abbreviations: new Map(Object.entries(words.abbreviations)),
    numbers: new Map(Object.entries(words.numbers)),
    trades: new Set(wordsOf(words.trades)),
    meanings: firstOfLine(words.translations, ' '),
    fillers: new Set(wordsOf(words.fillers)),
    hullPrefixes: new Set(wordsOf(words.hullPrefixes)),
    titles: new Set(wordsOf(words.titles)),
    particles: new Set(wordsOf(words.particles)),
    givenNames: families(words.givenNames),
    chinese: chineseLexicon(words),
  };
}

function chineseLexicon(words: NameWords): ChineseLexicon {
  return {
    provinces: new Set(wordsOf(words.chineseProvinces)),
    counties: new Set(wordsOf(words.chineseCounties)),
    forms: words.chineseForms
      .flatMap((row) => row.phrases.map((phrase) => ({ class: row.class, phrase })))
      .sort((a, b) => byLength(a.phrase, b.phrase)),
    formWords: new Set(words.chineseForms.flatMap((row) => row.phrases)),
    trades: new Set(wordsOf(words.chineseTrades)),
    placeClasses: wordsOf(words.chinesePlaceClasses).sort(byLength),
    surnames: new Set(wordsOf(words.compoundSurnames)),
    banks: new Map(Object.entries(words.chineseBanks)),
  };
}

function formPhrases(rows: readonly FormRow[]): FormPhrase[] {
  const made = rows.flatMap((row) =>
    row.phrases.map((phrase) => {
      const words = wordsOf(phrase);
      return { class: row.class, words, joined: words.join('') };
    }),
  );
  return made.sort((a, b) => b.words.length - a.words.length || byLength(a.joined, b.joined));
}

function regionPhrases(text: string): Map<string, RegionPhrase[]> {
  const phrases = [...firstOfLine(text, '|')].map(([written, region]) => {
    return { words: wordsOf(written), name: region.replaceAll(' ', '') };
  });
  return byFirstWord(
    phrases
      .filter(({ words }) => words.length <= 4)
      .sort((a, b) => b.words.length - a.words.length),
  );
}

function byFirstWord<P extends { readonly words: readonly string[] }>(
  phrases: readonly P[],
): Map<string, P[]> {
  const map = new Map<string, P[]>();
  for (const phrase of phrases) {
    const [first = ''] = phrase.words;
    map.set(first, [...(map.get(first) ?? []), phrase]);
  }
  return map;
}

function simplePairs(text: string): Map<string, string> {
  const letters = [...text.replace(/\s+/g, '')];
  const map = new Map<string, string>();
  for (let at = 0; at + 1 < letters.length; at += 2) {
    map.set(letters[at] ?? '', letters[at + 1] ?? '');
  }
  return map;
}

/** Each character's readings, the usual one first. */
function readingsOf(first: string, other: string): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const text of [first, other]) {
    for (const [, syllable = '', letters = ''] of text
      .replace(/\s+/g, '')
      .matchAll(/([a-z]+)([^a-z]+)/g)) {
      for (const letter of letters) map.set(letter, [...(map.get(letter) ?? []), syllable]);
    }
  }
  return map;
}

function firstOfLine(text: string, between: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const line of text.split('\n')) {
    const spellings = line.split(between).map((word) => word.trim());
    const [first = ''] = spellings;
    for (const word of spellings) if (word !== '' && !map.has(word)) map.set(word, first);
  }
  return map;
}

function families(text: string): Map<string, number[]> {
  const map = new Map<string, number[]>();
  text.split('\n').forEach((line, at) => {
    for (const word of wordsOf(line)) map.set(word, [...(map.get(word) ?? []), at]);
  });
  return map;
}
