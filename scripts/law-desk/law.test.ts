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
    [['fee', 'acceptance', '10000', '20000'], 'word 20000: leave it out'],
    [['fee', 'acceptance', '1,00,000'], 'amount: write an amount'],
    [['fee', 'acceptance', 'US$1000'], 'amount: write an amount'],
    [['fee', 'preservation', '10000', '--halved', 'simplified'], '--halved: leave it out'],
    [['fee', 'acceptance', '500', '--claim', 'labour'], 'amount: leave it out'],
    [['fee', 'acceptance', '500', '--on', '2006-12-31'], 'in the tables from 2007-04-01 on'],
    [['fee', 'acceptance', '500', '--on', '46082'], 'of Excel it would be 2026-03-01'],
    [['fee', 'acceptance', '500', '--on', '3/1/2026'], 'can be taken for each other'],
    [['interest', '100', '2025-01-01', '2026-01-01', '6', '--rate', '7'], '--rate: give it once'],
    [['interest', '1', '2025-01-01', '2026-01-01', '6', '--fixed', 'x'], '--fixed: leave it out'],
    [['interest', '1', '2025-01-01', '2026-01-01', '6', '--sued-on', 'x'], '--sued-on: leave it'],
    [
      ['interest', '1', '2025-01-01', '2026-01-01', '6', '--pay', 'x'],
      '--pay[0]: write day:amount',
    ],
    [['judgment', '1', '2026-01-01', '2026-04-01', '--stay', 'x'], '--stay[0]: write day:day'],
    [['limitation', 'due:2024-03-05', '--missing', 'yes'], '--missing: write true or false'],
    [['limitation', 'due:2024-03-05:proven:x'], '/events/0: write kind:day[:proof]'],
    [['limitation', 'a.csv', 'b.csv'], 'events: give one file'],
    [['deadline', 'ordinary'], 'events: give a file'],
    [['deadline', 'ordinary', 'filed:2026-03-02', '--deadline', 'x'], 'choose one of docket'],
    [['vectors', 'a.csv', 'b.csv'], 'word b.csv: leave it out'],
  ])('names the field and the repair for %j', (words, repair) => {
    const made = law(...words);
    expect(made.err).toContain(repair);
    expect(made.status).toBe(2);
  });
});

describe('scripts/law on a file as it comes', () => {
  it.each([
    [
      'CRLF after a BOM, heading in capitals',
      '\uFEFFKind,input,expected\r\nacceptance,10000,50\r\n',
    ],
    ['semicolons and thousands', 'acceptance;"1,234,567.89";"15,911.11元"'],
    ['tabs and digits of full width', 'acceptance\t１００００\t５０'],
    ['万元 and a Chinese day', 'acceptance,10万元,on=2026年3月1日,2300'],
    ['days with slashes', 'limitation,due:2024/3/5,today=2026/3/2,2027年3月5日'],
    ['returns without line feeds', 'acceptance,10000,50\racceptance,10000,50\r'],
    ['a province by its name', 'small_claims,四川省,2026-03-02,50000,wage=100000,mandatory'],
  ])('reads %s', (_name, text) => {
    const made = law('vectors', file('as-it-comes.csv', text));
    expect(made.out).toMatch(/^pass.*\n(pass.*\n)?(\d) of \2 pass\n$/);
  });

  it('reads GBK', () => {
    const path = join(folder, 'gbk.csv');
    const note = Buffer.from([0xb5, 0xbd, 0xc6, 0xda]);
    writeFileSync(path, Buffer.concat([Buffer.from('kind,on,note\ndue,2024-03-05,'), note]));
    expect(law('limitation', path, '--today', '2026-03-02').out).toContain('ends 2027-03-05');
    writeFileSync(
      path,
      Buffer.concat([Buffer.from('kind,on\n'), note, Buffer.from(',2024-03-05')]),
    );
    expect(law('limitation', path).err).toContain('word_unknown (value=到期)\n  line 2, kind:');
  });

  it.each([
    ['a quote that stays open', 'kind,on\ndue,2024-03-05\n"demand,2025-01-01\n', 'line 3: close'],
    ['a cell without a heading', 'kind,on\ndue,2024-03-05,proven\n', 'line 2, column 3: name the'],
    ['a column twice', 'kind,on,on\ndue,2024-03-05,2024-03-06\n', 'line 1, on: name each column'],
    ['no heading', 'due,2024-03-05\n', 'line 1: begin with a heading'],
    ['a number of Excel', 'kind,on\n\ndue,45356\n', 'line 3, on: write the day as YYYY-MM-DD: as'],
    ['a day ahead', 'kind,on\ndue,2024-03-05\ndemand,2999-01-01\n', 'line 3, on: leave it out'],
  ])('names the line of %s', (_name, text, repair) => {
    const made = law('limitation', file('wrong.csv', text));
    expect(made.err).toContain(repair);
    expect(made.status).toBe(2);
  });

  it.each([
    [{ events: [{ kind: 'due', on: '2024-03-05' }], todey: '2026-03-02' }, '/todey: use events'],
    [{ events: [{ kind: 'due', on: '2024-03-05', restWaived: 'yes' }] }, 'write true or false'],
    [{ events: [] }, 'events: give a file'],
  ])('names what is wrong in %j', (value, repair) => {
    expect(law('limitation', file('wrong.json', JSON.stringify(value))).err).toContain(repair);
  });

  it('refuses a length where the law leaves the court none to set', () => {
    const csv = file('days.csv', 'kind,on,days\njudgment_served,2026-03-02,20\n');
    expect(law('deadline', 'ordinary', csv).err).toContain('line 2, days: leave it out');
  });

  it('says what a command takes', () => {
    expect(law('fee', '--help').out).toContain('options: --on --claim');
  });
});
