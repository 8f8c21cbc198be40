import { Component, computed, input, linkedSignal, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { action } from '../session/action';
import { newId } from '../session/new-id';
import { Dialog } from './dialog';
import { FormBody } from './form-body';
import { initialOf, isFilled, valuesOf } from './form-values';
import type { FormField, FormValue, FormValues, RowsForm } from './form-values';
import { ProblemPanel } from './problem-panel';
import { t } from './words';

type Row = { id: string; written: ReadonlyMap<string, FormValue> };

/** A dialog of rows that each have the same fields: claims, parties. At least one row stays. */
@Component({
  selector: 'rc-form-rows-dialog',
  imports: [Dialog, FormBody, MatButton, ProblemPanel],
  template: `
    <rc-dialog size="large" [heading]="form().heading" (closed)="closed.emit()">
      <div class="rc-stack">
        @for (row of drawn(); track row.id; let index = $index) {
          <fieldset>
            <legend>{{ form().rowName(index + 1) }}</legend>
            <rc-form-body
              [fields]="row.fields"
              [read]="row.read"
              (changed)="set(row.id, $event.id, $event.value)"
            />
            @if (drawn().length > 1) {
              <button matButton type="button" (click)="remove(row.id)">
                {{ t('removeRow', { name: form().rowName(index + 1) }) }}
              </button>
            }
          </fieldset>
        }
        <div>
          <button matButton="outlined" type="button" (click)="add()">{{ form().addName }}</button>
        </div>
        @if (send.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || send.busy()"
        (click)="run()"
      >
        {{ t('save') }}
      </button>
    </rc-dialog>
  `,
  styles: `
    fieldset {
      min-inline-size: 0;
      margin: 0;
      padding: 8px 16px 16px;
      border: 1px solid var(--rc-line);
      border-radius: var(--rc-radius-large);
    }
    legend {
      padding-inline: 4px;
      font-weight: 620;
    }
    rc-form-body {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr));
    }
    fieldset > button {
      margin-block-start: 8px;
    }
  `,
})
export class FormRowsDialog {
  readonly form = input.required<RowsForm>();
  readonly saved = output();
  readonly closed = output();
  protected readonly t = t;
  /** What is written stays when the page behind reads anew. */
  readonly #rows = linkedSignal<RowsForm, readonly Row[]>({
    source: this.form,
    computation: (form, before) => before?.value ?? form.rows.map((row) => this.#rowOf(row)),
  });

  protected readonly drawn = computed(() =>
    this.#rows().map(({ id, written }) => {
      const fields = this.form().fields(valuesOf((field) => written.get(field)));
      const read = (field: string): FormValue => this.#read(id, written, fields, field);
      return { id, fields, read };
    }),
  );
  protected readonly isWhole = computed(() =>
    this.drawn().every(({ fields, read }) =>
      fields.every((field) => isFilled(field, read(field.id))),
    ),
  );

  #read(
    id: string,
    written: ReadonlyMap<string, FormValue>,
    fields: readonly FormField[],
    field: string,
  ): FormValue {
    if (field === 'id') return id;
    if (written.has(field)) return written.get(field);
    const found = fields.find((one) => one.id === field);
    return found === undefined ? undefined : initialOf(found);
  }

  #rowOf(row: Readonly<Record<string, FormValue>>): Row {
    const { id } = { id: '', ...row };
    return {
      id: typeof id === 'string' && id !== '' ? id : newId(),
      written: new Map(Object.entries(row)),
    };
  }

  protected add(): void {
    this.#rows.update((rows) => [...rows, this.#rowOf({})]);
  }

  protected remove(id: string): void {
    this.#rows.update((rows) => rows.filter((row) => row.id !== id));
  }

  protected set(id: string, field: string, value: FormValue): void {
    this.#rows.update((rows) =>
      rows.map((row) =>
        row.id === id ? { id, written: new Map(row.written).set(field, value) } : row,
      ),
    );
  }

  protected readonly send = action((requestId) => {
    const rows: FormValues[] = this.drawn().map(({ read }) => valuesOf(read));
    return this.form().send(rows, { newId: '', requestId });
  });

  protected async run(): Promise<void> {
    await this.send.run();
    if (this.send.problem() === undefined) this.saved.emit();
  }
}
