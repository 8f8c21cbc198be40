import { computed, linkedSignal } from '@angular/core';
import type { Signal } from '@angular/core';
import type { Selection } from './selection';

type Kept<Row> = ReadonlyMap<string, Row>;
type Now<Row> = { selection: Selection; rows: readonly Row[] };

/**
 * The rows that are selected by key, also of pages that are not shown any more, each as it was
 * last read. With `matching` it holds none: those rows have to be gathered (`everyRow`).
 */
export function picked<Row>(
  selection: Signal<Selection>,
  rows: Signal<readonly Row[] | undefined>,
  keyOf: (row: Row) => string,
): Signal<readonly Row[]> {
  const kept = linkedSignal<Now<Row>, Kept<Row>>({
    source: () => ({ selection: selection(), rows: rows() ?? [] }),
    computation: (now, before) => {
      const { selection: chosen } = now;
      if (chosen.kind === 'matching') return new Map();
      const known = new Map(before?.value);
      for (const row of now.rows) known.set(keyOf(row), row);
      return new Map([...known].filter(([key]) => chosen.keys.has(key)));
    },
  });
  return computed(() => [...kept().values()]);
}
