import {
  type ListRuleTablesResponse,
  type RuleCell,
  type RuleRow,
  RuleState,
  type RuleTable,
} from '@recourse/proto/platform/v1/rules.ts';

/**
 * A service's rules as it has them: tables of dated rows, by name, in groups of any depth. A row
 * has `effectiveFrom`, `source` and perhaps `effectiveTo`, `rule` and `grade`; what holds is its
 * `value`, or all else that stands in it. Whatever is no such table is passed over, so that a whole
 * module of rules may be given.
 */
export type RuleTree = Readonly<Record<string, unknown>>;

/** One row, as far as every service writes it alike. */
type Dated = Readonly<Record<string, unknown>> & { effectiveFrom: string; source: string };

type Found = { name: string; rows: readonly Dated[] };

/** A new row takes weeks to be agreed and released; this leaves time for it. */
const warnDaysBefore = 90;
/** An end that long ago was meant: the rule was repealed, not forgotten. */
const warnDaysAfter = 365;
/** A cell is a figure or a short list; longer texts are cut. */
const mostText = 600;

/** What is said of a row itself, not of what holds. */
const about = new Set(['rule', 'effectiveFrom', 'effectiveTo', 'source', 'grade']);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDated(value: unknown): value is Dated {
  if (!isRecord(value)) return false;
  return typeof value['effectiveFrom'] === 'string' && typeof value['source'] === 'string';
}

/** Every table of a tree, by its path: `law.fees.property`. */
function tablesIn(tree: RuleTree, path = ''): Found[] {
  return Object.entries(tree).flatMap(([key, value]): Found[] => {
    const name = path === '' ? key : `${path}.${key}`;
    if (Array.isArray(value)) {
      return value.length > 0 && value.every(isDated) ? [{ name, rows: value }] : [];
    }
    return isRecord(value) ? tablesIn(value, name) : [];
  });
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value);
  return text.length > mostText ? `${text.slice(0, mostText)}…` : text;
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

/** A value as named figures, the names as paths into it; a list of plain values is one figure. */
function cellsOf(value: unknown, path = ''): RuleCell[] {
  if (value === undefined) return [];
  if (isPlain(value)) return [{ name: path === '' ? 'value' : path, value: textOf(value) }];
  const inner = (key: string): string => (path === '' ? key : `${path}.${key}`);
  if (Array.isArray(value)) {
    if (value.every(isPlain)) {
      return [{ name: path === '' ? 'value' : path, value: textOf(value.join('、')) }];
    }
    return value.flatMap((one, at) => cellsOf(one, inner(String(at + 1))));
  }
  return Object.entries(value as object).flatMap(([key, one]) => cellsOf(one, inner(key)));
}

function valueOf(row: Dated): unknown {
  if ('value' in row) return row['value'];
  return Object.fromEntries(Object.entries(row).filter(([key]) => !about.has(key)));
}

function optional(row: Dated, key: string): string {
  const value = row[key];
  return typeof value === 'string' ? value : '';
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}

/** A row without an end ends where the next of the same rule begins. */
function endOf(row: Dated, rows: readonly Dated[]): string {
  const own = optional(row, 'effectiveTo');
  if (own !== '') return own;
  const later = rows
    .filter((one) => optional(one, 'rule') === optional(row, 'rule'))
    .map((one) => one.effectiveFrom)
    .filter((from) => from > row.effectiveFrom)
    .toSorted()[0];
  return later === undefined ? '' : dayBefore(later);
}

function stateOn(from: string, to: string, on: string): RuleState {
  if (on < from) return RuleState.FUTURE;
  return to !== '' && to < on ? RuleState.PAST : RuleState.IN_FORCE;
}

function rowOf(row: Dated, rows: readonly Dated[], on: string): RuleRow {
  const effectiveTo = endOf(row, rows);
  return {
    rule: optional(row, 'rule'),
    effectiveFrom: row.effectiveFrom,
    effectiveTo,
    source: row.source,
    grade: optional(row, 'grade'),
    state: stateOn(row.effectiveFrom, effectiveTo, on),
    cells: cellsOf(valueOf(row)),
  };
}

function needsRenewal(coversTo: string, on: string): boolean {
  if (coversTo === '') return false;
  const left = Temporal.PlainDate.from(on).until(coversTo, { largestUnit: 'days' }).days;
  return left <= warnDaysBefore && left >= -warnDaysAfter;
}

function tableOf({ name, rows }: Found, on: string): RuleTable {
  const shown = rows.map((row) => rowOf(row, rows, on));
  const ends = shown.map((row) => row.effectiveTo);
  const coversTo = ends.includes('') ? '' : (ends.toSorted().at(-1) ?? '');
  return {
    name,
    columns: [...new Set(shown.flatMap((row) => row.cells.map((cell) => cell.name)))],
    rows: shown,
    coversTo,
    needsRenewal: needsRenewal(coversTo, on),
  };
}

/** Every rule table of a service as it stands on a day, `YYYY-MM-DD`. */
export function listRuleTables(tree: RuleTree, on: string): ListRuleTablesResponse {
  return { tables: tablesIn(tree).map((found) => tableOf(found, on)), on };
}
