import { Component, computed, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListCalendarFeedsResponse,
  PutCalendarFeedRequest,
  PutCalendarFeedResponse,
  RevokeCalendarFeedRequest,
  RevokeCalendarFeedResponse,
} from '@recourse/proto/web/litigation/v1/deadlines';
import type { CalendarFeed } from '@recourse/proto/web/litigation/v1/deadlines';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { language } from '../../session/language';
import { load } from '../../session/load';
import { newId } from '../../session/new-id';
import { CopyId } from '../../ui/copy-id';
import { Dialog } from '../../ui/dialog';
import { formatLanguage } from '../../ui/format';
import { InstantPipe } from '../../ui/pipes';
import { ProblemPanel } from '../../ui/problem-panel';
import { TextField } from '../../ui/text-field';
import { t } from './words';

/** The person's own calendar addresses: made with a secret shown once, revoked at any time. */
@Component({
  selector: 'rc-feeds-dialog',
  imports: [CopyId, Dialog, InstantPipe, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog [heading]="t('feeds')" (closed)="closed.emit()">
      <div class="rc-stack">
        <p class="rc-muted">{{ t('feedHint') }}</p>
        @if (address(); as found) {
          <div role="status">
            <p>{{ t('feedAddress') }}</p>
            <p class="address">{{ found }}</p>
            <rc-copy-id [value]="found" />
          </div>
        }
        <ul>
          @for (feed of feeds(); track feed.feedId) {
            <li>
              <span class="name">{{ feed.name || t('unnamed') }}</span>
              <span class="rc-muted">{{ languageName(feed.language) }}</span>
              <span class="rc-muted">{{ t('madeAt', { at: (feed.madeAt | instant) }) }}</span>
              @if (feed.revokedAt) {
                <span class="rc-muted">{{ t('revoked') }}</span>
              } @else {
                <button
                  matButton
                  type="button"
                  [disabled]="revoke.busy()"
                  [attr.aria-label]="t('revokeNamed', { name: feed.name || t('unnamed') })"
                  (click)="end(feed)"
                >
                  {{ t('revoke') }}
                </button>
              }
            </li>
          } @empty {
            <li class="rc-muted">{{ t('noFeeds') }}</li>
          }
        </ul>
        <rc-text-field
          optional
          [label]="t('feedName')"
          [placeholder]="t('feedPlaceholder')"
          [(value)]="name"
        />
        @if (problem(); as failed) {
          <rc-problem-panel compact [problem]="failed" />
        }
      </div>
      <button actions matButton="filled" type="button" [disabled]="make.busy()" (click)="start()">
        {{ t('makeFeed') }}
      </button>
    </rc-dialog>
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
      min-block-size: 36px;
      border-block-end: 1px solid var(--rc-line);
    }
    .name {
      flex: 1 1 120px;
    }
    .address {
      font-family: var(--rc-mono);
      font-size: 12.5px;
      overflow-wrap: anywhere;
      user-select: all;
    }
  `,
})
export class FeedsDialog {
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly languageName = formatLanguage;
  protected readonly name = signal('');
  readonly #token = signal('');
  protected readonly loaded = load(() =>
    read('/v1/calendar-feeds', ListCalendarFeedsResponse.fromJSON),
  );
  protected readonly feeds = computed(() => this.loaded.value()?.feeds ?? []);
  protected readonly address = computed(() =>
    this.#token() === '' ? '' : `${location.origin}/calendar/${this.#token()}.ics`,
  );
  protected readonly problem = computed(
    () => this.loaded.problem() ?? this.make.problem() ?? this.revoke.problem(),
  );

  protected readonly make = action((requestId) => {
    const feedId = newId();
    const asked = { feedId, name: this.name().trim(), language: language() };
    const body = PutCalendarFeedRequest.toJSON(asked);
    const at = path`/v1/calendar-feeds/${feedId}`;
    return this.#api.put(at, body, PutCalendarFeedResponse.fromJSON, { requestId });
  });
  protected readonly revoke = action((requestId, feedId: string) => {
    const body = RevokeCalendarFeedRequest.toJSON({ feedId, requestId });
    const at = path`/v1/calendar-feeds/${feedId}:revoke`;
    return this.#api.post(at, body, RevokeCalendarFeedResponse.fromJSON, { requestId });
  });

  protected async start(): Promise<void> {
    const answer = await this.make.run();
    if (answer === undefined) return;
    this.#token.set(answer.token);
    this.name.set('');
    this.loaded.reload();
  }

  protected async end(feed: CalendarFeed): Promise<void> {
    if ((await this.revoke.run(feed.feedId)) !== undefined) this.loaded.reload();
  }
}
