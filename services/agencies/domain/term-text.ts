import { decimalText } from '@recourse/kit/money.ts';

type Language = 'zh-CN' | 'en';
type Say = Readonly<Record<Language, string>>;

/** Whether one rate gave a line, 0 too; of several, or of an amount, there is no one figure. */
export function isOneRate(line: { rateBps: number; term: string }): boolean {
  return line.rateBps > 0 || /^(flat|age_band)/.test(line.term);
}

/** `1500` basis points as `15%`, `1250` as `12.5%`. */
export function percentText(bps: string | number): string {
  const text = decimalText({ currency: 'CNY', minor: BigInt(bps) });
  return `${text.replace(/\.?0+$/, '')}%`;
}

/** A span of a model, as what it is of says it. */
function span(name: string, from: string, to: string, rate: string): Say {
  const [zh, en] = {
    bracket: ['累计回款', 'of recoveries'],
    share: ['回收比例', 'of the share recovered'],
    share_all: ['回收比例', 'for all, share recovered'],
  }[name] ?? [name, name];
  const range = to === '' ? [`${from} 以上`, `above ${from}`] : [`${from}–${to}`, `${from}–${to}`];
  const all = name === 'share_all' ? '，全部' : '';
  return { 'zh-CN': `${zh} ${range[0]}${all} ${rate}`, en: `${rate} ${en} ${range[1]}` };
}

const plain: Readonly<Record<string, Say>> = {
  flat: { 'zh-CN': '固定费率', en: 'flat rate' },
  'fixed:first_payment': { 'zh-CN': '固定佣金，首笔回款', en: 'fixed fee, first payment' },
  'fixed:paid_in_full': { 'zh-CN': '固定佣金，全部收回', en: 'fixed fee, paid in full' },
  'fixed:not_due': { 'zh-CN': '固定佣金，本笔不计', en: 'fixed fee, not with this payment' },
  retainer: { 'zh-CN': '基础费', en: 'retainer' },
  'retainer:credited': { 'zh-CN': '基础费（可抵扣）', en: 'retainer, to be set off' },
  reversed: { 'zh-CN': '回款退回', en: 'payment reversed' },
  minimum: { 'zh-CN': '最低佣金', en: 'minimum' },
  cap: { 'zh-CN': '佣金上限', en: 'cap' },
  retainer_credited: { 'zh-CN': '抵扣基础费', en: 'retainer set off' },
};

function pieceText(piece: string, currency: string): Say {
  const known = plain[piece];
  if (known !== undefined) return known;
  const age = /^age_band:(\d+)-(\d*)$/.exec(piece);
  if (age !== null) {
    const [, from = '', to = ''] = age;
    return to === ''
      ? { 'zh-CN': `逾期 ${from} 天以上`, en: `from ${from} days overdue` }
      : { 'zh-CN': `逾期 ${from}–${to} 天`, en: `${from}–${to} days overdue` };
  }
  const court = /^litigation:(\d+)$/.exec(piece);
  if (court !== null) {
    const rate = percentText(court[1] ?? '0');
    return { 'zh-CN': `诉讼加成 ${rate}`, en: `in court ${rate} more` };
  }
  const [, name, from = '0', to = '', bps = '0'] =
    /^(bracket|share|share_all):(\d+)-(\d*)@(\d+)$/.exec(piece) ?? [];
  if (name === undefined) return { 'zh-CN': piece, en: piece };
  const edge = (text: string): string => {
    if (text === '') return '';
    return name === 'bracket' ? decimalText({ currency, minor: BigInt(text) }) : percentText(text);
  };
  return span(name, edge(from), edge(to), percentText(bps));
}

/**
 * The rule that gave a line, in words, from the term that the line carries (`entitlements`,
 * `termWords`); what is not known stands as it is.
 */
export function termText(term: string, currency: string, language: Language): string {
  const mark = language === 'en' ? '; ' : '；';
  return term
    .split(';')
    .map((part) =>
      part
        .split(',')
        .map((piece) => pieceText(piece, currency)[language])
        .join(language === 'en' ? ', ' : '，'),
    )
    .join(mark);
}
