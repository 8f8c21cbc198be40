import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type {
  GuarantorPeriod,
  LetterUnderWay,
  LimitationClock,
} from '@recourse/proto/web/litigation/v1/limitation';
import { Chip } from '../../ui/chip';
import { DayPipe } from '../../ui/pipes';
import { inLanguage } from '../rule-text';
import { nextActText } from './clock-text';
import { letterText } from './letter-text';
import { t } from './words';

/** A clock as cards: the next act, its days, and the guarantor's period apart from it. */
@Component({
  selector: 'rc-clock-cards',
  imports: [Chip, DayPipe, MatButton, RouterLink],
  template: `
    <section class="rc-card rc-card-body">
      <h2>{{ t('nextAct') }}</h2>
      <p>{{ nextAct() || t('noNextAct') }}</p>
      <p class="rc-muted">{{ actHint() }}</p>
      @if (letters().length > 0) {
        <h3>{{ t('underWay') }}</h3>
        <ul>
          @for (letter of letters(); track letter.letterId) {
            <li class="rc-row">
              <span>{{ letterText(letter) }}</span>
              @if (settleAt(); as at) {
                <a
                  matButton
                  class="flush"
                  [routerLink]="at"
                  [queryParams]="{ tab: 'documents', dialog: 'delivery', on: letter.letterId }"
                  [attr.aria-label]="t('logDelivery') + ' ' + letterText(letter)"
                >
                  {{ t('logDelivery') }}
                </a>
              }
            </li>
          }
        </ul>
        <p class="rc-muted">{{ t('underWayHint') }}</p>
      }
    </section>
    @if (clock(); as running) {
      <section class="rc-card rc-card-body">
        <h2>{{ t('expires') }}</h2>
        <dl class="rc-facts">
          <dt>{{ t('starts') }}</dt>
          <dd>{{ running.startsOn | day }}</dd>
          <dt>{{ t('provenExpires') }}</dt>
          <dd>{{ running.provenExpiresOn | day }}</dd>
          <dt>{{ t('expires') }}</dt>
          <dd>{{ running.expiresOn | day }}</dd>
          <dt>{{ t('hopefulExpires') }}</dt>
          <dd>{{ running.hopefulExpiresOn | day }}</dd>
          <dt>{{ t('absoluteEnd') }}</dt>
          <dd>{{ running.absoluteEnd | day }}</dd>
        </dl>
        @if (running.provisional) {
          <p class="rc-muted">{{ t('provisional') }}</p>
        }
      </section>
    }
    <section class="rc-card rc-card-body">
      <div class="rc-row head">
        <h2>{{ t('guarantor') }}</h2>
        <ng-content />
      </div>
      @if (guarantor(); as period) {
        <dl class="rc-facts">
          <dt>{{ t('guarantorName') }}</dt>
          <dd>{{ who() }}</dd>
          <dt>{{ t('guarantorExpires') }}</dt>
          <dd>
            {{ period.expiresOn | day }}
            <rc-chip [tone]="period.state === 'released' ? 'bad' : 'neutral'">
              {{ t.find('state.' + period.state) }}
            </rc-chip>
          </dd>
          <dt>{{ t('mustDo') }}</dt>
          <dd>{{ mustDo() }}</dd>
          @if (counts(); as text) {
            <dt>{{ t('guarantorCounts') }}</dt>
            <dd>{{ text }}</dd>
          }
        </dl>
        @if (counts()) {
          <p class="rc-muted">{{ t('guarantorCountHint') }}</p>
        }
        @for (warning of warnings(); track warning) {
          <p class="rc-muted">{{ warning }}</p>
        }
      } @else {
        <p class="rc-muted">{{ t('noGuarantor') }}</p>
      }
    </section>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--rc-gap);
      grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
    }
    h3 {
      margin-block-start: 12px;
    }
    .head {
      justify-content: space-between;
    }
  `,
})
export class ClockCards {
  readonly clock = input.required<LimitationClock | undefined>();
  readonly guarantor = input.required<GuarantorPeriod | undefined>();
  /** Sent, and nothing known of their delivery. */
  readonly letters = input<readonly LetterUnderWay[]>([]);
  /** The case where a delivery is recorded, for who may. */
  readonly settleAt = input<readonly string[]>();
  protected readonly t = t;
  protected readonly letterText = letterText;
  protected readonly nextAct = computed(() => nextActText(this.clock()));
  protected readonly actHint = computed(() => {
    const act = this.clock()?.nextAct;
    if (act === undefined) return '';
    const proof = t('becomes', { proof: t.find(act.proof) ?? '' });
    return [proof, t.find(`because.${act.why}`) ?? ''].filter((text) => text !== '').join(' · ');
  });
  protected readonly who = computed(() => {
    const named = this.guarantor()?.guarantor;
    return `${named?.name ?? ''} ${t.find(`guarantor.${named?.kind ?? ''}`) ?? ''}`.trim();
  });
  protected readonly mustDo = computed(() => {
    const period = this.guarantor();
    return period === undefined ? '' : inLanguage(period.mustDoZh, period.mustDoEn);
  });
  /** How many documents he still stands for; nothing where there is only one. */
  protected readonly counts = computed(() => {
    const { openCount = 0, keptCount = 0, releasedCount = 0 } = this.guarantor() ?? {};
    if (openCount + keptCount + releasedCount < 2) return '';
    return t('guarantorCount', { open: openCount, kept: keptCount, released: releasedCount });
  });
  protected readonly warnings = computed(() =>
    (this.guarantor()?.warnings ?? []).map((name) => t.find(`warning.${name}`) ?? name),
  );
}
