import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { GetAgingResponse } from '@recourse/proto/web/cases/v1/receivables';
import { caseOpeners } from '../cases/openers';
import { overdueSum } from '../receivables/overdue-sum';
import { mayCall } from '../session/caller';
import { Session } from '../session/session';
import { t } from './words';

/** How far a creditor without a case has come. */
export type Beginning = 'import' | 'open' | 'calm';

/** The roles of `CreateImport` in imports.proto. */
const importers = [...caseOpeners, 'finance'];

/** Receivables first, then cases of what is overdue; calm where nothing is. */
export function beginningOf(aging: GetAgingResponse): Beginning {
  if (aging.agings.every((one) => one.count === 0n)) return 'import';
  return overdueSum(aging) === '' ? 'calm' : 'open';
}

/** The way into the work, one step after the other, for who has no case yet. */
@Component({
  selector: 'rc-start-card',
  imports: [MatButton, RouterLink],
  template: `
    <h2>{{ t('begin') }}</h2>
    <ol>
      <li [class.done]="at() !== 'import'" [attr.aria-current]="at() === 'import' ? 'step' : null">
        <div>
          <strong>{{ t('import') }}</strong>
          <p>{{ at() === 'import' ? t('beginImport') : t('beginImported') }}</p>
        </div>
        @if (at() === 'import' && mayImport()) {
          <a matButton="filled" routerLink="/receivables/imports/new">{{ t('import') }}</a>
        }
      </li>
      <li [attr.aria-current]="at() === 'open' ? 'step' : null">
        <div>
          <strong>{{ t('beginOpen') }}</strong>
          <p>{{ at() === 'open' ? t('beginOverdue', { amount: overdue() }) : t('beginLater') }}</p>
        </div>
        @if (at() === 'open' && mayOpen()) {
          <a matButton="filled" routerLink="/cases" [queryParams]="{ dialog: 'open' }">
            {{ t('beginOpen') }}
          </a>
        }
      </li>
      <li>
        <div>
          <strong>{{ t('beginWork') }}</strong>
          <p>{{ t('beginWorkHint') }}</p>
        </div>
      </li>
    </ol>
  `,
  styles: `
    h2 {
      margin: 0 0 4px;
      font-size: 15px;
    }
    ol {
      margin: 0;
      padding: 0;
      list-style: none;
      counter-reset: step;
    }
    li {
      display: grid;
      grid-template-columns: 28px minmax(0, 1fr) auto;
      align-items: center;
      gap: 4px 12px;
      padding-block: 14px;
      border-block-start: 1px solid var(--rc-line);
      counter-increment: step;
    }
    li:first-child {
      border: 0;
    }
    li::before {
      content: counter(step);
      inline-size: 26px;
      block-size: 26px;
      border: 1px solid var(--rc-line-strong);
      border-radius: 13px;
      color: var(--rc-text-2);
      line-height: 24px;
      text-align: center;
    }
    li[aria-current]::before {
      border-color: var(--rc-primary);
      background: var(--rc-primary);
      color: var(--rc-on-primary);
    }
    li.done::before {
      content: '✓';
      border-color: var(--rc-green);
      color: var(--rc-green);
    }
    p {
      margin: 0;
      color: var(--rc-text-2);
      text-wrap: pretty;
    }
    @media (max-width: 719px) {
      a {
        grid-column: 2;
        justify-self: start;
      }
    }
  `,
})
export class StartCard {
  readonly aging = input.required<GetAgingResponse>();
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly at = computed(() => beginningOf(this.aging()));
  protected readonly overdue = computed(() => overdueSum(this.aging()));
  protected readonly mayImport = computed(() => mayCall(this.#caller(), importers));
  protected readonly mayOpen = computed(() => mayCall(this.#caller(), caseOpeners));
}
