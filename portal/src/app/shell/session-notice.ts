import { Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Session } from '../session/session';
import { Icon } from '../ui/icon';
import { t } from './words';

/** Says that the session is about to end or has ended; the page below stays as it is. */
@Component({
  selector: 'rc-session-notice',
  imports: [Icon, MatButton],
  template: `
    @if (session.status() === 'expiring') {
      <div class="notice" role="status">
        <rc-icon name="schedule" />
        <span>{{ t('expiring', { minutes: minutes() }) }}</span>
        <button matButton="outlined" (click)="session.stay()">{{ t('stay') }}</button>
      </div>
    } @else if (session.status() === 'expired') {
      <div class="notice ended" role="alert">
        <rc-icon name="lock" />
        <span
          ><strong>{{ t('expiredTitle') }}</strong> {{ t('expiredText') }}</span
        >
        <button matButton="filled" (click)="session.signInAgain()">{{ t('signIn') }}</button>
      </div>
    }
  `,
  styles: `
    .notice {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      padding: 8px 24px;
      background: var(--rc-amber-soft);
      color: var(--rc-amber);
    }
    .ended {
      background: var(--rc-red-soft);
      color: var(--rc-red);
    }
    span {
      flex: 1 1 20ch;
    }
  `,
})
export class SessionNotice {
  protected readonly t = t;
  protected readonly session = inject(Session);
  readonly #now = signal(Date.now());
  protected readonly minutes = computed(() =>
    Math.max(1, Math.ceil(((this.session.endsAt() ?? 0) - this.#now()) / 60_000)),
  );

  constructor() {
    const timer = setInterval(() => this.#now.set(Date.now()), 10_000);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
