import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type {
  CreditMovement,
  ListCreditResponse,
} from '@recourse/proto/web/cases/v1/debtor_credit';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { formatMoney } from '../ui/format';
import { creditWords as t } from './credit-words';

/** Where a movement came from, and why. */
function noteOf(movement: CreditMovement): string {
  const { caseNumber, reference, reason, missing } = movement;
  const short = missing === undefined ? '' : t('missing', { amount: formatMoney(missing) });
  return [caseNumber, reference, reason, short].filter((part) => part !== '').join(' · ');
}

/** Every movement of a debtor's credit, newest first; their sum is what is held. */
@Component({
  selector: 'rc-credit-list',
  imports: [Chip, DataTable, DataTableCell, MatButton],
  template: `
    <p class="rc-muted">{{ held() }}</p>
    @if (mayApply() || (mayRefund() && holdsCredit())) {
      <div class="rc-row">
        @if (mayApply()) {
          <button matButton="outlined" type="button" (click)="apply.emit()">
            {{ t('apply') }}
          </button>
        }
        @if (mayRefund() && holdsCredit()) {
          <button matButton="outlined" type="button" (click)="refund.emit()">
            {{ t('refund') }}
          </button>
        }
      </div>
    }
    @if (of().movements.length > 0) {
      <rc-data-table
        name="case-credit"
        [label]="t('credit')"
        [columns]="columns"
        [rows]="of().movements"
        [rowKey]="keyOf"
      >
        <ng-template rcCell="deed" [rcCellRows]="of().movements" let-row>
          @if (row.kind === 'refunded') {
            @if (row.reversed) {
              <rc-chip tone="bad">{{ t('undone') }}</rc-chip>
            } @else if (mayRefund()) {
              <button
                matButton
                type="button"
                [attr.aria-label]="t('refundBack') + ' ' + row.reference"
                (click)="takeBack.emit(row)"
              >
                {{ t('refundBack') }}
              </button>
            }
          }
        </ng-template>
      </rc-data-table>
    }
    @if (of().hasMore) {
      <p class="rc-muted">{{ t('older') }}</p>
    }
  `,
})
export class CreditList {
  readonly of = input.required<ListCreditResponse>();
  readonly mayApply = input(false);
  readonly mayRefund = input(false);
  readonly apply = output();
  readonly refund = output();
  readonly takeBack = output<CreditMovement>();
  protected readonly t = t;
  protected readonly holdsCredit = computed(() => (this.of().credit?.minor ?? 0n) > 0n);
  protected readonly held = computed(() =>
    this.holdsCredit() ? t('held', { amount: formatMoney(this.of().credit) }) : t('none'),
  );
  protected readonly columns: Column<CreditMovement>[] = [
    {
      id: 'entry',
      title: () => t('entry'),
      value: (m) => t.find(`move.${m.kind}`) ?? m.kind,
      fixed: true,
      card: 'title',
      note: (m) => noteOf(m) || undefined,
    },
    { id: 'day', title: () => t('day'), kind: 'day', value: (m) => m.day },
    { id: 'change', title: () => t('change'), kind: 'money', value: (m) => m.amount },
    {
      id: 'balance',
      title: () => t('balance'),
      kind: 'money',
      value: (m) => m.balance,
      card: 'figure',
    },
    { id: 'deed', title: () => t('deed'), kind: 'own', card: 'line' },
  ];
  protected readonly keyOf = (row: CreditMovement): string => String(row.place);
}
