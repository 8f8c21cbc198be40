import { describe, expect, it } from '@jest/globals';
import { nameWords } from '../../rules/names/words.ts';
import { matcher } from './matcher.ts';
import type { Entry } from './name-index.ts';

const { nameIndex } = matcher(nameWords);

const entries: Entry[] = [
  { id: 'a', names: ['Orion Shipping Ltd', 'Orion Marine'], kind: 'company' },
  { id: 'b', names: ['Orion Shipping GmbH'], kind: 'company' },
  { id: 'c', names: ['华为技术有限公司'], kind: 'company' },
  { id: 'd', names: ['Jonas Whitlock'], kind: 'person' },
  { id: 'e', names: ['Trans Gazelle'], kind: 'company' },
];

function filled(from: readonly Entry[]) {
  const index = nameIndex();
  for (const entry of from) index.add(entry);
  return index;
}

const ids = (index: ReturnType<typeof filled>, name: string, kind: Entry['kind'] = 'company') =>
  index.search(name, { kind, limit: 5 }).map(({ id }) => id);

describe('An index of names', () => {
  it('finds a misspelled name under its entry, the best spelling once', () => {
    const [first] = filled(entries).search('ORYON SHIPPING LIMITED', { kind: 'company', limit: 5 });
    expect(first).toMatchObject({ id: 'a', name: 'Orion Shipping Ltd' });
  });

  it.each([
    ['Huawei', 'c'],
    ['華為技術', 'c'],
    ['TRANSGAZELLE', 'e'],
  ])('finds %s', (name, id) => {
    expect(ids(filled(entries), name)[0]).toBe(id);
  });

  it('does not look for a company among persons', () => {
    expect(ids(filled(entries), 'Jonas Whitlock')).toEqual([]);
    expect(ids(filled(entries), 'Jonas Whitlock', 'unknown')).toEqual(['d']);
  });

  it('answers and serialises alike whatever the order of additions', () => {
    const there = filled(entries);
    const back = filled(entries.toReversed());
    expect(back.serialise()).toBe(there.serialise());
    expect(back.search('Orion', { kind: 'company', limit: 5, least: 0 })).toEqual(
      there.search('Orion', { kind: 'company', limit: 5, least: 0 }),
    );
    const again = nameIndex(there.serialise());
    expect(again.search('Orion Shipping', { kind: 'company', limit: 5 })).toEqual(
      there.search('Orion Shipping', { kind: 'company', limit: 5 }),
    );
  });

  it('refuses a text of another format', () => {
    expect(() => nameIndex('{"format":"names/9"}')).toThrow('name_index_format');
  });
});

describe('An entry that was removed', () => {
  it('is found no more, and the rest answers as if it had never been there', () => {
    const index = filled(entries);
    expect(index.remove('a')).toBe(true);
    expect(index.remove('a')).toBe(false);
    const without = filled(entries.filter(({ id }) => id !== 'a'));
    expect(index.search('Orion Shipping', { kind: 'company', limit: 5, least: 0 })).toEqual(
      without.search('Orion Shipping', { kind: 'company', limit: 5, least: 0 }),
    );
    expect(index.serialise()).toBe(without.serialise());
  });

  it('gives its room back when a quarter of the names are gone', () => {
    const index = nameIndex();
    const many = Array.from({ length: 2_000 }, (_, at) => `Brand${'abcdefghij'[at % 10]}${at} Ltd`);
    many.forEach((name, at) => index.add({ id: String(at), names: [name], kind: 'company' }));
    const before = index.size().words;
    expect(index.compact(1)).toBe(false);
    for (let at = 0; at < 1_000; at += 1) index.remove(String(at));
    expect(index.compact(Number.POSITIVE_INFINITY)).toBe(false);
    expect(index.size()).toMatchObject({ entries: 1_000, names: 1_000 });
    expect(index.size().words).toBeLessThan(before);
    expect(ids(index, many[1_500] ?? '')[0]).toBe('1500');
  });
});

describe('An index that is laid out anew', () => {
  const name = (at: number) => `Brand${'abcdefghij'[at % 10]}${at} Ltd`;

  it('answers as before between its steps, and takes in what changes meanwhile', () => {
    const index = nameIndex();
    const put = (id: string, text: string) => index.add({ id, names: [text], kind: 'company' });
    for (let at = 0; at < 2_000; at += 1) put(String(at), name(at));
    for (let at = 0; at < 800; at += 1) index.remove(String(at));
    expect(index.compact(100)).toBe(true);
    expect(ids(index, name(1_500))[0]).toBe('1500');
    // Of these the first is already laid out anew, the second not yet.
    for (const at of [805, 1_900]) index.remove(String(at));
    put('810', 'Cassiopeia Ltd');
    put('1910', 'Andromeda Ltd');
    put('new', 'Betelgeuse Ltd');
    let steps = 1;
    while (index.compact(100)) steps += 1;
    expect(steps).toBeGreaterThan(10);
    expect(index.size()).toMatchObject({ entries: 1_199, names: 1_199 });
    const asked = ['Cassiopeia', 'Andromeda', 'Betelgeuse'].map((one) => ids(index, one));
    expect(asked).toEqual([['810'], ['1910'], ['new']]);
    expect(ids(index, name(805))[0]).not.toBe('805');
    const plain = nameIndex(index.serialise());
    for (const one of [name(900), name(1_500), 'Cassiopeia']) {
      expect(ids(index, one)).toEqual(ids(plain, one));
    }
  });
});

describe('An entry added twice', () => {
  it('stands once, with its later names', () => {
    const index = filled(entries);
    index.add({ id: 'a', names: ['Cassiopeia Ltd'], kind: 'company' });
    expect(index.size().entries).toBe(entries.length);
    expect(ids(index, 'Orion Marine')).not.toContain('a');
    expect(ids(index, 'Cassiopeia')).toEqual(['a']);
  });

  it('takes no more room when it is the same', () => {
    const index = filled(entries);
    const { bytes } = index.size();
    for (let round = 0; round < 500; round += 1) entries.forEach(index.add);
    expect(index.size()).toMatchObject({ entries: entries.length, bytes });
  });
});

describe('A word that half of a list has', () => {
  const index = nameIndex();
  const letters = 'bdfgklmnprst';
  for (let at = 0; at < 3_000; at += 1) {
    const brand = [at, at / 12, at / 144]
      .map((one) => `${letters[Math.floor(one) % 12]}a`)
      .join('');
    index.add({ id: String(at), names: [`${brand} Trading Ltd`], kind: 'company' });
  }

  it('does not hide the one that a rarer word tells', () => {
    expect(ids(index, 'Badafa Trading Limited')[0]).toBe(ids(index, 'Badafa')[0]);
    expect(ids(index, 'Badafa')).not.toEqual([]);
  });

  it('alone gives an answer that is the same every time', () => {
    const ask = () => index.search('Trading', { kind: 'company', limit: 5, least: 0 });
    expect(ask()).toHaveLength(5);
    expect(ask()).toEqual(ask());
  });
});
