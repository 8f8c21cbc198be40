import { Component, signal } from '@angular/core';

/** The content of one step of a wizard; hidden, but alive, while it is not the current one. */
@Component({
  selector: 'rc-wizard-step',
  template: `<ng-content />`,
  host: { '[hidden]': '!isNow()' },
  styles: `
    :host {
      display: block;
    }
    :host([hidden]) {
      display: none;
    }
  `,
})
export class WizardStep {
  readonly isNow = signal(false);
}
