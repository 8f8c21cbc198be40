import { areas, type Province, provinces, wholeCountry } from './regions.ts';

/**
 * A place as far as its words tell: in these provinces (two-digit codes), and of one of them in
 * this
 * city or below this code. Words that name no place of China stand for themselves; those that name
 * several (朝阳区 of Beijing or of Changchun) are vague.
 */
export type Place =
  | {
      kind: 'place';
      provinces: readonly string[];
      /** Name of a city, and what is below it. */
      city: string;
      rest: string;
      /** Digits of GB/T 2260 without zeros at the end; empty unless written as a code. */
      code: string;
    }
  | { kind: 'words'; words: string; vague: boolean };

/** 自治区's peoples stand in its name, and 特别行政区 is long for a suffix. */
const provinceEnd = /^(?:壮族自治区|回族自治区|维吾尔自治区|特别行政区|自治区|省|市)/;
const cityEnd = /^(?:地区|(?:[^市区县]{0,12}族)*自治州|市|盟)/;

const tidy = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replaceAll(/[\s·]+/g, ' ');

function place(codes: readonly string[], more: { city?: string; rest?: string; code?: string }) {
  return { kind: 'place', provinces: codes, city: '', rest: '', code: '', ...more } as const;
}

const cityless = (text: string): string => text.replace(/^[\s,/-]+/, '').trim();

/** A city of a province and what follows it; a district of a municipality follows at once. */
function within(of: Province, text: string): Place {
  const rest = cityless(text);
  // 吉林 has a city of its own name, and 海南 is a prefecture of 青海: those are of their province.
  const own = rest.startsWith(`${of.name}市`) ? of.name : undefined;
  const city = own ?? of.cities.find((name) => rest.startsWith(name));
  if (city === undefined) return place([of.code], { rest });
  const below = cityless(rest.slice(city.length).replace(cityEnd, ''));
  return place([of.code], { city, rest: below });
}

/** `32`, `320500`, `CN-32`, `CN-JS`, `320505`: zeros at the end of a pair stand for all of it. */
function fromCode(text: string): Place | undefined {
  const bare = text.replace(/^cn-?/i, '');
  const letters = provinces.find((one) => one.letters === bare.toUpperCase());
  // Two letters alone could be a country; with CN- before them they are a province.
  if (letters !== undefined && bare !== text) return place([letters.code], {});
  if (!/^\d{2}(?:\d{2}){0,2}$/.test(bare)) return undefined;
  const found = provinces.find((one) => bare.startsWith(one.code));
  if (found === undefined) return undefined;
  return place([found.code], { code: bare.replace(/(?:00)+$/, '') });
}

function fromEnglish(text: string): Place | undefined {
  const low = text.toLowerCase().replace(/(?: province| municipality)?(?:, ?(?:china|cn))?$/, '');
  const found = provinces.find((one) => one.english.toLowerCase() === low);
  return found === undefined ? undefined : place([found.code], {});
}

/** A district or county named like a province or a city may lie anywhere. */
const isDistrict = (text: string, name: string): boolean => /^[区县]/.test(text.slice(name.length));

function fromName(text: string): Place | undefined {
  const bare = text.replace(/^(?:中华人民共和国|中国)(?=.)/, '');
  const names = provinces.flatMap((one) => [one.name, ...one.cities]);
  if (names.some((name) => bare.startsWith(name) && isDistrict(bare, name))) {
    return { kind: 'words', words: bare.toLowerCase(), vague: true };
  }
  const found = provinces.find((one) => bare.startsWith(one.name));
  // 吉林市 alone is the city; of any other province with a city's suffix it is the province itself.
  if (found?.name === '吉林' && bare.startsWith('吉林市')) return within(found, bare);
  const isPrefecture = found?.name === '海南' && bare.startsWith('海南藏族');
  if (found !== undefined && !isPrefecture) {
    return within(found, bare.slice(found.name.length).replace(provinceEnd, ''));
  }
  const holder = provinces.find((one) => one.cities.some((city) => bare.startsWith(city)));
  return holder === undefined ? undefined : within(holder, bare);
}

/** Words that were read already: a book has few, and they are held against many agencies. */
const read = new Map<string, Place | undefined>();
const mostRead = 10_000;

/** What the words for a region say of where it is; undefined for none. */
export function placeOf(region: string): Place | undefined {
  if (read.has(region)) return read.get(region);
  if (read.size >= mostRead) read.clear();
  const found = readPlace(region);
  read.set(region, found);
  return found;
}

function readPlace(region: string): Place | undefined {
  const text = tidy(region);
  if (text === '') return undefined;
  if (wholeCountry.includes(text.toLowerCase())) {
    const mainland = provinces.map((one) => one.code).filter((code) => code < '70');
    return place(mainland, {});
  }
  const area = areas[text.replace(/(?:地区|大区|区)$/, '')];
  if (area !== undefined) return place(area, {});
  return (
    fromCode(text) ??
    fromName(text) ??
    fromEnglish(text) ?? { kind: 'words', words: text.toLowerCase(), vague: false }
  );
}

export type Cover = 'covered' | 'outside' | 'unknown';

/** The finer part of a stated place against an asked one in the same province. */
function coverBelow(
  stated: Extract<Place, { kind: 'place' }>,
  asked: Extract<Place, { kind: 'place' }>,
): Cover {
  const isWhole = stated.city === '' && stated.rest === '' && stated.code.length <= 2;
  if (isWhole) return 'covered';
  if (stated.code !== '' && asked.code !== '') {
    if (asked.code.startsWith(stated.code)) return 'covered';
    return stated.code.startsWith(asked.code) ? 'unknown' : 'outside';
  }
  // A name and a code below the province cannot be held against each other, nor can a mere
  // province.
  if (stated.code !== '' || asked.code.length > 2) return 'unknown';
  if (stated.city !== '') {
    if (asked.city === '') return asked.rest === '' ? 'unknown' : 'outside';
    if (asked.city !== stated.city) return 'outside';
  }
  if (asked.rest.startsWith(stated.rest)) return 'covered';
  return stated.rest.startsWith(asked.rest) ? 'unknown' : 'outside';
}

function coverOne(stated: Place, asked: Place): Cover {
  if (stated.kind === 'words' && asked.kind === 'words') {
    if (asked.words.startsWith(stated.words)) return 'covered';
    return stated.vague || asked.vague ? 'unknown' : 'outside';
  }
  if (stated.kind === 'words') return stated.vague ? 'unknown' : 'outside';
  if (asked.kind === 'words') return asked.vague ? 'unknown' : 'outside';
  const shared = asked.provinces.filter((code) => stated.provinces.includes(code));
  if (shared.length === 0) return 'outside';
  if (shared.length < asked.provinces.length) return 'unknown';
  return coverBelow(stated, asked);
}

/**
 * Whether a region lies in one of those stated: a province covers its cities however either is
 * written (江苏 and 江苏省苏州市, CN-32 and 320505, 华东 and 无锡). `unknown` when the region is not
 * told, or is told less finely than what is stated (江苏 against 苏州). No stated region covers all
 * (domain.md section 6.3).
 */
export function coverOf(stated: readonly string[], region: string): Cover {
  const own = stated.flatMap((one) => placeOf(one) ?? []);
  if (own.length === 0) return 'covered';
  const asked = placeOf(region);
  if (asked === undefined) return 'unknown';
  const found = own.map((one) => coverOne(one, asked));
  if (found.includes('covered')) return 'covered';
  return found.includes('unknown') ? 'unknown' : 'outside';
}
