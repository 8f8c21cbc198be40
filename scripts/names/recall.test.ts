import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { verdictFrom } from '../../services/blacklist/domain/match/comparison.ts';
import { measureList } from './list.ts';
import { figures, readPairs, scored } from './pairs.ts';

/** Real files live beside the repository; without them these tests say so. */
const folder = join(import.meta.dirname, '../../../shared/data/names');
const present = existsSync(join(folder, 'ofac_entries.csv'));
const unlessPresent = present ? '' : ' (data not present)';

describe('A list of one`s own', () => {
  it('is searched for every query, with recall where ids tell the truth', () => {
    const own = mkdtempSync(join(tmpdir(), 'names-'));
    const [list, queries] = [join(own, 'list.csv'), join(own, 'queries.csv')];
    writeFileSync(list, 'id,name,type\n7,Orion Shipping Ltd,company\n8,Jonas Whitlock,person\n');
    writeFileSync(queries, 'id,name\n7,ORYON SHIPPING\n8,Somebody Else\n9,Nobody Listed\n');
    const { entries, recalls, times, shown } = measureList(list, queries, { show: 1, every: 1 });
    rmSync(own, { recursive: true });
    expect(entries).toBe(2);
    expect(times).toHaveLength(3);
    expect(shown).toMatchObject([{ name: 'ORYON SHIPPING', found: [{ id: '7' }] }]);
    expect(Object.fromEntries(recalls)).toEqual({
      company: { asked: 1, first: 1, five: 1 },
      persons: { asked: 1, first: 0, five: 0 },
    });
  });
});

describe('Lists without ids', () => {
  it('have no recall to tell: the number of a row is not the truth', () => {
    const own = mkdtempSync(join(tmpdir(), 'names-'));
    const [list, queries] = [join(own, 'list.csv'), join(own, 'queries.csv')];
    writeFileSync(list, 'Orion Shipping Ltd\nVega Metal Works\nVega Metal Works\n\n');
    writeFileSync(queries, 'VEGA METAL WORKS\n');
    const { entries, recalls, shown } = measureList(list, queries, { show: 1, every: 1 });
    rmSync(own, { recursive: true });
    expect(entries).toBe(3);
    expect(recalls.size).toBe(0);
    expect(shown[0]?.found.map(({ id }) => id)).toEqual(['2', '3']);
  });
});

describe('A list as the sanctions office gives it out', () => {
  it('has no header, ids in front, and a Ctrl-Z at its end', () => {
    const own = mkdtempSync(join(tmpdir(), 'names-'));
    const [list, queries] = [join(own, 'sdn.csv'), join(own, 'alt.csv')];
    const rest = '-0- ,"FLEET"\r\n';
    const first = `36,"ORION SHIPPING LTD",${rest}`;
    writeFileSync(list, `${first}173,"WHITLOCK, Jonas","individual",${rest}\u001a`);
    writeFileSync(
      queries,
      '36,12,"aka","ORYON SHIPPING",-0- \r\n173,13,"aka","WITLOCK, Jonas",-0- \r\n\u001a',
    );
    const { entries, recalls, times } = measureList(list, queries, { show: 0, every: 1 });
    rmSync(own, { recursive: true });
    expect([entries, times.length]).toEqual([2, 2]);
    expect([...recalls.values()]).toEqual([
      { asked: 1, first: 1, five: 1 },
      { asked: 1, first: 1, five: 1 },
    ]);
  });
});

describe('The sanctions list of 2022', () => {
  it(`is found by its aliases: entities 0.70, persons 0.80${unlessPresent}`, () => {
    if (!present) return;
    const { recalls } = measureList(
      join(folder, 'ofac_entries.csv'),
      join(folder, 'ofac_aliases.csv'),
      { show: 0, every: 17 },
    );
    const shareOf = (group: string) => {
      const { asked, five } = recalls.get(group) ?? { asked: 0, five: 0 };
      return five / asked;
    };
    expect(shareOf('entities')).toBeGreaterThanOrEqual(0.7);
    expect(shareOf('persons')).toBeGreaterThanOrEqual(0.8);
  });
});

describe('The labelled pairs', () => {
  it(`of companies have F1 0.97 and no clear case wrong${unlessPresent}`, () => {
    if (!present) return;
    const pairs = scored(readPairs(join(folder, 'name_pairs.csv'))).filter(
      ({ kind, group }) => kind === 'company' && group !== 'Vessel',
    );
    expect(figures(pairs, verdictFrom.possible).f1).toBeGreaterThanOrEqual(0.97);
    const isWrong = ({ score, isMatch }: (typeof pairs)[number]) =>
      score >= verdictFrom.possible !== isMatch;
    expect(pairs.filter((one) => one.quality === 'STRONG' && isWrong(one))).toEqual([]);
  });
});
