import { Component, computed, input } from '@angular/core';
import { iconDrawings } from './icon-drawings';
import type { IconName } from './icon-names';

/** A drawing of the sprite. Silent for screen readers: put a label or tooltip beside it. */
@Component({
  selector: 'rc-icon',
  template: `
    <svg viewBox="0 -960 960 960" aria-hidden="true" focusable="false">
      <path [attr.d]="path()" />
    </svg>
  `,
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
  protected readonly path = computed(() => iconDrawings().get(this.name()) ?? '');
}
