/** What stands before a fraction: `1,234.5` is `point`, `1.234,5` and `3,5` are `comma`. */
export type Mark = 'point' | 'comma';

const plain = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const exponent = /^[-+]?\d+(,\d+)?e[-+]?\d+$/i;

const bodies = {
  point: /^(\d+|\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})*,\d{3})?(\.\d*)?$/,
  comma: /^(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?$/,
} as const;

/** ISO 4217 codes of what is traded most; other letters beside digits are a code or a month. */
const currencies =
  'USD|EUR|GBP|CNY|CNH|RMB|JPY|HKD|TWD|INR|AUD|NZD|CAD|CHF|SGD|KRW|MYR|THB|VND|IDR|PHP|BRL|MXN|' +
  'ZAR|NGN|KES|PLN|CZK|HUF|RON|SEK|NOK|DKK|RUB|TRY|AED|SAR|ILS|EGP|PKR|BDT|LKR|CLP|COP|PEN|ARS';
const dress = new RegExp(
  `^(?:(?:${currencies})|[A-Z]{0,2}[$€£¥￥₹]|人民币)\\s?|` +
    `\\s?(?:%|(?:${currencies})|[$€£¥￥₹]|元|圆)$`,
  'giu',
);

type Bare = { body: string; negative: boolean };

/** The digits and marks of a cell without brackets, sign, currency and percent. */
function bareOf(cell: string): Bare | undefined {
  if (cell.length > 40 || !/\d/.test(cell)) return undefined;
  const bracket = /^\((.+)\)$/.exec(cell)?.[1];
  const inner = (bracket ?? cell).replaceAll(/[−–]/g, '-').trim();
  const signed = /^([-+]?)\s?(.*?)(-?)$/s.exec(inner);
  const undressed = (signed?.[2] ?? '').replaceAll(dress, '').trim();
  const own = /^([-+]?)(.*)$/s.exec(undressed);
  const minus = [signed?.[1], signed?.[3], own?.[1]].filter((sign) => sign === '-').length;
  const body = (own?.[2] ?? '').replaceAll(/(?<=\d)[ \u00a0\u202f'\u2019](?=\d{3}(?!\d))/g, '');
  return { body, negative: (bracket !== undefined) !== (minus % 2 === 1) };
}

/**
 * The number a cell writes, with or without thousands, percent or currency signs, brackets or a
 * minus behind; NaN for none. `mark` is what the column's other cells say of theirs; a lone comma
 * that cannot be thousands is a decimal one all the same.
 */
export function numberOf(cell: string, mark: Mark = 'point'): number {
  if (mark === 'point' && plain.test(cell)) return Number(cell);
  if (mark === 'comma' && exponent.test(cell)) return Number(cell.replace(',', '.'));
  const bare = bareOf(cell);
  if (bare === undefined || !/\d/.test(bare.body)) return Number.NaN;
  const sign = bare.negative ? -1 : 1;
  if (mark === 'comma' && bodies.comma.test(bare.body)) {
    return sign * Number(bare.body.replaceAll('.', '').replace(',', '.'));
  }
  if (bodies.point.test(bare.body)) return sign * Number(bare.body.replaceAll(',', ''));
  return bodies.comma.test(bare.body) && !bare.body.includes('.')
    ? sign * Number(bare.body.replace(',', '.'))
    : Number.NaN;
}

const provesComma = /\d\.\d{3},\d|^\D*0,\d|^[^.]*\d,(?:\d{1,2}|\d{4,})\D*$/;
const provesPoint = /\d,\d{3}\.\d|^\D*0?\.\d|^[^,]*\d\.(?:\d{1,2}|\d{4,})\D*$/;

/** Which mark the cells of a column prove; `1.234` and `1,234` prove none. */
export function markOf(cells: readonly string[]): Mark {
  let comma = 0;
  let point = 0;
  for (const cell of cells) {
    if (cell.length > 40) continue;
    if (provesComma.test(cell)) comma += 1;
    else if (provesPoint.test(cell)) point += 1;
  }
  return comma > point ? 'comma' : 'point';
}
