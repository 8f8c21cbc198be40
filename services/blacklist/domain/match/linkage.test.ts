import { describe, expect, it } from '@jest/globals';
import { linkPeople, type PersonRecord } from './linkage.ts';

const given = ['anna', 'bruno', 'carla', 'david', 'elena', 'felix', 'greta', 'hugo'];
const family = ['arnold', 'berger', 'castro', 'dubois', 'eriksen', 'fischer', 'garcia', 'hofmann'];

/** Two hundred people, the first forty twice: the copy has a slip and lacks a value. */
function table(): PersonRecord[] {
  let state = 7;
  const roll = (sides: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor(state / 16) % sides;
  };
  const people = Array.from({ length: 200 }, (_, at) => ({
    id: `p${at}`,
    fields: {
      given_name: given[roll(8)] ?? '',
      surname: `${family[roll(8)]}${'aeiou'[roll(5)]}`,
      street: `${given[roll(8)]}${family[roll(8)]}`,
      born: String(19_000_000 + roll(99) * 10_000 + (roll(12) + 1) * 100 + roll(28) + 1),
      number: String(1_000_000 + roll(9_000_000)),
    },
  }));
  const copies = people.slice(0, 40).map(({ id, fields }, at) => ({
    id: `${id}-again`,
    fields: { ...fields, surname: fields.surname.slice(1), [at % 2 === 0 ? 'street' : 'born']: '' },
  }));
  return [...people, ...copies];
}

describe('A table with people entered twice', () => {
  it('links each with the copy and nobody else, without labels', () => {
    const { links } = linkPeople(table());
    const pairs = links.map(({ a, b }) => `${a} ${b}`).sort((a, b) => (a < b ? -1 : 1));
    const wanted = Array.from({ length: 40 }, (_, at) => `p${at} p${at}-again`);
    expect(pairs).toEqual(wanted.sort((a, b) => (a < b ? -1 : 1)));
    expect(links.every(({ probability }) => probability >= 0.5)).toBe(true);
  });

  it('says what each column tells', () => {
    const [first] = linkPeople(table()).links;
    expect(first?.weights['number']).toBeGreaterThan(0);
  });
});

describe('A table in which nobody stands twice', () => {
  it('has no links, though neighbours share much', () => {
    const people = table()
      .slice(0, 200)
      .map(({ id, fields }, at) => {
        const place = (at * at * 31 + at * 7) % 61;
        const where = { suburb: `suburb${place}`, postcode: String(4000 + place) };
        return { id, fields: { ...fields, ...where } };
      });
    expect(linkPeople(people).links).toEqual([]);
  });
});

describe('A table without records', () => {
  it('has no links', () => {
    expect(linkPeople([])).toMatchObject({ links: [], compared: 0 });
  });
});
