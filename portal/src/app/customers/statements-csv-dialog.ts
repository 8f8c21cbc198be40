import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ImportFinancialStatementsRequest,
  ImportFinancialStatementsResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import { currencies } from '../ratings/currencies';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { FileDrop } from '../ui/file-drop';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './file-words';

/** The contract's limit of the CSV, in characters. */
const maxLength = 200_000;

/** UTF-8 where it is, else GB18030, as Chinese spreadsheets write. */
function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Statements from a CSV, dropped or pasted: all of them or none. */
@Component({
  selector: 'rc-statements-csv-dialog',
  imports: [ChoiceField, Dialog, FileDrop, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog size="medium" [heading]="t('csvTitle')" (closed)="closed.emit()">
      <p class="rc-muted">{{ t('csvHint') }}</p>
      <rc-file-drop accept=".csv,.txt" [maxBytes]="maxLength" (picked)="pick($event)" />
      <rc-text-field optional [rows]="6" [label]="t('csvText')" [(value)]="csv" />
      <div class="rc-grid">
        <rc-choice-field [label]="t('currency')" [options]="currencies" [(value)]="currency" />
        <rc-choice-field [label]="t('unit')" [options]="units()" [(value)]="unit" />
      </div>
      @if (send.problem(); as problem) {
        <rc-problem-panel compact [problem]="problem" />
      }
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="csv().trim() === '' || send.busy()"
        (click)="start()"
      >
        {{ t('csvImport') }}
      </button>
    </rc-dialog>
  `,
})
export class StatementsCsvDialog {
  readonly customerId = input.required<string>();
  readonly imported = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly maxLength = maxLength;
  protected readonly currencies = currencies.map((value) => ({ value, name: value }));
  protected readonly csv = signal('');
  protected readonly currency = signal<string | undefined>('CNY');
  protected readonly unit = signal<string | undefined>('1');
  protected readonly units = computed(() => [
    { value: '1', name: t('unit1') },
    { value: '1000', name: t('unit1000') },
    { value: '10000', name: t('unit10000') },
  ]);

  protected readonly send = action((requestId) => {
    const customerId = this.customerId();
    const request: ImportFinancialStatementsRequest = {
      customerId,
      requestId,
      csv: this.csv(),
      currency: this.currency() ?? 'CNY',
      unit: BigInt(this.unit() ?? '1'),
    };
    return this.#api.post(
      path`/v1/customers/${customerId}/financial-statements:import`,
      ImportFinancialStatementsRequest.toJSON(request),
      ImportFinancialStatementsResponse.fromJSON,
      { requestId },
    );
  });

  protected async pick(file: File): Promise<void> {
    this.csv.set(decoded(await file.arrayBuffer()));
  }

  protected async start(): Promise<void> {
    if ((await this.send.run()) !== undefined) this.imported.emit();
  }
}
