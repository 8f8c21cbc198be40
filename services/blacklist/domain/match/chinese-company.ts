import { belowStrong, comparison, reason, type Comparison, type Reason } from './comparison.ts';
import { readAloud, type ChineseCompany } from './chinese.ts';
import type { Lexicon } from './lexicon.ts';
import { heardAs, sameAcross } from './romanised.ts';
import type { CompanyName } from './token.ts';

type Held = { score: number; reasons: Reason[] };

/**
 * Compares two Chinese company names part by part. The brand word decides; region, trade, form and
 * branch may be missing at a price, and hold the score down where they contradict
 * (企业名称登记管理规定 2020 art. 6: a name is region + brand + trade + form).
 */
export function compareChineseCompanies(
  a: ChineseCompany,
  b: ChineseCompany,
  lexicon: Lexicon,
): Comparison {
  if (a.text === b.text) return comparison(1, [reason('same_words', { words: a.text })]);
  const held = brandScore(a, b, lexicon);
  holdTrade(held, a, b, lexicon);
  holdRegion(held, a, b, lexicon);
  holdForm(held, a, b);
  holdNumbers(held, a, b);
  return comparison(held.score, held.reasons);
}

function brandScore(a: ChineseCompany, b: ChineseCompany, lexicon: Lexicon): Held {
  const facts = { a: a.brand, b: b.brand };
  if (a.brand === b.brand) {
    return { score: a.brand === '' ? 0.9 : 1, reasons: [reason('brand_same', { brand: a.brand })] };
  }
  if (a.brand !== '' && b.brand !== '') {
    const aloud = new Set(readAloud(a.brand, lexicon));
    if (a.brand.length >= 2 && readAloud(b.brand, lexicon).some((way) => aloud.has(way))) {
      return { score: 0.78, reasons: [reason('brand_sounds_same', facts)] };
    }
    const [short, long] = a.brand.length < b.brand.length ? [a.brand, b.brand] : [b.brand, a.brand];
    const isLonger = short.length >= 3 && long.startsWith(short);
    if (isLonger || oneSlip(a.brand, b.brand)) {
      return { score: 0.62, reasons: [reason('brand_differs', facts)] };
    }
  }
  return { score: 0.3, reasons: [reason('brand_differs', facts)] };
}

/** Brands of four characters and more that differ in one. */
function oneSlip(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 4) return false;
  return [...a].filter((letter, at) => letter !== b[at]).length === 1;
}

/** Share of pairs of neighbouring characters in both texts (Dice). */
export function pairShare(a: string, b: string): number {
  if (a === b) return 1;
  const pairs = (text: string) => [...text].slice(1).map((letter, at) => `${text[at]}${letter}`);
  const [left, right] = [pairs(a), pairs(b)];
  if (left.length + right.length === 0) return 0;
  const there = new Set(right);
  return (2 * left.filter((pair) => there.has(pair)).length) / (left.length + right.length);
}

function holdTrade(held: Held, a: ChineseCompany, b: ChineseCompany, lexicon: Lexicon): void {
  if (a.trade === b.trade) return;
  // 中国银行, 中国农业银行: a place tells no firms apart, so the trade must.
  const isPlace = a.brand === '中国' || lexicon.chinese.provinces.has(a.brand);
  const isBare = a.brand === '' || (isPlace && a.brand === b.brand);
  const facts = { a: a.trade, b: b.trade };
  if (a.trade === '' || b.trade === '') {
    held.score *= 0.85;
    held.reasons.push(reason('trade_missing', facts));
    return;
  }
  const share = pairShare(a.trade, b.trade);
  held.score *= isBare ? share * 0.7 : 0.62 + 0.25 * share;
  held.reasons.push(reason('trade_differs', { ...facts, share: Math.round(share * 100) / 100 }));
}

function holdRegion(held: Held, a: ChineseCompany, b: ChineseCompany, lexicon: Lexicon): void {
  if (a.regions.length + b.regions.length === 0) return;
  if (a.regions.some((region) => b.regions.includes(region))) {
    holdInnerRegion(held, a, b);
    return;
  }
  const facts = { a: a.regions.join(' '), b: b.regions.join(' ') };
  if (a.regions.length === 0 || b.regions.length === 0) {
    // 金冠电气 and 吉林省金冠电气 are both listed, and two: a place on one side only is a question.
    held.score = Math.min(held.score * (a.brand === '' ? 0.7 : 0.92), belowStrong);
    held.reasons.push(reason('region_missing', { regions: facts.a + facts.b }));
    return;
  }
  // A county beside a province may lie in it: that is unknown here, no contradiction.
  const isCounty = (one: ChineseCompany) =>
    one.regions.every((region) => !lexicon.chinese.provinces.has(region));
  held.score *= isCounty(a) === isCounty(b) ? 0.6 : 0.8;
  held.reasons.push(reason('region_differs', facts));
}

/** One province and then two cities of it (江苏江阴, 江苏常熟): two places. */
function holdInnerRegion(held: Held, a: ChineseCompany, b: ChineseCompany): void {
  const onlyA = a.regions.filter((region) => !b.regions.includes(region));
  const onlyB = b.regions.filter((region) => !a.regions.includes(region));
  const facts = { a: a.regions.join(' '), b: b.regions.join(' ') };
  if (onlyA.length > 0 && onlyB.length > 0) {
    held.score *= 0.6;
    held.reasons.push(reason('region_differs', facts));
  } else if (onlyA.length + onlyB.length > 0 && a.brand === '') {
    held.score *= 0.7;
    held.reasons.push(reason('region_missing', { regions: [...onlyA, ...onlyB].join(' ') }));
  }
}

function holdForm(held: Held, a: ChineseCompany, b: ChineseCompany): void {
  const said = (one: ChineseCompany) => one.forms.filter((form) => form !== 'any');
  const [left, right] = [said(a), said(b)];
  const differs = left.length > 0 && right.length > 0 && !left.some((form) => right.includes(form));
  if (differs || a.isGroup !== b.isGroup) {
    held.score *= 0.82;
    const facts = { a: `${left.join(' ')} ${a.isGroup}`, b: `${right.join(' ')} ${b.isGroup}` };
    held.reasons.push(reason('form_differs', facts));
  }
  const [one, other] = [branchKey(a.branch), branchKey(b.branch)];
  if (one === other) return;
  const isInner = one !== undefined && other !== undefined && isInside(one, other);
  held.score = Math.min(held.score, isInner ? 0.78 : 0.68);
  held.reasons.push(reason('branch_differs', { a: a.branch ?? '', b: b.branch ?? '' }));
}

/**
 * A branch in one spelling: named with or without the class of its place (长沙市东塘支行), and with
 * or without the branch above it (杭州分行高新支行).
 */
function branchKey(branch: string | undefined): string | undefined {
  return branch
    ?.replace(/(?<=\p{Script=Han}{2})[省市县区](?!域|块)/gu, '')
    .replace(/分行(?=.)/u, '')
    .replace(/证券(?=营业部$)/u, '');
}

/** 桐庐支行 and 杭州桐庐支行: the same place, as far as a name can tell, and the city it is in. */
function isInside(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const place = short.replace(/(?:分公司|.行|营业部)$/u, '');
  return place.length >= 2 && long.endsWith(short) && long.length - short.length >= 2;
}

const digits = '〇一二三四五六七八九';

/** 第一, 二 before 分公司 and Arabic digits, as one text; numbers inside brands are the brand's. */
function numbersOf(one: ChineseCompany): string {
  const rest = one.brand === '' ? one.text : one.text.replace(one.brand, ' ');
  const found =
    rest.match(/\d+|第[一二三四五六七八九十百]+|[一二三四五六七八九十]+(?=分公司)/g) ?? [];
  return found
    .map((text) => text.replace('第', ''))
    .map((text) => (digits.includes(text) ? String(digits.indexOf(text)) : text))
    .join(' ');
}

function holdNumbers(held: Held, a: ChineseCompany, b: ChineseCompany): void {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  if (left === right) return;
  const isBoth = left !== '' && right !== '';
  held.score = Math.min(held.score, isBoth ? 0.45 : 0.62);
  const code = isBoth ? 'number_differs' : 'number_missing';
  held.reasons.push(reason(code, { a: left, b: right }));
}

/** A Chinese name against one in Latin letters: the brand, or the whole, read in pinyin. */
export function compareAcrossScripts(
  chinese: ChineseCompany,
  latin: CompanyName,
  lexicon: Lexicon,
): Comparison {
  const facts = { a: chinese.text, b: latin.joined };
  const wholes = readAloud(chinese.text, lexicon);
  if (wholes.includes(latin.joined)) return comparison(0.85, [reason('read_aloud_same', facts)]);
  const joined = joinedWords(latin);
  const ways = chinese.brand.length >= 2 ? readAloud(chinese.brand, lexicon) : [];
  const brand = ways.find((way) => joined.has(way));
  if (brand !== undefined) {
    return comparison(0.75, [reason('brand_sounds_same', { a: chinese.brand, b: brand })]);
  }
  if (sameAcross(latin.romanised, () => heardAs(chinese.brand, lexicon)) !== undefined) {
    return comparison(0.74, [reason('brand_sounds_same', { a: chinese.brand, b: latin.joined })]);
  }
  return comparison(0.2, [reason('brand_differs', facts)]);
}

/** Every run of up to four words, joined. */
function joinedWords(latin: CompanyName): Set<string> {
  const made = new Set<string>();
  latin.tokens.forEach((_, at) => {
    for (let length = 1; length <= 4; length += 1) {
      made.add(
        latin.tokens
          .slice(at, at + length)
          .map(({ text }) => text)
          .join(''),
      );
    }
  });
  return made;
}
