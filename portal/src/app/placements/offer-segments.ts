import { Component, computed, input } from '@angular/core';
import type { SegmentRecovery } from '@recourse/proto/web/agencies/v1/agencies';
import { formatBps, formatCount, formatMoney } from '../ui/format';
import { segmentKeyOf } from './compare-all';
import { t } from './words';

/** Segments that are read at once; the others open. */
const atFirst = 3;

function daysText({ fromDaysOverdue: from, toDaysOverdue: to }: SegmentRecovery): string {
  return to === 0 ? t('daysFrom', { from }) : t('daysBetween', { from, to });
}

function amountText({ fromAmount, toAmount }: SegmentRecovery): string {
  const from = formatMoney(fromAmount);
  if (toAmount === undefined) return t('amountFrom', { from });
  const to = formatMoney(toAmount);
  return fromAmount?.minor === 0n ? t('amountBelow', { to }) : t('amountBetween', { from, to });
}

/** What an agency recovers in the segments of the cases compared, each with its interval. */
@Component({
  selector: 'rc-offer-segments',
  template: `
    <ul>
      @for (one of first(); track keyOf(one)) {
        <li>
          <span>{{ name(one) }}</span>
          <strong class="rc-number">{{ rate(one) }}</strong>
          <small>{{ interval(one) }}</small>
        </li>
      }
    </ul>
    @if (rest().length > 0) {
      <details>
        <summary>{{ t('moreSegments', { count: rest().length }) }}</summary>
        <ul>
          @for (one of rest(); track keyOf(one)) {
            <li>
              <span>{{ name(one) }}</span>
              <strong class="rc-number">{{ rate(one) }}</strong>
              <small>{{ interval(one) }}</small>
            </li>
          }
        </ul>
      </details>
    }
  `,
  styles: `
    ul {
      display: grid;
      gap: 4px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 0 12px;
    }
    span,
    small {
      color: var(--rc-text-2);
    }
    small {
      grid-column: 1 / -1;
    }
    summary {
      cursor: pointer;
      min-block-size: 24px;
    }
  `,
})
export class OfferSegments {
  readonly segments = input.required<readonly SegmentRecovery[]>();
  protected readonly t = t;
  protected readonly keyOf = segmentKeyOf;
  protected readonly first = computed(() => this.segments().slice(0, atFirst));
  protected readonly rest = computed(() => this.segments().slice(atFirst));

  protected name(one: SegmentRecovery): string {
    const parts = [daysText(one), amountText(one), one.industry || t('noIndustry')];
    return t('segment', { count: one.cases, name: parts.join(' · ') });
  }

  protected rate(one: SegmentRecovery): string {
    return one.recoveryHighBps === 0 ? '–' : formatBps(one.recoveryBps);
  }

  protected interval(one: SegmentRecovery): string {
    if (one.recoveryHighBps === 0) return t('segmentTooFew');
    const [low, high] = [formatBps(one.recoveryLowBps), formatBps(one.recoveryHighBps)];
    // Of a kind that it never had, the figure is borrowed from all that it had.
    if (Number(one.sample) === 0) return t('recoveryBorrowed', { low, high });
    return t('recoveryRange', { low, high, sample: formatCount(one.sample) });
  }
}
