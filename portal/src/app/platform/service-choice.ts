import { Component, model } from '@angular/core';
import { type ServiceName, serviceNames, serviceWords } from './services';
import { t } from './words';

/** The services side by side; the pages of the platform show one at a time. */
@Component({
  selector: 'rc-service-choice',
  template: `
    <div role="group" [attr.aria-label]="t('service')">
      @for (name of names; track name) {
        <button
          type="button"
          [class.active]="name === value()"
          [attr.aria-pressed]="name === value()"
          (click)="value.set(name)"
        >
          {{ words(name) }}
        </button>
      }
    </div>
  `,
  styles: `
    div {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin-block-end: 12px;
    }
    button {
      min-block-size: 32px;
      padding: 0 10px;
      border: 0;
      border-radius: var(--rc-radius);
      background: none;
      color: var(--rc-text-2);
      font: inherit;
      cursor: pointer;
    }
    button:hover {
      background: var(--rc-surface-3);
    }
    .active {
      background: var(--rc-primary-soft);
      color: var(--rc-on-primary-soft);
      font-weight: 600;
    }
  `,
})
export class ServiceChoice {
  readonly value = model.required<ServiceName>();
  protected readonly t = t;
  protected readonly names = serviceNames;
  protected readonly words = serviceWords;
}
