import { inject, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { action } from '../../session/action';
import type { Action } from '../../session/action';
import { Api } from '../../session/api';
import type { FormField, FormRowsSpec, FormValues } from '../../ui/form-values';

type Asked = readonly [values: FormValues, rows: readonly FormValues[]];

/** A figure that the server computes from a form; nothing of it is recorded. */
export type Calculation<Answer> = {
  fields: (values: FormValues) => readonly FormField[];
  /** Rows of the same fields below the form; which, may depend on what stands in it. */
  rows: (values: FormValues) => FormRowsSpec | undefined;
  run: Action<Asked, void>;
  answer: Signal<Answer | undefined>;
  /** Forgets the answer, as what was asked is another thing now. */
  forget(): void;
};

/** Ties a form to the calculator at an address; call it where a component's fields are made. */
export function calculation<Answer>(o: {
  at: () => string;
  fields: (values: FormValues) => readonly FormField[];
  rows?: (values: FormValues) => FormRowsSpec;
  body: (...asked: Asked) => unknown;
  decode: (json: unknown) => Answer;
}): Calculation<Answer> {
  const api = inject(Api);
  const answer = signal<Answer | undefined>(undefined);
  const { at, fields, rows, body, decode } = o;
  return {
    fields,
    rows: rows ?? (() => undefined),
    run: action(async (requestId, ...asked: Asked) => {
      answer.set(await api.post(at(), body(...asked), decode, { requestId }));
    }),
    answer: answer.asReadonly(),
    forget: () => answer.set(undefined),
  };
}
