import { DOCUMENT } from '@angular/common';
import { Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { filter, map, pairwise } from 'rxjs';
import { placesOf, railOf } from '../routes';
import { Live } from '../session/live';
import { Session } from '../session/session';
import { ToastArea } from '../ui/toast-area';
import { isPhone } from '../ui/viewport';
import { actionsAt } from './actions';
import { BottomBar } from './bottom-bar';
import { pageActions } from './palette-state';
import { Rail } from './rail';
import { SessionNotice } from './session-notice';
import { TopBar } from './top-bar';
import { t } from './words';

const railKey = 'recourse.rail';

/** The frame of every page: rail or bottom bar, top bar, the page, notices. */
@Component({
  selector: 'rc-shell',
  imports: [BottomBar, Rail, RouterOutlet, SessionNotice, ToastArea, TopBar],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
  host: { '[class.narrow]': 'isRailNarrow()', '[class.phone]': 'isPhone()' },
})
export class Shell {
  readonly #session = inject(Session);
  readonly #document = inject(DOCUMENT);
  protected readonly t = t;
  protected readonly isPhone = isPhone;
  protected readonly isRailNarrow = signal(localStorage.getItem(railKey) === 'narrow');
  protected readonly places = computed(() => placesOf(this.#session.caller()));
  protected readonly rail = computed(() => railOf(this.#session.caller()));

  constructor() {
    inject(Live).start();
    const router = inject(Router);
    pageActions(() => actionsAt(this.#session.caller(), router.url));
    const path = (url: string): string => url.split(/[?#]/)[0] ?? url;
    router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        map((event) => path(event.urlAfterRedirects)),
        pairwise(),
        filter(([before, after]) => before !== after),
        takeUntilDestroyed(),
      )
      .subscribe(() => setTimeout(() => this.focusPage()));
  }

  /** A new page starts at its heading, for the keyboard and for screen readers. */
  protected focusPage(): void {
    const main = this.#document.getElementById('page');
    const heading = main?.querySelector<HTMLElement>('h1[tabindex]');
    (heading ?? main)?.focus({ preventScroll: true });
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.focusPage();
  }

  protected turnRail(): void {
    this.isRailNarrow.update((narrow) => !narrow);
    localStorage.setItem(railKey, this.isRailNarrow() ? 'narrow' : 'wide');
  }
}
