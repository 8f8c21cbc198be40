import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListPlacementsRequest,
  ListPlacementsResponse,
  PlacementState,
} from '@recourse/proto/web/agencies/v1/placements';
import {
  ComplaintOutcome,
  ListComplaintsRequest,
  ListComplaintsResponse,
} from '@recourse/proto/web/agencies/v1/ranking';
import type { Complaint } from '@recourse/proto/web/agencies/v1/ranking';
import { Api, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { everyPage } from '../session/every-page';
import { flagFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Tone } from '../ui/chip';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FlagFilter } from '../ui/flag-filter';
import { FormDialog } from '../ui/form-dialog';
import type { Form } from '../ui/form-values';
import { complaintColumns, stateText } from './complaint-columns';
import { answerers, answerForm, fileForm, filers, repliers, replyForm } from './complaint-forms';
import { t } from './complaint-words';

/** Placements that the agency has taken, whatever became of them. */
const taken = [PlacementState.ACTIVE, PlacementState.RECALLED, PlacementState.COMPLETED];
const mostCases = 200;

/** Complaints about an agency: a creditor's own, or all that the agency itself may see. */
@Component({
  selector: 'rc-complaints',
  imports: [Chip, DataTable, DataTableCell, FlagFilter, FormDialog, MatButton],
  template: `
    <div class="rc-row head">
      <h2>{{ t('title') }}</h2>
      @if (mayFile()) {
        <button matButton="outlined" type="button" (click)="dialogs.show('complain')">
          {{ t('file') }}
        </button>
      }
    </div>
    <p class="rc-muted">{{ isOwn() ? t('ownLead') : t('lead') }}</p>
    <rc-data-table
      name="complaints"
      [label]="t('title')"
      [columns]="columns"
      [rows]="complaints.value()?.complaints"
      [rowKey]="keyOf"
      [state]="list"
      [page]="complaints.value()?.page"
      [pages]="every"
      [loading]="complaints.loading()"
      [problem]="complaints.problem()"
      [emptyTitle]="t('none')"
      (retry)="complaints.reload()"
    >
      <rc-flag-filter
        filters
        [label]="t('unansweredOnly')"
        [value]="list.values().unanswered"
        (changed)="list.set({ unanswered: $event })"
      />
      <ng-template rcCell="state" [rcCellRows]="complaints.value()?.complaints" let-row>
        <rc-chip [tone]="tone(row)">{{ stateText(row) }}</rc-chip>
        @if (row.overdue) {
          <rc-chip tone="bad">{{ t('overdue') }}</rc-chip>
        }
      </ng-template>
      <ng-template rcCell="actions" [rcCellRows]="complaints.value()?.complaints" let-row>
        @if (mayAnswer() && isOpen(row)) {
          <button
            matButton
            type="button"
            [attr.aria-label]="t('answerTitle') + ' ' + row.text"
            (click)="dialogs.show('answer', row.complaintId)"
          >
            {{ t('answer') }}
          </button>
        }
        @if (mayReply() && isOpen(row)) {
          <button
            matButton
            type="button"
            [attr.aria-label]="t('replyTitle') + ' ' + row.text"
            (click)="dialogs.show('reply', row.complaintId)"
          >
            {{ row.reply === '' ? t('replyAction') : t('replyAgain') }}
          </button>
        }
      </ng-template>
    </rc-data-table>
    @if (form(); as one) {
      <rc-form-dialog size="medium" [form]="one" (saved)="saved()" (closed)="dialogs.close()" />
    }
  `,
  styles: `
    :host {
      display: block;
      margin-block-start: 24px;
    }
    .head {
      justify-content: space-between;
    }
  `,
})
export class ComplaintsPart {
  /** Empty on the agency's own page: there it sees its own, of every creditor. */
  readonly agencyId = input('');
  readonly agencyName = input('');
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly stateText = stateText;
  protected readonly columns = complaintColumns;
  protected readonly dialogs = dialogUrl(['complain', 'answer', 'reply']);
  protected readonly isOwn = computed(() => this.agencyId() === '');
  protected readonly mayFile = computed(() => !this.isOwn() && mayCall(this.#caller(), filers));
  protected readonly mayAnswer = computed(
    () => !this.isOwn() && mayCall(this.#caller(), answerers),
  );
  protected readonly mayReply = computed(() => this.isOwn() && mayCall(this.#caller(), repliers));
  protected readonly list = listState({
    filters: { unanswered: flagFilter() },
    sort: '',
    size: 20,
    prefix: 'c-',
  });
  protected readonly complaints = load(() =>
    read(
      '/v1/complaints',
      ListComplaintsResponse.fromJSON,
      ListComplaintsRequest.toJSON(
        ListComplaintsRequest.fromPartial({
          agencyId: this.agencyId(),
          unansweredOnly: this.list.values().unanswered,
          page: this.list.page(),
        }),
      ),
    ),
  );
  protected readonly every = everyPage(this.complaints, (answer) => answer.complaints);
  protected readonly keyOf = (row: Complaint): string => row.complaintId;

  readonly #isFiling = computed(() => this.mayFile() && this.dialogs.open() === 'complain');
  readonly #placements = load(() =>
    this.#isFiling()
      ? read(
          '/v1/placements',
          ListPlacementsResponse.fromJSON,
          ListPlacementsRequest.toJSON(
            ListPlacementsRequest.fromPartial({
              states: taken,
              agencyId: this.agencyId(),
              sort: '-placed_at',
              page: { size: mostCases },
            }),
          ),
        )
      : undefined,
  );
  readonly #cases = computed(() => {
    const placements = this.#placements.value()?.placements ?? [];
    const names = placements.map((one) => [one.caseId, `${one.caseNumber} ${one.debtorName}`]);
    return [...new Map(names.map(([id = '', name = '']) => [id, name]))].map(([value, name]) => ({
      value,
      name,
    }));
  });
  protected readonly form = computed((): Form | undefined => {
    if (this.#isFiling()) {
      const agency = { agencyId: this.agencyId(), name: this.agencyName() };
      return fileForm(this.#api, { ...agency, cases: this.#cases() });
    }
    const all = this.complaints.value()?.complaints ?? [];
    const one = all.find(({ complaintId }) => complaintId === this.dialogs.on());
    if (one === undefined || !this.isOpen(one)) return undefined;
    const dialog = this.dialogs.open();
    if (dialog === 'answer' && this.mayAnswer()) return answerForm(this.#api, one);
    return dialog === 'reply' && this.mayReply() ? replyForm(this.#api, one) : undefined;
  });

  protected isOpen(one: Complaint): boolean {
    return one.outcome === ComplaintOutcome.UNSPECIFIED;
  }

  protected tone(one: Complaint): Tone {
    if (this.isOpen(one)) return 'watch';
    return one.outcome === ComplaintOutcome.UPHELD ? 'warn' : 'neutral';
  }

  protected saved(): void {
    this.dialogs.close();
    this.complaints.reload();
  }
}
