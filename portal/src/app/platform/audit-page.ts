import { Component, computed } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { SearchAuditRequest, SearchAuditResponse } from '@recourse/proto/web/platform/v1/audit';
import type { AuditEntry, AuditFilter } from '@recourse/proto/web/platform/v1/audit';
import { path, read } from '../session/api';
import { dayFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DateField } from '../ui/date-field';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { events } from './event-words';
import { mergeAudit, startOf } from './merge-audit';
import { NoAnswer } from './no-answer';
import { type ServiceName, serviceNames, serviceWords } from './services';
import { t } from './words';

/** The audit is asked by the organisation's id; anything else would find what is not meant. */
function isOrgId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text.trim());
}

/** What people did, over all organisations and services, merged by time. */
@Component({
  imports: [DataTable, DateField, MatButton, NoAnswer, PageHeader, RouterLink, SearchBox],
  templateUrl: './audit-page.html',
  styles: `
    .filters {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr));
      align-items: start;
      gap: 8px 12px;
      margin-block-end: 16px;
    }
  `,
})
export class AuditPage {
  protected readonly t = t;
  protected readonly list = listState({
    filters: {
      org: textFilter(),
      person: textFilter(),
      verb: textFilter(),
      object: textFilter(),
      request: textFilter(),
      from: dayFilter(),
      to: dayFilter(),
    },
    sort: '',
  });
  protected readonly searches = [
    { name: 'person', label: 'personFilter' },
    { name: 'verb', label: 'verbFilter' },
    { name: 'object', label: 'objectFilter' },
    { name: 'org', label: 'orgFilter' },
    { name: 'request', label: 'requestFilter' },
  ] as const;
  protected readonly orgWrong = computed(() => {
    const { org } = this.list.values();
    return org.trim() === '' || isOrgId(org) ? '' : t('orgWrong');
  });
  readonly #filter = computed<AuditFilter>(() => {
    const { org, person, verb, object, request, from, to } = this.list.values();
    return {
      orgId: org.trim().toLowerCase(),
      person,
      verb,
      objectId: object,
      request,
      from: startOf(from),
      to: startOf(to, 1),
    };
  });
  protected readonly asked = serviceNames.map((service) => ({
    service,
    loaded: load(() =>
      this.orgWrong() === ''
        ? read(
            path`/v1/platform/${service}/audit`,
            SearchAuditResponse.fromJSON,
            SearchAuditRequest.toJSON({ service, filter: this.#filter(), page: this.list.page() }),
          )
        : undefined,
    ),
  }));
  protected readonly merged = computed(() => {
    // A service that failed would show its entries of an earlier question.
    const answers = this.asked.map(({ loaded }) =>
      loaded.problem() === undefined ? loaded.value() : undefined,
    );
    return mergeAudit(answers, this.list.page().size);
  });
  protected readonly loading = computed(() => this.asked.some(({ loaded }) => loaded.loading()));
  protected readonly rows = computed(() => {
    const isAnswered = this.asked.some(({ loaded }) => loaded.value() !== undefined);
    return isAnswered || !this.loading() ? this.merged().entries : undefined;
  });
  protected readonly columns: Column<AuditEntry>[] = [
    { id: 'at', title: () => t('at'), kind: 'instant', value: (e) => e.at, fixed: true },
    {
      id: 'verb',
      title: () => t('action'),
      value: (e) =>
        t.find(`REPAIR_ACTION_${e.verb.toUpperCase()}`) ?? events.find(e.verb) ?? e.verb,
      // The name of the contract is what one searches by.
      note: (e) => [e.verb, e.reason].filter((one) => one !== '').join(' · '),
      card: 'title',
    },
    {
      id: 'by',
      title: () => t('person'),
      value: (e) => e.by?.name,
      note: (e) => e.by?.orgName || undefined,
    },
    {
      id: 'service',
      title: () => t('service'),
      value: (e) => serviceWords(e.service as ServiceName),
      card: 'chip',
    },
    { id: 'object', title: () => t('object'), value: (e) => e.objectId },
    { id: 'request', title: () => t('request'), value: (e) => e.requestId, hidden: true },
    { id: 'trace', title: () => t('trace'), value: (e) => e.traceId, hidden: true },
    { id: 'org', title: () => t('organisation'), value: (e) => e.orgId, hidden: true },
  ];
  protected readonly keyOf = (row: AuditEntry): string => `${row.service} ${row.entryId}`;

  protected again(): void {
    for (const { loaded } of this.asked) loaded.reload();
  }

  protected search(name: (typeof this.searches)[number]['name'], text: string): void {
    this.list.set({ [name]: text });
  }
}
