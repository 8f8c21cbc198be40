import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Session } from '../session/session';
import { Icon } from '../ui/icon';
import { Popover } from '../ui/popover';
import { shortcutsOn, switchShortcuts } from '../ui/shortcuts';
import { roleNames } from './role-names';
import { t } from './words';

/** Who is signed in, for which organisation, in which roles; and the way out. */
@Component({
  selector: 'rc-person-menu',
  imports: [Icon, Popover, RouterLink],
  template: `
    <rc-popover
      #menu
      look="icon"
      [label]="t('account')"
      [buttonLabel]="t('account') + ' ' + caller().userName"
    >
      <span trigger class="avatar" aria-hidden="true">{{ initial() }}</span>
      <div class="who">
        <strong>{{ caller().userName }}</strong>
        <span>{{ caller().orgName }}</span>
        <span class="rc-muted">{{ kind() }} · {{ roles() }}</span>
      </div>
      @if (hasSettings()) {
        <a routerLink="/settings" (click)="menu.close()">
          <rc-icon name="settings" />
          <span>{{ t('place.settings') }}</span>
        </a>
      }
      <button type="button" role="switch" [attr.aria-checked]="keysOn()" (click)="turn()">
        <rc-icon name="keyboard" />
        <span>{{ t('shortcuts') }}</span>
        <span class="rc-muted">{{ keysOn() ? t('shortcutsOn') : t('shortcutsOff') }}</span>
      </button>
      <button type="button" (click)="session.signOut()">
        <rc-icon name="logout" />
        <span>{{ t('signOut') }}</span>
      </button>
      <p class="version">{{ t('version', { version: session.version() }) }}</p>
    </rc-popover>
  `,
  styles: `
    .avatar {
      display: grid;
      place-items: center;
      inline-size: 28px;
      block-size: 28px;
      border-radius: 50%;
      background: var(--rc-primary-soft);
      color: var(--rc-on-primary-soft);
      font-size: 13px;
      font-weight: 600;
    }
    .who {
      display: flex;
      flex-direction: column;
      padding: 0 8px 8px;
      border-block-end: 1px solid var(--rc-line);
    }
    a,
    button {
      display: flex;
      align-items: center;
      gap: 10px;
      min-block-size: 36px;
      padding: 0 8px;
      border: 0;
      border-radius: var(--rc-radius);
      background: none;
      color: inherit;
      cursor: pointer;
      text-align: start;
      text-decoration: none;
    }
    a:hover,
    button:hover {
      background: var(--rc-surface-3);
    }
    .version {
      padding: 8px 8px 0;
      border-block-start: 1px solid var(--rc-line);
      color: var(--rc-text-2);
      font-size: 12px;
    }
  `,
})
export class PersonMenu {
  protected readonly t = t;
  protected readonly session = inject(Session);
  protected readonly caller = this.session.caller;
  protected readonly keysOn = shortcutsOn;
  protected readonly initial = computed(() => [...this.caller().userName][0] ?? '?');
  /** The platform's own people have no organisation to set: theirs are all of them. */
  protected readonly hasSettings = computed(() => this.caller().orgKind !== 'platform');
  protected readonly kind = computed(() => t(`kind.${this.caller().orgKind}`));
  protected readonly roles = computed(() => roleNames(this.caller().roles));

  protected turn(): void {
    switchShortcuts(!shortcutsOn());
  }
}
