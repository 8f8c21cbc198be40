import { existsSync, readFileSync } from 'node:fs';
import {
  binLabel,
  columnsOf,
  cutsOf,
  readModel,
  scoreRows,
} from '@recourse/credit/domain/fitting/model.ts';
import { type Column, typed } from '@recourse/credit/domain/fitting/table.ts';
import { gradeOf, masterScale } from '@recourse/credit/domain/grade.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Options } from './options.ts';
import { readFile } from './reading.ts';

type Score = Extract<Options, { command: 'score' }>;

function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function parsed(path: string): unknown {
  if (!existsSync(path)) throw fault('missing', 'file_not_found', { path });
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw fault('invalid', 'not_a_credit_model', { path });
  }
}

/** The model's own spelling of a column, whatever its capitals and blanks here. */
function namedAs(name: string, wanted: ReadonlySet<string>): string {
  if (wanted.has(name)) return name;
  const folded = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return [...wanted].find((one) => folded(one) === folded(name)) ?? name;
}

/** Scores every row of a table; columns the table lacks count as missing and are named. */
export function scoreCommand({ model: modelPath, table, top }: Score): void {
  const model = readModel(parsed(modelPath));
  const text = readFile(table);
  const cuts = cutsOf(model);
  const coded = new Set(cuts.filter((cut) => cut.kind === 'coded').map((cut) => cut.name));
  const wanted = new Set(columnsOf(model));
  const notes: string[] = [];
  const names = text.names.map((name) => namedAs(name, wanted));
  const columns: Column[] = names.flatMap((name, at) => {
    if (!wanted.has(name)) return [];
    const cells = text.rows.map((row) => row[at] ?? '');
    return [typed(name, cells, notes, coded.has(name))];
  });
  const lacking = [...wanted].filter((name) => !names.includes(name));
  if (lacking.length === wanted.size) {
    const facts = { columns: lacking.join(', '), found: names.slice(0, 20).join(', ') };
    const repair = 'Give a table with the columns that the model was fitted on.';
    throw fault('invalid', 'table_has_none_of_the_columns', { ...facts, repair });
  }
  for (const name of lacking) notes.push(`${name} is not in the table: counted as missing`);
  const count = text.rows.length;
  const from = performance.now();
  const scored = scoreRows(model, columns, count);
  const seconds = (performance.now() - from) / 1_000;
  const places = new Map(names.map((name, at) => [name, at]));
  const cutOf = new Map(cuts.map((cut) => [cut.name, cut]));
  const reasons = (row: number): string[] =>
    scored
      .parts(row)
      .parts.slice(0, top)
      .map(({ column, points, bin }) => {
        const cell = text.rows[row]?.[places.get(column) ?? -1] ?? '';
        const cut = cutOf.get(column);
        const label = model.kind === 'scorecard' && cut !== undefined ? binLabel(cut, bin) : '';
        const where = label === '' ? '' : ` [${label}]`;
        return `${column}=${cell || 'missing'}${where}: ${points > 0 ? '+' : ''}${points}`;
      });
  const lines = ['row,score,pd,grade,reasons'];
  for (let row = 0; row < count; row += 1) {
    const probability = scored.probability[row] ?? 0;
    const grade = gradeOf(Math.round(probability * 10_000), masterScale);
    const why = csvCell(reasons(row).join('; '));
    lines.push(`${row + 1},${scored.score[row] ?? 0},${probability.toFixed(6)},${grade},${why}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
  const speed = Math.round(count / Math.max(seconds, 1e-6));
  process.stderr.write(`${count} rows scored, ${speed} a second\n`);
}
