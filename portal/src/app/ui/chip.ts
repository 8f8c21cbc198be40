import { Component, input } from '@angular/core';

/** `good` is for money in and things kept; `watch`, `warn`, `bad` are steps of risk. */
export type Tone = 'neutral' | 'info' | 'good' | 'watch' | 'warn' | 'bad';

/** A short word about a thing. Its colour only repeats what the word says. */
@Component({
  selector: 'rc-chip',
  template: `<ng-content />`,
  host: { '[class]': 'tone()' },
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      min-block-size: 20px;
      padding: 0 7px;
      border-radius: 4px;
      background: var(--rc-surface-3);
      color: var(--rc-text);
      font-size: 12.5px;
      font-weight: 500;
      line-height: 20px;
      white-space: nowrap;
    }
    :host(.info) {
      background: var(--rc-primary-soft);
      color: var(--rc-on-primary-soft);
    }
    :host(.good) {
      background: var(--rc-green-soft);
      color: var(--rc-green);
    }
    :host(.watch) {
      background: var(--rc-amber-soft);
      color: var(--rc-amber);
    }
    :host(.warn) {
      background: var(--rc-orange-soft);
      color: var(--rc-orange);
    }
    :host(.bad) {
      background: var(--rc-red-soft);
      color: var(--rc-red);
    }
    @media (forced-colors: active) {
      :host {
        border: 1px solid;
      }
    }
  `,
})
export class Chip {
  readonly tone = input<Tone>('neutral');
}
