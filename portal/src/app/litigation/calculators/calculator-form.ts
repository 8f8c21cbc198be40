import { Component, computed, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { fieldErrorText } from '../../session/problem-words';
import { FormBody } from '../../ui/form-body';
import { FormRows } from '../../ui/form-rows';
import type { FormValue } from '../../ui/form-values';
import { ProblemPanel } from '../../ui/problem-panel';
import { rowsState } from '../../ui/rows-state';
import { writtenForm } from '../../ui/written-form';
import type { Calculation } from './calculation';
import { t } from './words';

/** The inputs of a calculator. Its answer is forgotten as soon as one of them changes. */
@Component({
  selector: 'rc-calculator-form',
  imports: [FormBody, FormRows, MatButton, ProblemPanel],
  template: `
    <rc-form-body
      [fields]="drawn().fields"
      [read]="drawn().read"
      [errorOf]="errorOf"
      (changed)="set($event.id, $event.value)"
    />
    <rc-form-rows [of]="rows" (edited)="of().forget()" />
    <div>
      <button
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || of().run.busy()"
        (click)="calculate()"
      >
        {{ action() || t('calculate') }}
      </button>
    </div>
    @if (of().run.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
  `,
  styles: `
    :host {
      --rc-column: 220px;

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
  readonly of = input.required<Calculation<unknown>>();
  /** The button's word, where it is another one. */
  readonly action = input('');
  protected readonly t = t;
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  protected readonly drawn = computed(() => writtenForm(this.of().fields, this.#written()));
  protected readonly rows = rowsState(computed(() => this.of().rows(this.drawn().values)));
  protected readonly isWhole = computed(() => this.drawn().isWhole && this.rows.isWhole());
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.of().run.problem(), id);

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
    this.of().forget();
  }

  protected calculate(): void {
    void this.of().run.run(this.drawn().values, this.rows.values());
  }
}
