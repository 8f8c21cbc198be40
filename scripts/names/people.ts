import { linkPeople } from '../../services/blacklist/domain/match/linkage.ts';
import { columnOf, percent, readTable, say } from './table.ts';

/** `rec-12-org`, `rec-12-dup-0`: the number is the person. */
function personOf(id: string): string | undefined {
  return /^rec-(\d+)-/.exec(id)?.[1];
}

/** Links a table of people; the truth, where record ids tell it, is used to count only. */
export function measurePeople(path: string, show: number): number {
  const table = readTable(path);
  const id = Math.max(columnOf(table, [/^rec_?id$/, /^id$/, /_id$/]), 0);
  const names = table.header.map((name, at) => ({ name, at })).filter(({ at }) => at !== id);
  if (names.length === 0) {
    say('The file needs a header that names its columns.');
    return 2;
  }
  const records = table.rows.map((row) => ({
    id: row[id] ?? '',
    fields: Object.fromEntries(names.map(({ name, at }) => [name, row[at] ?? ''])),
  }));
  const started = performance.now();
  const { links, compared, rounds } = linkPeople(records);
  const seconds = (performance.now() - started) / 1000;
  say(
    `${records.length} records, ${compared} pairs compared, ${links.length} links, ` +
      `${rounds} rounds of learning, ${seconds.toFixed(1)} s`,
  );
  for (const link of links.slice(0, show)) {
    say(`  ${link.probability.toFixed(4)}  ${link.a}  ${link.b}`);
  }
  const sizes = new Map<string, number>();
  for (const record of records) {
    const person = personOf(record.id);
    if (person !== undefined) sizes.set(person, (sizes.get(person) ?? 0) + 1);
  }
  const truth = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  if (truth === 0) {
    say('The record ids do not tell who is who: no F1.');
    return 0;
  }
  const right = links.filter(({ a, b }) => personOf(a) === personOf(b)).length;
  const [precision, recall] = [right / links.length, right / truth];
  const f1 = (2 * precision * recall) / (precision + recall);
  say(
    `${truth} true pairs: precision ${precision.toFixed(4)}  recall ${recall.toFixed(4)}  ` +
      `F1 ${f1.toFixed(4)} (${percent(f1)})`,
  );
  return 0;
}
