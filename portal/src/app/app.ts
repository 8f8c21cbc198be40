import { afterNextRender, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Session } from './session/session';
import { Shell } from './shell/shell';
import { t } from './shell/words';

/** The frame when somebody is signed in; else one sentence that says what is wrong. */
@Component({
  selector: 'rc-app',
  imports: [MatButton, Shell],
  template: `
    @switch (session.status()) {
      @case ('starting') {}
      @case ('unavailable') {
        <main class="alone">
          <h1>{{ t('unavailableTitle') }}</h1>
          <p>{{ t('unavailableText') }}</p>
          <button matButton="filled" (click)="reload()">{{ t('retry') }}</button>
        </main>
      }
      @case ('stranger') {
        <main class="alone">
          <h1>{{ t('strangerTitle') }}</h1>
          <p>{{ t('strangerText') }}</p>
          <button matButton="filled" (click)="session.signOut()">{{ t('signOut') }}</button>
        </main>
      }
      @default {
        <rc-shell />
      }
    }
  `,
  styles: `
    .alone {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: 12px;
      max-inline-size: 46ch;
      margin: 18dvh auto 0;
      padding: 0 16px;
    }
  `,
})
export class App {
  protected readonly t = t;
  protected readonly session = inject(Session);

  constructor() {
    afterNextRender(() => void import('./refusals/explain-refusals'));
  }

  protected reload(): void {
    location.reload();
  }
}
