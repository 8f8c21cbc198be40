import { Component, computed, input } from '@angular/core';
import { formatCount, formatDuration } from './format';
import { t } from './words';

/** How far something is: the stage, counts, rate, time left. For anything over a second. */
@Component({
  selector: 'rc-progress-line',
  template: `
    <div class="rc-track-words">
      <span class="stage">{{ stageName() }}</span>
      <span class="rc-figure rc-muted">{{ figures() }}</span>
    </div>
    <div
      class="rc-track"
      role="progressbar"
      aria-valuemin="0"
      aria-valuemax="100"
      [attr.aria-label]="stageName()"
      [attr.aria-valuenow]="percent()"
    >
      <div class="bar" [class.open]="total() === 0" [style.inline-size.%]="percent() ?? 30"></div>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .bar {
      transition: inline-size 300ms linear;
    }
    .open {
      animation: slide 1.2s ease-in-out infinite alternate;
    }
    @keyframes slide {
      to {
        transform: translateX(233%);
      }
    }
  `,
})
export class ProgressLine {
  /** Named stage (`reading`, `writing`, …); another text is shown as it is. */
  readonly stage = input.required<string>();
  readonly done = input(0, { transform: Number });
  /** 0 while it is not known. */
  readonly total = input(0, { transform: Number });
  readonly perSecond = input(0, { transform: Number });

  protected readonly stageName = computed(() => t.find(`stage.${this.stage()}`) ?? this.stage());
  protected readonly percent = computed(() =>
    this.total() === 0 ? null : Math.min(100, Math.floor((this.done() / this.total()) * 100)),
  );
  protected readonly figures = computed(() => {
    const parts: string[] = [];
    if (this.total() > 0) parts.push(`${formatCount(this.done())} / ${formatCount(this.total())}`);
    if (this.perSecond() > 0) {
      parts.push(t('perSecond', { count: this.perSecond() }));
      const left = (this.total() - this.done()) / this.perSecond();
      if (left >= 1) parts.push(t('remaining', { time: formatDuration(left) }));
    }
    return parts.join(' · ');
  });
}
