import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import {
  PutPersonWatchRequest,
  PutPersonWatchResponse,
} from '@recourse/proto/web/blacklist/v1/screening';
import type { WatchedAssociation } from '@recourse/proto/web/blacklist/v1/screening';
import {
  CustomerKind,
  ListCustomersRequest,
  ListCustomersResponse,
} from '@recourse/proto/web/credit/v1/credit';
import type { Customer } from '@recourse/proto/web/credit/v1/credit';
import { Api, path, read } from '../../session/api';
import { load } from '../../session/load';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { today } from '../../ui/format';
import { ProblemPanel } from '../../ui/problem-panel';
import { SearchBox } from '../../ui/search-box';
import { t } from './watch-words';

/** Customers of any kind that are looked through for persons. */
const mostFound = 100;

/** Records a person's consent to be watched; only a present customer can be. */
@Component({
  selector: 'rc-watch-dialog',
  imports: [FormDialog, ProblemPanel, SearchBox],
  template: `
    <rc-form-dialog size="medium" [form]="form()" (saved)="saved.emit()" (closed)="closed.emit()">
      <rc-search-box [label]="t('find')" [value]="query()" (changed)="query.set($event)" />
      @if (found.problem(); as failed) {
        <rc-problem-panel compact [problem]="failed" canRetry (retry)="found.reload()" />
      } @else if (!found.loading() && persons().length === 0) {
        <p class="rc-muted" role="status">{{ t('nobody') }}</p>
      }
    </rc-form-dialog>
  `,
})
export class WatchDialog {
  /** The customer whose consent is recorded anew; empty for any. */
  readonly customerId = input('');
  /** What the customer chosen beforehand is found by. */
  readonly customerName = input('');
  /** The associations that a consent has to name; it is recorded for these and no others. */
  readonly associations = input<readonly WatchedAssociation[]>([]);
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly query = linkedSignal(() => this.customerName());
  protected readonly found = load(() =>
    read(
      '/v1/customers',
      ListCustomersResponse.fromJSON,
      ListCustomersRequest.toJSON(
        ListCustomersRequest.fromPartial({
          query: this.query(),
          sort: 'name',
          page: { size: mostFound },
        }),
      ),
    ),
  );
  protected readonly persons = computed(() =>
    (this.found.value()?.customers ?? []).filter(({ kind }) => kind === CustomerKind.PERSON),
  );
  protected readonly form = computed((): Form =>
    watchForm(this.#api, this.persons(), this.customerId(), this.associations()),
  );
}

function watchForm(
  api: Api,
  persons: readonly Customer[],
  first: string,
  associations: readonly WatchedAssociation[],
): Form {
  const initial = persons.some((one) => one.customerId === first) ? first : undefined;
  const names = associations.map(({ name }) => name).join(t('and'));
  const mustName = names === '' ? {} : { hint: t('mustName', { names }) };
  const options = persons.map(({ customerId, name, customerNumber }) => ({
    value: customerId,
    name: `${name} ${customerNumber}`.trim(),
  }));
  return {
    heading: t('record'),
    hint: t('recordHint'),
    action: t('record'),
    fields: (values) => {
      const customerId = values.text('customerId') || initial;
      const chosen = persons.find((one) => one.customerId === customerId);
      return [
        { id: 'customerId', kind: 'choice', label: t('customer'), options, initial },
        { id: 'name', kind: 'text', label: t('name'), initial: chosen?.name ?? '' },
        { id: 'idNumber', kind: 'text', label: t('idNumber'), hint: t('idHint'), optional: true },
        { id: 'consentReference', kind: 'text', label: t('consentReference'), ...mustName },
        { id: 'consentedOn', kind: 'day', label: t('consentedOn'), max: today() },
        { id: 'until', kind: 'day', label: t('until'), hint: t('untilHint'), min: today() },
      ];
    },
    send: (values, { requestId }) => {
      const customerId = values.text('customerId');
      const body: PutPersonWatchRequest = {
        customerId,
        name: values.text('name'),
        idNumber: values.text('idNumber'),
        consentReference: values.text('consentReference'),
        consentedOn: values.text('consentedOn'),
        until: values.text('until'),
        associationIds: associations.map(({ associationId }) => associationId),
      };
      const at = path`/v1/blacklist/person-watches/${customerId}`;
      const sent = PutPersonWatchRequest.toJSON(body);
      return api.put(at, sent, PutPersonWatchResponse.fromJSON, { requestId });
    },
  };
}
