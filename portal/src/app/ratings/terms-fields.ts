import { Component, computed, input, linkedSignal, model } from '@angular/core';
import type { PaymentTerms } from '@recourse/proto/web/credit/v1/ratings';
import { ChoiceField } from '../ui/choice-field';
import { TextField } from '../ui/text-field';
import { t } from './words';

type Way = 'policy' | 'prepaid' | 'net';

function wayOf(terms: PaymentTerms | undefined): Way {
  if (terms === undefined) return 'policy';
  return terms.prepaid ? 'prepaid' : 'net';
}

/** Payment terms: by policy (undefined), prepaid, or so many days on account. */
@Component({
  selector: 'rc-terms-fields',
  imports: [ChoiceField, TextField],
  template: `
    <rc-choice-field
      [label]="label()"
      [options]="ways()"
      [value]="way()"
      (valueChange)="choose($event ?? 'policy')"
    />
    @if (way() === 'net') {
      <rc-text-field
        [label]="t('netField')"
        [unit]="t('daysUnit')"
        [value]="days()"
        (valueChange)="type($event)"
      />
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(160px, 1fr));
      gap: 12px;
    }
  `,
})
export class TermsFields {
  readonly label = input.required<string>();
  readonly value = model<PaymentTerms | undefined>(undefined);
  protected readonly t = t;
  protected readonly way = linkedSignal<Way>(() => wayOf(this.value()));
  protected readonly days = linkedSignal(() => String(this.value()?.netDays || 30));
  protected readonly ways = computed((): { value: Way; name: string }[] => [
    { value: 'policy', name: t('termsByPolicy') },
    { value: 'prepaid', name: t('prepaid') },
    { value: 'net', name: t('termsNet') },
  ]);

  protected choose(way: Way): void {
    this.#set(way, this.days());
  }

  protected type(days: string): void {
    if (/^\d{1,3}$/.test(days) && Number(days) <= 365) this.#set('net', days);
  }

  #set(way: Way, days: string): void {
    const none = { discountBps: 0, discountDays: 0 };
    if (way === 'policy') this.value.set(undefined);
    else if (way === 'prepaid') this.value.set({ prepaid: true, netDays: 0, ...none });
    else this.value.set({ prepaid: false, netDays: Number(days), ...none });
  }
}
