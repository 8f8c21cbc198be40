import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { nameWords } from '../../rules/names/words.ts';
import { linkPeople } from './linkage.ts';
import { matcher } from './matcher.ts';

/** Real files live beside the repository; without them these tests say so. */
const folder = join(import.meta.dirname, '../../../../../shared/data/names');
const present = existsSync(join(folder, 'febrl1.csv'));
const unlessPresent = present ? '' : ' (data not present)';
const linesOf = (file: string) => readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/);

describe('The shared names', () => {
  it(`have their brand words found in four of five${unlessPresent}`, () => {
    if (!present) return;
    const { brandOf } = matcher(nameWords);
    const rows = linesOf('chinese_company_brands.txt').map((line) => line.trim().split(/\s+/));
    const right = rows.filter(([name = '', brand]) => brandOf(name) === brand).length;
    expect(right / rows.length).toBeGreaterThanOrEqual(0.8);
  });

  it(`have their people linked as the truth has it${unlessPresent}`, () => {
    if (!present) return;
    const [head = '', ...lines] = linesOf('febrl1.csv');
    const columns = head.split(',').map((word) => word.trim());
    const records = lines.map((line) => {
      const [id = '', ...cells] = line.split(',').map((cell) => cell.trim());
      const fields = cells.map((cell, at): [string, string] => [columns[at + 1] ?? '', cell]);
      return { id, fields: Object.fromEntries(fields) };
    });
    const { links } = linkPeople(records);
    const personOf = (id: string) => id.split('-')[1];
    const right = links.filter(({ a, b }) => personOf(a) === personOf(b)).length;
    expect((2 * right) / (links.length + 500)).toBeGreaterThanOrEqual(0.99);
  });
});
