import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Claim, Matter, Party } from '@recourse/proto/web/litigation/v1/matters';
import { Api } from '../../session/api';
import { dialogUrl } from '../../session/dialog-url';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { FormDialog } from '../../ui/form-dialog';
import { FormRowsDialog } from '../../ui/form-rows-dialog';
import { formatBps, formatDay, formatMoney } from '../../ui/format';
import { DayPipe } from '../../ui/pipes';
import { claimsForm, engagementForm, partiesForm } from './claim-forms';
import { t } from './words';

/** What is claimed, by whom of whom, and who conducts it. */
@Component({
  selector: 'rc-claims-tab',
  imports: [DataTable, DayPipe, FormDialog, FormRowsDialog, MatButton],
  template: `
    <section>
      <div class="rc-row spread">
        <h2>{{ t('claimsTitle') }}</h2>
        @if (mayWork()) {
          <button matButton="outlined" type="button" (click)="dialogs.show('claims')">
            {{ t('editClaims') }}
          </button>
        }
      </div>
      <rc-data-table
        name="matter-claims"
        [label]="t('claimsTitle')"
        [columns]="claimColumns"
        [rows]="matter().claims"
        [rowKey]="claimKey"
      />
    </section>
    <section>
      <div class="rc-row spread">
        <h2>{{ t('parties') }}</h2>
        @if (mayWork()) {
          <button matButton="outlined" type="button" (click)="dialogs.show('parties')">
            {{ t('editParties') }}
          </button>
        }
      </div>
      <rc-data-table
        name="matter-parties"
        [label]="t('parties')"
        [columns]="partyColumns"
        [rows]="matter().parties"
        [rowKey]="partyKey"
      />
    </section>
    <section>
      <div class="rc-row spread">
        <h2>{{ t('lawyer') }}</h2>
        @if (mayWork()) {
          <button matButton="outlined" type="button" (click)="dialogs.show('lawyer')">
            {{ t('editLawyer') }}
          </button>
        }
      </div>
      @if (matter().engagement; as one) {
        <dl class="rc-facts">
          <dt>{{ t('lawyer') }}</dt>
          <dd>{{ one.lawyerName }} {{ one.firm }} {{ one.phone }}</dd>
          <dt>{{ t('scope') }}</dt>
          <dd>{{ t.find('scope.' + one.scope) }}</dd>
          <dt>{{ t('fee') }}</dt>
          <dd>{{ terms() }}</dd>
          <dt>{{ t('engagedOn') }}</dt>
          <dd>{{ one.engagedOn | day }}</dd>
        </dl>
      } @else {
        <p class="rc-muted">{{ t('noLawyer') }}</p>
      }
    </section>
    @if (rowsForm(); as one) {
      <rc-form-rows-dialog [form]="one" (saved)="saved()" (closed)="dialogs.close()" />
    }
    @if (lawyerForm(); as one) {
      <rc-form-dialog [form]="one" (saved)="saved()" (closed)="dialogs.close()" />
    }
  `,
  styleUrl: './tab.scss',
})
export class ClaimsTab {
  readonly matter = input.required<Matter>();
  readonly mayWork = input(false);
  readonly changed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['claims', 'parties', 'lawyer']);
  protected readonly rowsForm = computed(() => {
    const open = this.dialogs.open();
    if (!this.mayWork()) return undefined;
    if (open === 'claims') return claimsForm(this.#api, this.matter());
    return open === 'parties' ? partiesForm(this.#api, this.matter()) : undefined;
  });
  protected readonly lawyerForm = computed(() =>
    this.mayWork() && this.dialogs.open() === 'lawyer'
      ? engagementForm(this.#api, this.matter())
      : undefined,
  );
  protected readonly terms = computed(() => {
    const fee = this.matter().engagement?.fee;
    return fee === undefined
      ? '–'
      : t('feeTerms', { fixed: formatMoney(fee.fixed), success: formatBps(fee.successBps) });
  });

  protected readonly claimColumns: Column<Claim>[] = [
    {
      id: 'kind',
      title: () => t('claimKind'),
      value: (c) => t.find(c.kind),
      fixed: true,
      card: 'title',
    },
    {
      id: 'amount',
      title: () => t('amount'),
      kind: 'money',
      value: (c) => c.amount,
      card: 'figure',
    },
    {
      id: 'case',
      title: () => t('fromCase'),
      value: (c) =>
        this.matter().cases.find((one) => one.caseId === c.caseId)?.caseNumber ?? t('allCases'),
    },
    {
      id: 'basis',
      title: () => t('basis'),
      value: (c) => c.basis,
      note: (c) =>
        c.interestFrom === '' ? undefined : `${t('interestFrom')} ${formatDay(c.interestFrom)}`,
    },
  ];
  protected readonly partyColumns: Column<Party>[] = [
    {
      id: 'name',
      title: () => t('partyName'),
      value: (p) => p.name,
      fixed: true,
      card: 'title',
      note: (p) => t.find(p.role),
    },
    { id: 'code', title: () => t('creditCode'), value: (p) => p.creditCode || '–' },
    { id: 'representative', title: () => t('representative'), value: (p) => p.legalRepresentative },
    { id: 'address', title: () => t('address'), value: (p) => p.address },
    { id: 'phone', title: () => t('phone'), value: (p) => p.phone },
  ];
  protected readonly claimKey = (row: Claim): string => row.claimId;
  protected readonly partyKey = (row: Party): string => row.partyId;

  protected saved(): void {
    this.dialogs.close();
    this.changed.emit();
  }
}
