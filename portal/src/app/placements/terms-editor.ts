import { Component, computed, model, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { FixedDue } from '@recourse/proto/web/agencies/v1/agencies';
import { ChoiceField } from '../ui/choice-field';
import { TextField } from '../ui/text-field';
import { stepped, termsOf } from './terms-draft';
import type { BandDraft, Stepped, TermsDraft } from './terms-draft';
import { t } from './terms-words';

/** As many bands as the contract takes. */
const most = 20;

type Either = readonly { value: 'yes' | 'no'; name: string }[];

const either = (yes: string, no: string): Either => [
  { value: 'no', name: no },
  { value: 'yes', name: yes },
];

/** Commission terms as they are written: how commission is reckoned, VAT, tail, what else holds. */
@Component({
  selector: 'rc-terms-editor',
  imports: [ChoiceField, MatButton, TextField],
  templateUrl: './terms-editor.html',
  styleUrl: './terms-editor.scss',
})
export class TermsEditor {
  readonly draft = model.required<TermsDraft>();
  protected readonly t = t;
  protected readonly amounts = ['minimum', 'cap', 'retainer'] as const;
  protected readonly models = () =>
    (['flat', ...stepped, 'fixed'] as const).map((value) => ({ value, name: t(value) }));
  protected readonly dues = () =>
    [FixedDue.FIRST_PAYMENT, FixedDue.PAID_IN_FULL].map((value) => ({
      value,
      name: t.find(value) ?? value,
    }));
  protected readonly vatWays = () => either(t('vatIncluded'), t('vatOnTop'));
  protected readonly reaches = () => either(t('retroactive'), t('marginal'));
  protected readonly credits = () => either(t('creditedYes'), t('creditedNo'));
  protected readonly bearers = () => either(t('costsAgency'), t('costsNormal'));
  /** What creditors' books are in mostly, and what the terms are in already. */
  protected readonly currencies = () =>
    [...new Set([this.draft().currency, 'CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP'])].map(
      (value) => ({ value, name: value }),
    );
  /** Which rows are written, where the model is made of rows. */
  protected readonly steps = computed(() => {
    const chosen = this.draft().model;
    return stepped.find((one) => one === chosen);
  });
  protected readonly isFull = computed(() => {
    const model = this.steps();
    return model !== undefined && this.draft()[model].length >= most;
  });
  /** Open from the start where something is agreed; it does not close while one writes. */
  readonly #opened = signal(false);
  protected readonly hasMore = computed(() => {
    const { minimum, cap, retainer, uplift, bearsCosts } = this.draft();
    const isSaid = [minimum, cap, retainer, uplift].some((text) => text !== '') || bearsCosts;
    return isSaid || this.#opened();
  });
  /** Said once all that has to be written holds something and still does not fit together. */
  protected readonly isWrong = computed(() => {
    const draft = this.draft();
    const rows = this.steps();
    const written =
      rows === undefined
        ? [draft.model === 'fixed' ? draft.fee : draft.rate]
        : draft[rows].flatMap(({ from, rate }) => [from, rate]);
    return written.every((text) => text !== '') && termsOf(draft) === undefined;
  });

  protected unitOf(of: Stepped): string {
    if (of === 'ageBands') return t('days');
    return of === 'ratchet' ? '%' : this.draft().currency;
  }

  protected fromOf(of: Stepped): string {
    if (of === 'ageBands') return t('fromDays');
    return t(of === 'ratchet' ? 'fromShare' : 'fromAmount');
  }

  protected set(more: Partial<TermsDraft>): void {
    if (this.hasMore()) this.#opened.set(true);
    this.draft.update((draft) => ({ ...draft, ...more }));
  }

  protected setAmount(name: 'minimum' | 'cap' | 'retainer', text: string): void {
    this.set({ [name]: text });
  }

  protected setBand(of: Stepped, at: number, more: Partial<BandDraft>): void {
    const rows = this.draft()[of].map((row, index) => (index === at ? { ...row, ...more } : row));
    this.set({ [of]: rows });
  }

  protected add(of: Stepped): void {
    this.set({ [of]: [...this.draft()[of], { from: '', rate: '' }] });
  }

  protected remove(of: Stepped, at: number): void {
    this.set({ [of]: this.draft()[of].filter((_row, index) => index !== at) });
  }
}
