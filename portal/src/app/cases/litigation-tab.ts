import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { GetDebtResponse } from '@recourse/proto/web/litigation/v1/limitation';
import { ListProceduresResponse } from '@recourse/proto/web/litigation/v1/matters';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import {
  clockTone,
  confidenceTones,
  leftText,
  nextActText,
} from '../litigation/limitation/clock-text';
import { letterText } from '../litigation/limitation/letter-text';
import { t as clockWords } from '../litigation/limitation/words';
import { path, read } from '../session/api';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import { EmptyPanel } from '../ui/empty-panel';
import { DayPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { CaseMatter } from './case-matter';
import { tabWords } from './tab-words';

/** What is claimed in law from a case, and the day on which its claim falls out of time. */
@Component({
  selector: 'rc-litigation-tab',
  imports: [CaseMatter, Chip, DayPipe, EmptyPanel, MatButton, ProblemPanel, RouterLink],
  template: `
    <section>
      <div class="rc-row spread">
        <h2>{{ t('limitation') }}</h2>
        @if (debt(); as found) {
          <a matButton [routerLink]="['/litigation/limitation', found.debtId]">
            {{ t('limitationLink') }}
          </a>
        }
      </div>
      @if (failed(); as problem) {
        <rc-problem-panel compact [problem]="problem" canRetry (retry)="loaded.reload()" />
      }
      @if (debt()?.clock; as clock) {
        <dl class="rc-facts">
          <dt>{{ t('expires') }}</dt>
          <dd>
            {{ clock.expiresOn | day }}
            <rc-chip [tone]="clockTone(clock)">{{ leftText(clock) }}</rc-chip>
          </dd>
          <dt>{{ clockWords('confidence') }}</dt>
          <dd>
            <rc-chip [tone]="confidenceTones[clock.confidence] ?? 'neutral'">
              {{ clockWords.find('confidence.' + clock.confidence) ?? '–' }}
            </rc-chip>
          </dd>
          @if (nextActText(clock) !== '') {
            <dt>{{ t('nextAct') }}</dt>
            <dd>{{ nextActText(clock) }}</dd>
          }
          @if (letters().length > 0) {
            <dt>{{ clockWords('underWay') }}</dt>
            <dd>
              @for (letter of letters(); track letter.letterId) {
                <div>{{ letterText(letter) }}</div>
              }
            </dd>
          }
        </dl>
        @if (expiredCount() > 0) {
          <p>
            <rc-chip tone="bad">{{ t('claimsExpired', { count: expiredCount() }) }}</rc-chip>
          </p>
        }
      } @else if (isWithoutClock()) {
        <p class="rc-muted">{{ t('noLimitation') }}</p>
      }
    </section>
    <section>
      @for (one of matters(); track one.matterId) {
        <article><rc-case-matter [matter]="one" [tracks]="tracks()" /></article>
      } @empty {
        @if (matters() !== undefined) {
          <rc-empty-panel icon="gavel" [heading]="t('noMattersTitle')" [hint]="t('noMattersHint')">
            @if (maySue()) {
              <a
                matButton="outlined"
                routerLink="/litigation"
                [queryParams]="{ dialog: 'open', on: caseId() }"
              >
                {{ t('openMatter') }}
              </a>
            }
          </rc-empty-panel>
        }
      }
    </section>
  `,
  styleUrl: './part.scss',
})
export class LitigationTab {
  readonly caseId = input.required<string>();
  readonly matters = input.required<readonly Matter[] | undefined>();
  readonly maySue = input(false);
  protected readonly t = tabWords;
  protected readonly clockWords = clockWords;
  protected readonly clockTone = clockTone;
  protected readonly confidenceTones = confidenceTones;
  protected readonly leftText = leftText;
  protected readonly nextActText = nextActText;
  protected readonly letterText = letterText;

  protected readonly loaded = load(
    () => read(path`/v1/debts/${this.caseId()}`, GetDebtResponse.fromJSON),
    { live: ['limitation', 'payment', 'contact', 'letter'] },
  );
  readonly #procedures = load(() =>
    read('/v1/litigation/procedures', ListProceduresResponse.fromJSON),
  );
  protected readonly tracks = computed(() => this.#procedures.value()?.tracks);
  protected readonly debt = computed(() => this.loaded.value()?.debt);
  protected readonly letters = computed(() => this.debt()?.lettersUnderWay ?? []);
  protected readonly expiredCount = computed(() => this.debt()?.claimsExpired ?? 0);
  /** A case that litigation has not heard of yet has no clock; that is no failure. */
  protected readonly isWithoutClock = computed(
    () => this.loaded.problem()?.status === 404 || this.debt() !== undefined,
  );
  protected readonly failed = computed(() => {
    const problem = this.loaded.problem();
    return problem?.status === 404 ? undefined : problem;
  });
}
