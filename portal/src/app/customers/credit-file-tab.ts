import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  GetCreditFileResponse,
  PutCreditFileRequest,
  PutCreditFileResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import { gradeText, reasonName } from '../ratings/reason-text';
import { t as reasonWords } from '../ratings/reason-words';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { filled } from '../session/as-opened';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { explain } from '../session/problem-words';
import { Session } from '../session/session';
import { ChoiceField } from '../ui/choice-field';
import { DateField } from '../ui/date-field';
import { today } from '../ui/format';
import { MoneyField } from '../ui/money-field';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { formOf, isFormWhole, isWholeOrNone, judgements, requestOf } from './credit-file';
import type { FileForm, Judgement } from './credit-file';
import { DocumentsPart } from './documents-part';
import { t } from './file-words';
import { FlagsPart } from './flags-part';

const statuses = ['active', 'revoked', 'cancelled', 'abnormal', 'liquidation', 'unknown'];
const ownerships = ['state', 'listed', 'private', 'foreign', 'sole', 'unknown'];

/** Everything known of a customer that people write; saving rates the customer anew. */
@Component({
  selector: 'rc-credit-file-tab',
  imports: [
    ChoiceField,
    DateField,
    DocumentsPart,
    FlagsPart,
    MatButton,
    MoneyField,
    ProblemPanel,
    TextField,
  ],
  templateUrl: './credit-file-tab.html',
  styles: `
    :host,
    section {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    :host {
      gap: 24px;
    }
    .rc-grid {
      --rc-column: 220px;
    }
  `,
})
export class CreditFileTab {
  readonly customerId = input.required<string>();
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly explain = explain(t);
  protected readonly today = today();
  protected readonly judgements = judgements;
  protected readonly loaded = load(
    () =>
      read(path`/v1/customers/${this.customerId()}/credit-file`, GetCreditFileResponse.fromJSON),
    { live: ['customer'] },
  );
  readonly #file = computed(() => this.loaded.value()?.file);
  /** The form's version is the one it was filled from, so that another's change is not undone. */
  readonly #filled = filled(this.customerId, this.#file, formOf);
  protected readonly form = computed<FileForm>(() => this.#filled().form);
  protected readonly isChanged = computed(() => this.form() !== this.#filled().read);
  protected readonly isWhole = computed(() => isFormWhole(this.form()));
  protected readonly result = signal('');
  protected readonly mayWrite = computed(() =>
    mayCall(this.#caller(), ['credit_manager', 'supervisor', 'director', 'creditor:org_admin']),
  );
  protected readonly capitalCurrency = computed(
    () => this.form().registeredCapital?.currency ?? this.form().paidInCapital?.currency ?? 'CNY',
  );
  protected readonly statusOptions = computed(() => this.#named(statuses));
  protected readonly ownershipOptions = computed(() => this.#named(ownerships));
  protected readonly scoreOptions = computed(() =>
    ['1', '2', '3', '4', '5'].map((value) => ({ value, name: t('score', { score: value }) })),
  );

  protected readonly save = action((requestId) => {
    const customerId = this.customerId();
    const request = requestOf(customerId, this.form(), this.#filled().from?.version ?? 0n);
    return this.#api.put(
      path`/v1/customers/${customerId}/credit-file`,
      PutCreditFileRequest.toJSON(request),
      PutCreditFileResponse.fromJSON,
      { requestId },
    );
  });

  #named(values: readonly string[]): { value: string; name: string }[] {
    return values.map((value) => ({
      value,
      name: reasonWords.find(`value.${value}`) ?? reasonName(value),
    }));
  }

  protected set(patch: Partial<FileForm>): void {
    this.#filled.update((now) => ({ ...now, form: { ...now.form, ...patch } }));
    this.result.set('');
  }

  protected score(name: Judgement, value: string | undefined): void {
    this.set({ scores: { ...this.form().scores, [name]: value } });
  }

  protected wrong(text: string, most: number): string {
    return isWholeOrNone(text, most) ? '' : t('wholeWrong');
  }

  protected async send(): Promise<void> {
    const saved = await this.save.run();
    if (saved === undefined) return;
    // What was sent is what stands there now; the next reading fills the form anew.
    this.#filled.update((now) => ({ ...now, read: now.form }));
    this.result.set(t('saved', { grade: gradeText(saved.rating?.grade ?? '') }));
    this.loaded.reload();
  }
}
