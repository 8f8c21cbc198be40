import { Component, computed, input } from '@angular/core';
import type { TenderSummary } from '@recourse/proto/web/agencies/v1/tenders';
import { spreads } from './tender-text';
import { t } from './words';

/** How the tendered cases spread: all that an agency learns of them before the award. */
@Component({
  selector: 'rc-tender-summary',
  template: `
    @for (spread of shown(); track spread.title) {
      <section>
        <h3>{{ spread.title }}</h3>
        <ul>
          @for (line of spread.lines; track line.name) {
            <li>
              <span>{{ line.name }}</span>
              <span class="rc-number">{{ t('caseCount', { count: line.cases }) }}</span>
              <span class="bar" aria-hidden="true">
                <span [style.inline-size.%]="line.part * 100"></span>
              </span>
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(190px, 100%), 1fr));
      gap: 16px 24px;
    }
    h3 {
      margin: 0 0 6px;
      font-size: 13px;
      color: var(--rc-text-2);
    }
    ul {
      display: grid;
      gap: 6px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 2px 8px;
      overflow-wrap: anywhere;
    }
    .bar {
      grid-column: 1 / -1;
      block-size: 4px;
      border-radius: 2px;
      background: var(--rc-surface-3);
    }
    .bar span {
      display: block;
      block-size: 100%;
      border-radius: 2px;
      background: var(--rc-primary);
    }
  `,
})
export class SummaryPart {
  readonly summary = input.required<TenderSummary>();
  protected readonly t = t;
  protected readonly shown = computed(() => spreads(this.summary()));
}
