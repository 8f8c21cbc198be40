import { Component, effect, input, output, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import { newElementId } from './element-id';
import { Icon } from './icon';
import { t } from './words';

/** Typing settles for so long before it is told. */
const settleMs = 250;

/** The search of a list; `/` of a table comes here. Tells what was typed after a short rest. */
@Component({
  selector: 'rc-search-box',
  imports: [Icon],
  template: `
    <div class="box">
      <rc-icon name="search" />
      <input
        #box
        type="search"
        [attr.aria-invalid]="error() === '' ? null : true"
        [attr.aria-describedby]="error() === '' ? null : errorId"
        autocomplete="off"
        spellcheck="false"
        [placeholder]="label() || t('search')"
        [attr.aria-label]="label() || t('search')"
        (input)="later()"
        (keydown.enter)="now()"
        (search)="now()"
      />
    </div>
    @if (error(); as wrong) {
      <p class="wrong" role="alert" [id]="errorId">{{ wrong }}</p>
    }
  `,
  styles: `
    :host {
      display: inline-block;
      flex: 0 1 auto;
      inline-size: 260px;
      min-inline-size: 140px;
      max-inline-size: 100%;
    }
    .box {
      --rc-icon-size: 18px;
      position: relative;
      display: flex;
      align-items: center;
    }
    .wrong {
      margin-block-start: 4px;
      color: var(--rc-red);
      font-size: 12.5px;
    }
    input[aria-invalid] {
      border-color: var(--rc-red);
    }
    rc-icon {
      position: absolute;
      inset-inline-start: 8px;
      color: var(--rc-text-2);
      pointer-events: none;
    }
    input {
      inline-size: 100%;
      min-block-size: var(--rc-control);
      padding: 4px 8px 4px 32px;
      border: 1px solid var(--rc-line-strong);
      border-radius: var(--rc-radius);
      background: var(--rc-surface);
    }
    input::placeholder {
      color: var(--rc-text-2);
      opacity: 1;
    }
    input:focus-visible {
      outline-offset: -1px;
    }
    @media (max-width: 640px) {
      :host {
        inline-size: 100%;
      }
    }
  `,
})
export class SearchBox {
  readonly value = input('');
  readonly label = input('');
  /** What is wrong with the text, in words that say the repair. */
  readonly error = input('');
  readonly changed = output<string>();
  protected readonly errorId = newElementId('search-error');
  protected readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  protected readonly t = t;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told: string | undefined;

  constructor() {
    effect(() => {
      const value = this.value();
      const box = this.box().nativeElement;
      // What comes back from the URL must not overwrite what is being typed meanwhile.
      if (value === this.#told) return;
      this.#told = value;
      box.value = value;
    });
  }

  protected later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), settleMs);
  }

  protected now(): void {
    clearTimeout(this.#timer);
    const text = this.box().nativeElement.value.trim();
    if (text === this.#told) return;
    this.#told = text;
    this.changed.emit(text);
  }
}
