import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readPairs } from './pairs.ts';
import { readPeople } from './people.ts';

const folder = mkdtempSync(join(tmpdir(), 'people-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('Tables of people', () => {
  it('are read together by their headings, in whatever order these stand', () => {
    const one = file('a.csv', 'rec_id, given_name, surname\nrec-7-org, ann, lee\n');
    const two = file('b.csv', 'surname;extra;rec_id;given_name\nlea;x;rec-7-dup-0;ann\n');
    expect(readPeople([one, two])).toEqual([
      { id: 'rec-7-org', file: 0, person: 'rec-7', fields: { given_name: 'ann', surname: 'lee' } },
      {
        id: 'rec-7-dup-0',
        file: 1,
        person: 'rec-7',
        fields: { given_name: 'ann', surname: 'lea' },
      },
    ]);
  });

  it('keep the column that tells who is who out of the comparison', () => {
    const path = file('c.csv', 'unique_id,first_name,dob,cluster\n1,ann,1990-01-02,5\n');
    expect(readPeople([path])).toEqual([
      { id: '1', file: 0, person: '5', fields: { first_name: 'ann', dob: '1990-01-02' } },
    ]);
  });

  it('that share no column are refused with the columns of both', () => {
    const [one, two] = [file('d.csv', 'id,name\n1,x\n'), file('e.csv', 'id,city\n1,y\n')];
    expect(() => readPeople([one, two])).toThrow('found name and city');
  });
});

describe('A file of pairs', () => {
  it.each([
    ['id,left_company,right_company,label\n1,Orion Ltd,Orion Limited,match\n', true],
    [
      'ltable_id,rtable_id,ltable_name,rtable_name,gold\n1,2,Orion Ltd,Orion Limited,1\n',
      undefined,
    ],
    ['pair_id,a,b,duplicate\n1,Orion Ltd,Orion Limited,1.0\n', true],
    ['Orion Ltd,Orion Limited,0\nVega Ltd,Vega AG,1\n', false],
    ['Orion Ltd,Orion Limited,7\nVega Ltd,Vega AG,1\n', undefined],
    ['公司1,公司2,是否是同一家公司\nOrion Ltd,Orion Limited,是\n', true],
    ['类型;公司名称A;公司名称B;标签\n公司;Orion Ltd;Orion Limited;不同\n', false],
  ])('of %j has its names found', (text, isMatch) => {
    const [first] = readPairs(file('f.csv', text));
    expect(first).toMatchObject({ a: ['Orion Ltd'], b: ['Orion Limited'], isMatch });
  });
});
