import { Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatBadge } from '@angular/material/badge';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { Live } from '../session/live';
import type { LiveNote } from '../session/live';
import { Icon } from '../ui/icon';
import { ProgressLine } from '../ui/progress-line';
import { t } from './words';

const ended: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled']);

/** Jobs that run now, from the live stream; also says when the stream is interrupted. */
@Component({
  selector: 'rc-activity',
  imports: [Icon, MatBadge, MatIconButton, MatMenu, MatMenuTrigger, MatTooltip, ProgressLine],
  template: `
    <button
      matIconButton
      type="button"
      [attr.aria-label]="t('activity')"
      [matTooltip]="t('activity')"
      [matMenuTriggerFor]="menu"
    >
      <rc-icon
        name="notifications"
        [matBadge]="running().length"
        [matBadgeHidden]="running().length === 0"
        matBadgeSize="small"
        aria-hidden="true"
      />
    </button>
    <mat-menu #menu>
      <div class="panel">
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
    </mat-menu>
  `,
  styles: `
    .panel {
      display: flex;
      flex-direction: column;
      gap: 12px;
      inline-size: 272px;
      padding: 8px 14px;
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

  constructor() {
    this.live.notes.pipe(takeUntilDestroyed()).subscribe((note) => {
      if (note.progress !== undefined) {
        this.#jobs.update((jobs) => ({ ...jobs, [note.id]: note }));
      }
    });
  }
}
