import { dictionary } from './heading-dictionary.ts';
import type { Concept } from './heading-dictionary.ts';

/** Meanings by word; without a prototype, since headings may well be named `constructor`. */
const listed: Record<string, readonly Concept[]> = Object.create(null);
for (const line of dictionary.split('\n')) {
  const colon = line.lastIndexOf(': ');
  if (colon < 0) continue;
  const meaning = line.slice(colon + 2).split(' ') as Concept[];
  for (const word of line.slice(0, colon).split(' ')) listed[word] = meaning;
}

/** Words that join others and mean nothing alone. */
const joining = new Set(
  (
    'in of the by to for and from as per a an our your x der die das des und de la du le del ' +
    'e d l 的 之 与 及 和 期 信息 资料 情况'
  ).split(' '),
);

const longestChinese = 8;

function hasChinese(text: string): boolean {
  return /\p{Script=Han}|\p{Script=Hangul}/u.test(text);
}

/**
 * Cuts Chinese text into the longest words known, from the left; what is unknown is passed over.
 */
function chineseWords(text: string): { concepts: Concept[]; unknown: number } {
  const concepts: Concept[] = [];
  let unknown = 0;
  let at = 0;
  while (at < text.length) {
    let length = Math.min(longestChinese, text.length - at);
    while (length > 0 && listed[text.slice(at, at + length)] === undefined) length -= 1;
    if (length === 0 && joining.has(text.slice(at, at + 2))) at += 2;
    else if (length === 0) {
      if (!joining.has(text[at] ?? '')) unknown += 1;
      at += 1;
    } else {
      concepts.push(...(listed[text.slice(at, at + length)] ?? []));
      at += length;
    }
  }
  return { concepts, unknown };
}

/**
 * A word written without a gap (`duedate`, `custno`) cut into known words; undefined when it is
 * none.
 */
function cutWord(word: string): Concept[] | undefined {
  if (word.length < 5) return undefined;
  for (let length = word.length - 2; length >= 2; length -= 1) {
    const head = listed[word.slice(0, length)];
    if (head === undefined) continue;
    const tail = word.slice(length);
    const rest = listed[tail] ?? cutWord(tail);
    if (rest !== undefined) return [...head, ...rest];
  }
  return undefined;
}

function latinWord(word: string): readonly Concept[] | undefined {
  return listed[word] ?? listed[word.replace(/s$/, '')] ?? cutWord(word);
}

/** What a heading says: its concepts in order, and how many of its words mean nothing to us. */
export type Heading = { concepts: readonly Concept[]; unknown: number };

/**
 * Turns of phrase: an amount with its tax is a total; an original amount is not what is due now; a
 * list of `Client/Supplier` is read for its clients.
 */
function phrased(said: readonly Concept[]): Concept[] {
  const isBoth = said.includes('customer') && said.includes('supplier');
  const concepts = isBoth ? said.filter((concept) => concept !== 'supplier') : said;
  if (concepts.includes('with') && concepts.includes('tax')) {
    return ['total', ...concepts.filter((concept) => concept !== 'with' && concept !== 'tax')];
  }
  if (!concepts.includes('original')) return [...concepts];
  return concepts.filter((concept) => concept !== 'due' && concept !== 'open');
}

/**
 * Reads a heading. Camel case, underscores, dots and brackets separate words; a unit or currency in
 * brackets (`金额(元)`, `Amount (USD)`) is not part of what the column is about.
 */
export function readHeading(header: string): Heading {
  const plain = header
    .normalize('NFKC')
    .replaceAll(/[([{【<](?:[^)\]}】>]{0,12})[)\]}】>]/g, ' ')
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/\bo\/s\b/g, 'outstanding')
    .replaceAll(/\ba\/c\b/g, 'account')
    .replaceAll(/[_/\\.:;,|*?!"'~+\-\s]+/g, ' ')
    .replaceAll('#', ' # ')
    .trim();
  const concepts: Concept[] = [];
  let unknown = 0;
  for (const word of plain.split(/\s+/)) {
    if (word === '' || (joining.has(word) && listed[word] === undefined)) continue;
    const known = latinWord(word);
    if (known !== undefined) concepts.push(...known);
    else if (hasChinese(word)) {
      const cut = chineseWords(word);
      concepts.push(...cut.concepts);
      unknown += cut.unknown === 0 ? 0 : 1;
    } else if (!/^\d+$/.test(word) && !/^(?:usd|cny|rmb|eur|gbp|jpy|hkd|cad|aud)$/.test(word))
      unknown += 1;
  }
  return { concepts: phrased(concepts), unknown };
}
