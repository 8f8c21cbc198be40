import { Component, computed, input } from '@angular/core';
import type { Answer, Hit } from '@recourse/proto/web/blacklist/v1/screening';
import { Verdict } from '@recourse/proto/web/blacklist/v1/subject';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import { formatDay } from '../../ui/format';
import { t as shared } from '../words';
import { reasonDetail } from './reason-detail';
import { t } from './words';

const tones: Partial<Record<Verdict, Tone>> = {
  [Verdict.CLEAR]: 'good',
  [Verdict.POSSIBLE]: 'watch',
  [Verdict.LISTED]: 'warn',
};

export function verdictTone(verdict: Verdict): Tone {
  return tones[verdict] ?? 'neutral';
}

/**
 * What a look-up found. A like name is said to be no more than that, before anything else is shown,
 * so that a namesake is not hurt.
 */
@Component({
  selector: 'rc-answer-view',
  imports: [Chip],
  template: `
    @let one = answer();
    <p>
      <rc-chip [tone]="tone()">{{ shared.find(one.verdict) }}</rc-chip>
      {{ text() }}
    </p>
    @for (warning of one.warnings; track warning) {
      <p class="rc-muted">{{ t.find('warning.' + warning) ?? warning }}</p>
    }
    @if (one.namesakesExcluded > 0) {
      <p class="rc-muted">{{ t('excluded', { count: one.namesakesExcluded }) }}</p>
    }
    <ul [attr.aria-label]="t('hits')">
      @for (hit of one.hits; track hit.entry?.listingId) {
        <li>
          <div class="rc-row">
            <strong>{{ hit.entry?.name }}</strong>
            <span class="rc-muted">{{ hit.entry?.creditCode }}</span>
            <rc-chip [tone]="hit.identified ? 'warn' : 'watch'">
              {{ hit.identified ? t('identified') : t('byName') }}
            </rc-chip>
            @if (!hit.identified) {
              <span class="rc-muted">{{ t('score') }} {{ hit.score }}</span>
            }
          </div>
          @if (hit.asksFor !== '') {
            <p>
              <strong>{{ asksFor(hit) }}</strong>
            </p>
          }
          <p>
            {{ shared.find(hit.entry?.category ?? '') }} ·
            {{ shared.find(hit.entry?.amountBand ?? '') }} · {{ hit.entry?.associationName }}
          </p>
          <p class="rc-muted">{{ facts(hit) }}</p>
          @if (hit.entry?.disputed) {
            <p>
              <rc-chip tone="watch">{{ t('disputed') }}</rc-chip>
            </p>
          }
          @if (hit.entry?.statement) {
            <p class="rc-muted">{{ t('statement') }}: {{ hit.entry.statement }}</p>
          }
          <p class="rc-muted">{{ t('reasons') }}: {{ reasons(hit) }}</p>
        </li>
      }
    </ul>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 6px;
    }
    li {
      padding-block: 10px;
      border-block-start: 1px solid var(--rc-line);
    }
  `,
})
export class AnswerView {
  readonly answer = input.required<Answer>();
  protected readonly t = t;
  protected readonly shared = shared;
  protected readonly tone = computed(() => verdictTone(this.answer().verdict));
  protected readonly text = computed(() => {
    const { verdict } = this.answer();
    if (verdict === Verdict.POSSIBLE) return t('possibleText');
    return verdict === Verdict.LISTED ? t('listedText') : t('clearText');
  });

  protected asksFor(hit: Hit): string {
    return t('askFor', { what: t.find(`asks.${hit.asksFor}`) ?? hit.asksFor });
  }

  protected facts(hit: Hit): string {
    const { conductFrom = '', conductUntil = '', expiresOn = '' } = hit.entry ?? {};
    const conduct = t('conduct', { from: formatDay(conductFrom), until: formatDay(conductUntil) });
    return `${conduct} · ${t('expires', { day: formatDay(expiresOn) })}`;
  }

  protected reasons(hit: Hit): string {
    return hit.reasons
      .map(({ name, detail }) =>
        `${t.find(`reason.${name}`) ?? name} ${reasonDetail(name, detail)}`.trim(),
      )
      .join(' · ');
  }
}
