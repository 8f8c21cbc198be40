import { Component, computed, inject, input } from '@angular/core';
import {
  ListCommissionLinesRequest,
  ListCommissionLinesResponse,
  ListStatementsRequest,
  ListStatementsResponse,
  StatementState,
} from '@recourse/proto/web/agencies/v1/commission';
import type { ListDebtsResponse } from '@recourse/proto/web/litigation/v1/limitation';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { Session } from '../session/session';
import { formatCount, formatMoneyCompact } from '../ui/format';
import { StatTile } from '../ui/stat-tile';
import { t } from './words';

/** Under so many days an expiry is urgent: the last alarm (domain.md 8). */
const urgentDays = 30;

/** What one role is here for, before what everybody sees: the lawyer's clocks, finance's books. */
@Component({
  selector: 'rc-role-tiles',
  imports: [StatTile],
  template: `
    @if (isLawyer()) {
      <rc-stat-tile
        [name]="t('expiring')"
        [tone]="isUrgent() ? 'bad' : ''"
        [value]="debts() ? count(debts()?.page?.count) : undefined"
        [hint]="t('expiringHint')"
        link="/litigation/limitation"
        [query]="{ expiresBy: until() }"
      />
    }
    @if (isFinance()) {
      <rc-stat-tile
        [name]="t('statements')"
        [value]="statements.value() ? count(open().length) : undefined"
        [hint]="booksHint()"
        link="/commission"
      />
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class RoleTiles {
  /** Debts whose limitation ends by `until`, soonest first; undefined for who may not see them. */
  readonly debts = input.required<ListDebtsResponse | undefined>();
  readonly until = input.required<string>();
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly count = formatCount;
  protected readonly isLawyer = computed(() => mayCall(this.#caller(), ['legal_officer']));
  protected readonly isFinance = computed(() => mayCall(this.#caller(), ['finance']));
  protected readonly isUrgent = computed(() =>
    (this.debts()?.debts ?? []).some((one) => (one.clock?.daysLeft ?? urgentDays) < urgentDays),
  );

  /** The newest statements: those that are still open are among them. */
  protected readonly statements = load(
    () =>
      this.isFinance()
        ? read(
            '/v1/statements',
            ListStatementsResponse.fromJSON,
            ListStatementsRequest.toJSON(ListStatementsRequest.fromPartial({ page: { size: 50 } })),
          )
        : undefined,
    { live: ['statement', 'commission'] },
  );
  protected readonly open = computed(() =>
    (this.statements.value()?.statements ?? []).filter((one) => one.state === StatementState.OPEN),
  );
  protected readonly payable = computed(() => {
    const sums = new Map<string, bigint>();
    for (const { currency, payable } of this.open()) {
      sums.set(currency, (sums.get(currency) ?? 0n) + (payable?.minor ?? 0n));
    }
    const amounts = [...sums].map(([currency, minor]) => formatMoneyCompact({ currency, minor }));
    return amounts.length === 0 ? '' : t('statementsHint', { amount: amounts.join(' + ') });
  });
  /** Commission that stands on no statement yet: only its count is shown. */
  readonly #unstated = load(
    () =>
      this.isFinance()
        ? read(
            '/v1/commission/lines',
            ListCommissionLinesResponse.fromJSON,
            ListCommissionLinesRequest.toJSON(
              ListCommissionLinesRequest.fromPartial({ onlyUnstated: true, page: { size: 1 } }),
            ),
          )
        : undefined,
    { live: ['statement', 'commission'] },
  );
  protected readonly booksHint = computed(() => {
    const count = this.#unstated.value()?.page?.count ?? 0n;
    const unstated = count > 0n ? t('unstatedHint', { count }) : '';
    return [this.payable(), unstated].filter((part) => part !== '').join(' · ');
  });
}
