import { currencyHint, headingTens } from './amount-text.ts';
import { cleanCell } from './cell.ts';
import type { Row } from './csv.ts';

/** The unit of a whole table: tens (万元: 4), and ISO 4217, empty where none is named. */
export type TitleUnit = { tens: number; currency: string };

const stated = /(?:货币|金额|币[种别]?)?单位\s*[:：]\s*([^\s,，;；)）]{1,8})/u;
const named = '人民币|rmb|cny|美|港|欧|日|usd|hkd|eur|jpy';
const money = new RegExp(
  `^(?:${named})?(?:百|千|仟|万|萬|百万|千万|亿)?(?:${named})?[元圆币]?$`,
  'iu',
);
const currencyStated = /币[种别]\s*[:：]\s*([^\s,，;；)）]{1,8})/u;
const inWords = new RegExp(
  String.raw`\b(?:amounts?|figures|values|balances)\b.{0,20}\bin\s+(?:[a-z]{3}\s+)?` +
    String.raw`(?:thousands?|millions?)\b|\(\s*in\s+(?:thousands|millions)\b`,
  'i',
);

/**
 * The unit that the rows above a header state for all amounts below, as Chinese reports do
 * (`单位：万元`): left unread, each amount would be ten thousand times too small. What the titles
 * name otherwise (a company, `计量单位`) is no unit of money.
 */
export function titleUnit(titles: readonly Row[]): TitleUnit {
  let found: TitleUnit = { tens: 0, currency: '' };
  for (const row of titles) {
    // The label and the unit may stand in two cells.
    const text = row.cells.map(cleanCell).join(' ');
    const unit = stated.exec(text)?.[1] ?? '';
    if (unit !== '' && money.test(unit)) {
      found = { tens: unitTens(unit), currency: currencyHint(unit) || found.currency };
    } else if (inWords.test(text)) found = { ...found, tens: headingTens(text) };
    const currency = currencyHint(currencyStated.exec(text)?.[1] ?? '');
    if (currency !== '') found = { ...found, currency };
  }
  return found;
}

function unitTens(unit: string): number {
  if (/亿/.test(unit)) return 8;
  if (/千万/.test(unit)) return 7;
  return /千|仟/.test(unit) ? 3 : headingTens(unit);
}
