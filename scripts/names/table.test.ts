import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { columnOf, isEmpty, nameColumn, nameParts, readCells, readTable } from './table.ts';

const folder = mkdtempSync(join(tmpdir(), 'names-'));
afterAll(() => rmSync(folder, { recursive: true }));

function tableOf(text: string | Uint8Array) {
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  return readTable(path);
}

describe('A delimited text', () => {
  it('keeps delimiters, line ends and doubled quotes inside quotes', () => {
    expect(readCells('a,"b, ""c""\nd"\r\n\r\ne,f', ',')).toEqual([
      ['a', 'b, "c"\nd'],
      ['e', 'f'],
    ]);
  });

  it('has a header only where the first row is of distinct words', () => {
    expect(tableOf('﻿Entity ID;Full Name\n7;Orion Ltd')).toEqual({
      header: ['entity_id', 'full_name'],
      rows: [['7', 'Orion Ltd']],
    });
    expect(tableOf('173,"ANGLO CO., LTD.",-0- \n306,BANCO,-0- ').header).toEqual([]);
  });

  it('is read as GB 18030 where its bytes are no UTF-8', () => {
    // 华为 in GB 18030.
    const bytes = Buffer.from([0x69, 0x64, 0x2c, 0x6e, 0x0a, 0x31, 0x2c, 0xbb, 0xaa, 0xce, 0xaa]);
    expect(tableOf(bytes).rows).toEqual([['1', '华为']]);
  });

  it('finds its columns by heading, and the one of names without', () => {
    const named = tableOf('id,other,name\n1,x,Orion');
    expect(columnOf(named, [/^absent$/, /^other$/])).toBe(1);
    expect(columnOf(named, [/^absent$/])).toBe(-1);
    expect(nameColumn(named)).toBe(2);
    expect(nameColumn(tableOf('1,aka,Orion Ltd\n2,aka,Vega Ltd\n3,aka,Lyra Ltd'))).toBe(2);
  });

  it.each([
    [
      'Last Updated,31/01/2022,,,\nName 6,Name 1,Name 2,Group Type,Group ID\nA,b,,Entity,7',
      [1, 2, 0],
    ],
    ['id,first_name,surname\n1,Jonas,Whitlock', [1, 2]],
    ['entity_id;alias_first_name;alias_whole_name\n1;Jonas;Jonas Whitlock', [2]],
    ['id,alias\n1,Orion', [1]],
    ['id,name,first_name,last_name\n1,Jonas Whitlock,Jonas,Whitlock', [1]],
  ])('has the parts of a name where no column has the whole: %j', (text, parts) => {
    expect(nameParts(tableOf(text))).toEqual(parts);
  });

  it.each([
    ['万科企业股份有限公司\n青岛啤酒股份有限公司', 0, 2],
    ['Gold Star Company\nRed Moon Ltd', 0, 2],
    ['Company Name\nRed Moon Ltd', 0, 1],
    ['公司名称\n青岛啤酒股份有限公司', 0, 1],
    ['证券代码,证券简称,公司全称\n600600,青岛啤酒,青岛啤酒股份有限公司', 2, 1],
  ])('tells a heading from a name: %j', (text, names, rows) => {
    const table = tableOf(text);
    expect([nameColumn(table), table.rows.length]).toEqual([names, rows]);
  });

  it.each(['', '-0-', '?', 'NaN', 'null'])('takes %j for empty', (cell) => {
    expect(isEmpty(cell)).toBe(true);
    expect(isEmpty(`${cell}x`)).toBe(false);
  });
});
