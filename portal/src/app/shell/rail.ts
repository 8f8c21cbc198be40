import { Component, input, output } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink, RouterLinkActive } from '@angular/router';
import type { Place } from '../routes';
import { Icon } from '../ui/icon';
import { t } from './words';

/** The places of the caller, at the left. Narrow, it shows icons whose tooltips name them. */
@Component({
  selector: 'rc-rail',
  imports: [Icon, MatTooltip, RouterLink, RouterLinkActive],
  template: `
    <nav [attr.aria-label]="t('places')">
      <a class="brand" routerLink="/" [attr.aria-label]="t('product')">
        <img src="/favicon.svg" width="24" height="24" alt="" />
        @if (!narrow()) {
          <span>{{ t('product') }}</span>
        }
      </a>
      @for (place of places(); track place.path) {
        <a
          [routerLink]="'/' + place.path"
          routerLinkActive="active"
          ariaCurrentWhenActive="page"
          [matTooltip]="place.name()"
          [matTooltipDisabled]="!narrow()"
          matTooltipPosition="right"
        >
          <rc-icon [name]="place.icon" />
          <span [class.rc-hidden]="narrow()">{{ place.name() }}</span>
        </a>
      }
    </nav>
    <button
      type="button"
      [attr.aria-label]="narrow() ? t('expand') : t('collapse')"
      [attr.aria-expanded]="!narrow()"
      (click)="turn.emit()"
    >
      <rc-icon [name]="narrow() ? 'left_panel_open' : 'left_panel_close'" />
      @if (!narrow()) {
        <span>{{ t('collapse') }}</span>
      }
    </button>
  `,
  styleUrl: './rail.scss',
})
export class Rail {
  readonly places = input.required<readonly Place[]>();
  readonly narrow = input(false);
  readonly turn = output();
  protected readonly t = t;
}
