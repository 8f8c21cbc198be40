import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { AskWhatIfRequest, AskWhatIfResponse } from '@recourse/proto/web/credit/v1/ratings';
import type { Rating } from '@recourse/proto/web/credit/v1/ratings';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { ChoiceField } from '../ui/choice-field';
import { formatBps, formatMoney } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { gradeText, reasonName, signed, valueText } from './reason-text';
import { t } from './words';

/** The rating as it would be if something were otherwise: paid, a flag gone, another value. */
@Component({
  selector: 'rc-what-if',
  imports: [ChoiceField, MatButton, ProblemPanel, TextField],
  template: `
    <h2>{{ t('whatIf') }}</h2>
    <p class="rc-muted">{{ t('whatIfHint') }}</p>
    <label class="check">
      <input type="checkbox" [checked]="paid()" (change)="paid.set(!paid())" />
      {{ t('overduePaid') }}
    </label>
    @for (flag of flags(); track flag) {
      <label class="check">
        <input type="checkbox" [checked]="gone().includes(flag)" (change)="turn(flag)" />
        {{ t('flagGone', { name: name(flag) }) }}
      </label>
    }
    <div class="fields">
      <rc-choice-field
        optional
        [label]="t('characteristic')"
        [options]="characteristics()"
        [(value)]="code"
      />
      @if (code()) {
        <rc-text-field
          optional
          [label]="t('newValue')"
          [hint]="t('newValueHint')"
          [(value)]="value"
        />
      }
    </div>
    <div>
      <button
        matButton="filled"
        type="button"
        [disabled]="!isAsked() || ask.busy()"
        (click)="ask.run().then(show)"
      >
        {{ t('ask') }}
      </button>
    </div>
    @if (ask.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
    <div role="status">
      @if (answer(); as found) {
        <ul class="answer">
          @for (line of lines(found); track line) {
            <li>{{ line }}</li>
          }
        </ul>
      }
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 8px;
    }
    .check {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 28px;
    }
    input[type='checkbox'] {
      inline-size: 16px;
      block-size: 16px;
      accent-color: var(--rc-primary);
    }
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
      gap: 12px;
    }
    .answer {
      padding: 12px 16px;
      border-radius: var(--rc-radius);
      background: var(--rc-primary-soft);
      color: var(--rc-on-primary-soft);
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class WhatIf {
  readonly customerId = input.required<string>();
  readonly of = input.required<Rating>();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly name = reasonName;
  protected readonly paid = signal(false);
  protected readonly gone = signal<readonly string[]>([]);
  protected readonly code = signal<string | undefined>(undefined);
  protected readonly value = signal('');
  protected readonly answer = signal<AskWhatIfResponse | undefined>(undefined);
  protected readonly flags = computed(() => {
    const fromPoints = this.of().reasons.filter((one) => one.group === 'external');
    const known = new Set(this.of().reasons.map((one) => one.code));
    const fromRules = this.of().rules.filter((one) =>
      one.facts.some((fact) => fact.name === 'since' && !known.has(one.code)),
    );
    return [...fromPoints, ...fromRules].map((one) => one.code);
  });
  protected readonly characteristics = computed(() =>
    this.of()
      .reasons.filter((one) => one.group !== 'external')
      .map(({ code, value }) => ({
        value: code,
        name: `${reasonName(code)} (${valueText(code, value)})`,
      })),
  );
  protected readonly isAsked = computed(
    () => this.paid() || this.gone().length > 0 || this.code() !== undefined,
  );
  protected readonly ask = action((requestId) => {
    const customerId = this.customerId();
    const code = this.code();
    const request: AskWhatIfRequest = {
      customerId,
      overduePaid: this.paid(),
      flagsGone: [...this.gone()],
      values: code === undefined ? [] : [{ code, value: this.value().trim() }],
    };
    return this.#api.post(
      path`/v1/customers/${customerId}/rating:whatIf`,
      AskWhatIfRequest.toJSON(request),
      AskWhatIfResponse.fromJSON,
      { requestId },
    );
  });
  protected readonly show = (answer: AskWhatIfResponse | undefined): void =>
    this.answer.set(answer);

  protected turn(flag: string): void {
    this.gone.update((gone) =>
      gone.includes(flag) ? gone.filter((one) => one !== flag) : [...gone, flag],
    );
  }

  protected lines({ present, then, pointsGained }: AskWhatIfResponse): string[] {
    if (present === undefined || then === undefined) return [];
    const [before, after] = [gradeText(present.grade), gradeText(then.grade)];
    return [
      before === after ? t('thenSame', { grade: after }) : t('thenGrade', { before, after }),
      t('gained', { points: signed(pointsGained) }),
      t('pdThen', { before: formatBps(present.pdBps), after: formatBps(then.pdBps) }),
      t('limitThen', { before: formatMoney(present.limit), after: formatMoney(then.limit) }),
    ];
  }
}
