/** The table of values in the chart's README, made from values.yaml and its comments. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { chartDir } from './render.ts';

export type Row = { name: string; fallback: string; doc: string };

/** `# a comment` of several lines as one. */
function wordsOf(comment: string | null | undefined): string {
  const last = (comment ?? '').split('\n\n').at(-1) ?? '';
  return last.replaceAll(/\s+/g, ' ').trim();
}

/** A map whose names are the user's own, or a list: told as a whole. */
function isWhole(value: unknown, path: string): boolean {
  return !isMap(value) || value.items.length === 0 || /resources$|parameters$/.test(path);
}

function rowsOf(map: YAMLMap, above: string): Row[] {
  return map.items.flatMap((pair: Pair, index): Row[] => {
    const key = pair.key as Scalar;
    const path = above === '' ? String(key.value) : `${above}.${String(key.value)}`;
    // The first name's comment is kept at its map by the parser.
    const doc = wordsOf(key.commentBefore ?? (index === 0 ? map.commentBefore : ''));
    const { value } = pair;
    if (!isWhole(value, path)) return isMap(value) ? rowsOf(value, path) : [];
    const plain: unknown = isScalar(value) ? value.value : (value as YAMLMap).toJSON();
    return [{ name: path, fallback: JSON.stringify(plain), doc }];
  });
}

/** Every value with its default and what is said about it. */
export function readmeRows(text: string): Row[] {
  return rowsOf(parseDocument(text).contents as YAMLMap, '');
}

/** The table as it stands in the README. */
export function readmeTable(rows: readonly Row[]): string {
  const cell = (words: string) => words.replaceAll('|', '\\|');
  const lines = rows.map(
    ({ name, fallback, doc }) => `| \`${name}\` | \`${cell(fallback)}\` | ${cell(doc)} |`,
  );
  return ['| Value | Default | What it is |', '| --- | --- | --- |', ...lines].join('\n');
}

const marks = ['<!-- values -->', '<!-- end of values -->'] as const;

if (import.meta.main) {
  const file = join(chartDir, 'README.md');
  const text = readFileSync(file, 'utf8');
  const [before = ''] = text.split(marks[0]);
  const after = text.split(marks[1])[1] ?? '';
  const rows = readmeRows(readFileSync(join(chartDir, 'values.yaml'), 'utf8'));
  writeFileSync(file, `${before}${marks[0]}\n${readmeTable(rows)}\n${marks[1]}${after}`);
}
