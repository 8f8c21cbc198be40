import type { Lexicon } from './lexicon.ts';
import type { FormClass } from './words.ts';

/** A Chinese company name in its parts: region, brand word (字号), trade, form, branch. */
export type ChineseCompany = {
  /** Simplified, without blanks and signs. */
  readonly text: string;
  readonly regions: readonly string[];
  /** Empty when the name has places and words of trade only. */
  readonly brand: string;
  readonly trade: string;
  readonly forms: readonly FormClass[];
  readonly isGroup: boolean;
  /** 分公司 and the place or number before it; undefined for the company itself. */
  readonly branch: string | undefined;
};

const longestWord = 6;
const branchPattern =
  /(分公司|分店|分行|支行|分部|分厂|营业部|营业厅|营业所|办事处|代表处|分理处|储蓄所)$/;
/** A firm whose own name may end without a legal form before its branch: 工商银行上海分行. */
const firmBeforeBranch =
  /^(.*?公司|.*?(?:银行|信用社|联社)|.*?(?:证券|期货|保险|信托)(?=\p{Script=Han}{2}))(.+)$/u;

type Tail = { rest: string; forms: FormClass[] };

/** Takes legal forms off the end. */
function cutForms(text: string, lexicon: Lexicon): Tail {
  const forms: FormClass[] = [];
  let rest = text;
  for (;;) {
    const form = lexicon.chinese.forms.find(
      ({ phrase }) => rest.endsWith(phrase) && rest.length > phrase.length + 1,
    );
    // One form, then perhaps 集团 before it; a word such as 商行 is not sought behind a form.
    if (form === undefined || forms.length > 0) return { rest, forms };
    // 银行 and 饭店 are words of trade, of which 行 and 店 are no form.
    const isWord = form.phrase.length === 1 && endsInTrade(rest, lexicon);
    if (isWord) return { rest, forms };
    forms.push(form.class);
    rest = rest.slice(0, -form.phrase.length);
  }
}

function endsInTrade(text: string, lexicon: Lexicon): boolean {
  return [2, 3, 4].some((length) => lexicon.chinese.trades.has(text.slice(-length)));
}

function isPlace(word: string, lexicon: Lexicon): boolean {
  const { provinces, counties, placeClasses } = lexicon.chinese;
  if (word === '中国' || provinces.has(word) || counties.has(word)) return true;
  const end = placeClasses.find((one) => word.endsWith(one) && word.length > one.length + 1);
  return end !== undefined && isPlace(word.slice(0, -end.length), lexicon);
}

/** A place that cannot well be a brand: a province or prefecture, or one with its class word. */
function isWide(word: string, lexicon: Lexicon): boolean {
  return !lexicon.chinese.counties.has(word) && isPlace(word, lexicon);
}

/** The place at the start of a text: its name and how many characters it takes. */
function placeAt(text: string, isLater: boolean, lexicon: Lexicon) {
  const { provinces, counties, placeClasses } = lexicon.chinese;
  for (let length = Math.min(7, text.length - 2); length >= 2; length -= 1) {
    const name = text.slice(0, length);
    const isKnown = name === '中国' || provinces.has(name) || counties.has(name);
    // 栖霞 is a county, 栖霞山 a hill in another.
    if (!isKnown) continue;
    if (!provinces.has(name) && /^[山江河湖海岛湾寺]/u.test(text.slice(length))) continue;
    const rest = text.slice(length);
    const end = placeClasses.find((one) => rest.startsWith(one)) ?? '';
    // 回族自治县 and the like stand between the name and its class.
    const people = /^\p{Script=Han}{1,6}?族(?:自治[区州县旗])/u.exec(rest)?.[0] ?? '';
    const after = people === '' ? end : people;
    return { name, length: length + after.length, isSure: after !== '' || provinces.has(name) };
  }
  const made = /^(\p{Script=Han}{2,4}?|.(?=县))(街道|开发区|新区|镇|乡|县|区|市)/u.exec(text);
  const isTown = made !== null && (isLater || /[县区市]/u.test(made[2] ?? ''));
  const least = /[县区市]/u.test(made?.[2] ?? '') ? 3 : 2;
  if (!isTown || text.length - made[0].length < least) return undefined;
  return { name: made[1] ?? '', length: made[0].length, isSure: true };
}

/** Where the words of trade begin that reach to the end; the text's length when there are none. */
function tradeStart(text: string, least: number, lexicon: Lexicon): number {
  const reaches = new Set([text.length]);
  for (let at = text.length - 2; at >= 0; at -= 1) {
    for (let length = 2; length <= longestWord && at + length <= text.length; length += 1) {
      const word = text.slice(at, at + length);
      if (!reaches.has(at + length)) continue;
      if (lexicon.chinese.trades.has(word) || (at >= 2 && isWide(word, lexicon))) reaches.add(at);
    }
  }
  if (reaches.has(0)) return 0;
  const start = Math.min(...[...reaches].filter((at) => at >= least));
  return start <= 5 ? start : firstTrade(text, start, lexicon);
}

/** Behind a long unknown stretch, the first known word of trade ends the brand. */
function firstTrade(text: string, otherwise: number, lexicon: Lexicon): number {
  for (let at = 2; at <= Math.min(4, otherwise - 2); at += 1) {
    for (let length = 4; length >= 2; length -= 1) {
      if (lexicon.chinese.trades.has(text.slice(at, at + length))) return at;
    }
  }
  return otherwise;
}

type Head = { regions: string[]; brand: string; trade: string };

/** Places off the front, words of trade off the end; what stays between is the brand. */
function partHead(text: string, lexicon: Lexicon): Head {
  const regions: string[] = [];
  let rest = text;
  for (let round = 0; round < 4; round += 1) {
    const place = placeAt(rest, regions.length > 0, lexicon);
    if (place === undefined) break;
    const left = rest.slice(place.length);
    // A county's bare name may be the brand itself (栖霞山): it must leave a brand behind.
    // One character beside its trade is none: 东阳光科技 is no firm of 东阳.
    const least = place.name === '中国' ? 2 : 1;
    if (!place.isSure && tradeStart(left, least, lexicon) < 2) break;
    regions.push(place.name);
    rest = left;
  }
  return { regions, ...partBrand(rest, lexicon) };
}

function partBrand(text: string, lexicon: Lexicon): { brand: string; trade: string } {
  const start = tradeStart(text, 2, lexicon);
  const at = start < text.length || text.length > 1 ? start : text.length;
  return { brand: text.slice(0, at), trade: text.slice(at) };
}

/** Reads a folded Chinese company name (blanks stand where brackets and dots stood). */
export function readChineseCompany(folded: string, lexicon: Lexicon): ChineseCompany {
  const pieces = folded.split(' ').filter((piece) => piece !== '');
  const places = pieces.slice(1).filter((piece) => isPlace(piece, lexicon));
  const { formWords } = lexicon.chinese;
  const aside = pieces.slice(1).filter((piece) => formWords.has(piece) && piece !== pieces.at(-1));
  const text = pieces.filter((one) => !places.includes(one) && !aside.includes(one)).join('');
  const whole = pieces.join('');
  const { own, branch } = partBranch(text, lexicon);
  const { rest, forms } = cutForms(own, lexicon);
  const isGroup = whole.includes('集团');
  const bare = rest.replace(/集团/g, '');
  const head = partHead(bare.length >= 2 ? bare : rest, lexicon);
  return {
    ...head,
    text: whole,
    regions: [...head.regions, ...places],
    forms,
    isGroup,
    branch,
  };
}

function partBranch(text: string, lexicon: Lexicon): { own: string; branch: string | undefined } {
  if (!branchPattern.test(text)) return { own: text, branch: undefined };
  const kind = branchPattern.exec(text)?.[1] ?? '';
  const cut = text.slice(0, -kind.length);
  const firm = firmBeforeBranch.exec(cut);
  if (firm !== null) return { own: firm[1] ?? cut, branch: (firm[2] ?? '') + kind };
  for (let length = 5; length >= 2; length -= 1) {
    const tail = cut.slice(-length);
    if (cut.length > length + 1 && isPlace(tail, lexicon)) {
      return { own: cut.slice(0, -length), branch: tail + kind };
    }
  }
  return { own: cut, branch: kind };
}

/** Ways to read a text aloud in pinyin without tones, joined; at most eight, the usual first. */
export function readAloud(text: string, lexicon: Lexicon): string[] {
  let ways = [''];
  for (const letter of text) {
    const readings = lexicon.readings.get(letter) ?? [letter];
    ways = ways.flatMap((way) => readings.slice(0, 3).map((reading) => way + reading)).slice(0, 8);
  }
  return ways;
}
