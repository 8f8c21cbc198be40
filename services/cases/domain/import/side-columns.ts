import type { Field } from './field-rules.ts';
import type { ColumnFormat } from './formats.ts';
import type { Suggestion } from './mapping.ts';
import { isBalance } from './side-words.ts';
import type { CreditAmounts } from './credit-amounts.ts';
import type { SideColumn } from './side-column.ts';
import type { SidePair, Sides } from './sides.ts';

/**
 * How the amounts of credits are read: `unsigned` ones are turned negative, `signed` ones are
 * negative already and stay.
 */
export type SideFormat = 'unsigned' | 'signed';

const sure = 90;

function given(position: number, field: Field): Suggestion {
  return { position, field, confidence: sure, reasons: ['header_synonym', 'value_shape'] };
}

function none(position: number): Suggestion {
  return { position, field: undefined, confidence: 0, reasons: [] };
}

/** Two columns in the place of one amount; unless another column than a balance is the amount. */
function suggestPair(
  suggestions: readonly Suggestion[],
  pair: SidePair,
  names: readonly string[],
): Suggestion[] {
  const before = suggestions.find(({ field }) => field === 'AMOUNT');
  const at = before?.position ?? pair.debit;
  const ours = at === pair.debit || at === pair.credit;
  const wasBalance = isBalance(names[at] ?? '');
  if (!ours && !wasBalance) return [...suggestions];
  const isMoved = pair.exclusive && pair.credits > 0;
  const second: Field = isMoved ? 'CREDIT_AMOUNT' : 'PAID_AMOUNT';
  const hasOpen = suggestions.some(({ field }) => field === 'OPEN_AMOUNT');
  return suggestions.map((one) => {
    const { position, field } = one;
    if (position === pair.debit) return given(position, 'AMOUNT');
    if (position === pair.credit) return given(position, second);
    if (isMoved && pair.running.includes(position)) return none(position);
    if (field === 'AMOUNT') return hasOpen ? none(position) : given(position, 'OPEN_AMOUNT');
    return field === second ? none(position) : one;
  });
}

/**
 * Puts the columns of debit and credit into the suggestions. A column that already means something
 * keeps it.
 */
export function suggestSides(
  suggestions: readonly Suggestion[],
  { side, pair }: Sides,
  names: readonly string[],
): Suggestion[] {
  if (pair !== undefined) return suggestPair(suggestions, pair, names);
  return suggestions.map((one) =>
    one.position === side?.position && one.field === undefined ? given(one.position, 'SIDE') : one,
  );
}

/** The amounts of a side's credits in one column. */
export function creditAmounts(
  side: SideColumn,
  amount: number | undefined,
): CreditAmounts | undefined {
  return side.amounts.find(({ position }) => position === amount);
}

/** How the credits of a column of amounts are signed; open where some are and some are not. */
export function sideFormat(side: SideColumn, amount: number | undefined): ColumnFormat {
  const { negative = 0, positive = 0, sample = '' } = creditAmounts(side, amount) ?? {};
  const turned = /^[^\d]*[(<\-−–]|[-−]$/.test(sample) ? sample.replaceAll(/[^\d.,]/g, '') : '';
  const isSigned = amount !== undefined && side.signed?.includes(amount) === true;
  const isOpen = side.signed === undefined && negative > 0 && positive > 0;
  const detected = isOpen ? '' : negative > 0 || isSigned ? 'signed' : 'unsigned';
  const read = turned === '' ? `-${sample}` : turned;
  const candidates = [
    { format: 'unsigned', sample, reading: sample === '' ? '' : read, contradictedBy: negative },
    { format: 'signed', sample, reading: sample, contradictedBy: positive },
  ];
  return { position: side.position, candidates, detected };
}

/** The named format of a side; undefined for any other name. */
export function sideFormatOf(name: string): SideFormat | undefined {
  return name === 'unsigned' || name === 'signed' ? name : undefined;
}
