import { Component, computed, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  CustomerKind,
  ListCustomersRequest,
  ListCustomersResponse,
  PutCustomerRequest,
  PutCustomerResponse,
} from '@recourse/proto/web/credit/v1/credit';
import { AskAdmissionRequest, AskAdmissionResponse } from '@recourse/proto/web/credit/v1/ratings';
import type { PaymentTerms } from '@recourse/proto/web/credit/v1/ratings';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { newId } from '../session/new-id';
import { Session } from '../session/session';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import type { MoneyValue } from '../ui/format';
import { MoneyField } from '../ui/money-field';
import { ProblemPanel } from '../ui/problem-panel';
import { SearchBox } from '../ui/search-box';
import { TextField } from '../ui/text-field';
import { currencies } from './currencies';
import { TermsFields } from './terms-fields';
import { t } from './words';

/** Asks to admit a customer, one that is known or a new one, with a limit and terms. */
@Component({
  selector: 'rc-ask-admission-dialog',
  imports: [
    ChoiceField,
    Dialog,
    MatButton,
    MoneyField,
    ProblemPanel,
    SearchBox,
    TermsFields,
    TextField,
  ],
  templateUrl: './ask-admission-dialog.html',
})
export class AskAdmissionDialog {
  /** The id of what was asked. */
  readonly asked = output<string>();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  readonly #admissionId = newId();
  readonly #newCustomerId = newId();
  protected readonly t = t;
  protected readonly currencies = currencies.map((value) => ({ value, name: value }));
  protected readonly kind = signal<'known' | 'new' | undefined>('known');
  protected readonly query = signal('');
  protected readonly customerId = signal<string | undefined>(undefined);
  protected readonly name = signal('');
  protected readonly creditCode = signal('');
  protected readonly region = signal('');
  protected readonly industry = signal('');
  protected readonly currency = signal<string | undefined>('CNY');
  protected readonly limit = signal<MoneyValue | undefined>(undefined);
  protected readonly terms = signal<PaymentTerms | undefined>(undefined);
  protected readonly note = signal('');
  /** Whoever may not write customers asks for known ones only. */
  protected readonly mayCreate = computed(() =>
    mayCall(this.#caller(), ['credit_manager', 'supervisor', 'director', 'creditor:org_admin']),
  );
  protected readonly kinds = computed((): { value: 'known' | 'new'; name: string }[] => [
    { value: 'known', name: t('isKnown') },
    ...(this.mayCreate() ? [{ value: 'new' as const, name: t('isNew') }] : []),
  ]);
  protected readonly found = load(() => {
    if (this.query().trim() === '') return undefined;
    const request = { query: this.query().trim(), sort: 'name', page: { size: 20 } };
    return read(
      '/v1/customers',
      ListCustomersResponse.fromJSON,
      ListCustomersRequest.toJSON(ListCustomersRequest.fromPartial(request)),
    );
  });
  protected readonly results = computed(() =>
    (this.found.value()?.customers ?? []).map((one) => ({
      value: one.customerId,
      name: [one.name, one.customerNumber].filter((text) => text !== '').join(' · '),
    })),
  );
  protected readonly isWhole = computed(() => {
    const isSomeone =
      this.kind() === 'new' ? this.name().trim() !== '' : this.customerId() !== undefined;
    const limit = this.limit();
    return isSomeone && limit !== undefined && limit.minor >= 0n;
  });

  protected readonly ask = action(async (requestId) => {
    const customerId = this.kind() === 'new' ? await this.#create() : (this.customerId() ?? '');
    const currency = this.currency() ?? 'CNY';
    const request: AskAdmissionRequest = {
      admissionId: this.#admissionId,
      customerId,
      askedLimit: { currency, minor: this.limit()?.minor ?? 0n },
      askedTerms: this.terms(),
      note: this.note().trim(),
    };
    return this.#api.put(
      path`/v1/admissions/${this.#admissionId}`,
      AskAdmissionRequest.toJSON(request),
      AskAdmissionResponse.fromJSON,
      { requestId },
    );
  });

  /** Repeating it is the same customer: the id is this dialog's. */
  async #create(): Promise<string> {
    const customerId = this.#newCustomerId;
    const request = PutCustomerRequest.fromPartial({
      customerId,
      kind: CustomerKind.COMPANY,
      name: this.name().trim(),
      creditCode: this.creditCode().trim().toUpperCase(),
      region: this.region().trim(),
      industry: this.industry().trim(),
    });
    const at = path`/v1/customers/${customerId}`;
    await this.#api.put(at, PutCustomerRequest.toJSON(request), PutCustomerResponse.fromJSON);
    return customerId;
  }

  protected async send(): Promise<void> {
    if ((await this.ask.run()) !== undefined) this.asked.emit(this.#admissionId);
  }
}
