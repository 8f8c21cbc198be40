import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { DisputeOutcome } from '@recourse/proto/web/blacklist/v1/listings';
import type { Dispute } from '@recourse/proto/web/blacklist/v1/listings';
import { Chip } from '../../ui/chip';
import { formatDay } from '../../ui/format';
import { InstantPipe } from '../../ui/pipes';
import { named } from './listing-text';
import { PaperList } from './paper-list';
import { t } from './words';

/** An objection with what each side wrote, the clock of the answer, and the answer. */
@Component({
  selector: 'rc-dispute-thread',
  imports: [Chip, InstantPipe, MatButton, PaperList],
  template: `
    @let one = dispute();
    <article>
      <div class="rc-row">
        <h3>{{ text(one.kind) }} · {{ text(one.ground) }}</h3>
        @if (isOpen()) {
          <rc-chip [tone]="one.overdue ? 'bad' : 'watch'">
            {{ one.overdue ? t('overdue') : answerBy() }}
          </rc-chip>
        } @else {
          <rc-chip>{{ text(one.outcome) }}</rc-chip>
        }
        @if (one.late) {
          <rc-chip>{{ t('lateDispute') }}</rc-chip>
        }
      </div>
      <ol>
        @for (message of one.messages; track message.messageId) {
          <li>
            <p class="rc-muted">
              {{ text(message.side) }} {{ message.actor?.name }} · {{ message.at | instant }}
            </p>
            <p class="said">{{ message.text }}</p>
            <rc-paper-list [papers]="message.files" [canOpen]="canOpen()" />
          </li>
        }
      </ol>
      @if (!isOpen()) {
        <p>
          <strong>{{ t('answer') }}</strong>
          <span class="rc-muted">{{ one.answeredAt | instant }}</span>
        </p>
        <p class="said">{{ one.answer }}</p>
      } @else {
        <div class="rc-row">
          @if (mayReply()) {
            <button matButton="outlined" type="button" (click)="reply.emit(one.disputeId)">
              {{ t('reply') }}
            </button>
          }
          @if (mayAnswer()) {
            <button matButton="filled" type="button" (click)="answer.emit(one.disputeId)">
              {{ t('answer') }}
            </button>
          }
        </div>
      }
    </article>
  `,
  styles: `
    article {
      display: flex;
      flex-direction: column;
      gap: 8px;
      padding-block: 12px;
      border-block-end: 1px solid var(--rc-line);
    }
    li {
      padding: 6px 0 6px 12px;
      border-inline-start: 2px solid var(--rc-line-strong);
    }
    .said {
      white-space: pre-wrap;
    }
  `,
})
export class DisputeThread {
  readonly dispute = input.required<Dispute>();
  readonly mayReply = input(false);
  readonly mayAnswer = input(false);
  /** Both sides of the thread open its papers; onlookers do not. */
  readonly canOpen = input(false);
  readonly reply = output<string>();
  readonly answer = output<string>();
  protected readonly t = t;
  protected readonly text = named;

  protected isOpen(): boolean {
    return this.dispute().outcome === DisputeOutcome.UNSPECIFIED;
  }

  protected answerBy(): string {
    return t('answerBy', { day: formatDay(this.dispute().answerBy) });
  }
}
