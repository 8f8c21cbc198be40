import { Component, computed, input } from '@angular/core';
import type { IconName } from './icon-names';

/** A drawing from the sprite. Silent for screen readers: put a label or tooltip beside it. */
@Component({
  selector: 'rc-icon',
  template: `<svg aria-hidden="true" focusable="false"><use [attr.href]="href()" /></svg>`,
  styles: `
    :host {
      display: inline-flex;
      inline-size: var(--rc-icon-size, 20px);
      block-size: var(--rc-icon-size, 20px);
      flex: none;
    }
    svg {
      inline-size: 100%;
      block-size: 100%;
      fill: currentColor;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly href = computed(() => `/icons.svg#${this.name()}`);
}
