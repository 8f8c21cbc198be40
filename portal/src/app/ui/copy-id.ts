import { Component, inject, input, signal } from '@angular/core';
import { Icon } from './icon';
import { Toast } from './toast';
import { t } from './words';

/** An id or number that a click copies. Long ones show their end; all of it is copied. */
@Component({
  selector: 'rc-copy-id',
  imports: [Icon],
  template: `
    <button type="button" [attr.aria-label]="t('copy') + ' ' + value()" (click)="copy()">
      <span>{{ shown() }}</span>
      <rc-icon [name]="done() ? 'check' : 'content_copy'" />
    </button>
  `,
  styles: `
    button {
      --rc-icon-size: 14px;
      display: inline-flex;
      align-items: center;
      gap: 4px;
      min-block-size: 24px;
      padding: 0 6px;
      border: 0;
      border-radius: 4px;
      background: var(--rc-surface-2);
      color: var(--rc-text-2);
      font: 12.5px/20px var(--rc-mono);
      cursor: pointer;
    }
    button:hover {
      background: var(--rc-surface-3);
      color: var(--rc-text);
    }
  `,
})
export class CopyId {
  readonly value = input.required<string>();
  readonly #toast = inject(Toast);
  protected readonly t = t;
  protected readonly done = signal(false);

  protected shown(): string {
    return this.value().length > 20 ? `…${this.value().slice(-12)}` : this.value();
  }

  protected async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.value());
    this.done.set(true);
    this.#toast.say(t('copied'));
    setTimeout(() => this.done.set(false), 2000);
  }
}
