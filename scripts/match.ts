/** Entry of `scripts/match`: chooses what to do from the words on the command line. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { measureBrands } from './names/brands.ts';
import { searchList } from './names/list.ts';
import { measurePairs } from './names/pairs.ts';
import { measurePeople } from './names/people.ts';
import { measureSpeed } from './names/speed.ts';

const help = `Matches names as screening does.

  scripts/match <pairs.csv>               scores pairs; precision, recall, F1 when they are labelled
  scripts/match <list.csv> <queries.csv>  candidates for each query; recall when ids tell the truth
  scripts/match people <table.csv>        links records of one person; F1 where rec_id is truth
  scripts/match people <a.csv> <b.csv>    links the people of two tables
  scripts/match brands <file>             brand words of Chinese company names, a name a line
  scripts/match speed [names] [queries]   time and memory over made-up names (1,000,000; 2,000)
  --show <n>                              how many rows to print (10)

Files: CSV with , ; | or tab, with or without a header, in UTF-8, UTF-16, GB 18030 or Big5; pairs
also as JSON lines.
`;

function main(words: readonly string[]): number {
  const at = words.indexOf('--show');
  const show = at < 0 ? 10 : Number(words[at + 1] ?? '10');
  const given = at < 0 ? words : words.filter((_, place) => place !== at && place !== at + 1);
  const [first, second, third] = given;
  if (first === undefined || first === '--help' || !Number.isSafeInteger(show)) {
    process.stdout.write(help);
    return first === '--help' ? 0 : 2;
  }
  if (first === 'speed') return measureSpeed(Number(second ?? 1_000_000), Number(third ?? 2_000));
  const isNamed = first === 'people' || first === 'brands';
  // File names are meant from where the person stands.
  const files = (isNamed ? [second, third] : [first, second])
    .filter((file) => file !== undefined)
    .map((file) => resolve(process.env['STARTED_IN'] ?? '.', file));
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined || files.length === 0) {
    process.stderr.write(`There is no file ${missing ?? '(none given)'}.\n`);
    return 2;
  }
  const [file = '', queries] = files;
  if (first === 'people') return measurePeople(files, show);
  if (first === 'brands') return measureBrands(file, show);
  return queries === undefined ? measurePairs(file, show) : searchList(file, queries, show);
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exitCode = 2;
}
