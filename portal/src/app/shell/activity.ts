import { Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatBadge } from '@angular/material/badge';
import { Live } from '../session/live';
import type { LiveNote } from '../session/live';
import { Icon } from '../ui/icon';
import { Popover } from '../ui/popover';
import { ProgressLine } from '../ui/progress-line';
import { t } from './words';

const ended: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled']);

/** Jobs that run now, from the live stream; also says when the stream is interrupted. */
@Component({
  selector: 'rc-activity',
  imports: [Icon, MatBadge, Popover, ProgressLine],
  template: `
    <rc-popover look="icon" [label]="t('activity')" [buttonLabel]="name()">
      <rc-icon
        trigger
        name="notifications"
        [matBadge]="running().length"
        [matBadgeHidden]="running().length === 0"
        matBadgeSize="small"
        aria-hidden="true"
      />
      <div class="panel">
        <strong>{{ t('activity') }}</strong>
        @if (!live.connected()) {
          <p class="rc-muted lost"><rc-icon name="cloud_off" />{{ t('notLive') }}</p>
        }
        @for (note of running(); track note.id) {
          @if (note.progress; as progress) {
            <rc-progress-line
              [stage]="progress.stage"
              [done]="progress.done"
              [total]="progress.total"
              [perSecond]="progress.perSecond"
            />
          }
        } @empty {
          <p class="rc-muted">{{ t('noActivity') }}</p>
        }
      </div>
    </rc-popover>
  `,
  styles: `
    :host {
      --mat-badge-background-color: var(--rc-primary);
      --mat-badge-text-color: var(--rc-on-primary);
    }
    .panel {
      display: flex;
      flex-direction: column;
      gap: 12px;
      inline-size: 272px;
    }
    .lost {
      display: flex;
      gap: 8px;
    }
  `,
})
export class Activity {
  protected readonly t = t;
  protected readonly live = inject(Live);
  readonly #jobs = signal<Readonly<Record<string, LiveNote>>>({});
  protected readonly running = computed(() =>
    Object.values(this.#jobs()).filter((note) => !ended.has(note.progress?.stage ?? 'done')),
  );
  /** With the number that the badge shows: what is read aloud has what is seen in it. */
  protected readonly name = computed(() => {
    const count = this.running().length;
    return count === 0 ? t('activity') : `${t('activity')} ${count}`;
  });

  constructor() {
    this.live.notes.pipe(takeUntilDestroyed()).subscribe((note) => {
      if (note.progress !== undefined) {
        this.#jobs.update((jobs) => ({ ...jobs, [note.id]: note }));
      } else if (note.noun === 'job') {
        // Its end is told without a progress.
        this.#jobs.update(({ [note.id]: _ended, ...others }) => others);
      }
    });
  }
}
