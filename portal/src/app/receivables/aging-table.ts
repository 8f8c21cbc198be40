import { Component, computed, input } from '@angular/core';
import { OverdueClass } from '@recourse/proto/web/cases/v1/receivables';
import type { Aging, AgingBucket } from '@recourse/proto/web/cases/v1/receivables';
import { OverdueChip } from '../ui/overdue-chip';
import { CountPipe, MoneyPipe } from '../ui/pipes';
import { t } from './words';

type Line = { bucket: AgingBucket; range: string; shareBps: number; tone: string };

const tones: Readonly<Record<string, string>> = {
  [OverdueClass.NOT_DUE]: 'calm',
  [OverdueClass.MILD]: 'watch',
  [OverdueClass.MODERATE]: 'warn',
  [OverdueClass.SEVERE]: 'bad',
  [OverdueClass.CRITICAL]: 'worst',
};

function rangeOf(bucket: AgingBucket): string {
  if (bucket.overdueClass === OverdueClass.NOT_DUE) return t('notDue');
  if (bucket.toDays === 0) return t('rangeOpen', { from: bucket.fromDays - 1 });
  return t('range', { from: bucket.fromDays, to: bucket.toDays });
}

/** Share of a part in a whole, in basis points; nothing of nothing is nothing. */
function shareBps(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 10_000n) / whole);
}

/** Aging of one currency: a bar per overdue class beside its figures, which are the table view. */
@Component({
  selector: 'rc-aging-table',
  imports: [CountPipe, MoneyPipe, OverdueChip],
  template: `
    <table class="rc-lines">
      <caption class="rc-hidden">
        {{
          t('aging')
        }}
        {{
          aging().currency
        }}
      </caption>
      <thead>
        <tr>
          <th scope="col">{{ t('bucket') }}</th>
          <th scope="col" class="bars">
            <span class="rc-hidden">{{ t('share') }}</span>
          </th>
          <th scope="col" class="rc-number">{{ t('count') }}</th>
          <th scope="col" class="rc-number">{{ t('open') }} ({{ aging().currency }})</th>
        </tr>
      </thead>
      <tbody>
        @for (line of lines(); track line.bucket.overdueClass) {
          <tr [attr.data-class]="line.bucket.overdueClass">
            <th scope="row">
              <rc-overdue-chip [overdueClass]="line.bucket.overdueClass" />
              <span class="rc-muted range">{{ line.range }}</span>
            </th>
            <td class="bars">
              <span
                class="bar"
                [class]="line.tone"
                [style.inline-size.%]="line.shareBps / 100"
              ></span>
            </td>
            <td class="rc-number">{{ line.bucket.count | count }}</td>
            <td class="rc-number">{{ line.bucket.amount | money: 'bare' }}</td>
          </tr>
        }
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{{ t('total') }}</th>
          <td class="bars"></td>
          <td class="rc-number">{{ aging().count | count }}</td>
          <td class="rc-number">{{ aging().total | money: 'bare' }}</td>
        </tr>
      </tfoot>
    </table>
  `,
  styles: `
    .bars {
      inline-size: 40%;
    }
    .range {
      margin-inline-start: 8px;
      font-size: 12px;
    }
    .bar {
      display: block;
      block-size: 12px;
      min-inline-size: 2px;
      border-radius: 3px;
    }
    .calm {
      background: var(--rc-primary);
    }
    .watch {
      background: var(--rc-amber);
    }
    .warn {
      background: var(--rc-orange);
    }
    .bad {
      background: var(--rc-red);
    }
    .worst {
      background: var(--rc-red);
    }
    @media (max-width: 640px) {
      .bars,
      .range {
        display: none;
      }
    }
  `,
})
export class AgingTable {
  readonly aging = input.required<Aging>();
  protected readonly t = t;

  protected readonly lines = computed<Line[]>(() => {
    const { buckets } = this.aging();
    const largest = buckets.reduce((most, { amount }) => {
      const minor = amount?.minor ?? 0n;
      return minor > most ? minor : most;
    }, 0n);
    return buckets.map((bucket) => ({
      bucket,
      range: rangeOf(bucket),
      shareBps: shareBps(bucket.amount?.minor ?? 0n, largest),
      tone: tones[bucket.overdueClass] ?? 'calm',
    }));
  });
}
