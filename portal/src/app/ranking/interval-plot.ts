import { Component, computed, input } from '@angular/core';

/** A dot with its interval on a scale, and a dashed line where it was expected. */
@Component({
  selector: 'rc-interval-plot',
  template: `
    <div class="plot" role="img" [attr.aria-label]="label()">
      <span class="mid" [style.inset-inline-start.%]="placeOf(expected())"></span>
      <span
        class="bar"
        [style.inset-inline-start.%]="placeOf(low())"
        [style.inline-size.%]="placeOf(high()) - placeOf(low())"
      ></span>
      <span [class]="'dot ' + tone()" [style.inset-inline-start.%]="placeOf(value())"></span>
    </div>
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 140px;
    }
    .plot {
      position: relative;
      block-size: 24px;
      margin-inline: 6px;
    }
    .plot::before {
      content: '';
      position: absolute;
      inset: 11.5px 0 auto;
      border-block-start: 1px solid var(--rc-line);
    }
    .mid {
      position: absolute;
      inset-block: 0;
      border-inline-start: 1px dashed var(--rc-line-strong);
    }
    .bar {
      position: absolute;
      inset-block-start: 10px;
      block-size: 4px;
      min-inline-size: 2px;
      border-radius: 2px;
      background: var(--rc-line-strong);
    }
    .dot {
      position: absolute;
      inset-block-start: 6px;
      inline-size: 12px;
      block-size: 12px;
      margin-inline-start: -6px;
      border: 2px solid var(--rc-surface);
      border-radius: 50%;
      background: var(--rc-primary);
    }
    .dot.above {
      background: var(--rc-area-green);
    }
    .dot.below {
      background: var(--rc-area-red);
    }
    @media (forced-colors: active) {
      .dot,
      .bar {
        background: CanvasText;
      }
    }
  `,
})
export class IntervalPlot {
  readonly label = input.required<string>();
  readonly value = input.required<number>();
  readonly low = input.required<number>();
  readonly high = input.required<number>();
  readonly expected = input(50);
  /** Ends of the scale. */
  readonly from = input(0);
  readonly to = input(100);
  /** Coloured only when the whole interval lies on one side of the expectation. */
  protected readonly tone = computed(() => {
    if (this.low() > this.expected()) return 'above';
    return this.high() < this.expected() ? 'below' : '';
  });

  protected placeOf(value: number): number {
    const width = Math.max(1e-9, this.to() - this.from());
    return Math.min(100, Math.max(0, ((value - this.from()) / width) * 100));
  }
}
