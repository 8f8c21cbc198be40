import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatTabsModule } from '@angular/material/tabs';
import {
  AcceptAgreementRequest,
  AcceptAgreementResponse,
  EndAgreementRequest,
  EndAgreementResponse,
  ListAgreementsResponse,
  ListAssociationsRequest,
  ListAssociationsResponse,
  ListMembersRequest,
  ListMembersResponse,
  ListStewardsResponse,
} from '@recourse/proto/web/blacklist/v1/associations';
import type { Agreement, Member, Steward } from '@recourse/proto/web/blacklist/v1/associations';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { dialogUrl } from '../../session/dialog-url';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import { tabUrl } from '../../session/tab-url';
import type { Column } from '../../ui/column';
import { Confirm } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { PageHeader } from '../../ui/page-header';
import { ProblemPanel } from '../../ui/problem-panel';
import { aboutForm, memberForm, proposeForm, stewardForm } from './member-forms';
import { t } from './words';

/** An association's members, who decides for it, and with whom it shares. */
@Component({
  imports: [
    DataTable,
    DataTableCell,
    FormDialog,
    MatButton,
    MatTabsModule,
    PageHeader,
    ProblemPanel,
  ],
  templateUrl: './members-page.html',
  styles: `
    .tools {
      padding: 12px 16px;
    }
    /* The tabs are the card; a table in it needs no frame of its own. */
    rc-data-table {
      border-width: 1px 0 0;
      border-radius: 0;
    }
  `,
})
export class MembersPage {
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['member', 'steward', 'propose', 'about']);
  protected readonly tabs = tabUrl(['members', 'stewards', 'agreements']);
  protected readonly isAdmin = computed(() => mayCall(this.#caller(), ['association:org_admin']));
  protected readonly list = listState({ filters: {}, sort: '' });
  protected readonly members = load(() =>
    read(
      '/v1/blacklist/members',
      ListMembersResponse.fromJSON,
      ListMembersRequest.toJSON(ListMembersRequest.fromPartial({ page: this.list.page() })),
    ),
  );
  protected readonly stewards = load(() =>
    read('/v1/blacklist/stewards', ListStewardsResponse.fromJSON),
  );
  protected readonly agreements = load(() =>
    read('/v1/blacklist/agreements', ListAgreementsResponse.fromJSON),
  );
  readonly #associations = load(() =>
    read(
      '/v1/blacklist/associations',
      ListAssociationsResponse.fromJSON,
      ListAssociationsRequest.toJSON(ListAssociationsRequest.fromPartial({ page: { size: 200 } })),
    ),
  );
  readonly #own = computed(() =>
    this.#associations
      .value()
      ?.associations.find((one) => one.associationId === this.#caller().orgId),
  );
  protected readonly hasNoPage = computed(
    () => this.#associations.value() !== undefined && this.#own() === undefined,
  );

  protected readonly form = computed((): Form | undefined => {
    if (!this.isAdmin()) return undefined;
    const { orgId, orgName } = this.#caller();
    const on = this.dialogs.on();
    const members = this.members.value()?.members ?? [];
    switch (this.dialogs.open()) {
      case 'member':
        return memberForm(
          this.#api,
          members.find((one) => one.memberId === on),
        );
      case 'steward':
        return stewardForm(
          this.#api,
          this.stewards.value()?.stewards.find((one) => one.userId === on),
          members,
        );
      case 'propose': {
        const all = this.#associations.value()?.associations ?? [];
        return proposeForm(
          this.#api,
          all.filter((one) => one.associationId !== orgId),
        );
      }
      case 'about':
        return aboutForm(this.#api, orgId, this.#own(), orgName);
      default:
        return undefined;
    }
  });

  /** What is done about a row, where the caller may do something. */
  readonly #verbs = (id: string): { id: string; title: () => string; kind: 'own' }[] =>
    this.isAdmin() ? [{ id, title: () => t('edit'), kind: 'own' }] : [];
  protected readonly memberColumns: Column<Member>[] = [
    { id: 'name', title: () => t('name'), value: (m) => m.name, fixed: true, card: 'title' },
    { id: 'group', title: () => t('group'), value: (m) => m.groupName || '–' },
    { id: 'state', title: () => t('state'), value: (m) => t.find(m.state), card: 'chip' },
    { id: 'joined', title: () => t('joined'), kind: 'instant', value: (m) => m.joinedAt },
    ...this.#verbs('edit'),
  ];
  protected readonly stewardColumns: Column<Steward>[] = [
    { id: 'name', title: () => t('name'), value: (s) => s.name, fixed: true, card: 'title' },
    {
      id: 'employer',
      title: () => t('employer'),
      value: (s) =>
        this.members.value()?.members.find((one) => one.memberId === s.employerId)?.name ??
        t('independent'),
    },
    {
      id: 'active',
      title: () => t('state'),
      value: (s) => (s.active ? t('active') : t('inactive')),
      card: 'chip',
    },
    ...this.#verbs('edit'),
  ];
  protected readonly agreementColumns: Column<Agreement>[] = [
    {
      id: 'partner',
      title: () => t('partner'),
      value: (a) => (a.associationId === this.#caller().orgId ? a.partnerName : a.associationName),
      fixed: true,
      card: 'title',
    },
    { id: 'state', title: () => t('state'), value: (a) => t.find(a.state), card: 'chip' },
    { id: 'proposed', title: () => t('proposedAt'), kind: 'instant', value: (a) => a.proposedAt },
    { id: 'accepted', title: () => t('acceptedAt'), kind: 'instant', value: (a) => a.acceptedAt },
    ...this.#verbs('act'),
  ];
  protected readonly memberKey = (row: Member): string => row.memberId;
  protected readonly stewardKey = (row: Steward): string => row.userId;
  protected readonly agreementKey = (row: Agreement): string => row.agreementId;

  protected readonly accept = action((requestId, agreementId: string) =>
    this.#api.post(
      path`/v1/blacklist/agreements/${agreementId}:accept`,
      AcceptAgreementRequest.toJSON({ agreementId, requestId }),
      AcceptAgreementResponse.fromJSON,
      { requestId },
    ),
  );
  protected readonly end = action((requestId, agreementId: string) =>
    this.#api.post(
      path`/v1/blacklist/agreements/${agreementId}:end`,
      EndAgreementRequest.toJSON({ agreementId, requestId }),
      EndAgreementResponse.fromJSON,
      { requestId },
    ),
  );
  protected readonly problem = computed(() => this.accept.problem() ?? this.end.problem());

  protected mayAccept(row: Agreement): boolean {
    return row.state === 'AGREEMENT_STATE_PROPOSED' && row.partnerId === this.#caller().orgId;
  }

  protected async take(row: Agreement): Promise<void> {
    if ((await this.accept.run(row.agreementId)) !== undefined) this.agreements.reload();
  }

  protected async stop(row: Agreement): Promise<void> {
    const said = { heading: t('endTitle'), text: t('endText'), action: t('end'), danger: true };
    if (!(await this.#confirm.ask(said))) return;
    if ((await this.end.run(row.agreementId)) !== undefined) this.agreements.reload();
  }

  protected saved(): void {
    this.dialogs.close();
    this.members.reload();
    this.stewards.reload();
    this.agreements.reload();
    this.#associations.reload();
  }
}
