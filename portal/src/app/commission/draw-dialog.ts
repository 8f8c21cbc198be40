import { Component, computed, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { ListAgenciesResponse } from '@recourse/proto/web/agencies/v1/agencies';
import {
  DrawStatementRequest,
  DrawStatementResponse,
} from '@recourse/proto/web/agencies/v1/commission';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { load } from '../session/load';
import { newId } from '../session/new-id';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { today } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { t } from './words';

const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY'];

/** The last twelve months, this one first. */
function lastMonths(): string[] {
  const [year = 0, month = 1] = today().split('-').map(Number);
  return Array.from({ length: 12 }, (_, back) => {
    const index = year * 12 + (month - 1) - back;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

/** Asks for agency, month and currency, and draws the statement from lines not yet on one. */
@Component({
  selector: 'rc-draw-dialog',
  imports: [ChoiceField, Dialog, MatButton, ProblemPanel],
  template: `
    <rc-dialog size="small" [heading]="t('drawTitle')" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-choice-field [label]="t('agency')" [options]="agencyOptions()" [(value)]="agencyId" />
        <rc-choice-field [label]="t('month')" [options]="months" [(value)]="month" />
        <rc-choice-field [label]="t('currency')" [options]="currencies" [(value)]="currency" />
        @if (draw.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || draw.busy()"
        (click)="send()"
      >
        {{ t('draw') }}
      </button>
    </rc-dialog>
  `,
})
export class DrawDialog {
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #statementId = newId();
  protected readonly t = t;
  protected readonly months = lastMonths().map((value) => ({ value, name: value }));
  protected readonly currencies = currencies.map((value) => ({ value, name: value }));
  protected readonly agencyId = signal<string | undefined>(undefined);
  protected readonly month = signal<string | undefined>(lastMonths()[0]);
  protected readonly currency = signal<string | undefined>('CNY');
  protected readonly agencies = load(() =>
    read('/v1/agencies', ListAgenciesResponse.fromJSON, { page: { size: 200 } }),
  );
  protected readonly agencyOptions = computed(() =>
    (this.agencies.value()?.agencies ?? []).map((one) => ({ value: one.agencyId, name: one.name })),
  );
  protected readonly isWhole = computed(
    () =>
      this.agencyId() !== undefined && this.month() !== undefined && this.currency() !== undefined,
  );

  protected readonly draw = action((requestId) => {
    const request: DrawStatementRequest = {
      statementId: this.#statementId,
      agencyId: this.agencyId() ?? '',
      month: this.month() ?? '',
      currency: this.currency() ?? '',
    };
    return this.#api.put(
      path`/v1/statements/${this.#statementId}`,
      DrawStatementRequest.toJSON(request),
      DrawStatementResponse.fromJSON,
      { requestId },
    );
  });

  protected async send(): Promise<void> {
    const drawn = await this.draw.run();
    if (drawn?.statement === undefined) return;
    await this.#router.navigate(['/commission', drawn.statement.statementId]);
  }
}
