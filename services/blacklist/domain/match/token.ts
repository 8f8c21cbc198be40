import type { FormPhrase, Lexicon } from './lexicon.ts';
import { editDistance } from './distance.ts';
import { onceRead, type Reading, romanised } from './romanised.ts';
import { soundOf } from './sound.ts';
import { withoutShipNumber } from './text.ts';
import type { FormClass } from './words.ts';

/** What a word does in a name. */
export type Role = 'brand' | 'trade' | 'region' | 'number' | 'patronymic' | 'initial' | 'particle';

export type Token = {
  readonly text: string;
  readonly sound: string;
  readonly role: Role;
  /** How much the word tells names apart, 0..1. */
  readonly weight: number;
};

export type CompanyName = {
  readonly tokens: readonly Token[];
  readonly forms: readonly FormClass[];
  /** The words without forms and fillers, run together. */
  readonly joined: string;
  /** The words as written, without legal forms, run together. */
  readonly plain: string;
  /** How many words those are. */
  readonly words: number;
  /** All words as written, single letters in a row joined. */
  readonly spelled: readonly string[];
  /** How many of them belong to legal forms. */
  readonly formWords: number;
  /** Initials of three words and more: with those of the legal form and fillers, and without. */
  readonly acronyms: readonly string[];
  /** The brand words read as Chinese; undefined when they are none. */
  readonly romanised: Reading;
};

const weights: Readonly<Record<Role, number>> = {
  brand: 1,
  trade: 0.55,
  region: 0.2,
  number: 0.6,
  patronymic: 0.5,
  initial: 0.35,
  particle: 0.05,
};

export function token(text: string, role: Role, weight = weights[role]): Token {
  return { text, sound: soundOf(text), role, weight };
}

/** `alharamain` without the Arabic article; undefined for words that hardly bear one. */
export function withoutArticle(word: string): string | undefined {
  return /^al[^aeiou].{4,}$/.test(word) ? word.slice(2) : undefined;
}

/** Single letters in a row are one abbreviation: `A.B.C.` is `abc`. */
function joinLetters(words: readonly string[]): string[] {
  const made: string[] = [];
  let run = '';
  for (const word of [...words, '']) {
    if (/^\p{L}$/u.test(word)) {
      run += word;
      continue;
    }
    if (run !== '') made.push(run);
    run = '';
    if (word !== '') made.push(word);
  }
  return made;
}

const romanAtEnd: Readonly<Record<string, string>> = { i: '1', v: '5', x: '10' };

/** `ARGO I`, `MARIE V`: one letter behind a name that has no other single letters is a number. */
function withRomanNumber(words: readonly string[]): string[] {
  const number = romanAtEnd[words.at(-1) ?? ''];
  const isAlone = words.length > 1 && words.slice(0, -1).every((word) => word.length > 1);
  return number === undefined || !isAlone ? [...words] : [...words.slice(0, -1), number];
}

/** `forty four`, `44th`, `fourth`: digits. Tens and a unit after them are one number. */
function readNumbers(words: readonly string[], lexicon: Lexicon): string[] {
  const made: string[] = [];
  for (const word of words) {
    const ordinal = /^(\d+)(st|nd|rd|th)$/.exec(word)?.[1];
    const digits = (lexicon.numbers.get(word) ?? ordinal ?? word).replace(/^0+(?=\d)/, '');
    const before = made.at(-1) ?? '';
    const isUnit = /^[1-9]$/.test(digits) && /^[2-9]0$/.test(before);
    if (isUnit) made[made.length - 1] = String(Number(before) + Number(digits));
    else made.push(digits);
  }
  return made;
}

function formAt(words: readonly string[], at: number, lexicon: Lexicon): FormPhrase | undefined {
  const exact = lexicon.forms
    .get(words[at] ?? '')
    ?.find((form) => form.words.every((word, i) => words[at + i] === word));
  if (exact !== undefined) return exact;
  const start = words[at] ?? '';
  if (start.length < 4) return undefined;
  return lexicon.longForms.get(start.slice(0, 2))?.find((form) => {
    let length = 0;
    for (let i = at; i < at + form.words.length; i += 1) length += words[i]?.length ?? 0;
    if (Math.abs(length - form.joined.length) > 2) return false;
    const window = words.slice(at, at + form.words.length).join('');
    return editDistance(window, form.joined, 2) <= 2;
  });
}

/** Forms that are no given name: Pat and Sal end the names of persons too. */
const plainForm = /.{4}|^inc$|^[^aeiouy]{3}$/;

/** A legal form at the end that nobody is called by: no name of a person (`Orion Ltd`). */
export function endsInForm(folded: string, lexicon: Lexicon): boolean {
  const words = folded.split(' ');
  return [1, 2, 3, 4].some((length) => {
    const tail = words.slice(-length);
    return (
      words.length > length &&
      lexicon.forms
        .get(tail[0] ?? '')
        ?.some((form) => plainForm.test(form.joined) && form.words.join(' ') === tail.join(' '))
    );
  });
}

/** Words without the legal forms, and which forms there were. */
export function partForms(
  words: readonly string[],
  lexicon: Lexicon,
): { rest: string[]; forms: FormClass[] } {
  const rest: string[] = [];
  const forms: FormClass[] = [];
  for (let at = 0; at < words.length;) {
    const form = formAt(words, at, lexicon);
    // Two letters inside a name are rather an abbreviation of its own than a legal form.
    const isEdge = at === 0 || at + (form?.words.length ?? 0) >= words.length - 2;
    if (form === undefined || (form.joined.length <= 2 && !isEdge)) {
      rest.push(words[at] ?? '');
      at += 1;
    } else {
      if (!forms.includes(form.class)) forms.push(form.class);
      at += form.words.length;
    }
  }
  return { rest, forms };
}

function regionAt(words: readonly string[], at: number, lexicon: Lexicon) {
  return lexicon.regions
    .get(words[at] ?? '')
    ?.find((region) => region.words.every((word, i) => words[at + i] === word));
}

function companyTokens(words: readonly string[], lexicon: Lexicon): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < words.length;) {
    const found = regionAt(words, at, lexicon);
    const word = words[at] ?? '';
    if (found !== undefined) tokens.push(token(found.name, 'region'));
    else if (/^\d+$/.test(word)) tokens.push(token(word, 'number'));
    else if (!lexicon.fillers.has(word)) tokens.push(wordToken(word, lexicon));
    at += found?.words.length ?? 1;
  }
  return tokens;
}

function wordToken(word: string, lexicon: Lexicon): Token {
  const full = lexicon.abbreviations.get(word) ?? word;
  const meaning = lexicon.meanings.get(full) ?? full;
  return token(meaning, lexicon.trades.has(meaning) ? 'trade' : 'brand');
}

/** A company name in folded Latin letters, read word by word. */
export function readCompany(folded: string, lexicon: Lexicon): CompanyName {
  const words = joinLetters(withRomanNumber(withoutShipNumber(folded.split(' '))));
  const { rest, forms } = partForms(words, lexicon);
  const named = rest.some((word) => !lexicon.fillers.has(word)) ? rest : words;
  const read = companyTokens(readNumbers(named, lexicon), lexicon);
  const tokens = read.some(({ role }) => role === 'brand') ? read : read.map(unbranded);
  const joined = tokens.map(({ text }) => text).join('');
  const acronyms = acronymsOf(words, rest, lexicon);
  return {
    romanised: onceRead(() => {
      const brands = read.filter(({ role }) => role === 'brand').map(({ text }) => text);
      return brands.length === 0 ? undefined : romanised(brands, lexicon);
    }),
    tokens,
    forms,
    joined,
    plain: named.join(''),
    words: named.length,
    spelled: words,
    formWords: words.length - rest.length,
    acronyms,
  };
}

function acronymsOf(words: readonly string[], rest: readonly string[], lexicon: Lexicon): string[] {
  const telling = (some: readonly string[]) => some.filter((word) => !lexicon.fillers.has(word));
  const made = [telling(words), telling(rest), rest, words]
    .filter((some) => some.length >= 3)
    .map((some) => some.map((word) => word[0]).join(''));
  return [...new Set(made)];
}

/** Without a brand, the place is what tells one bank or ministry from another. */
function unbranded(one: Token): Token {
  return one.role === 'region' ? { ...one, weight: 0.6 } : one;
}
