import type { NameKind } from '../../services/blacklist/domain/match/comparison.ts';
import { matcher } from '../../services/blacklist/domain/match/matcher.ts';
import { nameWords } from '../../services/blacklist/rules/names/words.ts';
import { columnOf, isEmpty, nameColumn, percent, readTable, say, type Table } from './table.ts';

type Listed = { readonly id: string; readonly name: string; readonly type: string };

/** A column that mostly holds codes without blanks, and a different one per row when asked. */
function idColumn(table: Table): number {
  const named = columnOf(table, [
    /^(ent_?num|entity_?id|expected|truth|target_?id)$/,
    /^id$/,
    /_id$/,
  ]);
  if (named >= 0 || table.header.length > 0) return named;
  const isCode = table.rows.every((row) => /^[\w.-]+$/.test(row[0] ?? ''));
  return isCode ? 0 : -1;
}

/** Types as lists write them; `-0-` is an organisation in the sanctions list. */
function typeColumn(table: Table, name: number): number {
  const named = columnOf(table, [/^(schema|kind|type|sdn_type|entity_type)$/]);
  if (named >= 0 || table.header.length > 0) return named;
  const width = Math.max(...table.rows.slice(0, 50).map((row) => row.length));
  for (let at = 0; at < width; at += 1) {
    if (at === name) continue;
    if (table.rows.some((row) => /^(individual|person)$/i.test(row[at] ?? ''))) return at;
  }
  return -1;
}

function readList(path: string): Listed[] {
  const table = readTable(path);
  const name = nameColumn(table);
  const id = idColumn(table);
  const type = typeColumn(table, name);
  return table.rows.flatMap((row, at) =>
    isEmpty(row[name])
      ? []
      : [{ id: row[id] ?? String(at + 1), name: row[name] ?? '', type: row[type] ?? '' }],
  );
}

function kindOf(type: string): NameKind {
  if (/individual|person/i.test(type)) return 'person';
  return type === '' ? 'unknown' : 'company';
}

function groupOf(type: string): string {
  if (isEmpty(type)) return type === '' ? 'all' : 'entities';
  return /individual|person/i.test(type) ? 'persons' : type.toLowerCase();
}

type Recall = { asked: number; first: number; five: number };

/** Candidates of a list for each query; recall where a query's id stands in the list. */
export function searchList(listPath: string, queryPath: string, show: number): number {
  const index = matcher(nameWords).nameIndex();
  const byId = new Map<string, { type: string; names: string[] }>();
  for (const one of readList(listPath)) {
    const known = byId.get(one.id) ?? { type: one.type, names: [] };
    known.names.push(one.name);
    byId.set(one.id, known);
  }
  for (const [id, { type, names }] of byId) index.add({ id, names, kind: kindOf(type) });
  say(`${index.size().entries} entries, ${index.size().names} names`);
  const recalls = new Map<string, Recall>();
  const times: number[] = [];
  readList(queryPath).forEach((query, at) => {
    const truth = byId.get(query.id);
    const kind = truth === undefined ? kindOf(query.type) : kindOf(truth.type);
    const started = performance.now();
    const found = index.search(query.name, { kind, limit: 5, least: 0 });
    times.push(performance.now() - started);
    if (at < show) {
      say(query.name);
      for (const one of found) {
        const why = one.reasons.map(({ code }) => code).join(' ');
        say(`  ${one.score.toFixed(2)} ${one.verdict.padEnd(8)} ${one.id}  ${one.name}  ${why}`);
      }
    }
    if (truth === undefined) return;
    const recall = recalls.get(groupOf(truth.type)) ?? { asked: 0, first: 0, five: 0 };
    const place = found.findIndex(({ id }) => id === query.id);
    recall.asked += 1;
    if (place === 0) recall.first += 1;
    if (place >= 0) recall.five += 1;
    recalls.set(groupOf(truth.type), recall);
  });
  times.sort((a, b) => a - b);
  const typical = times[Math.floor(times.length / 2)] ?? 0;
  say(`${times.length} queries, ${typical.toFixed(2)} ms each (median)`);
  if (recalls.size === 0) say('No query has an id of the list: no recall to tell.');
  for (const [group, { asked, first, five }] of recalls) {
    say(
      `${group.padEnd(12)} ${String(asked).padStart(6)} queries  ` +
        `recall@1 ${percent(first / asked)}  recall@5 ${percent(five / asked)}`,
    );
  }
  return 0;
}
