import type { Instalment } from '@recourse/proto/web/cases/v1/plans';
import type { FormValues } from '../ui/form-values';
import { formatMoney } from '../ui/format';
import type { MoneyValue } from '../ui/format';
import { planWords as t } from './plan-words';

/** Instalments as they stand in the rows of the dialog. */
export function partsOf(rows: readonly FormValues[]): readonly Instalment[] {
  return rows.map((row) => ({ dueDay: row.text('dueDay'), amount: row.money('amount') }));
}

/**
 * Whether instalments add up to the plan's amount and ascend, in words: what the server would
 * refuse is seen while it is written.
 */
export function troubleOf(
  parts: readonly Instalment[],
  amount: MoneyValue | undefined,
): { isWrong: boolean; text: string } {
  const back = parts.findIndex(({ dueDay }, place) => {
    const before = parts[place - 1]?.dueDay ?? '';
    return dueDay !== '' && before !== '' && dueDay <= before;
  });
  if (back > 0) return { isWrong: true, text: t('notAscending', { number: back + 1 }) };
  if (amount === undefined) return { isWrong: true, text: '' };
  const { currency } = amount;
  const minor = parts.reduce((whole, one) => whole + (one.amount?.minor ?? 0n), 0n);
  const sum = formatMoney({ currency, minor });
  if (minor === amount.minor) return { isWrong: false, text: t('sum', { sum }) };
  const short = amount.minor - minor;
  const difference = formatMoney({ currency, minor: short < 0n ? -short : short });
  return { isWrong: true, text: t(short > 0n ? 'sumShort' : 'sumOver', { sum, difference }) };
}
