import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Loaded } from '../session/load';
import { formatList } from '../ui/format';
import { type ServiceName, serviceWords } from './services';
import { t } from './words';

/** A question that was put to one of the services. */
export type AskedService = { service: ServiceName; loaded: Loaded<unknown> };

/** Which services did not answer a page that asks all of them, and the way to ask them again. */
@Component({
  selector: 'rc-no-answer',
  imports: [MatButton],
  template: `
    @if (silent().length > 0) {
      <div role="alert">
        <span>{{ t('noAnswer', { names: names() }) }}</span>
        <button matButton="outlined" type="button" (click)="again()">{{ t('askAgain') }}</button>
      </div>
    }
  `,
  styles: `
    div {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 8px 16px;
      margin-block-end: 16px;
      padding: 8px 16px;
      border-radius: var(--rc-radius);
      background: var(--rc-red-soft);
      color: var(--rc-text);
    }
  `,
})
export class NoAnswer {
  readonly asked = input.required<readonly AskedService[]>();
  protected readonly t = t;
  protected readonly silent = computed(() =>
    this.asked().filter(({ loaded }) => loaded.problem() !== undefined),
  );
  protected readonly names = computed(() =>
    formatList(this.silent().map(({ service }) => serviceWords(service))),
  );

  protected again(): void {
    for (const { loaded } of this.silent()) loaded.reload();
  }
}
