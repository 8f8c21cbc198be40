/** Screening of texts for words that conduct rules forbid (domain.md 3). */

type PhraseGroup = { readonly group: string; readonly phrases: readonly string[] };

/** What tells a third party of a debt, as rule data. */
export type Disclosure = {
  /** Words that say that there is a debt, or that somebody is made to pay. */
  readonly phrases: readonly string[];
  /** Words that hold one of those, or a unit of money, and mean nothing of the kind. */
  readonly harmless: readonly string[];
  /** Numbers of telephones and rooms, as patterns over folded text. */
  readonly phones: readonly string[];
  /** Units that follow a number. */
  readonly moneyUnits: readonly string[];
  /** Signs and codes that stand before one. */
  readonly moneySigns: readonly string[];
  /** Characters that numbers are written with, formal ones (壹贰叁) among them. */
  readonly numerals: { readonly digits: string; readonly magnitudes: string };
  /** Next to these a bare number is an amount; the Chinese are patterns (还 is also 'still'). */
  readonly payWords: readonly string[];
  /** What follows a number that is no amount: days, hours, floors. */
  readonly counters: readonly string[];
};

export type Found = { phrase: string; group: string };

const chinese = /[\u2e80-\u9fff]/u;

/** One width, one case, one space; so that `杀 了，你` and `Kill  YOU` are what they say. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}$€£¥￥.]+/gu, ' ')
    .replaceAll(/\s+/g, ' ');
}

/** Chinese is written without spaces; any between its characters are there to deceive. */
function closed(text: string): string {
  return text.replaceAll(/[\s.]+/g, '');
}

/** In a phrase: a few other characters may stand here, but none that denies what is said. */
const gap = '…';
const filler = '[^不没非未无]{0,6}';

function contains(text: string, squeezed: string, phrase: string): boolean {
  if (chinese.test(phrase)) {
    const parts = phrase.split(gap).map((part) => closed(folded(part)));
    if (parts.length === 1) return squeezed.includes(parts[0] ?? '');
    return new RegExp(parts.map((part) => RegExp.escape(part)).join(filler), 'u').test(squeezed);
  }
  const wanted = folded(phrase).trim();
  return ` ${text.replaceAll('.', ' ').replaceAll(/\s+/g, ' ')} `.includes(` ${wanted} `);
}

/** The first forbidden phrase of a text, as the rule lists it; undefined when there is none. */
export function forbiddenPhrase(text: string, groups: readonly PhraseGroup[]): Found | undefined {
  if (text === '') return undefined;
  const plain = folded(text);
  const squeezed = closed(plain);
  for (const { group, phrases } of groups) {
    const phrase = phrases.find((one) => contains(plain, squeezed, one));
    if (phrase !== undefined) return { phrase, group };
  }
  return undefined;
}

/** What in a text would tell a third party of the debt: a phrase, or an amount of money. */
export function disclosedDebt(text: string, rule: Disclosure): Found | undefined {
  if (text === '') return undefined;
  const plain = withoutHarmless(folded(text), rule);
  const listed = forbiddenPhrase(plain, [{ group: 'debt', phrases: rule.phrases }]);
  if (listed !== undefined) return listed;
  const amount = amountIn(plain, rule);
  return amount === undefined ? undefined : { phrase: amount, group: 'amount' };
}

function oneOf(words: readonly string[]): string {
  return words
    .map((word) => folded(word).trim())
    .map((word) => {
      const plain = RegExp.escape(word);
      return /^[a-z]/.test(word) ? String.raw`(?<![a-z])${plain}(?![a-z])` : plain;
    })
    .join('|');
}

/**
 * Words that only look like money or debt (元旦, 哈欠) and numbers of telephones are taken out
 * first; a number that is followed by a unit of money is no telephone's.
 */
function withoutHarmless(text: string, rule: Disclosure): string {
  const words = new RegExp(oneOf(rule.harmless), 'gu');
  const phones = rule.phones.map((one) => String.raw`(?:${one})(?!\d)`).join('|');
  const numbers = new RegExp(`(?:${phones})(?! ?(?:${oneOf(rule.moneyUnits)}))`, 'gu');
  return text.replaceAll(words, ' , ').replaceAll(numbers, ' , ');
}

/**
 * An amount: a number with its unit, in figures or in numerals; tens of thousands said by
 * themselves; or a bare number next to a word of paying. What is counted (天, days) is no money.
 */
function amountIn(text: string, rule: Disclosure): string | undefined {
  const { numerals, payWords, counters } = rule;
  const [one, many] = [`[${numerals.digits}]`, `[${numerals.magnitudes}]`];
  const any = `[${numerals.digits}${numerals.magnitudes}]`;
  const units = oneOf(rule.moneyUnits);
  // Nothing counted may follow, nor more of the number itself.
  const alone = String.raw`(?!\d|${any}| ?(?:${oneOf(counters)}))`;
  const word = String.raw`\b(?:hundred|thousand|million)\b`;
  const figures = String.raw`\d[\d., ]*\d|\d`;
  const bare = String.raw`(?:\d[\d., ]*\d${many}*|\d${many}+|${one}*${many}${any}*|${word})`;
  const large = `(?:${figures}|${one}${any}*)[万萬亿億]${any}*${alone}`;
  const chinesePay = payWords.filter((pay) => chinese.test(pay)).join('|');
  const latinPay = oneOf(payWords.filter((pay) => !chinese.test(pay)));
  const patterns = [
    String.raw`(?:${figures}|${word})\s*(?:${units})`,
    String.raw`(?:${oneOf(rule.moneySigns)}) ?(?:${figures})`,
    String.raw`(?:${chinesePay})\p{Script=Han}{0,3}? ?${bare}${alone}`,
    `(?:${latinPay})(?: [a-z]+){0,3} ${bare}${alone}`,
  ];
  const squeezedPatterns = [`${any}+(?:${units})`, large];
  return firstMatch(text, patterns) ?? firstMatch(closed(text), squeezedPatterns);
}

function firstMatch(text: string, patterns: readonly string[]): string | undefined {
  for (const pattern of patterns) {
    const found = new RegExp(pattern, 'u').exec(text);
    if (found !== null) return found[0].trim();
  }
  return undefined;
}
