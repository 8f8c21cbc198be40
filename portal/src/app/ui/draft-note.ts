import { Component, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { t } from './words';

/** Says that a form holds what was written earlier, and lets it go. */
@Component({
  selector: 'rc-draft-note',
  imports: [MatButton],
  template: `
    <p role="status">
      {{ t('draftFound') }}
      <button matButton type="button" (click)="dropped.emit()">{{ t('draftDrop') }}</button>
    </p>
  `,
  styles: `
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      margin: 0;
      color: var(--rc-text-2);
    }
  `,
})
export class DraftNote {
  readonly dropped = output();
  protected readonly t = t;
}
