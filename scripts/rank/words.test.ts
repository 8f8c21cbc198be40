import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');

function ranking(...words: string[]) {
  const node = join(root, 'node_modules/.bin/node');
  return spawnSync(node, [join(root, 'scripts/ranking.ts'), ...words], { encoding: 'utf8' });
}

describe('scripts/ranking', () => {
  it.each([
    [['simulate', '--agencies', '2'], '--agencies 2: give a whole number from 3'],
    [['simulate', '--runs', 'many'], '--runs many: give a whole number from 1'],
    [['simulate', '--agencys', '3'], "Unknown option '--agencys'"],
    [['simulate', '--group', 'x'], '--group does nothing here: use --agencies'],
    [['simulate', 'twice'], 'twice is too much'],
    [['table', 'a.csv', 'b.csv'], 'b.csv is too much'],
    [['table', 'a.csv', '--seed', '2'], '--seed does nothing here: use --group'],
    [['table', 'none.csv'], 'none.csv: cannot be read'],
    [['tabel'], 'ranking simulate [--agencies 30]'],
  ])('says what is wrong with %j', (words, repair) => {
    const made = ranking(...words);
    expect(made.stderr).toContain(repair);
    expect(made.stderr).not.toContain('    at ');
    expect(made.status).toBe(2);
  });

  it('says what it takes', () => {
    expect(ranking('--help').stdout).toContain('ranking table <csv>');
  });
});
