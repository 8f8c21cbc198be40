import { Component, computed, model } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ChoiceField } from '../ui/choice-field';
import { TextField } from '../ui/text-field';
import { termsOf } from './terms-draft';
import type { BandDraft, TermsDraft } from './terms-draft';
import { t } from './words';

/** As many bands as the contract takes. */
const most = 20;

/** Commission terms as they are written: one rate, or one from each age on; VAT and tail. */
@Component({
  selector: 'rc-terms-editor',
  imports: [ChoiceField, MatButton, TextField],
  template: `
    <rc-choice-field
      [label]="t('model')"
      [options]="models()"
      [value]="draft().model"
      (valueChange)="set({ model: $event ?? 'flat' })"
    />
    @if (draft().model === 'flat') {
      <rc-text-field
        unit="%"
        [label]="t('rate')"
        [value]="draft().rate"
        (valueChange)="set({ rate: $event })"
      />
    } @else {
      @for (band of draft().bands; track $index; let first = $first) {
        <fieldset>
          <legend>{{ t('band', { number: $index + 1 }) }}</legend>
          <rc-text-field
            [unit]="t('days')"
            [label]="t('fromDays')"
            [disabled]="first"
            [value]="band.from"
            (valueChange)="setBand($index, { from: $event })"
          />
          <rc-text-field
            unit="%"
            [label]="t('rate')"
            [value]="band.rate"
            (valueChange)="setBand($index, { rate: $event })"
          />
          @if (!first) {
            <button matButton type="button" (click)="remove($index)">{{ t('removeBand') }}</button>
          }
        </fieldset>
      }
      <div>
        <button matButton="outlined" type="button" [disabled]="isFull()" (click)="add()">
          {{ t('addBand') }}
        </button>
      </div>
      @if (isWrong()) {
        <p class="rc-muted" role="status">{{ t('bandsRise') }}</p>
      }
    }
    <div class="rc-grid">
      <rc-text-field
        unit="%"
        [label]="t('vat')"
        [value]="draft().vat"
        (valueChange)="set({ vat: $event })"
      />
      <rc-text-field
        [unit]="t('days')"
        [label]="t('tail')"
        [value]="draft().tail"
        (valueChange)="set({ tail: $event })"
      />
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--rc-gap);
      --rc-column: 160px;
    }
    fieldset {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
      align-items: end;
      gap: 8px 12px;
      margin: 0;
      padding: 4px 12px 12px;
      border: 1px solid var(--rc-line);
      border-radius: var(--rc-radius);
    }
    legend {
      padding: 0 4px;
      color: var(--rc-text-2);
      font-size: 12.5px;
    }
    p {
      margin: 0;
    }
  `,
})
export class TermsEditor {
  readonly draft = model.required<TermsDraft>();
  protected readonly t = t;
  protected readonly models = () =>
    (['flat', 'ageBands'] as const).map((value) => ({ value, name: t(value) }));
  protected readonly isFull = computed(() => this.draft().bands.length >= most);
  /** Said once all fields of all bands hold something and still do not fit together. */
  protected readonly isWrong = computed(() => {
    const draft = this.draft();
    const isWritten = draft.bands.every(({ from, rate }) => from !== '' && rate !== '');
    return isWritten && termsOf({ ...draft, vat: '0', tail: '0' }) === undefined;
  });

  protected set(more: Partial<TermsDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...more }));
  }

  protected setBand(at: number, more: Partial<BandDraft>): void {
    const bands = this.draft().bands.map((band, index) =>
      index === at ? { ...band, ...more } : band,
    );
    this.set({ bands });
  }

  protected add(): void {
    this.set({ bands: [...this.draft().bands, { from: '', rate: '' }] });
  }

  protected remove(at: number): void {
    this.set({ bands: this.draft().bands.filter((_band, index) => index !== at) });
  }
}
