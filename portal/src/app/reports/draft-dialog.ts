import { Component, DestroyRef, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import {
  ListPlacementsRequest,
  ListPlacementsResponse,
  PlacementState,
} from '@recourse/proto/web/agencies/v1/placements';
import { DraftReportRequest, DraftReportResponse } from '@recourse/proto/web/agencies/v1/reports';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { everyPage } from '../session/every-page';
import { everyRow } from '../session/every-row';
import { newId } from '../session/new-id';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { formatDay, today } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { ProgressLine } from '../ui/progress-line';
import { lastMondays } from './mondays';
import { t } from './words';

/** Starts a report for a creditor and a week; its figures are drafted from the log. */
@Component({
  selector: 'rc-draft-dialog',
  imports: [ChoiceField, Dialog, MatButton, ProblemPanel, ProgressLine],
  template: `
    <rc-dialog size="small" [heading]="t('write')" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-choice-field [label]="t('creditor')" [options]="creditors()" [(value)]="creditorId" />
        <rc-choice-field [label]="t('weekStart')" [options]="weeks()" [(value)]="weekStart" />
        @if (look.busy() && read().total > read().done) {
          <rc-progress-line
            [stage]="t('findingCreditors')"
            [done]="read().done"
            [total]="read().total"
          />
        }
        @if (look.problem(); as failed) {
          <rc-problem-panel compact [problem]="failed" canRetry (retry)="look.run()" />
        }
        @if (draft.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="creditorId() === undefined || draft.busy()"
        (click)="send()"
      >
        {{ t('write') }}
      </button>
    </rc-dialog>
  `,
})
export class DraftDialog {
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #reportId = newId();
  readonly #leaving = new AbortController();
  protected readonly t = t;
  protected readonly creditorId = signal<string | undefined>(undefined);
  protected readonly weekStart = signal<string | undefined>(lastMondays(today(), 1)[0]);
  protected readonly weeks = () =>
    lastMondays(today(), 4).map((value) => ({ value, name: t('week', { day: formatDay(value) }) }));
  /** Active placements, read to the end: whoever stands on the last page may be reported to. */
  readonly #asked = signal(
    read(
      '/v1/placements',
      ListPlacementsResponse.fromJSON,
      ListPlacementsRequest.toJSON(
        ListPlacementsRequest.fromPartial({ states: [PlacementState.ACTIVE], page: { size: 200 } }),
      ),
    ),
  );
  readonly #every = everyPage({ asked: this.#asked }, (answer) => answer.placements);
  protected readonly read = signal<{ done: number; total: number }>({ done: 0, total: 0 });
  protected readonly creditors = signal<readonly { value: string; name: string }[]>([]);
  protected readonly look = action(async () => {
    const leaving = this.#leaving.signal;
    const tell = (done: number, total: number): void => this.read.set({ done, total });
    const found = await everyRow(this.#every, { most: Infinity, signal: leaving, tell });
    const names = new Map(found.rows.map((one) => [one.creditorId, one.creditorName]));
    this.creditors.set([...names].map(([value, name]) => ({ value, name })));
    return true;
  });

  protected readonly draft = action((requestId) => {
    const request: DraftReportRequest = {
      reportId: this.#reportId,
      creditorId: this.creditorId() ?? '',
      weekStart: this.weekStart() ?? '',
    };
    return this.#api.put(
      path`/v1/reports/${this.#reportId}`,
      DraftReportRequest.toJSON(request),
      DraftReportResponse.fromJSON,
      { requestId },
    );
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#leaving.abort());
    void this.look.run();
  }

  protected async send(): Promise<void> {
    const report = (await this.draft.run())?.report;
    if (report !== undefined) await this.#router.navigate(['/reports', report.reportId]);
  }
}
