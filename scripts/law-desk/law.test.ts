import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'law-'));
afterAll(() => rmSync(folder, { recursive: true }));

function law(...words: string[]) {
  const node = join(root, 'node_modules/.bin/node');
  const made = spawnSync(node, [join(root, 'scripts/law.ts'), ...words], { encoding: 'utf8' });
  return { status: made.status, out: made.stdout, err: made.stderr };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('scripts/law', () => {
  it('passes the vectors of the law', () => {
    const made = law('vectors', join(root, 'services/litigation/rules/law/vectors.csv'));
    expect(made.out).toMatch(/(\d+) of \1 pass\n$/);
    expect(made.status).toBe(0);
  });

  it('says which vector fails and ends with 1', () => {
    const made = law('vectors', file('wrong.csv', 'acceptance,10000,51\nnothing,1,2\n'));
    expect(made.out).toContain('FAIL  line 1: fee acceptance 10000 = 50.00, expected 51');
    expect(made.out).toContain('0 of 2 pass');
    expect(made.status).toBe(1);
  });

  it('reads events from CSV and JSON alike', () => {
    const csv = file('a.csv', 'kind,on,proof\r\ndue,2024-03-05,\r\ndemand,2025-06-10,likely\r\n');
    const events = [
      { kind: 'due', on: '2024-03-05' },
      { kind: 'demand', on: '2025-06-10', proof: 'likely' },
    ];
    const json = file('a.json', JSON.stringify({ events, today: '2026-03-02' }));
    const said = law('limitation', csv, '--today', '2026-03-02');
    expect(said.out).toContain('running, ends 2028-06-10');
    expect(law('limitation', json).out).toBe(said.out);
  });

  it.each([
    [['fee', 'acceptance', '12x'], 'amount: write an amount'],
    [['fee', 'nothing', '12'], 'kind: choose acceptance'],
    [['fee', 'acceptance', '12', '--onn', 'x'], '--onn: use one of'],
    [['interest', '100', '2025-01-01', '2024-01-01', '6'], '/until: give an end'],
    [['interest', '100', '2025-01-01', '2026-01-01'], '--rate: give one of'],
    [['limitation', 'dmand:2025-01-01'], '/events/0/kind: choose one of due'],
    [['deadline', 'ordinary', 'filed:2026-02-30'], '/events/0/on: write the day as YYYY-MM-DD'],
    [['limitation', 'none.csv'], 'file: give the path'],
    [['nothing'], 'command: choose one of fee'],
  ])('names the field and the repair for %j', (words, repair) => {
    const made = law(...words);
    expect(made.err).toContain(repair);
    expect(made.status).toBe(2);
  });
});
