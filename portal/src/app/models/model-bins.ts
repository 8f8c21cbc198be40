import { Component, input } from '@angular/core';
import type { ModelBin, ModelCharacteristic } from '@recourse/proto/web/credit/v1/models';
import { reasonName, signed } from '../ratings/reason-text';
import { formatBps, formatCount } from '../ui/format';
import { shareText } from './model-text';
import { t } from './words';

/** A model's characteristics, strongest first, each with its bins, counts and points. */
@Component({
  selector: 'rc-model-bins',
  template: `
    @for (one of characteristics(); track one.column; let first = $first) {
      <details [open]="first">
        <summary>
          {{ name(one.column) }}
          <span class="rc-muted">
            {{ t('information', { value: share(one.informationMillionths) }) }}
          </span>
        </summary>
        <div class="rc-scroll" tabindex="0" role="region" [attr.aria-label]="name(one.column)">
          <table class="rc-lines">
            <thead>
              <tr>
                <th scope="col">{{ t('bin') }}</th>
                <th scope="col" class="rc-number">{{ t('count') }}</th>
                <th scope="col" class="rc-number">{{ t('bads') }}</th>
                <th scope="col" class="rc-number">{{ t('badRate') }}</th>
                <th scope="col" class="bars">
                  <span class="rc-hidden">{{ t('badRate') }}</span>
                </th>
                <th scope="col" class="rc-number">{{ t('evidence') }}</th>
                <th scope="col" class="rc-number">{{ t('points') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (bin of one.bins; track $index) {
                <tr>
                  <th scope="row">{{ bin.label }}</th>
                  <td class="rc-number">{{ count(bin.count) }}</td>
                  <td class="rc-number">{{ count(bin.bads) }}</td>
                  <td class="rc-number">{{ rate(bin) }}</td>
                  <td class="bars" aria-hidden="true">
                    <span class="bar" [style.inline-size.%]="lengthOf(one, bin)"></span>
                  </td>
                  <td class="rc-number">{{ share(bin.evidenceMillionths) }}</td>
                  <td class="rc-number">{{ signed(bin.points) }}</td>
                </tr>
              }
            </tbody>
          </table>
        </div>
      </details>
    }
  `,
  styles: `
    summary {
      min-block-size: 32px;
      padding-block: 4px;
      cursor: pointer;
    }
    .bars {
      inline-size: 24%;
    }
    .bar {
      display: block;
      block-size: 10px;
      min-inline-size: 2px;
      border-radius: 2px;
      background: var(--rc-area-orange);
    }
  `,
})
export class ModelBins {
  readonly characteristics = input.required<readonly ModelCharacteristic[]>();
  protected readonly t = t;
  protected readonly name = reasonName;
  protected readonly share = shareText;
  protected readonly signed = signed;
  protected readonly count = formatCount;

  protected rate(bin: ModelBin): string {
    return formatBps(rateBps(bin));
  }

  /** Bars compare within one characteristic. */
  protected lengthOf(one: ModelCharacteristic, bin: ModelBin): number {
    const most = Math.max(1, ...one.bins.map(rateBps));
    return (rateBps(bin) / most) * 100;
  }
}

/** Bad ones of a bin, in basis points, to a tenth of a per cent. */
function rateBps({ count, bads }: ModelBin): number {
  return count === 0n ? 0 : Number((bads * 1000n) / count) * 10;
}
