import { Component, computed, inject } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Session } from '../session/session';
import { Icon } from '../ui/icon';
import { shortcutsOn, switchShortcuts } from '../ui/shortcuts';
import { t } from './words';

/** Who is signed in, for which organisation, in which roles; and the way out. */
@Component({
  selector: 'rc-person-menu',
  imports: [Icon, MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    <button
      class="person"
      type="button"
      [attr.aria-label]="t('account') + ' ' + caller().userName"
      [matMenuTriggerFor]="menu"
    >
      <span class="avatar" aria-hidden="true">{{ initial() }}</span>
    </button>
    <mat-menu #menu>
      <div class="who">
        <strong>{{ caller().userName }}</strong>
        <span>{{ caller().orgName }}</span>
        <span class="rc-muted">{{ kind() }} · {{ roles() }}</span>
      </div>
      <button mat-menu-item role="menuitemcheckbox" [attr.aria-checked]="keysOn()" (click)="turn()">
        <span class="line">
          <rc-icon name="keyboard" />
          {{ t('shortcuts') }}
          <span class="rc-muted">{{ keysOn() ? t('shortcutsOn') : t('shortcutsOff') }}</span>
        </span>
      </button>
      <button mat-menu-item (click)="session.signOut()">
        <span class="line"><rc-icon name="logout" />{{ t('signOut') }}</span>
      </button>
      <div class="version">{{ t('version', { version: session.version() }) }}</div>
    </mat-menu>
  `,
  styles: `
    .person {
      display: grid;
      place-items: center;
      inline-size: 36px;
      block-size: 36px;
      padding: 0;
      border: 0;
      border-radius: 50%;
      background: none;
      cursor: pointer;
    }
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
      max-inline-size: 280px;
      padding: 8px 12px;
      border-block-end: 1px solid var(--rc-line);
    }
    .line {
      display: flex;
      align-items: center;
      gap: 10px;
    }
    .version {
      padding: 8px 12px 4px;
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
  protected readonly kind = computed(() => t(`kind.${this.caller().orgKind}`));
  protected readonly roles = computed(() =>
    this.caller()
      .roles.map((role) => t.find(`role.${role}`))
      .filter((name) => name !== undefined)
      .join(' · '),
  );

  protected turn(): void {
    switchShortcuts(!shortcutsOn());
  }
}
