const digits = '零壹贰叁肆伍陆柒捌玖';
const units = ['', '拾', '佰', '仟'];
const groups = ['', '万', '亿', '万亿'];

/** Four digits in words: 1005 is 壹仟零伍; nothing for 0. */
function groupInWords(group: number): string {
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    text += `${gap ? '零' : ''}${digits[digit] ?? ''}${units[place] ?? ''}`;
    gap = false;
  }
  return text;
}

function wholeInWords(yuan: bigint): string {
  let text = '';
  let gap = false;
  for (let place = groups.length - 1; place >= 0; place -= 1) {
    const group = Number((yuan / 10_000n ** BigInt(place)) % 10_000n);
    if (group === 0) {
      gap = text !== '';
      continue;
    }
    const zero = text !== '' && (gap || group < 1000) ? '零' : '';
    text += `${zero}${groupInWords(group)}${groups[place] ?? ''}`;
    gap = false;
  }
  return text;
}

/**
 * An amount in fen in Chinese capital numerals (票据法 art. 108; 正确填写票据和结算凭证的基本规定):
 * 伍拾万元整, 壹仟零伍元叁角, 玖元零伍分. Not negative, below ten quadrillion yuan.
 */
export function yuanInWords(fen: bigint): string {
  const yuan = fen / 100n;
  const jiao = Number((fen / 10n) % 10n);
  const cents = Number(fen % 10n);
  const whole = yuan === 0n ? '' : `${wholeInWords(yuan)}元`;
  if (jiao === 0 && cents === 0) return `${whole === '' ? '零元' : whole}整`;
  const tenths = jiao === 0 ? (whole === '' ? '' : '零') : `${digits[jiao] ?? ''}角`;
  return `${whole}${tenths}${cents === 0 ? '' : `${digits[cents] ?? ''}分`}`;
}
