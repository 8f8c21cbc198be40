import { Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { action } from '../session/action';
import { newId } from '../session/new-id';
import { fieldErrorText } from '../session/problem-words';
import { Dialog } from './dialog';
import { FormBody } from './form-body';
import type { Form, FormValue } from './form-values';
import { ProblemPanel } from './problem-panel';
import { t } from './words';
import { writtenForm } from './written-form';

/**
 * A dialog that is a short form: fields as data, one button, the server's answer beside the fields.
 * What stands in the dialog's content comes before the fields. The id of what is created stays the
 * same as long as the dialog is open.
 */
@Component({
  selector: 'rc-form-dialog',
  imports: [Dialog, FormBody, MatButton, ProblemPanel],
  template: `
    <rc-dialog [heading]="form().heading" [size]="size()" (closed)="closed.emit()">
      <div class="rc-stack">
        @if (form().hint; as hint) {
          <p class="rc-muted">{{ hint }}</p>
        }
        <ng-content />
        <rc-form-body
          [fields]="drawn().fields"
          [read]="drawn().read"
          [errorOf]="errorOf"
          (changed)="set($event.id, $event.value)"
        />
        @if (send.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!drawn().isWhole || send.busy()"
        (click)="run()"
      >
        {{ form().action ?? t('save') }}
      </button>
    </rc-dialog>
  `,
})
export class FormDialog {
  readonly form = input.required<Form>();
  readonly size = input<'small' | 'medium' | 'large'>('small');
  readonly saved = output();
  readonly closed = output();
  protected readonly t = t;
  readonly #newId = newId();
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());

  protected readonly drawn = computed(() => writtenForm(this.form().fields, this.#written()));

  protected readonly send = action((requestId) =>
    this.form().send(this.drawn().values, { newId: this.#newId, requestId }),
  );
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.send.problem(), id);

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
  }

  protected async run(): Promise<void> {
    await this.send.run();
    if (this.send.problem() === undefined) this.saved.emit();
  }
}
