import type { Option } from './filter-choice';
import type { MoneyValue } from './format';

type Common = {
  /** The field's name in the request, so that the server's notes stand beside it. */
  id: string;
  label: string;
  hint?: string;
  optional?: boolean;
};

/** A field of a form dialog; `initial` is what stands in it before a person writes. */
export type FormField = Common &
  (
    | { kind: 'text'; initial?: string; rows?: number; least?: number }
    | { kind: 'day'; initial?: string; min?: string; max?: string }
    /** Hours and minutes of the viewer's day, `HH:MM`. */
    | { kind: 'time'; initial?: string }
    | { kind: 'choice'; options: readonly Option[]; initial?: string | undefined }
    | { kind: 'money'; currency: string; initial?: MoneyValue | undefined; zero?: boolean }
    /** Per cent as it is written; basis points as a value. */
    | { kind: 'percent'; initial?: number }
    | { kind: 'whole'; initial?: number; max: number; unit?: string }
    | { kind: 'flag'; initial?: boolean }
    | { kind: 'file'; accept: string; maxBytes: number }
  );

export type FormValue = string | MoneyValue | boolean | File | undefined;

/** What a person has written so far. Every getter gives the empty value for what is not there. */
export type FormValues = {
  text(id: string): string;
  money(id: string): MoneyValue | undefined;
  /** Basis points of a `percent`. */
  bps(id: string): number;
  whole(id: string): number;
  flag(id: string): boolean;
  file(id: string): File | undefined;
};

/** Two digits after the point at most, from 0 to 100; undefined when it is no such number. */
export function bpsIn(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const bps = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return bps <= 10_000 ? bps : undefined;
}

/** A whole number from 0 to `max`; undefined when it is none. */
export function wholeIn(text: string, max: number): number | undefined {
  if (!/^\d{1,9}$/.test(text.trim())) return undefined;
  const value = Number(text.trim());
  return value <= max ? value : undefined;
}

/** What a field holds before a person writes. */
export function initialOf(field: FormField): FormValue {
  switch (field.kind) {
    case 'percent':
      return field.initial === undefined ? '' : String(field.initial / 100);
    case 'whole':
      return field.initial === undefined ? '' : String(field.initial);
    case 'flag':
      return field.initial ?? false;
    case 'file':
      return undefined;
    case 'money':
    case 'choice':
      return field.initial;
    default:
      return field.initial ?? '';
  }
}

/** Whether what stands in a field may be sent; an optional one may also be empty. */
export function isFilled(field: FormField, value: FormValue): boolean {
  const isEmpty = value === undefined || value === '';
  if (field.optional === true && isEmpty) return true;
  switch (field.kind) {
    case 'flag':
      return true;
    case 'text':
      return typeof value === 'string' && value.trim().length >= (field.least ?? 1);
    case 'money':
      return typeof value === 'object' && 'minor' in value && value.minor >= (field.zero ? 0n : 1n);
    case 'choice':
      return field.options.some((option) => option.value === value);
    case 'percent':
      return typeof value === 'string' && bpsIn(value) !== undefined;
    case 'whole':
      return typeof value === 'string' && wholeIn(value, field.max) !== undefined;
    default:
      return !isEmpty;
  }
}

/** Reads values by the kind they have. */
export function valuesOf(read: (id: string) => FormValue): FormValues {
  const text = (id: string): string => {
    const value = read(id);
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    text,
    money: (id) => {
      const value = read(id);
      return typeof value === 'object' && 'minor' in value ? value : undefined;
    },
    bps: (id) => bpsIn(text(id)) ?? 0,
    whole: (id) => wholeIn(text(id), 999_999_999) ?? 0,
    flag: (id) => read(id) === true,
    file: (id) => {
      const value = read(id);
      return value instanceof File ? value : undefined;
    },
  };
}

/** Ids of one opening of a form: of what it creates, and of the request. */
export type FormIds = { newId: string; requestId: string };

/** A short form as data. `fields` is asked again with every change of a value. */
export type Form = {
  heading: string;
  /** A sentence above the fields. */
  hint?: string;
  /** The button's word; `save` when absent. */
  action?: string;
  fields: (values: FormValues) => readonly FormField[];
  send: (values: FormValues, ids: FormIds) => Promise<unknown>;
};

/** Any number of rows of the same fields. */
export type FormRowsSpec = {
  /** What the row with this number, from one, is called. */
  rowName: (number: number) => string;
  /** What adds a row; without it there are as many as there are. */
  addName?: string;
  /** How many rows stay at least; one when absent. */
  least?: number;
  rows: readonly Readonly<Record<string, FormValue>>[];
  fields: (values: FormValues) => readonly FormField[];
};

/** A form of rows. */
export type RowsForm = FormRowsSpec & {
  heading: string;
  /** Every row's values; `id` of a row is the one given, or a new one. */
  send: (rows: readonly FormValues[], ids: FormIds) => Promise<unknown>;
};
