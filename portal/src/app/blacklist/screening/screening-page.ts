import { Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { ActivatedRoute } from '@angular/router';
import {
  GetQuotaResponse,
  ListLookUpsRequest,
  ListLookUpsResponse,
  ScreenRequest,
  ScreenResponse,
} from '@recourse/proto/web/blacklist/v1/screening';
import type { LookUp } from '@recourse/proto/web/blacklist/v1/screening';
import { Purpose, SubjectKind } from '@recourse/proto/web/blacklist/v1/subject';
import { GetCustomerResponse } from '@recourse/proto/web/credit/v1/credit';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { newId } from '../../session/new-id';
import { fieldErrorText } from '../../session/problem-words';
import { Session } from '../../session/session';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { FormBody } from '../../ui/form-body';
import { initialOf, isFilled, valuesOf } from '../../ui/form-values';
import type { FormValue } from '../../ui/form-values';
import { namedValues } from '../../ui/options-of';
import { PageHeader } from '../../ui/page-header';
import { ProblemPanel } from '../../ui/problem-panel';
import { BlacklistNav } from '../blacklist-nav';
import { drafters } from '../listings/roles';
import { t as shared } from '../words';
import { AnswerView, verdictTone } from './answer-view';
import { PersonWatches } from './person-watches';
import { screeningFields } from './screening-fields';
import { t } from './words';

const purposes = namedValues(Purpose);
const kinds = namedValues(SubjectKind);

/**
 * Looks one party up: a purpose first, then the answer with its reasons; below, the receipts. Its
 * address may name a customer, whose name and code then stand in the form, and the purpose.
 */
@Component({
  imports: [
    AnswerView,
    BlacklistNav,
    Chip,
    DataTable,
    DataTableCell,
    FormBody,
    MatButton,
    PageHeader,
    PersonWatches,
    ProblemPanel,
  ],
  templateUrl: './screening-page.html',
  styleUrl: './screening.scss',
})
export class ScreeningPage {
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  readonly #route = inject(ActivatedRoute);
  protected readonly t = t;
  protected readonly shared = shared;
  protected readonly mayAsk = computed(() => mayCall(this.#caller(), drafters));
  readonly #params = toSignal(this.#route.queryParamMap, {
    initialValue: this.#route.snapshot.queryParamMap,
  });
  readonly #customerId = computed(() => this.#params().get('customer') ?? '');
  readonly #customer = load(() =>
    this.#customerId() === ''
      ? undefined
      : read(path`/v1/customers/${this.#customerId()}`, GetCustomerResponse.fromJSON),
  );
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  protected readonly fields = computed(() =>
    screeningFields({
      purpose: this.#params().get('purpose'),
      name: this.#params().get('name'),
      kind: this.#written().get('kind'),
      customer: this.#customer.value()?.customer,
    }),
  );
  protected readonly read = (id: string): FormValue => {
    const written = this.#written();
    if (written.has(id)) return written.get(id);
    const field = this.fields().find((one) => one.id === id);
    return field === undefined ? undefined : initialOf(field);
  };
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.ask.problem(), id);
  protected readonly isWhole = computed(() => {
    const values = valuesOf(this.read);
    const asked = values.text('name') + values.text('creditCode') + values.text('idNumber');
    return asked !== '' && this.fields().every((field) => isFilled(field, this.read(field.id)));
  });
  protected readonly found = signal<LookUp | undefined>(undefined);

  readonly #quota = load(() => read('/v1/blacklist/quota', GetQuotaResponse.fromJSON));
  protected readonly quota = computed(() => {
    const quota = this.#quota.value()?.quota;
    return quota === undefined ? '' : t('quota', { used: quota.used, limit: quota.limit });
  });

  protected readonly ask = action(async (requestId) => {
    const lookUpId = newId();
    const values = valuesOf(this.read);
    const body: ScreenRequest = {
      lookUpId,
      purpose: purposes.find((one) => one === values.text('purpose')) ?? Purpose.UNSPECIFIED,
      kind: kinds.find((one) => one === values.text('kind')) ?? SubjectKind.UNSPECIFIED,
      name: values.text('name'),
      creditCode: values.text('creditCode'),
      idNumber: values.text('idNumber'),
      customerId: this.#customerId(),
      consentReference: values.text('consentReference'),
    };
    const at = path`/v1/blacklist/look-ups/${lookUpId}`;
    const sent = ScreenRequest.toJSON(body);
    const answer = await this.#api.put(at, sent, ScreenResponse.fromJSON, { requestId });
    this.found.set(answer.lookUp);
    this.#quota.reload();
    this.receipts.reload();
  });

  protected readonly list = listState({ filters: {}, sort: '', size: 20 });
  protected readonly receipts = load(() =>
    read(
      '/v1/blacklist/look-ups',
      ListLookUpsResponse.fromJSON,
      ListLookUpsRequest.toJSON(ListLookUpsRequest.fromPartial({ page: this.list.page() })),
    ),
  );
  protected readonly columns: Column<LookUp>[] = [
    {
      id: 'subject',
      title: () => t('subject'),
      value: (l) => l.name || l.creditCode || '–',
      fixed: true,
      card: 'title',
      note: (l) => (l.name === '' ? undefined : l.creditCode),
    },
    { id: 'verdict', title: () => t('verdict'), kind: 'own', card: 'chip' },
    { id: 'purpose', title: () => t('purpose'), value: (l) => shared.find(l.purpose) },
    { id: 'by', title: () => t('by'), value: (l) => l.actor?.name },
    { id: 'at', title: () => t('at'), kind: 'instant', value: (l) => l.at },
  ];
  protected readonly keyOf = (row: LookUp): string => row.lookUpId;

  protected tone(row: LookUp): Tone {
    return row.answer === undefined ? 'neutral' : verdictTone(row.answer.verdict);
  }

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
    this.found.set(undefined);
  }
}
