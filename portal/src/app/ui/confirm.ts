import { Dialog, DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, Service } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { firstValueFrom } from 'rxjs';
import { t } from './words';

export type Question = {
  heading: string;
  /** What will happen, in numbers. */
  text: string;
  /** What the button does, as a verb. */
  action: string;
  danger?: boolean;
};

/** Asks before something with consequences that cannot simply be undone. */
@Service()
export class Confirm {
  readonly #dialog = inject(Dialog);

  async ask(question: Question): Promise<boolean> {
    const opened = this.#dialog.open<boolean, Question, ConfirmBox>(ConfirmBox, {
      role: 'alertdialog',
      ariaLabelledBy: 'confirm-heading',
      ariaDescribedBy: 'confirm-text',
      backdropClass: 'rc-scrim',
      data: question,
      width: 'min(440px, 100vw - 24px)',
    });
    return (await firstValueFrom(opened.closed)) ?? false;
  }
}

@Component({
  selector: 'rc-confirm-box',
  imports: [MatButton],
  template: `
    <h2 id="confirm-heading">{{ question.heading }}</h2>
    <p id="confirm-text">{{ question.text }}</p>
    <div class="actions">
      <button matButton="outlined" type="button" (click)="answer(false)">{{ t('cancel') }}</button>
      <button
        matButton="filled"
        type="button"
        [class.danger]="question.danger"
        (click)="answer(true)"
      >
        {{ question.action }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 8px;
      padding: 20px;
      border: 1px solid var(--rc-line);
      border-radius: 12px;
      background: var(--rc-surface);
      color: var(--rc-text);
      box-shadow: 0 16px 48px var(--rc-shadow);
    }
    p {
      color: var(--rc-text-2);
    }
    .actions {
      display: flex;
      justify-content: flex-end;
      gap: 8px;
      margin-block-start: 12px;
    }
    .danger {
      --mat-button-filled-container-color: var(--rc-red);
      --mat-button-filled-label-text-color: var(--rc-surface);
    }
  `,
})
export class ConfirmBox {
  readonly #opened = inject<DialogRef<boolean>>(DialogRef);
  protected readonly question = inject<Question>(DIALOG_DATA);
  protected readonly t = t;

  protected answer(yes: boolean): void {
    this.#opened.close(yes);
  }
}
