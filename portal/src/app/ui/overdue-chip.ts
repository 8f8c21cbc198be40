import { Component, computed, input } from '@angular/core';
import { Chip } from './chip';
import type { Tone } from './chip';
import { t } from './words';

/** The contract's `OverdueClass`. */
export type OverdueClassName = `OVERDUE_CLASS_${keyof typeof tones}`;

const tones = {
  UNSPECIFIED: 'neutral',
  NOT_DUE: 'neutral',
  MILD: 'watch',
  MODERATE: 'watch',
  SEVERE: 'warn',
  CRITICAL: 'bad',
} as const satisfies Readonly<Record<string, Tone>>;

function toneOf(name: OverdueClassName): Tone {
  const found = Object.entries(tones).find(([short]) => name === `OVERDUE_CLASS_${short}`);
  return found?.[1] ?? 'neutral';
}

/** How late something is: the days, the class in a word, and its colour. */
@Component({
  selector: 'rc-overdue-chip',
  imports: [Chip],
  template: `<rc-chip [tone]="tone()">{{ text() }}</rc-chip>`,
})
export class OverdueChip {
  readonly overdueClass = input.required<OverdueClassName>();
  /** Left out when absent or not positive. */
  readonly days = input<number>();
  protected readonly tone = computed(() => toneOf(this.overdueClass()));
  protected readonly text = computed(() => {
    const word = t.find(`overdue.${this.overdueClass()}`) ?? '–';
    const days = this.days() ?? 0;
    return days > 0 ? `${t('overdueDays', { days })} ${word}` : word;
  });
}
