/** Cells that say nothing, whatever the column; compared in lower case. */
const missingMarkers: ReadonlySet<string> = new Set([
  '',
  '?',
  'na',
  '<na>',
  'n/a',
  'n.a.',
  '#n/a',
  'nan',
  'null',
  '(null)',
  '<null>',
  'nil',
  '\\n',
  'nat',
  '-',
  '--',
  '-0-',
  '.',
  'inf',
  '-inf',
  'infinity',
]);

/** What spreadsheets and C print where a sum went wrong: nothing to count with. */
const errorMarkers: ReadonlySet<string> = new Set([
  '#div/0!',
  '#value!',
  '#ref!',
  '#num!',
  '#name?',
  '#null!',
  '1.#ind',
  '-1.#ind',
  '1.#inf',
  '-1.#inf',
  '1.#qnan',
  '-1.#qnan',
]);

/** Whether a cell was left empty, in one of the ways to write that. */
export function isLeftEmpty(cell: string): boolean {
  return cell.length <= 9 && missingMarkers.has(cell.toLowerCase());
}

/** Whether nothing is known from a cell: left empty, or a sum that went wrong. */
export function isMissing(cell: string): boolean {
  return isLeftEmpty(cell) || (cell.length <= 9 && errorMarkers.has(cell.toLowerCase()));
}

/** Codes among codes (no guarantor, savings not known); among numbers they say nothing. */
const emptyWords = new RegExp(
  '^[([<]?(none|missing|unknown|unk|undefined|(not|un)[ _-]?(available|applicable|known|stated)|' +
    'not[ _-]?(reported|provided|given|specified)|no[ _-]?data|nd|n\\.d\\.|k\\. ?a\\.|' +
    'blank|empty|' +
    '无|空|未知|不详|不明|缺失|暂无|无数据)[)\\]>]?$|' +
    '^[*x]+$',
  'i',
);

/** Whether a cell beside numbers, or beside two outcomes, says only that nothing is known. */
export function saysNothing(cell: string): boolean {
  return cell.length <= 20 && emptyWords.test(cell);
}

/** Of the numbers present, a stand-in for missing comes at least so often, and this share. */
const standInLeast = 5;
const standInShare = 0.005;

/**
 * Nines that stand for a missing number: −999 where nothing else is negative, 999 or 9999… where
 * all else is below half of it. NaN is passed over.
 */
export function standInsOf(values: Float64Array): number[] {
  const counts = new Map<number, number>();
  let present = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    present += 1;
    if (isNines(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const least = Math.max(standInLeast, present * standInShare);
  const often = [...counts].filter(([, count]) => count >= least).map(([value]) => value);
  if (often.length === 0) return [];
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value) || often.includes(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high || low === Infinity) return [];
  return often.filter((value) => (value < 0 ? low >= 0 : high >= 0 && high * 2 < value));
}

function isNines(value: number): boolean {
  return Number.isInteger(value) && /^(-9{2,9}|9{3,9})$/.test(String(value));
}
