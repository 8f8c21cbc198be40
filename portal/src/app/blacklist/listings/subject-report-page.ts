import { DOCUMENT } from '@angular/common';
import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { GetListingResponse, ListRulesResponse } from '@recourse/proto/web/blacklist/v1/listings';
import type {
  IssueSubjectReportResponse,
  ListedPartyView,
  PurposeCount,
} from '@recourse/proto/web/blacklist/v1/listings';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { load } from '../../session/load';
import { newId } from '../../session/new-id';
import { fieldErrorText } from '../../session/problem-words';
import { FormBody } from '../../ui/form-body';
import type { FormValue } from '../../ui/form-values';
import { formatDay, formatInstant } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { DayPipe, InstantPipe } from '../../ui/pipes';
import { ProblemPanel } from '../../ui/problem-panel';
import { writtenForm } from '../../ui/written-form';
import { clocksOf, rightsOf } from './listed-text';
import { t as listed } from './listed-words';
import { named } from './listing-text';
import { issueReport, reportFields } from './subject-report-form';
import { t } from './subject-report-words';
import { t as words } from './words';

/**
 * A listed party's own report, issued by its association once identity is made sure: every listing
 * about it with clocks, rights, disputes and look-ups (征信业管理条例 art. 17; PIPL art. 45).
 */
@Component({
  imports: [DayPipe, FormBody, InstantPipe, MatButton, PageHeader, ProblemPanel],
  templateUrl: './subject-report-page.html',
  styleUrl: './listed-page.scss',
})
export class SubjectReportPage {
  readonly listingId = input.required<string>();
  readonly #api = inject(Api);
  readonly #window = inject(DOCUMENT).defaultView;
  protected readonly t = t;
  protected readonly listed = listed;
  protected readonly words = words;
  protected readonly text = named;
  readonly #reportId = signal(newId());
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  readonly #loaded = load(() =>
    read(path`/v1/blacklist/listings/${this.listingId()}`, GetListingResponse.fromJSON),
  );
  readonly #rules = load(() => read('/v1/blacklist/rules', ListRulesResponse.fromJSON));
  protected readonly listing = computed(() => this.#loaded.value()?.listing);
  protected readonly problem = computed(() => this.#loaded.problem() ?? this.issue.problem());
  protected readonly report = signal<IssueSubjectReportResponse | undefined>(undefined);
  protected readonly crumbs = computed(() => [
    { name: words('title'), link: ['/blacklist'] },
    { name: this.listing()?.name ?? '', link: ['/blacklist', this.listingId()] },
  ]);
  protected readonly drawn = computed(() => {
    const listing = this.listing();
    return writtenForm(() => (listing === undefined ? [] : reportFields(listing)), this.#written());
  });
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.issue.problem(), id);
  protected readonly issuedText = computed(() => {
    const report = this.report();
    if (report === undefined) return '';
    return t('issued', { id: report.reportId, at: formatInstant(report.issuedAt) });
  });
  protected readonly priceText = computed(() => {
    const report = this.report();
    return report?.free === true ? t('free', { count: report.freeLeft }) : t('paid');
  });

  protected readonly issue = action(async (requestId) => {
    const listing = this.listing();
    if (listing === undefined) return;
    const ids = { reportId: this.#reportId(), requestId };
    this.report.set(await issueReport(this.#api, listing, this.drawn().values, ids));
  });

  protected clocks(view: ListedPartyView): { name: string; text: string }[] {
    return clocksOf(view, this.#rules.value()?.rules ?? []);
  }

  protected rights(view: ListedPartyView): string[] {
    return rightsOf(view, this.#rules.value()?.rules ?? []);
  }

  protected times(count: PurposeCount): string {
    return listed('times', { count: count.count, day: formatDay(count.lastOn) });
  }

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
    // Other answers are another report.
    this.#reportId.set(newId());
  }

  protected again(): void {
    this.report.set(undefined);
    this.#written.set(new Map());
    this.#reportId.set(newId());
  }

  protected print(): void {
    this.#window?.print();
  }
}
