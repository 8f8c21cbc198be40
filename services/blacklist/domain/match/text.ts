import { spellChinese } from './chinese-spelling.ts';
import type { Lexicon } from './lexicon.ts';

const hanPattern = /\p{Script=Han}/u;
const marks = /\p{M}+/gu;
// oxlint-disable-next-line no-control-regex -- the range is ASCII, then the common Han characters
const plainPattern = /^[\x00-\x7f\u4e00-\u9fff]*$/;

const hangul = {
  first: 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split(' '),
  vowel: 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' '),
  last: '- k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' '),
};

/** A Hangul syllable in the Revised Romanization (South Korea, 2000), without its assimilations. */
function hangulInLatin(code: number): string {
  const at = code - 0xac00;
  const parts = [
    hangul.first[Math.floor(at / 588)],
    hangul.vowel[Math.floor((at % 588) / 28)],
    hangul.last[at % 28],
  ];
  return parts.join('').replaceAll('-', '');
}

export function isHan(letter: string): boolean {
  return hanPattern.test(letter);
}

/** True when the name is written in Chinese characters in the main. */
export function isChinese(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han === 0) return false;
  const others = text.match(/[^\p{Script=Han}\P{L}]/gu)?.length ?? 0;
  return han >= 2 && han * 2 > others;
}

/**
 * One spelling of a text: NFKC (full width becomes half width), simplified characters, Latin
 * letters without accents, lower case, words parted by single blanks. Apostrophes vanish (they
 * stand for a sound in one spelling and for nothing in another); other signs part words. Where a
 * small letter meets a capital, two words were run together.
 */
export function foldText(text: string, lexicon: Lexicon): string {
  const parted = text
    .normalize('NFKC')
    .replace(/(\p{Ll}{2})(\p{Lu}\p{L})/gu, '$1 $2')
    .toLowerCase()
    .replace(/['’‘ʼʻ`´"“”«»]s(?![\p{L}\p{N}])/gu, '')
    .replace(/['’‘ʼʻ`´]/g, '')
    .replace(/%/g, ' percent ')
    .replace(/&/g, ' and ');
  // Plain ASCII, most names of most lists, needs no table of letters.
  // oxlint-disable-next-line no-control-regex -- the range is what ASCII is
  const latin = /^[\x00-\x7f]*$/.test(parted) ? parted : inLatin(parted, lexicon);
  const folded = latin.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return hanPattern.test(folded) ? spellChinese(folded, lexicon) : folded;
}

function inLatin(text: string, lexicon: Lexicon): string {
  let made = '';
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const latin = lexicon.letters.get(letter);
    if (latin !== undefined) made += latin;
    else if (code >= 0xac00 && code <= 0xd7a3) made += hangulInLatin(code);
    else made += lexicon.simple.get(letter) ?? letter;
  }
  // Chinese names in the main: nothing in them to take apart.
  if (plainPattern.test(made)) return made;
  return made.normalize('NFD').replace(marks, '');
}

/** `M/V Aurora` is one name, whose stroke parts nothing. */
const shortWithStroke = /^\s*(\p{L})\/(\p{L})\s+/u;

/** Parts of a text that give several names: `A / B`, `A a.k.a. B`. The whole when it gives one. */
export function alternatesOf(written: string): string[] {
  const text = written.replace(shortWithStroke, '$1$2 ');
  const parts = text
    .split(/\s*\/\s*|\s+(?:[afn]\.?k\.?a\.?|also known as|formerly)\s+/i)
    .map((part) => part.trim());
  // A stroke without blanks parts words rather than names: `Import/Export Corporation`.
  const isTight = /[A-Za-z]\/[A-Za-z]/.test(text);
  if (isTight && /\b(?:im|ex)port\/(?:im|ex)port\b/i.test(text)) return [text];
  const isName = (part: string) =>
    part.replace(/\W/g, '').length >= 4 && (!isTight || /[\s-]/.test(part));
  const isList = parts.length > 1 && parts.every(isName);
  return isList ? parts : [text];
}

/** `imo 9187629`: the ship's number, which identifies it and is no word of its name. */
export function withoutShipNumber(words: readonly string[]): string[] {
  const at = words.findIndex(
    (word, place) => word === 'imo' && /^\d{7}$/.test(words[place + 1] ?? ''),
  );
  return at < 0 || words.length < 3 ? [...words] : words.toSpliced(at, 2);
}
