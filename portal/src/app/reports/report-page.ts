import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  AcknowledgeReportRequest,
  AcknowledgeReportResponse,
  DraftReportRequest,
  DraftReportResponse,
  GetReportResponse,
  QueryReportRequest,
  QueryReportResponse,
  ReportState,
  SubmitReportRequest,
  SubmitReportResponse,
} from '@recourse/proto/web/agencies/v1/reports';
import type { Report, ReportLine } from '@recourse/proto/web/agencies/v1/reports';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { filled } from '../session/as-opened';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { Dialog } from '../ui/dialog';
import { formatCount, formatDay, formatInstant, formatMoney } from '../ui/format';
import { Notice } from '../ui/notice';
import { ObjectHeader } from '../ui/object-header';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { attitudeText, receivedText, reportTone } from './report-text';
import { t } from './words';

type Texts = { summary: string; risks: string; plan: string };

/** What the agency writes in a report. */
function textsOf(report: Report | undefined): Texts {
  const { summary = '', risks = '', plan = '' } = report ?? {};
  return { summary, risks, plan };
}

/** One weekly report: figures from the log, the agency's words, the creditor's answer. */
@Component({
  imports: [Chip, DataTable, Dialog, MatButton, Notice, ObjectHeader, ProblemPanel, TextField],
  templateUrl: './report-page.html',
  styles: `
    .prose {
      max-inline-size: 80ch;
      margin-block-end: 16px;
      white-space: pre-wrap;
    }
    h2 {
      font-size: 15px;
      margin: 0 0 4px;
    }
  `,
})
export class ReportPage {
  readonly reportId = input.required<string>();
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly tone = reportTone;
  protected readonly dialogs = dialogUrl(['query']);
  protected readonly question = signal('');
  protected readonly crumbs = () => [{ name: t('title'), link: ['/reports'] }];
  protected readonly loaded = load(
    () => read(path`/v1/reports/${this.reportId()}`, GetReportResponse.fromJSON),
    { live: ['report'] },
  );
  protected readonly report = computed(() => this.loaded.value()?.report);
  readonly #filled = filled(this.reportId, this.report, textsOf);
  protected readonly texts = computed(() => this.#filled().form);
  protected readonly heading = computed(() => {
    const day = formatDay(this.report()?.weekStart ?? '');
    return `${t('title')} · ${t('week', { day })}`;
  });
  protected readonly mayWrite = computed(() => {
    const state = this.report()?.state;
    return (
      mayCall(this.#caller(), ['agency_manager', 'agency_agent']) &&
      (state === ReportState.DRAFT || state === ReportState.QUERIED)
    );
  });
  protected readonly mayAnswer = computed(
    () =>
      mayCall(this.#caller(), ['collector', 'supervisor', 'director']) &&
      this.report()?.state === ReportState.SUBMITTED,
  );
  protected readonly figures = computed(() => {
    const found = this.report();
    if (found === undefined) return [];
    const received = found.received.map((amount) => formatMoney(amount)).join(' + ');
    return [
      { name: t('cases'), value: formatCount(found.caseCount) },
      { name: t('contacts'), value: formatCount(found.contactCount) },
      { name: t('received'), value: received || '–', tone: 'in' as const },
      { name: t('due'), value: formatInstant(found.dueAt ?? '') },
    ];
  });
  protected readonly columns: Column<ReportLine>[] = [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (l) => l.debtorName,
      fixed: true,
      card: 'title',
      note: (l) => l.caseNumber,
    },
    {
      id: 'contacts',
      title: () => t('contacts'),
      value: (l) => `${l.contacts} (${l.effectiveContacts} ${t('effective')})`,
    },
    { id: 'visits', title: () => t('visits'), kind: 'count', value: (l) => l.visits },
    {
      id: 'promises',
      title: () => t('promises'),
      value: (l) =>
        `${l.promisesMade} · ${l.promisesKept} ${t('kept')} · ${l.promisesBroken} ${t('broken')}`,
    },
    { id: 'received', title: () => t('received'), value: (l) => receivedText(l), card: 'figure' },
    { id: 'open', title: () => t('open'), kind: 'money', value: (l) => l.open },
    { id: 'attitude', title: () => t('attitude'), value: (l) => attitudeText(l) },
    { id: 'next', title: () => t('nextPromise'), kind: 'day', value: (l) => l.nextPromiseDay },
    { id: 'note', title: () => t('note'), value: (l) => l.lastNote },
  ];
  protected readonly keyOf = (row: ReportLine): string => row.caseId;
  protected readonly linkOf = (row: ReportLine): string[] => ['/cases', row.caseId];

  #post<T>(
    verb: string,
    body: unknown,
    decode: (json: unknown) => T,
    requestId: string,
  ): Promise<T> {
    return this.#api.post(path`/v1/reports/${this.reportId()}:${verb}`, body, decode, {
      requestId,
    });
  }

  protected readonly refresh = action((requestId) => {
    const { creditorId = '', weekStart = '' } = this.report() ?? {};
    const body = DraftReportRequest.toJSON({ reportId: this.reportId(), creditorId, weekStart });
    return this.#api.put(path`/v1/reports/${this.reportId()}`, body, DraftReportResponse.fromJSON, {
      requestId,
    });
  });
  protected readonly submit = action((requestId) =>
    this.#post(
      'submit',
      SubmitReportRequest.toJSON({
        reportId: this.reportId(),
        summary: this.texts().summary.trim(),
        risks: this.texts().risks.trim(),
        plan: this.texts().plan.trim(),
        expectedVersion: this.report()?.version ?? 0n,
        requestId,
      }),
      SubmitReportResponse.fromJSON,
      requestId,
    ),
  );
  protected readonly acknowledge = action((requestId) =>
    this.#post(
      'acknowledge',
      AcknowledgeReportRequest.toJSON({
        reportId: this.reportId(),
        expectedVersion: this.report()?.version ?? 0n,
        requestId,
      }),
      AcknowledgeReportResponse.fromJSON,
      requestId,
    ),
  );
  protected readonly query = action((requestId) =>
    this.#post(
      'query',
      QueryReportRequest.toJSON({
        reportId: this.reportId(),
        question: this.question().trim(),
        expectedVersion: this.report()?.version ?? 0n,
        requestId,
      }),
      QueryReportResponse.fromJSON,
      requestId,
    ),
  );
  protected readonly problem = computed(
    () =>
      this.refresh.problem() ??
      this.submit.problem() ??
      this.acknowledge.problem() ??
      this.query.problem(),
  );

  protected write(patch: Partial<Texts>): void {
    this.#filled.update((now) => ({ ...now, form: { ...now.form, ...patch } }));
  }

  protected async sendTexts(): Promise<void> {
    const sent = this.submit.run();
    await this.after(sent);
    if ((await sent) !== undefined) this.#filled.update((now) => ({ ...now, read: now.form }));
  }

  protected async after(done: Promise<unknown>): Promise<void> {
    if ((await done) === undefined) return;
    this.dialogs.close();
    this.loaded.reload();
  }
}
