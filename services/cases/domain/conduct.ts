/** Screening of texts for words that conduct rules forbid (domain.md 3). */

type PhraseGroup = { readonly group: string; readonly phrases: readonly string[] };
type Disclosure = { readonly phrases: readonly string[]; readonly moneyUnits: readonly string[] };

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

function contains(text: string, squeezed: string, phrase: string): boolean {
  const wanted = folded(phrase).trim();
  if (chinese.test(wanted)) return squeezed.includes(closed(wanted));
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
  const listed = forbiddenPhrase(text, [{ group: 'debt', phrases: rule.phrases }]);
  if (listed !== undefined) return listed;
  const amount = amountIn(folded(text), rule.moneyUnits);
  return amount === undefined ? undefined : { phrase: amount, group: 'amount' };
}

const number = String.raw`\d[\d., ]*`;

function amountIn(text: string, units: readonly string[]): string | undefined {
  const unit = units.map((one) => RegExp.escape(folded(one).trim())).join('|');
  const found = new RegExp(`(?:${number}\\s*(?:${unit}))|(?:(?:${unit})\\s*${number})`, 'u').exec(
    text,
  );
  return found?.[0].trim();
}
