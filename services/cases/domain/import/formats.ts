import { headingTens, plainDecimal } from './amount-text.ts';
import type { AmountFormat, DecimalMark } from './amount-text.ts';
import { countOf, firstKind, shareOf } from './column-profile.ts';
import type { ColumnProfile } from './column-profile.ts';
import { dateShape, dayUnder } from './date-text.ts';
import type { DateOrder } from './date-text.ts';
import { anyOrder, bit } from './value-shape.ts';

/** One way to read a column, what it makes of a sample, and how many values speak against it. */
export type FormatCandidate = {
  format: string;
  sample: string;
  reading: string;
  contradictedBy: number;
};

/**
 * How a column is to be read. `detected` is empty where its values leave it open: then a person
 * says.
 */
export type ColumnFormat = {
  position: number;
  candidates: readonly FormatCandidate[];
  detected: string;
};

const orders: readonly DateOrder[] = ['ymd', 'dmy', 'mdy'];

/**
 * Date formats by name; `dmy_swapped` reads texts day first and turns round the days of date cells,
 * the last two need no order but say what the column holds.
 */
export type DateFormat = DateOrder | 'dmy_swapped' | 'mdy_swapped' | 'excel_serial' | 'compact';

/** The order in which a date format's three numbers stand, were any to occur in its column. */
export function orderOf(format: string): DateOrder | undefined {
  if (format === 'excel_serial' || format === 'compact') return 'ymd';
  return orders.find((order) => order === format || `${order}_swapped` === format);
}

/** Whether a format turns round the day and month of date cells. */
export function isSwapped(format: string): boolean {
  return format.endsWith('_swapped');
}

/** The day of a date cell with day and month turned round; undefined where that is no day. */
export function swappedDay(iso: string): string | undefined {
  const [year = '', month = '', day = ''] = iso.split('-');
  return Number(day) > 12 ? undefined : `${year}-${day}-${month}`;
}

/** Date cells and different values from which a column may show that its days were swapped. */
const enoughCells = 5;

/**
 * The order of a column that a spreadsheet set for the other one has read: it made date cells of
 * all dates it could, with day and month swapped, and left the others as text. So no date cell is
 * after the 12th, each text is, and all texts have one order.
 */
function swappedOrder(profile: ColumnProfile): DateOrder | undefined {
  if (countOf(profile, bit.iso) < enoughCells || countOf(profile, bit.isoLate) > 0)
    return undefined;
  if (profile.distinct <= enoughCells) return undefined;
  const told = new Set<DateOrder | undefined>();
  for (const mask of profile.kinds.keys()) {
    if ((mask & bit.ymd) !== 0 || (mask & (bit.dmy | bit.mdy)) === 0) continue;
    const isEither = (mask & bit.dmy) !== 0 && (mask & bit.mdy) !== 0;
    told.add(isEither ? undefined : (mask & bit.dmy) !== 0 ? 'dmy' : 'mdy');
  }
  return told.size === 1 ? [...told][0] : undefined;
}

/** Both readings of such a column; a person says whether the spreadsheet did so. */
function swappedFormat(profile: ColumnProfile, order: DateOrder): ColumnFormat {
  const cell = firstKind(profile, (mask) => (mask & bit.iso) !== 0);
  const sample = cell?.sample ?? '';
  const turned = { sample, reading: swappedDay(sample) ?? '', contradictedBy: 0 };
  const asIs = { sample, reading: sample, contradictedBy: countOf(profile, bit.iso) };
  return {
    position: profile.position,
    candidates: [
      { format: `${order}_swapped`, ...turned },
      { format: order, ...asIs },
    ],
    detected: '',
  };
}

/** Reads `point`, `comma`, `point_x10000`, …; undefined for a name that is none. */
export function amountFormat(name: string): AmountFormat | undefined {
  const match = /^(point|comma)(?:_x(10{1,9}))?$/.exec(name);
  if (match === null) return undefined;
  return { mark: match[1] === 'comma' ? 'comma' : 'point', tens: (match[2] ?? '1').length - 1 };
}

function amountName(mark: DecimalMark, tens: number): string {
  return tens === 0 ? mark : `${mark}_x1${'0'.repeat(tens)}`;
}

/** Values that are a date in some order; the ones an order cannot read contradict it. */
function contradictions(profile: ColumnProfile, order: DateOrder): number {
  let count = 0;
  for (const [mask, kind] of profile.kinds) {
    if ((mask & anyOrder) !== 0 && (mask & bit[order]) === 0) count += kind.count;
  }
  return count;
}

/**
 * A sample that shows a difference: a value some order cannot read, else an ambiguous one, else
 * any.
 */
function dateSample(profile: ColumnProfile, order: DateOrder): FormatCandidate {
  const readable = (mask: number): boolean => (mask & bit[order]) !== 0;
  const kind =
    firstKind(profile, (mask) => readable(mask) && (mask & anyOrder) !== anyOrder) ??
    firstKind(profile, readable) ??
    firstKind(profile, (mask) => (mask & (bit.compact | bit.serial)) !== 0);
  const shape = kind === undefined ? undefined : dateShape(kind.sample);
  const reading = shape === undefined ? '' : (dayUnder(shape, order) ?? '');
  return {
    format: order,
    sample: kind?.sample ?? '',
    reading,
    contradictedBy: contradictions(profile, order),
  };
}

/** Years between the first and last date under an order. */
function spanYears(profile: ColumnProfile, order: DateOrder): number {
  const span = profile.dates[order];
  return (span.last - span.first) / 372;
}

/**
 * Two-digit years: read in the wrong order, days become years and the dates spread over decades.
 */
function plausible(profile: ColumnProfile, tied: readonly DateOrder[]): DateOrder | undefined {
  const bySpan = [...tied].sort((a, b) => spanYears(profile, a) - spanYears(profile, b));
  const [best, next] = bySpan;
  if (best === undefined || next === undefined) return best;
  return spanYears(profile, next) > 15 && spanYears(profile, best) * 3 < spanYears(profile, next)
    ? best
    : undefined;
}

/** An order that all readings agree on, as for `03/03/2020`, is no question. */
function sameReadings(profile: ColumnProfile, tied: readonly DateOrder[]): boolean {
  const [a, ...rest] = tied.map((order) => profile.dates[order]);
  return (
    a !== undefined &&
    rest.every((b) => b.sum === a.sum && b.first === a.first && b.last === a.last)
  );
}

/**
 * Below this share of a column's dates an order is not taken for granted though it reads the most.
 */
const trustedShare = 0.9;

/**
 * Decides how a column of dates is read; `known` is the order that other columns of the file
 * prove.
 */
export function dateFormat(profile: ColumnProfile, known?: DateOrder): ColumnFormat {
  const { position } = profile;
  const marked = countOf(profile, anyOrder);
  const whole = countOf(profile, bit.compact | bit.serial);
  if (whole > marked) {
    const sample = dateSample(profile, 'ymd');
    const format =
      countOf(profile, bit.serial) > countOf(profile, bit.compact) ? 'excel_serial' : 'compact';
    const candidate = { ...sample, format, contradictedBy: 0 };
    return { position, candidates: [candidate], detected: format };
  }
  if (marked === 0) return { position, candidates: [], detected: 'ymd' };
  const swapped = swappedOrder(profile);
  if (swapped !== undefined) return swappedFormat(profile, swapped);
  const fit = (order: DateOrder): number => countOf(profile, bit[order]);
  const best = Math.max(...orders.map(fit));
  const tied = orders.filter((order) => fit(order) === best);
  const candidates = orders
    .filter((order) => fit(order) > 0 && fit(order) >= best / 10)
    .sort((a, b) => fit(b) - fit(a))
    .map((order) => dateSample(profile, order));
  return { position, candidates, detected: decided(profile, tied, best / marked, known) };
}

/** `03.04.2025`: where dates are written with points the day comes first (Unicode CLDR 48). */
function isPointed({ samples }: ColumnProfile): boolean {
  return samples.length > 0 && samples.every((text) => /^\d{1,2}\.\d{1,2}\.\d{2,4}/.test(text));
}

function decided(
  profile: ColumnProfile,
  tied: readonly DateOrder[],
  share: number,
  known: DateOrder | undefined,
): string {
  if (share < trustedShare) return '';
  const [only, second] = tied;
  const isDayFirst = isPointed(profile);
  // Month first beside points is a slip of the pen (`3.13.2025`) unless most dates prove it.
  const isSlip = isDayFirst && only === 'mdy' && shareOf(profile, bit.dmy) > 0.5;
  if (only !== undefined && second === undefined) return isSlip ? '' : only;
  if (isDayFirst && tied.includes('dmy')) return 'dmy';
  if (sameReadings(profile, tied)) return tied[0] ?? '';
  const likely = plausible(profile, tied);
  if (likely !== undefined) return likely;
  // Without a reason to think otherwise the two-digit year stands last, as nearly everywhere.
  const yearLast = tied.filter((order) => order !== 'ymd');
  if (yearLast.length === 1) return yearLast[0] ?? '';
  return known !== undefined && tied.includes(known) ? known : '';
}

/**
 * Whether a column has dates that only day-month can read and others that only month-day can, and
 * too many of either for one of them to be the rule: what both can read is then a guess.
 */
export function mixesOrders({ candidates, detected }: ColumnFormat): boolean {
  const proven = (order: DateOrder): boolean =>
    candidates.some((one) => one.format === order && one.contradictedBy > 0);
  return detected === '' && proven('dmy') && proven('mdy');
}

/**
 * How many dates of a column can be read in the other order of day and month only, where they are
 * too few to leave its order open; dates that either can read may be among them.
 */
export function otherOrder({ candidates, detected }: ColumnFormat): number {
  const other = detected === 'dmy' ? 'mdy' : detected === 'mdy' ? 'dmy' : '';
  const isProven = candidates.some((one) => one.format === other && one.contradictedBy > 0);
  const chosen = candidates.find((one) => one.format === detected);
  return isProven ? (chosen?.contradictedBy ?? 0) : 0;
}

/** Whether a column's own values prove an order: some value can be read in that one only. */
export function provenOrder(profile: ColumnProfile): DateOrder | undefined {
  if (shareOf(profile, anyOrder) < trustedShare) return undefined;
  const swapped = swappedOrder(profile);
  if (swapped !== undefined) return swapped;
  const format = dateFormat(profile).detected;
  const order = orders.find((name) => name === format);
  const contested = countOf(profile, bit.dmy) !== countOf(profile, bit.mdy);
  return order !== 'ymd' && contested ? order : undefined;
}

function amountSample(profile: ColumnProfile, mark: DecimalMark, tens: number): FormatCandidate {
  const readable = (mask: number): boolean => (mask & bit[mark]) !== 0;
  const kind =
    firstKind(profile, (m) => readable(m) && (m & (bit.fraction | bit.commaOpen)) !== 0) ??
    firstKind(profile, readable);
  const sample = kind?.sample ?? '';
  const amounts = countOf(profile, bit.point | bit.comma);
  return {
    format: amountName(mark, tens),
    sample,
    reading: plainDecimal(sample, { mark, tens }) ?? '',
    contradictedBy: amounts - countOf(profile, bit[mark]),
  };
}

/**
 * Decides how a column of amounts is read. `1,234` alone is thousands, for money has no third
 * decimal; `1.234` alone is left open, for it may also be a binary float's tail. `fileTens` is the
 * unit that a title states for the whole table; the column's own heading goes before it.
 */
export function amountColumnFormat(
  profile: ColumnProfile,
  known?: DecimalMark,
  fileTens = 0,
): ColumnFormat {
  const tens = headingTens(profile.header) || fileTens;
  const point = countOf(profile, bit.point);
  const comma = countOf(profile, bit.comma);
  const open = countOf(profile, bit.pointOpen);
  const both = point === comma;
  const doubtful = both && open > 0;
  const mark: DecimalMark = comma > point ? 'comma' : 'point';
  const chosen = both && known !== undefined ? known : mark;
  const other: DecimalMark = chosen === 'point' ? 'comma' : 'point';
  const worthShowing =
    countOf(profile, bit[other]) * 2 > countOf(profile, bit[chosen]) &&
    (open > 0 || countOf(profile, bit.commaOpen) > 0);
  const candidates = [amountSample(profile, chosen, tens)];
  if (worthShowing) candidates.push(amountSample(profile, other, tens));
  const trusted = Math.max(point, comma) >= trustedShare * countOf(profile, bit.point | bit.comma);
  const settled = trusted && (!doubtful || known !== undefined);
  return {
    position: profile.position,
    candidates,
    detected: settled ? amountName(chosen, tens) : '',
  };
}

/** The decimal mark a column proves: some of its amounts can be read with that one only. */
export function provenMark(profile: ColumnProfile): DecimalMark | undefined {
  const point = countOf(profile, bit.point);
  const comma = countOf(profile, bit.comma);
  if (point === comma) return undefined;
  return point > comma ? 'point' : 'comma';
}
