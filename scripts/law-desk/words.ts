import { type Fault, faultFrom } from '@recourse/kit/fault.ts';
import { decimalText, type Money } from '@recourse/kit/money.ts';
import { wrongField } from '../../services/litigation/domain/law/dated.ts';

/** Words of a command: what stands alone, and `--name value` or `--name=value`. */
export type Words = { alone: string[]; named: Map<string, string[]> };

/** Options that may be given several times; another given twice would be lost once. */
const repeated = ['pay', 'stay', 'halved', 'json'];

export function readWords(words: readonly string[], known: readonly string[]): Words {
  const made: Words = { alone: [], named: new Map() };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      made.alone.push(word);
      continue;
    }
    const [name = '', inline] = word.slice(2).split(/=(.*)/s);
    if (!known.includes(name)) {
      const repair = `use one of ${known.map((one) => `--${one}`).join(' ')}`;
      throw wrongField(`--${name}`, 'option_unknown', repair);
    }
    const value = inline ?? (name === 'json' ? 'true' : words[(at += 1)]);
    if (value === undefined) throw wrongField(`--${name}`, 'value_needed', 'give a value after it');
    if (made.named.has(name) && !repeated.includes(name)) throw givenTwice(name);
    made.named.set(name, [...(made.named.get(name) ?? []), value]);
  }
  return made;
}

/** One thing said twice: which one is meant? */
export function givenTwice(name: string): Fault {
  return wrongField(`--${name}`, 'given_twice', 'give it once');
}

/** Words that nothing was left for. */
export function noMore(words: readonly string[], usage: string): void {
  const [word] = words;
  if (word === undefined) return;
  throw wrongField(`word ${word}`, 'word_unexpected', `leave it out: ${usage}`, { value: word });
}

/** Options that would do nothing here. */
export function notWith(words: Words, names: readonly string[], repair: string): void {
  const name = names.find((one) => words.named.has(one));
  if (name !== undefined) throw wrongField(`--${name}`, 'option_without_effect', repair);
}

export function optional(words: Words, name: string): string | undefined {
  return words.named.get(name)?.at(-1);
}

export function required(words: Words, name: string, example: string): string {
  const value = optional(words, name);
  if (value === undefined) {
    throw wrongField(`--${name}`, 'required', `add --${name}, for example ${example}`);
  }
  return value;
}

/** JSON with amounts as decimals and whole numbers without a suffix. */
export function json(value: unknown): string {
  const plain = (_key: string, one: unknown) => {
    if (typeof one === 'bigint') return one.toString();
    return isMoney(one) ? `${decimalText(one)} ${one.currency}` : one;
  };
  return JSON.stringify(value, plain, 2);
}

export function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null) return false;
  return 'minor' in value && typeof value.minor === 'bigint' && 'currency' in value;
}

/** A fault in words: the field, what is wrong, the repair. */
export function faultWords(thrown: unknown): string {
  const fault: Fault = faultFrom(thrown);
  if (fault.kind === 'internal') {
    const { cause } = fault;
    return `${cause instanceof Error ? cause.message : fault.message}\n`;
  }
  const facts = Object.entries(fault.facts)
    .filter(([name]) => name !== 'field')
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
  const head = `${fault.reason}${facts === '' ? '' : ` (${facts})`}\n`;
  const begins = fault.reason === 'no_rule_on_day' && fault.facts['from'];
  const told = begins ? [`  day: the rule is in the tables from ${String(begins)} on\n`] : [];
  const lines = fault.violations.map(({ field, repair }) => `  ${field}: ${repair}\n`);
  return head + [...lines, ...told].join('');
}

/** Columns padded to their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
