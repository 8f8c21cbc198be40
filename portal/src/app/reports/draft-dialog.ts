import { Component, computed, inject, output, signal } from '@angular/core';
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
import { load } from '../session/load';
import { newId } from '../session/new-id';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { formatDay, today } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { lastMondays } from './mondays';
import { t } from './words';

/** Starts a report for a creditor and a week; its figures are drafted from the log. */
@Component({
  selector: 'rc-draft-dialog',
  imports: [ChoiceField, Dialog, MatButton, ProblemPanel],
  template: `
    <rc-dialog size="small" [heading]="t('write')" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-choice-field [label]="t('creditor')" [options]="creditors()" [(value)]="creditorId" />
        <rc-choice-field [label]="t('weekStart')" [options]="weeks()" [(value)]="weekStart" />
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
  protected readonly t = t;
  protected readonly creditorId = signal<string | undefined>(undefined);
  protected readonly weekStart = signal<string | undefined>(lastMondays(today(), 1)[0]);
  protected readonly weeks = () =>
    lastMondays(today(), 4).map((value) => ({ value, name: t('week', { day: formatDay(value) }) }));
  protected readonly placements = load(() =>
    read(
      '/v1/placements',
      ListPlacementsResponse.fromJSON,
      ListPlacementsRequest.toJSON(
        ListPlacementsRequest.fromPartial({ states: [PlacementState.ACTIVE], page: { size: 200 } }),
      ),
    ),
  );
  protected readonly creditors = computed(() => {
    const names = new Map(
      (this.placements.value()?.placements ?? []).map((one) => [one.creditorId, one.creditorName]),
    );
    return [...names].map(([value, name]) => ({ value, name }));
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

  protected async send(): Promise<void> {
    const report = (await this.draft.run())?.report;
    if (report !== undefined) await this.#router.navigate(['/reports', report.reportId]);
  }
}
