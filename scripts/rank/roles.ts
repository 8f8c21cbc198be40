import { isNothing, numberOf, type Sheet } from './csv.ts';

/** What the columns of a table of cases are for. */
export type Roles = {
  group: string;
  /** How the group was found, for the reader. */
  groupBy: 'named' | 'header' | 'fallback';
  amount: string | undefined;
  recovered: string | undefined;
  /** What somebody expected of each case before: then outcomes are ratios to it. */
  expected: string | undefined;
  status: string | undefined;
  /** Days at work, and days to the first payment: open cases then count for the days they had. */
  exposure: string | undefined;
  paidAfter: string | undefined;
  features: string[];
  /** How many columns the header names. */
  columns: number;
  /** Columns not used, and why. */
  leftOut: { column: string; why: string }[];
};

export type Given = { group?: string; amount?: string; recovered?: string; expected?: string };

const names = {
  group:
    /agency|agent|agentur|vendor|collector|strategy|partner|provider|机构|催收|受托|委外(?!金额|日期)/i,
  fallback: /^(terms?|segment|channel|product|region|branch|campaign)$/i,
  expected: /expected|forecast|预期|预计/i,
  recovered: new RegExp(
    'recover(ed|y)|actual|collected|receipts?|paid[ _]?(amount|sum)|amount[ _]?paid|eingang|' +
      '回收|回款|实收|已还|还款金额',
    'i',
  ),
  amount:
    /amount|principal|balance|debt|placed|outstanding|exposure_?amount|forderung|金额|本金|欠款/i,
  status: /status|outcome|result|状态|结果/i,
  exposure: /(days|天).*(open|placed|work|exposure)|exposure_?days|days_?since|在手天数/i,
  paidAfter: /days_?to_?(first_?)?pay|paid_?after|首次回款天数/i,
};

/** Known only once the outcome is: no ground for expecting it. */
const later = new RegExp(
  'paid|payment|past_?due|settle|close|recover|collected|actual|late|outcome|result|' +
    '(current|remaining|open)[ _]?(balance|amount)|余额|回款|已还|结清',
  'i',
);
/** Not a ground on which customers are told apart. */
const person = /^(sex|gender|marriage|marital|marital_?status|race|ethnic|性别|婚姻)/i;
const identity = /(^|_|\b)(id|no|number|code|name|phone|email)$|^id|编号|姓名/i;

function column(sheet: Sheet, name: string): string[] {
  const at = sheet.columns.indexOf(name);
  return sheet.rows.map((row) => row[at] ?? '');
}

function isNumeric(values: readonly string[]): boolean {
  const filled = values.filter((one) => !isNothing(one));
  const numbers = filled.filter((one) => numberOf(one) !== undefined).length;
  return filled.length > 0 && numbers >= 0.95 * filled.length;
}

const dateLike = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;

function whyNot(sheet: Sheet, name: string): string | undefined {
  const values = column(sheet, name).filter((one) => !isNothing(one));
  const distinct = new Set(values);
  if (person.test(name)) return 'a personal trait';
  if (identity.test(name)) return 'an identity';
  if (later.test(name)) return 'known only later';
  if (distinct.size < 2) return 'the same everywhere';
  if (values.filter((one) => dateLike.test(one)).length > values.length / 2) return 'a date';
  if (!isNumeric(values) && distinct.size > Math.max(20, values.length / 20)) return 'too many';
  return undefined;
}

/** A share of an amount is no amount. */
const rate = /rate|ratio|share|pct|percent|%|率|比例/i;

function found(sheet: Sheet, pattern: RegExp, numeric: boolean, taken: readonly string[]) {
  return sheet.columns.find(
    (name) =>
      pattern.test(name) &&
      !(numeric && rate.test(name)) &&
      !taken.includes(name) &&
      isNumeric(column(sheet, name)) === numeric,
  );
}

/** A column that splits the cases into a few groups, when no name tells the agency. */
function fallbackGroup(sheet: Sheet): string {
  const named = sheet.columns.find((name) => names.fallback.test(name));
  if (named !== undefined) return named;
  const candidates = sheet.columns.filter((name) => {
    const distinct = new Set(column(sheet, name)).size;
    return distinct >= 2 && distinct <= 50 && whyNot(sheet, name) === undefined;
  });
  const [first] = candidates;
  if (first === undefined) {
    const found = sheet.columns.join(', ');
    throw new Error(`no column names an agency: give --group <column>; found ${found}`);
  }
  return first;
}

function groupOf(sheet: Sheet, given: Given): Pick<Roles, 'group' | 'groupBy'> {
  if (given.group !== undefined) return { group: given.group, groupBy: 'named' };
  const header = sheet.columns.find(
    (name) => names.group.test(name) && !names.expected.test(name) && !/amount|date/i.test(name),
  );
  if (header !== undefined) return { group: header, groupBy: 'header' };
  return { group: fallbackGroup(sheet), groupBy: 'fallback' };
}

/** Finds by their names what a table's columns are for; what is given goes first. */
export function rolesOf(sheet: Sheet, given: Given): Roles {
  for (const name of Object.values(given)) {
    if (!sheet.columns.includes(name))
      throw new Error(`there is no column ${name}; found ${sheet.columns.join(', ')}`);
  }
  const { group, groupBy } = groupOf(sheet, given);
  const taken = [group];
  const take = (own: string | undefined, pattern: RegExp, numeric = true): string | undefined => {
    const name = own ?? found(sheet, pattern, numeric, taken);
    if (name !== undefined) taken.push(name);
    return name;
  };
  const paidAfter = take(undefined, names.paidAfter);
  const exposure = take(undefined, names.exposure);
  const expected = take(given.expected, names.expected);
  const recovered = take(given.recovered, names.recovered);
  const amount = take(given.amount, names.amount);
  const status = recovered === undefined ? take(undefined, names.status, false) : undefined;
  if (recovered === undefined && status === undefined) {
    throw new Error(
      'no column of amounts tells what was recovered: give --recovered <column>; ' +
        `found ${sheet.columns.join(', ')}`,
    );
  }
  const rest = sheet.columns.filter((name) => !taken.includes(name));
  const judged = rest.map((name) => ({ column: name, why: whyNot(sheet, name) }));
  return {
    group,
    groupBy,
    amount,
    recovered,
    expected,
    status,
    exposure,
    paidAfter,
    columns: sheet.columns.length,
    features: judged.filter(({ why }) => why === undefined).map((one) => one.column),
    leftOut: judged.flatMap(({ column: name, why }) =>
      why === undefined ? [] : [{ column: name, why }],
    ),
  };
}
