import { readAloud, type ChineseCompany } from './chinese.ts';
import type { Lexicon } from './lexicon.ts';
import type { ReadName } from './name.ts';
import { asPerson, heardAs, romanisedKeys, type Romanised } from './romanised.ts';
import { soundOf } from './sound.ts';
import { withoutArticle, type Token } from './token.ts';
import type { Key } from './vocabulary.ts';

/** Keys of a name; the same for a listed name and for one asked about. */
export function keysOf(name: ReadName, lexicon: Lexicon): Key[] {
  const keys = new Map<string, Key>();
  const add = (key: Key) => {
    if (key.word !== '' && !keys.has(key.word)) keys.set(key.word, key);
  };
  for (const tokens of [name.company?.tokens, name.person?.tokens]) {
    if (tokens !== undefined) latinKeys(tokens).forEach(add);
  }
  for (const word of name.company?.acronyms ?? []) {
    add({ word: soundOf(word), weight: 0.9, isWhole: true });
  }
  const company = name.company;
  if (company !== undefined && company.words >= 2 && company.words <= 4) {
    add({ word: soundOf(company.plain), weight: 0.9, isWhole: true });
  }
  if (name.chineseCompany !== undefined) chineseKeys(name.chineseCompany, lexicon).forEach(add);
  const heard = (some: Romanised | undefined) =>
    romanisedKeys(some).forEach((word) => add({ word, weight: 0.9, isWhole: true }));
  heard(name.company?.romanised());
  heard(name.person?.romanised());
  const brand = name.chineseCompany?.brand ?? '';
  if (brand !== '') heard(heardAs(brand, lexicon));
  const person = name.chinesePerson;
  if (person !== undefined) {
    add({ word: person.text, weight: 1 });
    heard(asPerson(heardAs(person.text, lexicon)));
    const given = person.text.slice(person.surname.length);
    for (const text of [person.surname, given, person.text]) aloudKeys(text, lexicon).forEach(add);
  }
  return [...keys.values()];
}

function latinKeys(tokens: readonly Token[]): Key[] {
  const telling = tokens.filter(({ role }) => role !== 'initial' && role !== 'particle');
  const keys = telling.map(({ sound, weight, role }) => ({
    word: sound,
    weight: role === 'trade' ? 0.7 : role === 'region' ? 0.4 : weight,
  }));
  const words = tokens.filter(({ role }) => role === 'brand' || role === 'trade');
  const join = (some: readonly Token[]) => soundOf(some.map(({ text }) => text).join(''));
  if (words.length >= 2 && words.length <= 3) keys.push({ word: join(words), weight: 0.9 });
  for (const { text } of telling) {
    const bare = withoutArticle(text);
    if (bare !== undefined) keys.push({ word: soundOf(bare), weight: 0.8 });
  }
  return keys.map((key, at) => (at < telling.length ? key : { ...key, isWhole: true }));
}

/** Neighbouring words run together, for a name asked about whose listing has one word there. */
export function joinedKeys(name: ReadName): Key[] {
  const made: Key[] = [];
  for (const tokens of [name.company?.tokens, name.person?.tokens]) {
    for (const [at, one] of (tokens ?? []).entries()) {
      const next = tokens?.[at + 1];
      if (next === undefined || one.role === 'number' || next.role === 'number') continue;
      made.push({ word: soundOf(one.text + next.text), weight: 0.8, isWhole: true });
    }
  }
  return made;
}

function aloudKeys(text: string, lexicon: Lexicon): Key[] {
  const isLong = [...text].length >= 2;
  return readAloud(text, lexicon)
    .slice(0, 4)
    .map((word) => ({ word: soundOf(word), weight: isLong ? 0.8 : 0.3, isWhole: true }));
}

function chineseKeys(name: ChineseCompany, lexicon: Lexicon): Key[] {
  const keys: Key[] = [{ word: name.text, weight: 1, isWhole: true }];
  const brand = name.brand === '' ? name.trade : name.brand;
  keys.push({ word: brand, weight: 1 });
  const letters = [...brand];
  letters.slice(1).forEach((letter, at) => {
    keys.push({ word: `${letters[at]}${letter}`, weight: 0.5 });
  });
  keys.push(...aloudKeys(brand, lexicon));
  for (const region of name.regions) keys.push({ word: region, weight: 0.2 });
  if (name.trade !== brand && name.trade !== '') keys.push({ word: name.trade, weight: 0.3 });
  return keys;
}
