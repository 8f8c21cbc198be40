import { booleanAttribute, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Hearing } from '@recourse/proto/web/litigation/v1/deadlines';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { formatInstant } from '../../ui/format';
import { t } from './words';

/** Hearings with their place and judge, and where they were before. */
@Component({
  selector: 'rc-hearings-list',
  imports: [DataTable, DataTableCell, MatButton],
  template: `
    <rc-data-table
      name="hearings"
      [label]="t('hearings')"
      [columns]="columns()"
      [rows]="hearings()"
      [rowKey]="keyOf"
      [emptyTitle]="t('noHearings')"
    >
      <ng-template rcCell="postpone" [rcCellRows]="hearings()" let-row>
        <button
          matButton
          type="button"
          [attr.aria-label]="t('postpone') + ' ' + at(row)"
          (click)="postpone.emit(row.hearingId)"
        >
          {{ t('postpone') }}
        </button>
      </ng-template>
    </rc-data-table>
  `,
})
export class HearingsList {
  readonly hearings = input.required<readonly Hearing[] | undefined>();
  readonly mayWork = input(false, { transform: booleanAttribute });
  readonly postpone = output<string>();
  protected readonly t = t;
  protected readonly columns = computed((): Column<Hearing>[] => [
    {
      id: 'at',
      title: () => t('time'),
      value: (h) => formatInstant(h.at),
      fixed: true,
      card: 'title',
      note: (h) =>
        h.previousAt === undefined
          ? undefined
          : t('postponedFrom', { at: formatInstant(h.previousAt), reason: h.postponeReason }),
    },
    { id: 'kind', title: () => t('kind'), value: (h) => t.find(`hearing.${h.kind}`) },
    { id: 'place', title: () => t('place'), value: (h) => h.place },
    { id: 'judge', title: () => t('judge'), value: (h) => h.judge },
    ...(this.mayWork()
      ? [{ id: 'postpone', title: () => t('postpone'), kind: 'own' } as const]
      : []),
  ]);
  protected readonly keyOf = (row: Hearing): string => row.hearingId;

  protected at(row: Hearing): string {
    return formatInstant(row.at);
  }
}
