import type { Lexicon } from './lexicon.ts';
import type { CompanyName } from './token.ts';
import type { Key } from './vocabulary.ts';

/**
 * Short names made of the beginnings of the long name's words: `AGRONILO`, `Agropecuaria El Nilo`;
 * `IRSA`, `Inversiones y Representaciones S.A.` Usual in Spanish, Russian and Persian names.
 */

/** Letters that a key of a short name takes from its start. */
const keyLetters = 4;
const shortMost = 16;

/** The short name that a name may be: one word beside legal forms, four letters and more. */
function shortOf(name: CompanyName): string | undefined {
  const isShort = name.words === 1 && /^[a-z]+$/.test(name.plain);
  const { length } = name.plain;
  return isShort && length >= keyLetters && length <= shortMost ? name.plain : undefined;
}

function isLong(name: CompanyName): boolean {
  return name.words >= 2 && name.spelled.length <= 12;
}

/** Every start of four letters that beginnings of the words, in their order, can make. */
function starts(words: readonly string[]): Set<string> {
  const made = new Set<string>();
  const go = (text: string, at: number) => {
    const word = words[at];
    if (word === undefined) return;
    for (let length = 1; length <= word.length; length += 1) {
      const longer = text + word.slice(0, length);
      if (longer.length === keyLetters) {
        made.add(longer);
        return;
      }
      go(longer, at + 1);
    }
  };
  go('', 0);
  return made;
}

function longKeys(name: CompanyName, mark: string, lexicon: Lexicon): Key[] {
  const telling = name.spelled.filter((word) => !lexicon.fillers.has(word));
  const made = starts(telling);
  if (telling.length < name.spelled.length) {
    for (const start of starts(name.spelled)) made.add(start);
  }
  return [...made].map((start) => ({ word: mark + start, weight: 0.75, isWhole: true }));
}

/**
 * Keys by which a short name finds its long one and the other way round. Two long names must not
 * meet by them, so a listed name's keys bear another mark than those of one asked about.
 */
export function blendKeys(
  name: CompanyName | undefined,
  side: 'listed' | 'asked',
  lexicon: Lexicon,
): Key[] {
  if (name === undefined) return [];
  const [short, long] = side === 'listed' ? ['<', '>'] : ['>', '<'];
  const word = shortOf(name);
  if (word !== undefined) {
    return [{ word: short + word.slice(0, keyLetters), weight: 0.75, isWhole: true }];
  }
  return isLong(name) ? longKeys(name, long, lexicon) : [];
}

type Cut = { readonly parts: number; readonly left: number };

/**
 * Cuts a short name into beginnings of a long name's words. Fillers may be passed over, legal forms
 * at the end left out. Gives how many words take part and how many telling words do not; undefined
 * when the short name is not made so.
 */
function cutInto(short: string, long: CompanyName, lexicon: Lexicon): Cut | undefined {
  const words = long.spelled;
  let best: Cut | undefined;
  const go = (from: number, at: number, parts: number, left: number) => {
    if (left > 1) return;
    const word = words[at];
    if (from === short.length || word === undefined) {
      const rest = words.slice(at).filter((one) => !lexicon.fillers.has(one)).length;
      const isForms = rest <= long.formWords;
      if (from < short.length || !isForms || parts < 2) return;
      if (best === undefined || left < best.left) best = { parts, left };
      return;
    }
    for (let length = word.length; length > 0; length -= 1) {
      if (short.startsWith(word.slice(0, length), from)) go(from + length, at + 1, parts + 1, left);
    }
    const isPassed = at > 0 && lexicon.fillers.has(word);
    if (at > 0) go(from, at + 1, parts, isPassed ? left : left + 1);
  };
  go(0, 0, 0, 0);
  return best;
}

/**
 * How surely one name is made of the beginnings of the other's words: 0.74, which asks for a second
 * look, when it has six letters and more, two to each word, and no word is left out; 0.62 when only
 * no word is left out; 0.5 when one is. Own steps: chance makes short blends too often.
 */
export function blendScore(a: CompanyName, b: CompanyName, lexicon: Lexicon): number {
  const short = shortOf(a);
  if (short === undefined || !isLong(b)) return 0;
  const cut = cutInto(short, b, lexicon);
  if (cut === undefined) return 0;
  const isSure = short.length >= 6 && short.length >= cut.parts * 2 && cut.left === 0;
  if (isSure) return 0.74;
  return cut.left === 0 ? 0.62 : 0.5;
}
