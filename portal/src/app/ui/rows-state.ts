import { computed, linkedSignal } from '@angular/core';
import type { Signal } from '@angular/core';
import { newId } from '../session/new-id';
import { valuesOf } from './form-values';
import type { FormField, FormRowsSpec, FormValue, FormValues } from './form-values';
import { writtenForm } from './written-form';

type Row = { id: string; written: ReadonlyMap<string, FormValue> };

/** A row as it is drawn. */
export type DrawnRow = {
  id: string;
  fields: readonly FormField[];
  read: (field: string) => FormValue;
  isWhole: boolean;
};

/** Rows of the same fields with what was written in each. */
export type RowsState = {
  spec: Signal<FormRowsSpec | undefined>;
  drawn: Signal<readonly DrawnRow[]>;
  /** Every row may be sent; so may no rows. */
  isWhole: Signal<boolean>;
  /** Every row's values; its `id` is the one given, or a new one. */
  values: Signal<readonly FormValues[]>;
  add(): void;
  remove(id: string): void;
  set(id: string, field: string, value: FormValue): void;
};

function rowOf(row: Readonly<Record<string, FormValue>>): Row {
  const { id } = { id: '', ...row };
  return {
    id: typeof id === 'string' && id !== '' ? id : newId(),
    written: new Map(Object.entries(row)),
  };
}

function drawnRow({ id, written }: Row, spec: FormRowsSpec): DrawnRow {
  const { fields, read, isWhole } = writtenForm(spec.fields, written);
  return { id, fields, isWhole, read: (field) => (field === 'id' ? id : read(field)) };
}

/** Keeps rows; what is written stays when the spec is made anew, as the page behind reads again. */
export function rowsState(spec: Signal<FormRowsSpec | undefined>): RowsState {
  const rows = linkedSignal<FormRowsSpec | undefined, readonly Row[] | undefined>({
    source: spec,
    computation: (given, before) => before?.value ?? given?.rows.map((row) => rowOf(row)),
  });
  const drawn = computed(() => {
    const given = spec();
    return given === undefined ? [] : (rows() ?? []).map((row) => drawnRow(row, given));
  });
  return {
    spec,
    drawn,
    isWhole: computed(() => drawn().every((row) => row.isWhole)),
    values: computed(() => drawn().map(({ read }) => valuesOf(read))),
    add: () => rows.update((all) => [...(all ?? []), rowOf({})]),
    remove: (id) => rows.update((all) => all?.filter((row) => row.id !== id)),
    set: (id, field, value) =>
      rows.update((all) =>
        all?.map((row) =>
          row.id === id ? { id, written: new Map(row.written).set(field, value) } : row,
        ),
      ),
  };
}
