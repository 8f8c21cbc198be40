import type { Lexicon } from './lexicon.ts';

const formal = '壹贰叁肆伍陆柒捌玖拾';
const plain = '一二三四五六七八九十';
const ones = `〇${plain}`;

/** 1 to 99 as a name has them: 十, 十一, 二十, 二十一. */
function inCharacters(number: number): string {
  const tens = Math.floor(number / 10);
  const last = number % 10 === 0 && tens > 0 ? '' : (ones[number % 10] ?? '');
  return tens === 0 ? last : `${tens === 1 ? '' : (ones[tens] ?? '')}十${last}`;
}

/**
 * Numbers in one spelling: 第1 and 第一, 1号, 壹号 and 一号, 中铁1局 and 中铁一局. Formal figures
 * elsewhere are names (陆家嘴, 伍德), and Arabic ones of three digits are read digit by digit, if at
 * all: both stay.
 */
function withOneNumber(text: string): string {
  return text
    .replace(/(?<=第)[壹-拾]|[壹贰叁肆伍陆柒捌玖拾](?=[号局])/gu, (letter) => {
      const at = formal.indexOf(letter);
      return at < 0 ? letter : (plain[at] ?? letter);
    })
    .replace(/(?<=第)[1-9]\d?(?!\d)|(?<!\d)[1-9]\d?(?=[号局处厂院所冶])/g, (digits) =>
      inCharacters(Number(digits)),
    );
}

/**
 * What an exchange adds to a company's short name: ST and *ST before it (special treatment), the
 * class of share and the marks of the innovation boards behind it (万科A, 百济神州-U).
 */
function withoutListing(text: string): string {
  return text
    .replace(/^(?:s?st|xd|xr|dr) ?(?=\p{Script=Han}{2})/u, '')
    .replace(/(?<=\p{Script=Han}{2})(?: ?[ab]| (?:u|w|d|uw|sw))$/u, '');
}

/** Banks are called by two characters, above all in the names of their branches: 农行南宁支行. */
function withWholeBank(text: string, { banks }: Lexicon['chinese']): string {
  const whole = text.replaceAll('农商银行', '农村商业银行');
  if (!/(?:银行|分行|支行|营业部)$/.test(whole) && !banks.has(whole)) return whole;
  for (const [short, name] of banks) {
    if (whole.startsWith(short) && !whole.startsWith(name)) return name + whole.slice(short.length);
  }
  return whole;
}

/** One spelling of a folded name in Chinese characters. */
export function spellChinese(text: string, { chinese }: Lexicon): string {
  return withWholeBank(withOneNumber(withoutListing(text)), chinese);
}
