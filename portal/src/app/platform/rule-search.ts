import { RuleState } from '@recourse/proto/web/platform/v1/rules';
import type { RuleRow, RuleTable } from '@recourse/proto/web/platform/v1/rules';
import type { ServiceName } from './services';
import { t } from './rules-words';

/** A table with the service that decides by it. */
export type ServiceTable = { service: ServiceName; table: RuleTable };

export type RuleFilter = {
  query: string;
  services: readonly ServiceName[];
  states: readonly RuleState[];
};

/** A table's name in words, or its place in the code. */
export function tableName(table: RuleTable): string {
  return t.find(`table.${table.name}`) ?? table.name;
}

function textOf(row: RuleRow): string {
  const cells = row.cells.flatMap(({ name, value }) => [name, value]);
  return [row.rule, row.source, row.effectiveFrom, row.effectiveTo, ...cells].join('\n');
}

/**
 * Tables that fit, each with the rows that do. A word in the table's own name shows all its rows.
 */
export function searchRules(all: readonly ServiceTable[], filter: RuleFilter): ServiceTable[] {
  const query = filter.query.trim().toLowerCase();
  const hasQuery = (text: string): boolean => text.toLowerCase().includes(query);
  return all.flatMap(({ service, table }) => {
    if (filter.services.length > 0 && !filter.services.includes(service)) return [];
    const isNamed = hasQuery(table.name) || hasQuery(tableName(table));
    const rows = table.rows.filter(
      (row) =>
        (filter.states.length === 0 || filter.states.includes(row.state)) &&
        (isNamed || hasQuery(textOf(row))),
    );
    return rows.length === 0 ? [] : [{ service, table: { ...table, rows } }];
  });
}

/** Rows that hold come first, then those to come, then the past, each latest first. */
export function inOrder(rows: readonly RuleRow[]): RuleRow[] {
  const order = [RuleState.IN_FORCE, RuleState.FUTURE, RuleState.PAST, RuleState.UNSPECIFIED];
  return rows.toSorted(
    (a, b) =>
      order.indexOf(a.state) - order.indexOf(b.state) ||
      (a.effectiveFrom < b.effectiveFrom ? 1 : -1),
  );
}
