import { isDateField } from './analysis.ts';
import type { Field } from './field-rules.ts';
import type { LayoutFact } from './layout-fact.ts';

/** Fewer headings like classes of age may be anything. */
const enoughClasses = 3;

const unit = '(?:days?|d|天|日|months?|m|个?月|years?|y|年)';
const beside = '(?:逾期|账龄|过期|超期|overdue|pastdue|days|天数|金额|amount)*';

/**
 * Headings of ageing classes, without blanks and brackets: `1-30`, `31~60天`, `1年以内`, `90+`,
 * `>90`, `over90days`, `2-3年`, `未到期`, `current`.
 */
const classes: readonly RegExp[] = [
  new RegExp(`^${beside}\\d{1,4}${unit}?(?:[-–—~至到]|to)\\d{1,4}${unit}?${beside}$`, 'u'),
  new RegExp(
    `^${beside}\\d{1,4}${unit}?(?:\\+|以上|以内|以下|及以上|内|andover|plus)${beside}$`,
    'u',
  ),
  new RegExp(
    `^${beside}(?:[<>≥≤]=?|over|above|older|morethan|under|超过|大于|小于)${beside}\\d{1,4}\\+?${unit}?` +
      `${beside}$`,
    'u',
  ),
  /^(?:未到期|未逾期|信用期内|current|notdue|notyetdue)(?:金额|amount)?$/u,
];

function isAgeClass(heading: string): boolean {
  const plain = heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s()[\]_.,，、]/gu, '');
  return classes.some((pattern) => pattern.test(plain));
}

/** What is looked at of an analysis. */
type Looked = {
  columns: readonly { header: string; field: Field | undefined }[];
  lineCount?: number | undefined;
};

/**
 * Told of a file that sums what customers owe by age and names no document and no day: it cannot be
 * imported as receivables, whatever its columns are mapped to. A list of documents that repeats
 * each amount under its age has their days.
 */
export function ageingFacts({ columns, lineCount = 0 }: Looked): LayoutFact[] {
  if (columns.some(({ field }) => field !== undefined && isDateField(field))) return [];
  const found = columns.filter(({ header }) => isAgeClass(header));
  const [first] = found;
  if (first === undefined || found.length < enoughClasses) return [];
  const named = found.map(({ header }) => header.trim()).join(', ');
  return [{ kind: 'ageing_summary', column: named, rows: lineCount, sample: first.header.trim() }];
}
