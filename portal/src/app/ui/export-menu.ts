import { Component, input, output } from '@angular/core';
import { ExportFormat } from '@recourse/proto/web/type/v1/export';
import { Icon } from './icon';
import { Popover } from './popover';
import { t } from './words';

/** Which kind of file a list becomes. */
@Component({
  selector: 'rc-export-menu',
  imports: [Icon, Popover],
  template: `
    <rc-popover #panel look="icon" [label]="t('exportList')" [buttonLabel]="t('exportList')">
      <rc-icon trigger name="download" />
      @for (kind of kinds; track kind.format) {
        <button
          type="button"
          class="kind"
          [disabled]="busy()"
          (click)="panel.close(); chosen.emit(kind.format)"
        >
          <strong>{{ kind.name }}</strong>
          <span class="rc-muted">{{ t(kind.hint) }}</span>
        </button>
      }
    </rc-popover>
  `,
  styles: `
    .kind {
      display: grid;
      gap: 2px;
      padding: 8px;
      border: 0;
      border-radius: 4px;
      background: none;
      color: var(--rc-text);
      text-align: start;
      cursor: pointer;
    }
    .kind:hover {
      background: var(--rc-surface-3);
    }
  `,
})
export class ExportMenu {
  /** An export is under way; another one has to wait. */
  readonly busy = input(false);
  readonly chosen = output<ExportFormat>();
  protected readonly t = t;
  protected readonly kinds = [
    { format: ExportFormat.XLSX, name: 'Excel (XLSX)', hint: 'exportXlsxHint' },
    { format: ExportFormat.CSV, name: 'CSV', hint: 'exportCsvHint' },
  ] as const;
}
