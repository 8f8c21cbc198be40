import { Component, computed } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { chooseTheme, theme, themes } from '../session/theme';
import type { Theme } from '../session/theme';
import { Icon } from '../ui/icon';
import { t } from './words';

const icons = { system: 'contrast', light: 'light_mode', dark: 'dark_mode' } as const;

@Component({
  selector: 'rc-theme-menu',
  imports: [Icon, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, MatTooltip],
  template: `
    <button
      matIconButton
      type="button"
      [attr.aria-label]="t('theme')"
      [matTooltip]="t('theme')"
      [matMenuTriggerFor]="menu"
    >
      <rc-icon [name]="icon()" />
    </button>
    <mat-menu #menu>
      @for (one of themes; track one) {
        <button
          mat-menu-item
          role="menuitemradio"
          [attr.aria-checked]="one === theme()"
          (click)="choose(one)"
        >
          <span class="choice">
            <rc-icon [name]="icons[one]" />
            <span>{{ nameOf(one) }}</span>
            @if (one === theme()) {
              <rc-icon name="check" />
            }
          </span>
        </button>
      }
    </mat-menu>
  `,
  styles: `
    .choice {
      display: flex;
      align-items: center;
      gap: 10px;
    }
    .choice > span {
      flex: 1;
    }
  `,
})
export class ThemeMenu {
  protected readonly t = t;
  protected readonly theme = theme;
  protected readonly themes = themes;
  protected readonly icons = icons;
  protected readonly icon = computed(() => icons[theme()]);

  protected nameOf(one: Theme): string {
    return t(`theme.${one}`);
  }

  protected choose(chosen: Theme): void {
    chooseTheme(chosen);
  }
}
