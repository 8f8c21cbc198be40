import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-names';
import { PageHeader } from '../ui/page-header';
import { t } from './words';

const icons = { notFound: 'search', forbidden: 'lock', nothing: 'inbox' } as const;

/** A page that says one thing: not found, forbidden, nothing here. */
@Component({
  imports: [Icon, MatButton, PageHeader, RouterLink],
  template: `
    <div class="center">
      <rc-icon [name]="icon()" />
      <rc-page-header [heading]="title()" />
      <p class="rc-muted">{{ text() }}</p>
      @if (kind() !== 'nothing') {
        <a matButton="outlined" routerLink="/">{{ t('home') }}</a>
      }
    </div>
  `,
  styles: `
    .center {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 8px;
      max-inline-size: 44ch;
      margin: 12dvh auto 0;
      text-align: center;
    }
    p {
      text-wrap: balance;
    }
    rc-icon {
      --rc-icon-size: 32px;
      color: var(--rc-text-2);
    }
    a {
      margin-block-start: 12px;
    }
  `,
})
export class MessagePage {
  readonly kind = input.required<keyof typeof icons>();
  protected readonly t = t;
  protected readonly icon = computed<IconName>(() => icons[this.kind()]);
  protected readonly title = computed(() => t(`${this.kind()}Title`));
  protected readonly text = computed(() => t(`${this.kind()}Text`));
}
