import type { Lexicon } from './lexicon.ts';
import type { CompanyName, Token } from './token.ts';

/** Nothing but a name and perhaps a number: what a ship may be called. */
function isBare({ tokens, forms }: CompanyName): boolean {
  const isPlain = tokens.every(({ role }) => role !== 'trade' && role !== 'particle');
  return forms.length === 0 && isPlain && tokens.some(({ role }) => role === 'brand');
}

function respelled(name: CompanyName, tokens: readonly Token[]): CompanyName {
  const joined = tokens.map(({ text }) => text).join('');
  return { ...name, tokens, joined, plain: joined, words: tokens.length };
}

/**
 * Both names without what says `motor vessel`, when one of them says so and both could be ships:
 * `MV Hellenic Spirit`, `Hellenic Spirit`. Undefined when there is nothing to leave out.
 */
export function asHulls(
  a: CompanyName,
  b: CompanyName,
  lexicon: Lexicon,
): [CompanyName, CompanyName] | undefined {
  const left = lexicon.hullPrefixes.has(a.spelled[0] ?? '');
  const right = lexicon.hullPrefixes.has(b.spelled[0] ?? '');
  if ((!left && !right) || a.spelled[0] === b.spelled[0]) return undefined;
  const [one, other] = [cut(a, left), cut(b, right)];
  return isBare(one) && isBare(other) ? [one, other] : undefined;
}

function cut(name: CompanyName, isPrefixed: boolean): CompanyName {
  return isPrefixed && name.tokens.length > 1 ? respelled(name, name.tokens.slice(1)) : name;
}
