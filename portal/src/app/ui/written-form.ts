import { initialOf, isFilled, valuesOf } from './form-values';
import type { FormField, FormValue, FormValues } from './form-values';

/** A form with what a person has written so far, by field; the rest is as it was at first. */
export type WrittenForm = {
  fields: readonly FormField[];
  read: (id: string) => FormValue;
  values: FormValues;
  /** Every field that is needed holds something that may be sent. */
  isWhole: boolean;
};

/**
 * Lays what was written over what the fields hold at first. First values come from the fields as
 * what was written alone makes them; which fields there are, from all values.
 */
export function writtenForm(
  fieldsOf: (values: FormValues) => readonly FormField[],
  written: ReadonlyMap<string, FormValue>,
): WrittenForm {
  const first = fieldsOf(valuesOf((id) => written.get(id)));
  const initials = new Map(first.map((field) => [field.id, initialOf(field)]));
  const read = (id: string): FormValue => (written.has(id) ? written.get(id) : initials.get(id));
  const values = valuesOf(read);
  const fields = fieldsOf(values);
  return { fields, read, values, isWhole: fields.every((one) => isFilled(one, read(one.id))) };
}
