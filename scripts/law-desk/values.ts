import { currencyHint, plainDecimal } from '@recourse/cases/domain/import/amount-text.ts';
import { halfWidth } from '@recourse/cases/domain/import/cell.ts';
import { dateShape, dayUnder, serialDay } from '@recourse/cases/domain/import/date-text.ts';
import { type Money, parseDecimal } from '@recourse/kit/money.ts';
import { wrongField } from '../../services/litigation/domain/law/dated.ts';

/**
 * A plain decimal from an amount as people write it: `1,234,567.89`, `￥500`, `10万元`, digits of
 * full width. Thousands come in threes; undefined for anything else, and for another currency.
 */
export function decimalOf(written: string): string | undefined {
  const text = halfWidth(written).trim();
  const inThrees = !text.includes(',') || /^[^\d,]*\d{1,3}(?:,\d{3})+(?![\d,])/.test(text);
  const hint = currencyHint(text);
  if (!inThrees || (hint !== '' && hint !== 'CNY')) return undefined;
  return plainDecimal(text, { mark: 'point', tens: 0 });
}

/** Reads an amount in yuan; at most two decimals, so nothing is lost. */
export function amountOf(text: string | undefined, field: string): Money {
  const plain = text === undefined ? undefined : decimalOf(text);
  const read = plain === undefined ? undefined : parseDecimal(plain, 'CNY');
  if (read === undefined || read.rounded) {
    const repair = 'write an amount such as 1234567.89, at most two decimals, in yuan';
    throw wrongField(field, 'not_an_amount', repair, { value: text ?? null });
  }
  return read.amount;
}

/** A day that can be read in one way only: `2026-03-02`, `2026/3/2`, `2026年3月2日`, `20260302`. */
export function plainDay(text: string): string | undefined {
  const shape = /[:：时]/.test(text) ? undefined : dateShape(text.trim());
  const isPlain = shape?.kind === 'fixed' || shape?.kind === 'compact';
  return isPlain ? dayUnder(shape, 'ymd') : undefined;
}

/** A day as `plainDay` reads it; Fault `invalid` `not_a_date` says what else it could have been. */
export function dayOf(text: string, field: string): string {
  const found = plainDay(text);
  if (found !== undefined) return found;
  const shape = dateShape(text.trim());
  const other =
    shape?.kind === 'serial'
      ? `: as a number of Excel it would be ${serialDay(shape.days)}`
      : shape?.kind === 'triple'
        ? ': with the year last, month and day can be taken for each other'
        : '';
  const repair = `write the day as YYYY-MM-DD${other}`;
  throw wrongField(field, 'not_a_date', repair, { value: text });
}

/** A whole number of a field. */
export function wholeOf(text: string, field: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw wrongField(field, 'not_whole', 'write a whole number', { value: text });
  }
  return Number(text);
}

/** Percent to ten-thousandths: `62.5` is 6250. */
export function shareOf(text: string, field: string): number {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?%?$/.exec(text);
  const bps = match === null ? 10_001 : Number((match[1] ?? '') + (match[2] ?? '').padEnd(2, '0'));
  if (bps > 10_000) {
    throw wrongField(field, 'not_a_share', 'write a percentage from 0 to 100', { value: text });
  }
  return bps;
}

/** `true` or `false` of a field; false where it is not given. */
export function flagOf(text: string | undefined, field: string): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw wrongField(field, 'not_yes_or_no', 'write true or false', { value: text });
}
