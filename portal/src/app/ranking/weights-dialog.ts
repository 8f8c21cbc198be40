import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  PutRankingWeightsRequest,
  PutRankingWeightsResponse,
} from '@recourse/proto/web/agencies/v1/ranking';
import type { RankingWeight } from '@recourse/proto/web/agencies/v1/ranking';
import { action } from '../session/action';
import { Api } from '../session/api';
import { asOpened } from '../session/as-opened';
import { Dialog } from '../ui/dialog';
import { formatBps } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { componentName } from './score-text';
import { t } from './words';

type Part = { component: RankingWeight['component']; text: string };

/** There is one set of weights; it is never another's while the dialog is open. */
const whole = (): string => 'weights';

function isWeight(text: string): boolean {
  return /^\d{1,4}$/.test(text.trim()) && Number(text) <= 1000;
}

/** What counts how much in the ranking; the share of each is said beside it. */
@Component({
  selector: 'rc-weights-dialog',
  imports: [Dialog, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog size="small" [heading]="t('weightsTitle')" (closed)="closed.emit()">
      <p class="rc-muted">{{ t('weightsHint') }}</p>
      @for (part of parts(); track part.component) {
        <rc-text-field
          [label]="name(part.component)"
          [unit]="shareOf(part)"
          [error]="wrongOf(part)"
          [value]="part.text"
          (valueChange)="set(part.component, $event)"
        />
      }
      @if (save.problem(); as problem) {
        <rc-problem-panel compact [problem]="problem" />
      }
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || save.busy()"
        (click)="send()"
      >
        {{ t('save') }}
      </button>
    </rc-dialog>
  `,
})
export class WeightsDialog {
  readonly weights = input.required<readonly RankingWeight[]>();
  readonly version = input.required<bigint>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly name = componentName;
  /** The weights as the person saw them, with their version. */
  readonly #seen = asOpened(whole, () => ({ weights: this.weights(), version: this.version() }));
  protected readonly parts = asOpened<Part[]>(whole, () =>
    this.#seen().weights.map(({ component, weight }) => ({ component, text: String(weight) })),
  );
  readonly #total = computed(() =>
    this.parts().reduce((sum, { text }) => sum + (isWeight(text) ? Number(text) : 0), 0),
  );
  protected readonly isWhole = computed(
    () => this.#total() > 0 && this.parts().every(({ text }) => isWeight(text)),
  );

  protected readonly save = action((requestId) => {
    const request: PutRankingWeightsRequest = {
      weights: this.parts().map(({ component, text }) => ({ component, weight: Number(text) })),
      expectedVersion: this.#seen().version,
      requestId,
    };
    return this.#api.put(
      '/v1/ranking/weights',
      PutRankingWeightsRequest.toJSON(request),
      PutRankingWeightsResponse.fromJSON,
      { requestId },
    );
  });

  protected set(component: Part['component'], text: string): void {
    this.parts.update((parts) =>
      parts.map((part) => (part.component === component ? { component, text } : part)),
    );
  }

  protected wrongOf({ text }: Part): string {
    return isWeight(text) ? '' : t('weightWrong');
  }

  protected shareOf({ text }: Part): string {
    if (!isWeight(text) || this.#total() === 0) return '';
    return formatBps(Math.round((Number(text) / this.#total()) * 1000) * 10);
  }

  protected async send(): Promise<void> {
    if ((await this.save.run()) !== undefined) this.saved.emit();
  }
}
