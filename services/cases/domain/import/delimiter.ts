import { Fault, faultFrom } from '@recourse/kit/fault.ts';
import { csvReader } from './csv.ts';
import type { Delimiter, Row } from './csv.ts';

const candidates: readonly Delimiter[] = [',', ';', '\t', '|'];

/** How many characters of text the delimiter is decided from. */
export const sniffChars = 262_144;

/** The records of a sample; where a quote is never closed, those above it and what is wrong. */
type Sampled = { rows: readonly Row[]; fault?: Fault };

function rowsUnder(sample: string, delimiter: Delimiter, whole: boolean): Sampled {
  const reader = csvReader(delimiter);
  try {
    const rows = reader.feed(sample);
    return { rows: whole ? [...rows, ...reader.finish()] : rows };
  } catch (error) {
    const fault = faultFrom(error);
    const above = sample.split('\n').slice(0, Number(fault.facts['line'] ?? 1) - 1);
    const rows = above.length === 0 ? [] : csvReader(delimiter).feed(`${above.join('\n')}\n`);
    return { rows, fault };
  }
}

/**
 * Consistent and wide is good: the share of records of the commonest width, times its logarithm.
 */
function score(rows: readonly Row[]): number {
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.cells.length, (widths.get(row.cells.length) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of widths) {
    if (width > 1) best = Math.max(best, (count / rows.length) * Math.log2(width + 1));
  }
  return best;
}

/**
 * The delimiter under which the sample's records are most alike and widest. `sep=;` in the first
 * line (Excel's own hint) decides. Throws `delimiter_not_found` when no candidate makes two
 * columns, or `quote_never_closed` when a quote keeps them from it.
 */
export function findDelimiter(sample: string, whole: boolean): Delimiter {
  const hint = /^\ufeff?"?sep=(.)"?\r?\n/i.exec(sample)?.[1];
  const hinted = candidates.find((candidate) => candidate === hint);
  if (hinted !== undefined) return hinted;
  let best: { delimiter: Delimiter; score: number } | undefined;
  let unclosed: Fault | undefined;
  for (const delimiter of candidates) {
    const { rows, fault } = rowsUnder(sample, delimiter, whole);
    unclosed ??= fault;
    const found = rows.length === 0 ? 0 : score(rows);
    if (found > (best?.score ?? 0)) best = { delimiter, score: found };
  }
  if (best !== undefined) return best.delimiter;
  if (unclosed !== undefined) throw unclosed;
  const repair = 'Export with commas, semicolons, tabs or bars between the columns.';
  const found = sample.slice(0, 80).split(/[\r\n]/)[0] ?? '';
  throw new Fault(
    'invalid',
    'delimiter_not_found',
    { found, expected: ', ; tab |', repair },
    {
      violations: [{ field: 'file', rule: 'delimiter_not_found', repair }],
    },
  );
}

/** Whether lines end in a lone return, as old Macintosh programs wrote them. */
export function hasOldLines(sample: string): boolean {
  return sample.includes('\r') && !sample.includes('\n');
}
