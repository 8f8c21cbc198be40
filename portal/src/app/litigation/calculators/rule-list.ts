import { Component, computed, input } from '@angular/core';
import type { Why } from '@recourse/proto/web/litigation/v1/matters';
import { sourceText } from '../rule-text';
import { t } from './words';

/** The articles that a figure rests on, each once. */
@Component({
  selector: 'rc-rule-list',
  template: `
    @if (sources().length > 0) {
      <h3>{{ t('rules') }}</h3>
      <ul>
        @for (source of sources(); track source) {
          <li class="rc-muted">{{ source }}</li>
        }
      </ul>
    }
  `,
})
export class RuleList {
  readonly why = input.required<readonly Why[]>();
  protected readonly t = t;
  protected readonly sources = computed(() => [
    ...new Set(
      this.why()
        .map((one) => sourceText(one))
        .filter((text) => text !== ''),
    ),
  ]);
}
