import { Component, computed, input } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink, RouterLinkActive } from '@angular/router';
import type { Place } from '../routes';
import { Icon } from '../ui/icon';
import { t } from './words';

/** Places that fit beside `more` on the narrowest phone (320 px). */
const shown = 4;

/** The places on a phone: four within the thumb's reach, the others behind `more`. */
@Component({
  selector: 'rc-bottom-bar',
  imports: [Icon, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink, RouterLinkActive],
  template: `
    <nav [attr.aria-label]="t('places')">
      @for (place of first(); track place.path) {
        <a [routerLink]="'/' + place.path" routerLinkActive="active" ariaCurrentWhenActive="page">
          <rc-icon [name]="place.icon" />
          <span>{{ place.name() }}</span>
        </a>
      }
      @if (others().length > 0) {
        <button type="button" [matMenuTriggerFor]="menu">
          <rc-icon name="menu" />
          <span>{{ t('more') }}</span>
        </button>
      }
    </nav>
    <mat-menu #menu>
      @for (place of others(); track place.path) {
        <a mat-menu-item [routerLink]="'/' + place.path">{{ place.name() }}</a>
      }
    </mat-menu>
  `,
  styles: `
    nav {
      position: fixed;
      inset: auto 0 0;
      z-index: 10;
      display: flex;
      padding-block-end: env(safe-area-inset-bottom);
      background: var(--rc-surface);
      border-block-start: 1px solid var(--rc-line);
    }
    a,
    button {
      display: flex;
      flex: 1 1 0;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 2px;
      min-inline-size: 0;
      min-block-size: 56px;
      padding: 6px 2px;
      border: 0;
      background: none;
      color: var(--rc-text-2);
      font-size: 11.5px;
      line-height: 16px;
      text-decoration: none;
    }
    span {
      max-inline-size: 100%;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .active {
      color: var(--rc-primary);
      font-weight: 600;
    }
  `,
})
export class BottomBar {
  readonly places = input.required<readonly Place[]>();
  protected readonly t = t;
  protected readonly first = computed(() =>
    this.places().length <= shown + 1 ? this.places() : this.places().slice(0, shown),
  );
  protected readonly others = computed(() => this.places().slice(this.first().length));
}
