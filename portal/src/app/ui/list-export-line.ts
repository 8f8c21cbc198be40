import { Component, computed, effect, input, untracked } from '@angular/core';
import type { ListExport } from '../session/list-export';
import { ExportLine } from './export-line';
import { t } from './words';

/** An export by the server. Takes no room until one is under way. */
@Component({
  selector: 'rc-list-export-line',
  imports: [ExportLine],
  template: `
    <rc-export-line
      [progress]="of().progress()"
      [problem]="of().problem()"
      [said]="said()"
      (again)="of().again()"
      (cancelled)="of().cancel()"
    />
  `,
})
export class ListExportLine {
  readonly of = input.required<ListExport>();
  protected readonly said = computed(() => {
    const rows = this.of().saved();
    return rows === undefined ? '' : t('exported', { count: rows });
  });

  constructor() {
    effect(() => {
      const of = this.of();
      untracked(() => void of.resume());
    });
  }
}
