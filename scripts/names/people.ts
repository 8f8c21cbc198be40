import { linkPeople, type PersonRecord } from '../../services/blacklist/domain/match/linkage.ts';
import { columnOf, percent, readTable, say, type Table } from './table.ts';

/** A record with who it is in truth, where the table tells. */
export type Told = PersonRecord & { file: number; person: string | undefined };

/** `rec-12-org`, `rec-12-dup-0`: the number is the person. */
function personOf(id: string): string | undefined {
  return /^(.+?)[-_](?:org|dup)(?:[-_]?\d+)?$/i.exec(id)?.[1];
}

const truthNames = [
  /^(true_?|gold_?)?(cluster|entity|person|group|match)(_?id|_?no)?$/,
  /^(duplicate_of|same_as)$/,
];

/** Columns are named by their heading, else by their place. */
function named(table: Table): Table {
  if (table.header.length > 0) return table;
  const width = Math.max(...table.rows.slice(0, 200).map((row) => row.length), 0);
  return { ...table, header: Array.from({ length: width }, (_, at) => `column${at + 1}`) };
}

function recordsOf(given: Table, file: number): Told[] {
  const table = named(given);
  const truth = columnOf(table, truthNames);
  const idNames = [/^(rec|record|unique|row)_?(id|no)$/, /^id$/, /_id$/];
  const id = Math.max(columnOf(table, idNames), 0);
  const fields = table.header
    .map((name, at) => ({ name, at }))
    .filter(({ at }) => at !== id && at !== truth);
  return table.rows.map((row, at) => {
    const own = row[id] ?? String(at + 1);
    const told = truth < 0 ? personOf(own) : row[truth];
    return {
      id: own,
      file,
      person: told === '' ? undefined : told,
      fields: Object.fromEntries(fields.map(({ name, at: place }) => [name, row[place] ?? ''])),
    };
  });
}

/** Where no record tells its person, an id that stands more than once is one. */
function withRepeats(records: Told[]): Told[] {
  if (records.some(({ person }) => person !== undefined)) return records;
  if (new Set(records.map(({ id }) => id)).size === records.length) return records;
  return records.map((one) => ({ ...one, person: one.id }));
}

/**
 * The records of one table, or of two whose columns have the same names in whatever order. Throws
 * when two tables share no column.
 */
export function readPeople(paths: readonly string[]): Told[] {
  const tables = paths.map((path, file) => recordsOf(readTable(path), file));
  const columns = tables.map((records) => Object.keys(records[0]?.fields ?? {}));
  const [own = [], other = own] = columns;
  const shared = own.filter((name) => other.includes(name));
  if (shared.length === 0) {
    throw new Error(
      `The files share no column: found ${own.join(', ')} and ${other.join(', ')}; ` +
        'name the columns alike in both.',
    );
  }
  return withRepeats(
    tables.flat().map((one) => ({
      ...one,
      fields: Object.fromEntries(shared.map((name) => [name, one.fields[name] ?? ''])),
    })),
  );
}

/** Pairs of one person that are to be found: across the files where there are two. */
function truePairs(records: readonly Told[], isAcross: boolean): number {
  const sizes = new Map<string, number[]>();
  for (const { person, file } of records) {
    if (person === undefined) continue;
    const own = sizes.get(person) ?? [0, 0];
    own[file] = (own[file] ?? 0) + 1;
    sizes.set(person, own);
  }
  let pairs = 0;
  for (const [one = 0, two = 0] of sizes.values()) {
    pairs += isAcross ? one * two : (one * (one - 1)) / 2;
  }
  return pairs;
}

/** Links a table of people, or those of two; the truth, where told, is used to count only. */
export function measurePeople(paths: readonly string[], show: number): number {
  const records = readPeople(paths);
  const isAcross = paths.length > 1;
  const started = performance.now();
  const linkage = linkPeople(records.map(({ fields }, at) => ({ id: String(at), fields })));
  const seconds = (performance.now() - started) / 1000;
  const links = linkage.links.flatMap((link) => {
    const [a, b] = [records[Number(link.a)], records[Number(link.b)]];
    if (a === undefined || b === undefined || (isAcross && a.file === b.file)) return [];
    return [{ probability: link.probability, a, b }];
  });
  say(
    `${records.length} records, ${linkage.compared} pairs compared, ${links.length} links` +
      `${isAcross ? ' between the files' : ''}, ${linkage.rounds} rounds of learning, ` +
      `${seconds.toFixed(1)} s`,
  );
  for (const { probability, a, b } of links.slice(0, show)) {
    say(`  ${probability.toFixed(4)}  ${a.id}  ${b.id}`);
  }
  const truth = truePairs(records, isAcross);
  if (truth === 0) {
    say('The records do not tell who is who: no F1.');
    return 0;
  }
  const right = links.filter(({ a, b }) => a.person !== undefined && a.person === b.person).length;
  const precision = links.length === 0 ? 0 : right / links.length;
  const recall = right / truth;
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  say(
    `${truth} true pairs: precision ${precision.toFixed(4)}  recall ${recall.toFixed(4)}  ` +
      `F1 ${f1.toFixed(4)} (${percent(f1)})`,
  );
  return 0;
}
