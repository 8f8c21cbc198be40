import { Component, computed, effect, input, model, viewChild } from '@angular/core';
import { Icon } from './icon';
import { Popover } from './popover';
import { t } from './words';

/** The keys of a table, behind its `?`. */
@Component({
  selector: 'rc-table-keys',
  imports: [Icon, Popover],
  template: `
    <rc-popover
      look="icon"
      [label]="t('keys')"
      [buttonLabel]="t('keys')"
      (closed)="open.set(false)"
    >
      <rc-icon trigger name="keyboard" />
      <strong>{{ t('keys') }}</strong>
      <dl>
        @for (line of lines(); track line.key) {
          <dt>
            <kbd>{{ line.key }}</kbd>
          </dt>
          <dd>{{ line.does }}</dd>
        }
      </dl>
    </rc-popover>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 6px 14px;
    }
    kbd {
      display: inline-block;
      min-inline-size: 24px;
      padding: 1px 6px;
      border: 1px solid var(--rc-line-strong);
      border-radius: 4px;
      font: 12px/18px var(--rc-mono);
      text-align: center;
    }
    @media (max-width: 640px) {
      :host {
        display: none;
      }
    }
  `,
})
export class TableKeys {
  readonly open = model(false);
  readonly selectable = input(false);
  protected readonly popover = viewChild.required(Popover);
  protected readonly t = t;
  protected readonly lines = computed(() => [
    { key: 'j', does: t('keyDown') },
    { key: 'k', does: t('keyUp') },
    ...(this.selectable() ? [{ key: 'x', does: t('keySelect') }] : []),
    { key: 'Enter', does: t('keyOpen') },
    { key: '/', does: t('keySearch') },
    { key: '?', does: t('keyHelp') },
  ]);

  constructor() {
    effect(() => {
      if (this.open()) this.popover().isOpen.set(true);
    });
  }
}
