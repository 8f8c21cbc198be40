import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  DiscardParkedEventsRequest,
  DiscardParkedEventsResponse,
  RetryParkedEventsRequest,
  RetryParkedEventsResponse,
} from '@recourse/proto/web/platform/v1/platform';
import type { ParkedFilter } from '@recourse/proto/web/platform/v1/platform';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { Dialog } from '../ui/dialog';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import type { ServiceName } from './services';
import { t } from './words';

/** What is to be decided about: some events, or all that a filter matches. */
export type ChosenEvents = {
  eventIds: readonly string[];
  filter: ParkedFilter | undefined;
  count: number;
};

/** Shows what will happen to how many events, takes the reason, and does it. */
@Component({
  selector: 'rc-decide-dialog',
  imports: [Dialog, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog size="small" [heading]="heading()" (closed)="closed.emit()">
      <div class="rc-stack">
        <p>{{ isDiscard() ? t('discardText') : t('retryText') }}</p>
        <rc-text-field
          [rows]="3"
          [label]="isDiscard() ? t('why') : t('whyOptional')"
          [(value)]="reason"
        />
        @if (decide.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || decide.busy()"
        (click)="send()"
      >
        {{ isDiscard() ? t('discard') : t('retry') }}
      </button>
    </rc-dialog>
  `,
})
export class DecideDialog {
  readonly service = input.required<ServiceName>();
  readonly verb = input.required<'retry' | 'discard'>();
  readonly chosen = input.required<ChosenEvents>();
  /** In words, how many were decided. */
  readonly decided = output<string>();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly reason = signal('');
  protected readonly isDiscard = computed(() => this.verb() === 'discard');
  protected readonly heading = computed(() => {
    const { count } = this.chosen();
    return this.isDiscard() ? t('discardHeading', { count }) : t('retryHeading', { count });
  });
  /** The contract asks for three signs of a reason to discard. */
  protected readonly isWhole = computed(
    () => !this.isDiscard() || this.reason().trim().length >= 3,
  );

  protected readonly decide = action((requestId) => {
    const { eventIds, filter } = this.chosen();
    const service = this.service();
    const reason = this.reason().trim();
    const request = { service, requestId, eventIds: [...eventIds], filter, reason };
    return this.isDiscard()
      ? this.#api.post(
          path`/v1/platform/${service}/parked-events:discard`,
          DiscardParkedEventsRequest.toJSON(request),
          DiscardParkedEventsResponse.fromJSON,
          { requestId },
        )
      : this.#api.post(
          path`/v1/platform/${service}/parked-events:retry`,
          RetryParkedEventsRequest.toJSON(request),
          RetryParkedEventsResponse.fromJSON,
          { requestId },
        );
  });

  protected async send(): Promise<void> {
    const answer = await this.decide.run();
    if (answer === undefined) return;
    const count = Number(answer.count);
    const done = this.isDiscard() ? t('discarded', { count }) : t('retried', { count });
    this.decided.emit(answer.more ? `${done} ${t('partly')}` : done);
  }
}
