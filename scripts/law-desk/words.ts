import { type Fault, faultFrom } from '@recourse/kit/fault.ts';
import { isCurrency } from '@recourse/kit/check.ts';
import { decimalText, type Money, parseDecimal } from '@recourse/kit/money.ts';
import { wrongField } from '../../services/litigation/domain/law/dated.ts';

/** Words of a command: what stands alone, and `--name value` or `--name=value`. */
export type Words = { alone: string[]; named: Map<string, string[]> };

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
    made.named.set(name, [...(made.named.get(name) ?? []), value]);
  }
  return made;
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

/** Reads `1234567.89`, with thousands commas allowed; at most two decimals, so nothing is lost. */
export function amountOf(text: string | undefined, field: string, currency = 'CNY'): Money {
  const plain = (text ?? '').replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  const read = isCurrency(currency) ? parseDecimal(plain, currency) : undefined;
  if (read === undefined || read.rounded) {
    const repair = 'write an amount such as 1234567.89, at most two decimals';
    throw wrongField(field, 'not_an_amount', repair, { value: text ?? null });
  }
  return read.amount;
}

/** A whole number of a field. */
export function wholeOf(text: string, field: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw wrongField(field, 'not_whole', 'write a whole number', { value: text });
  }
  return Number(text);
}

/** Percent to ten-thousandths: `62.5` is 6250. */
export function shareOf(text: string, field: string): number {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?%?$/.exec(text);
  const bps = match === null ? 10_001 : Number((match[1] ?? '') + (match[2] ?? '').padEnd(2, '0'));
  if (bps > 10_000) {
    throw wrongField(field, 'not_a_share', 'write a percentage from 0 to 100', { value: text });
  }
  return bps;
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
  const lines = fault.violations.map(({ field, repair }) => `  ${field}: ${repair}\n`);
  return head + lines.join('');
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
