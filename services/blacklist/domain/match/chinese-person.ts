import { comparison, reason, type Comparison } from './comparison.ts';
import { readAloud } from './chinese.ts';
import type { Lexicon } from './lexicon.ts';
import type { PersonName } from './person.ts';
import { asPerson, heardAs, sameAcross } from './romanised.ts';

/** A Chinese person's name: surname, then given name. */
export type ChinesePerson = { readonly text: string; readonly surname: string };

export function readChinesePerson(folded: string, lexicon: Lexicon): ChinesePerson {
  const text = folded.replaceAll(' ', '');
  const two = text.slice(0, 2);
  const isCompound = text.length >= 3 && lexicon.chinese.surnames.has(two);
  return { text, surname: isCompound ? two : text.slice(0, 1) };
}

/** Same characters, or other characters that sound the same (a name heard, not read). */
export function compareChinesePersons(
  a: ChinesePerson,
  b: ChinesePerson,
  lexicon: Lexicon,
): Comparison {
  if (a.text === b.text) return comparison(1, [reason('same_words', { words: a.text })]);
  const facts = { a: a.text, b: b.text };
  const aloud = new Set(readAloud(a.text, lexicon));
  if (readAloud(b.text, lexicon).some((way) => aloud.has(way))) {
    const score = a.surname === b.surname ? 0.75 : 0.6;
    return comparison(score, [reason('read_aloud_same', facts)]);
  }
  return comparison(0.25, [reason('words_differ', facts)]);
}

/** Pinyin or Wade–Giles in either order. Many names share a reading, so it is never `strong`. */
export function comparePersonAcrossScripts(
  chinese: ChinesePerson,
  latin: PersonName,
  lexicon: Lexicon,
): Comparison {
  const written = latin.tokens.map(({ text }) => text);
  const orders = new Set([written.join(''), [...written.slice(1), written[0]].join('')]);
  const last = written.at(-1) ?? '';
  orders.add([last, ...written.slice(0, -1)].join(''));
  const facts = { a: chinese.text, b: written.join(' ') };
  const isSame = readAloud(chinese.text, lexicon).some((way) => orders.has(way));
  const heard = [reason('read_aloud_same', facts)];
  if (isSame) return comparison(chinese.text.length >= 3 ? 0.78 : 0.74, heard);
  const own = () => asPerson(heardAs(chinese.text, lexicon));
  const syllables = sameAcross(latin.romanised, own);
  if (syllables !== undefined) return comparison(syllables > 2 ? 0.76 : 0.72, heard);
  return comparison(0.2, [reason('words_differ', facts)]);
}
