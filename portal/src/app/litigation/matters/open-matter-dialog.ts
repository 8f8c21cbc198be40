import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  CaseState,
  GetCaseResponse,
  ListCasesRequest,
  ListCasesResponse,
} from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import {
  DebtType,
  OpenMatterRequest,
  OpenMatterResponse,
} from '@recourse/proto/web/litigation/v1/matters';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { load } from '../../session/load';
import { newId } from '../../session/new-id';
import { ChoiceField } from '../../ui/choice-field';
import { Dialog } from '../../ui/dialog';
import { formatMoney } from '../../ui/format';
import { namedValues, optionsOf } from '../../ui/options-of';
import { MoneyPipe } from '../../ui/pipes';
import { ProblemPanel } from '../../ui/problem-panel';
import { SearchBox } from '../../ui/search-box';
import { TextField } from '../../ui/text-field';
import { t } from './words';

/** Opens a matter from open cases of one debtor; a case may be chosen before (`caseId`). */
@Component({
  selector: 'rc-open-matter-dialog',
  imports: [ChoiceField, Dialog, MatButton, MoneyPipe, ProblemPanel, SearchBox, TextField],
  templateUrl: './open-matter-dialog.html',
  styles: `
    ul {
      max-block-size: 240px;
      overflow-y: auto;
      border: 1px solid var(--rc-line);
      border-radius: var(--rc-radius);
    }
    li label {
      display: grid;
      grid-template-columns: auto 1fr auto;
      align-items: center;
      gap: 8px;
      padding: 6px 10px;
      cursor: pointer;
    }
    li + li {
      border-block-start: 1px solid var(--rc-line);
    }
    input {
      inline-size: 18px;
      block-size: 18px;
    }
  `,
})
export class OpenMatterDialog {
  /** The case that a person came from; empty when from the list. */
  readonly caseId = input('');
  readonly opened = output<string>();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #matterId = newId();
  protected readonly t = t;
  protected readonly query = signal('');
  protected readonly title = signal('');
  protected readonly province = signal('');
  protected readonly debtType = signal<DebtType | undefined>(DebtType.SALE_OF_GOODS);
  protected readonly types = () => optionsOf(namedValues(DebtType), t);

  readonly #from = load(() =>
    this.caseId() === ''
      ? undefined
      : read(path`/v1/cases/${this.caseId()}`, GetCaseResponse.fromJSON),
  );
  protected readonly chosen = linkedSignal<readonly Case[]>(() => {
    const from = this.#from.value()?.case;
    return from === undefined ? [] : [from];
  });
  protected readonly found = load(() =>
    read(
      '/v1/cases',
      ListCasesResponse.fromJSON,
      ListCasesRequest.toJSON(
        ListCasesRequest.fromPartial({
          query: this.query() || (this.#from.value()?.case?.debtorName ?? ''),
          states: [CaseState.OPEN],
          sort: '-open',
          page: { size: 20 },
        }),
      ),
    ),
  );
  /** Once a case is chosen only cases of its debtor and currency fit. */
  protected readonly shown = computed(() => {
    const chosen = this.chosen();
    const first = chosen[0];
    const found = this.found.value()?.cases ?? [];
    const fitting = found.filter(
      (one) =>
        first === undefined ||
        (one.debtorId === first.debtorId && one.open?.currency === first.open?.currency),
    );
    const others = fitting.filter((one) => !chosen.some(({ caseId }) => caseId === one.caseId));
    return [...chosen, ...others];
  });
  protected readonly sum = computed(() => {
    const chosen = this.chosen();
    const currency = chosen[0]?.open?.currency ?? 'CNY';
    const minor = chosen.reduce((all, one) => all + (one.open?.minor ?? 0n), 0n);
    return t('chosen', { count: chosen.length, total: formatMoney({ currency, minor }) });
  });
  protected readonly isWhole = computed(
    () => this.chosen().length > 0 && this.debtType() !== undefined,
  );

  protected isChosen(caseId: string): boolean {
    return this.chosen().some((one) => one.caseId === caseId);
  }

  protected turn(one: Case): void {
    this.chosen.update((chosen) =>
      this.isChosen(one.caseId)
        ? chosen.filter(({ caseId }) => caseId !== one.caseId)
        : [...chosen, one],
    );
  }

  protected readonly open = action((requestId) => {
    const request: OpenMatterRequest = {
      matterId: this.#matterId,
      caseIds: this.chosen().map(({ caseId }) => caseId),
      title: this.title().trim(),
      debtType: this.debtType() ?? DebtType.SALE_OF_GOODS,
      province: this.province().trim(),
    };
    const at = path`/v1/matters/${this.#matterId}`;
    const body = OpenMatterRequest.toJSON(request);
    return this.#api.put(at, body, OpenMatterResponse.fromJSON, { requestId });
  });

  protected async send(): Promise<void> {
    const answer = await this.open.run();
    if (answer !== undefined) this.opened.emit(this.#matterId);
  }
}
