import { wrongField } from '../../services/litigation/domain/law/dated.ts';
import type { Answer, Command } from './commands.ts';
import { csvRows, readText } from './records.ts';
import { decimalOf, plainDay } from './values.ts';
import { faultWords } from './words.ts';

/** One row held against the engine. */
export type Verdict = {
  line: number;
  passed: boolean;
  said: string;
  expected: string;
  words: string[];
};

const feeKinds = ['acceptance', 'preservation', 'payment_order', 'enforcement', 'bankruptcy'];

/** `name=value` is an option, anything else stands alone; a kind of fee alone means `fee`. */
function wordsOf(cells: readonly string[]): string[] {
  const [kind = '', ...inputs] = cells;
  const head = feeKinds.includes(kind) ? ['fee', kind] : kind.split(/[ .]/);
  const given = inputs.filter((cell) => cell !== '');
  return [...head, ...given.map((cell) => (/^[a-z-]+=/.test(cell) ? `--${cell}` : cell))];
}

/** Amounts, percentages and days may be written as people write them. */
function isSame(said: string, expected: string): boolean {
  const canonical = (text: string) =>
    decimalOf(text.replace(/%$/, ''))
      ?.replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '') ??
    plainDay(text) ??
    text.toLowerCase();
  return canonical(said) === canonical(expected);
}

const heading = /^(?:kind|种类|类型|类别)$/i;

/**
 * Holds every row `kind,input…,expected` of a CSV against the engine. A row may expect a fault by
 * its reason. A heading (first cell `kind`) is left out; `#` begins a note.
 */
export function holdVectors(
  path: string,
  run: (words: readonly string[]) => Answer,
  commands: Readonly<Record<string, Command>>,
): Verdict[] {
  const rows = csvRows(readText(path)).filter(
    ({ cells: [first = ''] }) => !heading.test(first) && !first.startsWith('#'),
  );
  if (rows.length === 0) throw wrongField('file', 'file_empty', 'write rows kind,input…,expected');
  return rows.map(({ line, cells }) => {
    const filled = cells.findLastIndex((cell) => cell !== '');
    const expected = cells[filled] ?? '';
    const words = wordsOf(cells.slice(0, filled));
    if (!Object.hasOwn(commands, words[0] ?? '')) {
      const known = [...feeKinds, ...Object.keys(commands)].join(' ');
      const said = `kind_unknown (value=${cells[0] ?? ''}): choose one of ${known}`;
      return { line, passed: false, said, expected, words };
    }
    let said: string;
    try {
      said = run(words).answer;
    } catch (error) {
      const text = faultWords(error).trim();
      const reason = text.split(/[ \n]/)[0] ?? '';
      said = reason === expected ? reason : text.replaceAll('\n', ' ');
    }
    return { line, passed: isSame(said, expected), said, expected, words };
  });
}

export function verdictsText(verdicts: readonly Verdict[]): string {
  const lines = verdicts.map(({ line, passed, said, expected, words }) => {
    const what = `line ${line}: ${words.join(' ')}`;
    return passed ? `pass  ${what} = ${said}\n` : `FAIL  ${what} = ${said}, expected ${expected}\n`;
  });
  const passed = verdicts.filter((one) => one.passed).length;
  return `${lines.join('')}${passed} of ${verdicts.length} pass\n`;
}
