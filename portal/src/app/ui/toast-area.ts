import { Component, effect, inject, signal } from '@angular/core';
import { Icon } from './icon';
import { Toast, toastMs } from './toast';
import { t } from './words';

/** Where the toast appears; stands once in the frame. */
@Component({
  selector: 'rc-toast-area',
  imports: [Icon],
  template: `
    <div class="area" role="status" aria-live="polite">
      @if (toast.note(); as note) {
        <div
          class="toast"
          (pointerenter)="held.set(true)"
          (pointerleave)="held.set(false)"
          (focusin)="held.set(true)"
          (focusout)="held.set(false)"
        >
          <span>{{ note.text }}</span>
          @if (note.undo) {
            <button type="button" class="undo" [disabled]="busy()" (click)="undo()">
              {{ t('undo') }}
            </button>
          }
          <button type="button" [attr.aria-label]="t('close')" (click)="toast.close()">
            <rc-icon name="close" />
          </button>
        </div>
      }
    </div>
  `,
  styles: `
    .area {
      position: fixed;
      inset: auto 0 24px;
      z-index: 1100;
      display: flex;
      justify-content: center;
      pointer-events: none;
    }
    .toast {
      display: flex;
      align-items: center;
      gap: 4px;
      max-inline-size: min(560px, 100vw - 24px);
      padding: 6px 6px 6px 16px;
      border-radius: 8px;
      background: var(--mat-sys-inverse-surface);
      color: var(--mat-sys-inverse-on-surface);
      box-shadow: 0 6px 24px var(--rc-shadow);
      pointer-events: auto;
    }
    button {
      --rc-icon-size: 18px;
      display: grid;
      place-items: center;
      min-inline-size: 32px;
      min-block-size: 32px;
      padding: 0 10px;
      border: 0;
      border-radius: 6px;
      background: none;
      cursor: pointer;
    }
    .undo {
      color: var(--mat-sys-inverse-primary);
      font-weight: 600;
    }
    button:focus-visible {
      outline-color: currentColor;
      outline-offset: -2px;
    }
    @media (max-width: 640px) {
      .area {
        inset-block-end: 76px;
      }
    }
  `,
})
export class ToastArea {
  protected readonly t = t;
  protected readonly toast = inject(Toast);
  protected readonly held = signal(false);
  protected readonly busy = signal(false);

  constructor() {
    effect((onCleanup) => {
      if (this.toast.note() === undefined || this.held() || this.busy()) return;
      const timer = setTimeout(() => this.toast.close(), toastMs);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected async undo(): Promise<void> {
    this.busy.set(true);
    try {
      await this.toast.note()?.undo?.();
      this.toast.close();
    } finally {
      this.busy.set(false);
    }
  }
}
