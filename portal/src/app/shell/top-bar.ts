import { Dialog } from '@angular/cdk/dialog';
import { createGlobalPositionStrategy } from '@angular/cdk/overlay';
import { DOCUMENT } from '@angular/common';
import { Component, inject, Injector, input } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import type { Place } from '../routes';
import { chooseLanguage, language, languages } from '../session/language';
import type { Language } from '../session/language';
import { Icon } from '../ui/icon';
import { isPhone } from '../ui/viewport';
import { Activity } from './activity';
import { PersonMenu } from './person-menu';
import { ThemeMenu } from './theme-menu';
import { t } from './words';

const languageNames: Readonly<Record<Language, string>> = { 'zh-CN': '中文', en: 'English' };

/** Search, what is running, language, theme, person. */
@Component({
  selector: 'rc-top-bar',
  imports: [
    Activity,
    Icon,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    MatTooltip,
    PersonMenu,
    ThemeMenu,
  ],
  templateUrl: './top-bar.html',
  styleUrl: './top-bar.scss',
  host: { role: 'banner', '(document:keydown)': 'onKey($event)' },
})
export class TopBar {
  readonly places = input.required<readonly Place[]>();
  readonly #dialog = inject(Dialog);
  readonly #document = inject(DOCUMENT);
  readonly #injector = inject(Injector);
  protected readonly t = t;
  protected readonly isPhone = isPhone;
  protected readonly language = language;
  protected readonly languages = languages;
  protected readonly languageNames = languageNames;
  protected readonly modifier = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
  #isOpen = false;

  protected chooseLanguage(chosen: Language): void {
    chooseLanguage(chosen);
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void this.openPalette();
  }

  /** The palette's code is fetched when it is first wanted. */
  protected async openPalette(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const { Palette } = await import('./palette');
    const opened = this.#dialog.open(Palette, {
      ariaLabel: t('search'),
      backdropClass: 'rc-scrim',
      data: this.places(),
      width: 'min(640px, 100vw - 24px)',
      positionStrategy: createGlobalPositionStrategy(this.#injector)
        .centerHorizontally()
        .top('12dvh'),
    });
    opened.closed.subscribe(() => {
      this.#isOpen = false;
      this.#document.body.focus();
    });
  }
}
