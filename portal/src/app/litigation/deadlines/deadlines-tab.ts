import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListDeadlinesRequest,
  ListDeadlinesResponse,
  ListHearingsRequest,
  ListHearingsResponse,
} from '@recourse/proto/web/litigation/v1/deadlines';
import type { Matter, Track } from '@recourse/proto/web/litigation/v1/matters';
import { Api, read } from '../../session/api';
import { dialogUrl } from '../../session/dialog-url';
import { load } from '../../session/load';
import { EmptyPanel } from '../../ui/empty-panel';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { ProblemPanel } from '../../ui/problem-panel';
import { DeadlineCard } from './deadline-card';
import { addForm, completeForm, confirmForm } from './deadline-forms';
import { hearingForm, postponeForm } from './hearing-forms';
import { HearingsList } from './hearings-list';
import { t } from './words';

/** A matter's deadlines and hearings. */
@Component({
  selector: 'rc-deadlines-tab',
  imports: [DeadlineCard, EmptyPanel, FormDialog, HearingsList, MatButton, ProblemPanel],
  template: `
    <section>
      <div class="rc-row spread">
        <h2>{{ t('deadlines') }}</h2>
        @if (mayWork()) {
          <button matButton="outlined" type="button" (click)="dialogs.show('deadline')">
            {{ t('add') }}
          </button>
        }
      </div>
      @if (loaded.problem(); as failed) {
        <rc-problem-panel compact [problem]="failed" canRetry (retry)="loaded.reload()" />
      }
      <div class="rc-grid">
        @for (one of deadlines(); track one.deadlineId) {
          <rc-deadline-card
            ofMatter
            [deadline]="one"
            (confirm)="dialogs.show('confirm', $event)"
            (complete)="dialogs.show('complete', $event)"
          />
        }
      </div>
      @if (loaded.value()?.deadlines?.length === 0) {
        <rc-empty-panel icon="event" [heading]="t('emptyTitle')" [hint]="t('emptyHint')" />
      }
    </section>
    <section>
      <div class="rc-row spread">
        <h2>{{ t('hearings') }}</h2>
        @if (mayWork() && isRunning()) {
          <button matButton="outlined" type="button" (click)="dialogs.show('hearing')">
            {{ t('addHearing') }}
          </button>
        }
      </div>
      <rc-hearings-list
        [hearings]="hearings.value()?.hearings"
        [mayWork]="mayWork()"
        (postpone)="dialogs.show('postpone', $event)"
      />
    </section>
    @if (form(); as one) {
      <rc-form-dialog [form]="one" (saved)="saved()" (closed)="dialogs.close()" />
    }
  `,
  styleUrl: '../matters/tab.scss',
})
export class DeadlinesTab {
  readonly matter = input.required<Matter>();
  readonly tracks = input.required<readonly Track[]>();
  readonly mayWork = input(false);
  readonly changed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly dialogs = dialogUrl([
    'deadline',
    'confirm',
    'complete',
    'hearing',
    'postpone',
  ]);
  protected readonly loaded = load(
    () => {
      const request = { matterId: this.matter().matterId, page: { size: 200 } };
      return read(
        '/v1/deadlines',
        ListDeadlinesResponse.fromJSON,
        ListDeadlinesRequest.toJSON(ListDeadlinesRequest.fromPartial(request)),
      );
    },
    { live: ['matter', 'deadline'] },
  );
  protected readonly hearings = load(
    () => {
      const request = { matterId: this.matter().matterId, page: { size: 100 } };
      return read(
        '/v1/hearings',
        ListHearingsResponse.fromJSON,
        ListHearingsRequest.toJSON(ListHearingsRequest.fromPartial(request)),
      );
    },
    { live: ['matter'] },
  );
  /** Open ones first, each part by its day. */
  protected readonly deadlines = computed(() =>
    (this.loaded.value()?.deadlines ?? []).toSorted(
      (a, b) =>
        Number(a.state !== 'DEADLINE_STATE_OPEN') - Number(b.state !== 'DEADLINE_STATE_OPEN') ||
        a.dueDay.localeCompare(b.dueDay),
    ),
  );
  protected readonly isRunning = computed(() =>
    this.matter().proceedings.some((one) => !one.ended),
  );

  protected readonly form = computed((): Form | undefined => {
    const on = this.dialogs.on();
    const deadline = this.deadlines().find((one) => one.deadlineId === on);
    const hearing = this.hearings.value()?.hearings.find((one) => one.hearingId === on);
    switch (this.dialogs.open()) {
      case 'deadline':
        return this.mayWork() ? addForm(this.#api, this.matter()) : undefined;
      case 'hearing':
        return this.mayWork() ? hearingForm(this.#api, this.matter()) : undefined;
      case 'confirm':
        return deadline && confirmForm(this.#api, deadline);
      case 'complete':
        return deadline && completeForm(this.#api, deadline);
      case 'postpone':
        return hearing && postponeForm(this.#api, hearing);
      default:
        return undefined;
    }
  });

  protected saved(): void {
    this.dialogs.close();
    this.loaded.reload();
    this.hearings.reload();
    this.changed.emit();
  }
}
