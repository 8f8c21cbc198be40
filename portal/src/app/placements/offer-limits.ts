import { Component, computed, input } from '@angular/core';
import type { AgencyOffer, BrokenLimit } from '@recourse/proto/web/agencies/v1/agencies';
import { Chip } from '../ui/chip';
import { formatMoney } from '../ui/format';
import { reasonText } from './terms-text';
import { t } from './words';

/** Facts that are read beside a limit; the rest of a long list is only counted. */
const mostNamed = 5;

/** How many of the cases an agency may be given, and what keeps it from the others. */
@Component({
  selector: 'rc-offer-limits',
  imports: [Chip],
  template: `
    <p>
      <rc-chip [tone]="tone()">{{ reach() }}</rc-chip>
    </p>
    @for (limit of offer().limits; track limit.reason) {
      <details>
        <summary>{{ limitText(limit) }}</summary>
        @if (limit.facts.length > 0) {
          <p>{{ factsText(limit.facts) }}</p>
        }
        <p class="rc-number">{{ casesText(limit) }}</p>
      </details>
    }
    @if (offer().regionUnknown > 0) {
      <p class="rc-muted">{{ t('regionUnknown', { count: offer().regionUnknown }) }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 4px;
    }
    p {
      margin: 0;
    }
    summary {
      cursor: pointer;
      min-block-size: 24px;
    }
  `,
})
export class OfferLimits {
  readonly offer = input.required<AgencyOffer>();
  readonly total = input.required<number>();
  /** The number of a case by its id. */
  readonly numberOf = input.required<(caseId: string) => string>();
  protected readonly t = t;
  protected readonly reach = computed(() =>
    t('placeable', { part: this.offer().placeableCases, whole: this.total() }),
  );
  protected readonly tone = computed(() => {
    const { placeableCases } = this.offer();
    return placeableCases === this.total() ? 'good' : placeableCases === 0 ? 'bad' : 'warn';
  });

  protected limitText({ reason, cases }: BrokenLimit): string {
    const left = reason === 'amount_exceeded' ? formatMoney(this.offer().amountLeft) : '';
    const text = reasonText(reason);
    return left === ''
      ? t('limit', { count: cases, reason: text })
      : t('limitLeft', { count: cases, reason: text, left });
  }

  protected factsText(facts: readonly string[]): string {
    const named = facts.slice(0, mostNamed).join(' · ');
    return facts.length > mostNamed ? t('andMore', { named, count: facts.length }) : named;
  }

  protected casesText({ caseIds }: BrokenLimit): string {
    return caseIds.map((caseId) => this.numberOf()(caseId)).join(' · ');
  }
}
