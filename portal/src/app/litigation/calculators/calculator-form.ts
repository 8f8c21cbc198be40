import { Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Problem } from '../../session/problem';
import { fieldErrorText } from '../../session/problem-words';
import { FormBody } from '../../ui/form-body';
import { initialOf, isFilled, valuesOf } from '../../ui/form-values';
import type { FormField, FormValue, FormValues } from '../../ui/form-values';
import { ProblemPanel } from '../../ui/problem-panel';
import { t } from './words';

/** The inputs of a calculator. Its answer is forgotten as soon as one of them changes. */
@Component({
  selector: 'rc-calculator-form',
  imports: [FormBody, MatButton, ProblemPanel],
  template: `
    <rc-form-body
      [fields]="shown()"
      [read]="read"
      [errorOf]="errorOf"
      (changed)="set($event.id, $event.value)"
    />
    <div>
      <button
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || busy()"
        (click)="calculate.emit(values())"
      >
        {{ t('calculate') }}
      </button>
    </div>
    @if (problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    rc-form-body {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
      align-items: start;
    }
  `,
})
export class CalculatorForm {
  readonly fields = input.required<(values: FormValues) => readonly FormField[]>();
  readonly busy = input(false);
  readonly problem = input<Problem>();
  readonly calculate = output<FormValues>();
  readonly edited = output();
  protected readonly t = t;
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  readonly #initials = computed(() => {
    const fields = this.fields()(valuesOf((id) => this.#written().get(id)));
    return new Map(fields.map((field) => [field.id, initialOf(field)]));
  });
  protected readonly read = (id: string): FormValue => {
    const written = this.#written();
    return written.has(id) ? written.get(id) : this.#initials().get(id);
  };
  protected readonly shown = computed(() => this.fields()(valuesOf(this.read)));
  protected readonly isWhole = computed(() =>
    this.shown().every((field) => isFilled(field, this.read(field.id))),
  );
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.problem(), id);

  protected values(): FormValues {
    return valuesOf(this.read);
  }

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
    this.edited.emit();
  }
}
