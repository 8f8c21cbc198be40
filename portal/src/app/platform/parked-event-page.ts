import { Component, computed, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { GetParkedEventResponse, ParkedState } from '@recourse/proto/web/platform/v1/platform';
import type { Repair } from '@recourse/proto/web/platform/v1/platform';
import { path, read } from '../session/api';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import { CopyId } from '../ui/copy-id';
import { formatCount, formatInstant } from '../ui/format';
import { type Figure, ObjectHeader } from '../ui/object-header';
import { ProblemPanel } from '../ui/problem-panel';
import { type ChosenEvents, DecideDialog } from './decide-dialog';
import type { ServiceName } from './services';
import { parkedTone } from './state-tone';
import { t } from './words';

/** One event that could not be handled: why, what it says, what was decided about it. */
@Component({
  imports: [Chip, CopyId, DecideDialog, MatButton, ObjectHeader, ProblemPanel],
  templateUrl: './parked-event-page.html',
  styles: `
    h2 {
      margin: 0 0 8px;
      font-size: 15px;
    }
    pre {
      max-block-size: 60vh;
      margin: 0;
      overflow: auto;
      font-size: 12.5px;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    dl {
      display: grid;
      grid-template-columns: max-content 1fr;
      gap: 6px 16px;
      margin: 0;
    }
    dt {
      color: var(--rc-text-2);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    li {
      padding-block: 4px;
    }
  `,
})
export class ParkedEventPage {
  readonly service = input.required<ServiceName>();
  readonly eventId = input.required<string>();
  protected readonly t = t;
  protected readonly tone = parkedTone;
  protected readonly instant = formatInstant;
  protected readonly dialogs = dialogUrl(['retry', 'discard']);
  protected readonly said = signal('');
  protected readonly crumbs = () => [{ name: t('parked'), link: ['/parked'] }];
  protected readonly loaded = load(() =>
    read(
      path`/v1/platform/${this.service()}/parked-events/${this.eventId()}`,
      GetParkedEventResponse.fromJSON,
    ),
  );
  protected readonly event = computed(() => this.loaded.value()?.event);
  protected readonly chosen = computed<ChosenEvents>(() => ({
    eventIds: [this.eventId()],
    filter: undefined,
    count: 1,
  }));
  protected readonly mayDiscard = computed(() => this.event()?.state === ParkedState.PARKED);
  protected readonly mayRetry = computed(
    () => this.mayDiscard() || this.event()?.state === ParkedState.DISCARDED,
  );
  protected readonly figures = computed<Figure[]>(() => {
    const event = this.event();
    if (event === undefined) return [];
    return [
      { name: t('reason'), value: event.reason, tone: 'bad' },
      { name: t('attempts'), value: formatCount(event.attempts) },
      { name: t('firstFailedAt'), value: formatInstant(event.firstFailedAt) },
      { name: t('lastFailedAt'), value: formatInstant(event.lastFailedAt) },
    ];
  });

  protected decided(words: string): void {
    this.said.set(words);
    this.dialogs.close();
    this.loaded.reload();
  }

  protected repairText(repair: Repair): string {
    const what = t.find(repair.action) ?? repair.action;
    return [formatInstant(repair.at), repair.by?.name, what, repair.reason]
      .filter((part) => part !== undefined && part !== '')
      .join(' · ');
  }
}
