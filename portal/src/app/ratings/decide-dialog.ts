import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  AdmissionProposal,
  DecideAdmissionRequest,
  DecideAdmissionResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import type { Admission } from '@recourse/proto/web/credit/v1/ratings';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { asOpened } from '../session/as-opened';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { MoneyField } from '../ui/money-field';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { isLookedUp } from './look-up-text';
import { t as l } from './look-up-words';
import { TermsFields } from './terms-fields';
import { t } from './words';

/** Decides a request: admits with limit and terms, or refuses; a departure needs its reason. */
@Component({
  selector: 'rc-decide-dialog',
  imports: [ChoiceField, Dialog, MatButton, MoneyField, ProblemPanel, TermsFields, TextField],
  template: `
    <rc-dialog size="medium" [heading]="t('decideTitle')" (closed)="closed.emit()">
      <rc-choice-field [label]="t('decision')" [options]="answers()" [(value)]="answer" />
      @if (answer() === 'admit') {
        <rc-money-field [label]="t('limit')" [currency]="currency()" [(value)]="limit" />
        <rc-terms-fields [label]="t('terms')" [(value)]="terms" />
        <label class="check">
          <input type="checkbox" [checked]="guarantee()" (change)="guarantee.set(!guarantee())" />
          {{ t('guaranteeYes') }}
        </label>
      }
      @if (isUnknown()) {
        <label class="check">
          <input
            type="checkbox"
            [checked]="withoutLookUp()"
            (change)="withoutLookUp.set(!withoutLookUp())"
          />
          {{ l('without') }}
        </label>
      }
      <rc-text-field
        [rows]="3"
        [optional]="!needsNote()"
        [hint]="noteHint()"
        [label]="t('decisionNote')"
        [(value)]="note"
      />
      @if (decide.problem(); as problem) {
        <rc-problem-panel compact [problem]="problem" />
      }
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || decide.busy()"
        (click)="send()"
      >
        {{ answer() === 'refuse' ? t('refuse') : t('admit') }}
      </button>
    </rc-dialog>
  `,
  styles: `
    .check {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 28px;
    }
  `,
})
export class DecideDialog {
  readonly of = input.required<Admission>();
  readonly decided = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  readonly #id = computed(() => this.of().admissionId);
  /** The request as the person saw it: the proposal that is departed from, and its version. */
  readonly #seen = asOpened(this.#id, () => this.of());
  protected readonly answer = asOpened<'admit' | 'refuse' | undefined>(this.#id, () =>
    this.#seen().proposal === AdmissionProposal.REFUSE ? 'refuse' : 'admit',
  );
  protected readonly limit = asOpened(this.#id, () => this.#seen().limit);
  protected readonly terms = asOpened(this.#id, () => this.#seen().terms);
  protected readonly guarantee = asOpened(this.#id, () => this.#seen().guaranteeRequired);
  protected readonly note = signal('');
  protected readonly l = l;
  protected readonly withoutLookUp = asOpened(this.#id, () => false);
  protected readonly currency = computed(() => this.#seen().limit?.currency ?? 'CNY');
  protected readonly answers = computed((): { value: 'admit' | 'refuse'; name: string }[] => [
    { value: 'admit', name: t('admit') },
    { value: 'refuse', name: t('refuse') },
  ]);
  /** The service decides for good; this only asks for the reason before it is refused. */
  protected readonly departs = computed(() => {
    const of = this.#seen();
    const isProposed = of.proposal !== AdmissionProposal.REFUSE;
    if ((this.answer() === 'admit') !== isProposed) return true;
    if (this.answer() === 'refuse') return false;
    const isMore = (this.limit()?.minor ?? 0n) > (of.limit?.minor ?? 0n);
    const days = (terms: Admission['terms']): number =>
      terms === undefined || terms.prepaid ? 0 : terms.netDays;
    const isLonger = days(this.terms()) > days(of.terms);
    return isMore || isLonger || (of.guaranteeRequired && !this.guarantee());
  });
  /** To be admitted although the blacklist has not answered. */
  protected readonly isUnknown = computed(
    () => this.answer() === 'admit' && !isLookedUp(this.#seen().lookUp),
  );
  protected readonly needsNote = computed(() => this.departs() || this.isUnknown());
  protected readonly noteHint = computed(() => {
    if (this.departs()) return t('noteNeeded');
    return this.isUnknown() ? l('noteNeeded') : '';
  });
  protected readonly isWhole = computed(
    () =>
      this.answer() !== undefined &&
      (this.answer() === 'refuse' || this.limit() !== undefined) &&
      (!this.isUnknown() || this.withoutLookUp()) &&
      (!this.needsNote() || this.note().trim().length > 1),
  );

  protected readonly decide = action((requestId) => {
    const { admissionId, version, terms } = this.#seen();
    const admit = this.answer() === 'admit';
    const request: DecideAdmissionRequest = {
      admissionId,
      requestId,
      admit,
      limit: admit ? this.limit() : undefined,
      terms: admit ? (this.terms() ?? terms) : undefined,
      guaranteeRequired: this.guarantee(),
      note: this.note().trim(),
      expectedVersion: version,
      withoutLookUp: this.isUnknown() && this.withoutLookUp(),
    };
    return this.#api.post(
      path`/v1/admissions/${admissionId}:decide`,
      DecideAdmissionRequest.toJSON(request),
      DecideAdmissionResponse.fromJSON,
      { requestId },
    );
  });

  protected async send(): Promise<void> {
    if ((await this.decide.run()) !== undefined) this.decided.emit();
  }
}
