import type { Candidate } from '../../services/blacklist/domain/match/candidate.ts';
import type { NameKind } from '../../services/blacklist/domain/match/comparison.ts';
import { matcher } from '../../services/blacklist/domain/match/matcher.ts';
import { nameWords } from '../../services/blacklist/rules/names/words.ts';
import { columnOf, isEmpty, nameParts, percent, readTable, say, type Table } from './table.ts';

type Listed = {
  /** Of the file; undefined where it has none. */
  readonly id: string | undefined;
  readonly row: number;
  readonly name: string;
  readonly type: string;
};

/** A column that mostly holds codes without blanks, and a different one per row when asked. */
function idColumn(table: Table): number {
  const named = columnOf(table, [
    /^(ent_?num|entity_?id|expected|truth|target_?id)$/,
    /^id$/,
    /_id$/,
    /logical_?id$|^id_|^unique_?id/,
    /代码$|编号$|号码$/,
  ]);
  if (named >= 0 || table.header.length > 0) return named;
  const codes = table.rows.filter((row) => /^[\w.-]+$/.test(row[0] ?? '')).length;
  return codes >= table.rows.length * 0.98 ? 0 : -1;
}

/** Types as lists write them; `-0-` is an organisation in the sanctions list. */
function typeColumn(table: Table, name: number): number {
  const named = columnOf(table, [
    /^(schema|kind|type|sdn_type|entity_type)$/,
    /^(group|party|subject|entity_subject|target)_?type$/,
  ]);
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
  const parts = nameParts(table);
  const id = idColumn(table);
  const type = typeColumn(table, parts[0] ?? 0);
  return table.rows.flatMap((row, at) => {
    const cells = parts.map((part) => row[part] ?? '').filter((cell) => !isEmpty(cell));
    const name = cells.join(' ');
    return name === '' ? [] : [{ id: row[id], row: at + 1, name, type: row[type] ?? '' }];
  });
}

function kindOf(type: string): NameKind {
  if (/individual|person/i.test(type)) return 'person';
  return type === '' ? 'unknown' : 'company';
}

function groupOf(type: string): string {
  if (isEmpty(type)) return type === '' ? 'all' : 'entities';
  return /individual|person/i.test(type) ? 'persons' : type.toLowerCase();
}

export type Recall = { readonly asked: number; readonly first: number; readonly five: number };

type Asked = { readonly name: string; readonly found: readonly Candidate[] };

export type Measured = {
  readonly entries: number;
  /** By kind of entry, where a query's id stands in the list. */
  readonly recalls: ReadonlyMap<string, Recall>;
  /** Milliseconds by the clock, one per query, ascending. */
  readonly times: readonly number[];
  /** The first queries with their candidates. */
  readonly shown: readonly Asked[];
};

type Entries = Map<string, { type: string; names: string[] }>;

function entriesOf(path: string): Entries {
  const byId: Entries = new Map();
  for (const one of readList(path)) {
    const id = one.id ?? String(one.row);
    const known = byId.get(id) ?? { type: one.type, names: [] };
    known.names.push(one.name);
    byId.set(id, known);
  }
  return byId;
}

function counted(recalls: Map<string, Recall>, group: string, place: number): void {
  const { asked, first, five } = recalls.get(group) ?? { asked: 0, first: 0, five: 0 };
  recalls.set(group, {
    asked: asked + 1,
    first: first + (place === 0 ? 1 : 0),
    five: five + (place >= 0 ? 1 : 0),
  });
}

/** Five candidates of a list for every `every`th query, and recall where ids tell the truth. */
export function measureList(
  listPath: string,
  queryPath: string,
  { show, every }: { show: number; every: number },
): Measured {
  const index = matcher(nameWords).nameIndex();
  const byId = entriesOf(listPath);
  for (const [id, { type, names }] of byId) index.add({ id, names, kind: kindOf(type) });
  const recalls = new Map<string, Recall>();
  const times: number[] = [];
  const shown: Asked[] = [];
  for (const [at, query] of readList(queryPath).entries()) {
    if (at % every !== 0) continue;
    // Where a query has no id of its own, its row number is none of the list's.
    const truth = query.id === undefined ? undefined : byId.get(query.id);
    const kind = truth === undefined ? kindOf(query.type) : kindOf(truth.type);
    const started = performance.now();
    const found = index.search(query.name, { kind, limit: 5, least: 0 });
    times.push(performance.now() - started);
    if (shown.length < show) shown.push({ name: query.name, found });
    const place = found.findIndex(({ id }) => id === query.id);
    if (truth !== undefined) counted(recalls, groupOf(truth.type), place);
  }
  times.sort((a, b) => a - b);
  return { entries: index.size().entries, recalls, times, shown };
}

/** Prints the candidates of a list for each query, and recall. */
export function searchList(listPath: string, queryPath: string, show: number): number {
  const { entries, recalls, times, shown } = measureList(listPath, queryPath, { show, every: 1 });
  say(`${entries} entries`);
  for (const { name, found } of shown) {
    say(name);
    for (const one of found) {
      const why = one.reasons.map(({ code }) => code).join(' ');
      say(`  ${one.score.toFixed(2)} ${one.verdict.padEnd(8)} ${one.id}  ${one.name}  ${why}`);
    }
  }
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
