import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  DecideOrganisationRequest,
  DecideOrganisationResponse,
  DecideUserRequest,
  DecideUserResponse,
  GetOrganisationResponse,
  ListUsersRequest,
  ListUsersResponse,
  OrganisationDecision,
  OrganisationState,
  UserDecision,
  UserState,
} from '@recourse/proto/web/platform/v1/directory';
import type { OrganisationUser } from '@recourse/proto/web/platform/v1/directory';
import type { Repair } from '@recourse/proto/web/platform/v1/platform';
import { Api, path, read } from '../session/api';
import { dialogUrl } from '../session/dialog-url';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { roleNames } from '../shell/role-names';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { CopyId } from '../ui/copy-id';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { formatCount, formatDay, formatInstant } from '../ui/format';
import { type Figure, ObjectHeader } from '../ui/object-header';
import { ProblemPanel } from '../ui/problem-panel';
import { type Deciding, ReasonDialog } from '../ui/reason-dialog';
import { t } from './directory-words';
import { organisationTone, userTone } from './organisation-tones';

const verbsOf = {
  [OrganisationState.UNSPECIFIED]: [],
  [OrganisationState.PENDING]: ['approve', 'refuse'],
  [OrganisationState.ACTIVE]: ['suspend'],
  // Suspending once more holds back people who were added since.
  [OrganisationState.SUSPENDED]: ['reinstate', 'suspend'],
  [OrganisationState.REFUSED]: ['approve'],
} as const;
type Verb = 'approve' | 'refuse' | 'suspend' | 'reinstate';
type UserVerb = 'suspendUser' | 'reinstateUser';

const decisions = {
  approve: OrganisationDecision.APPROVE,
  refuse: OrganisationDecision.REFUSE,
  suspend: OrganisationDecision.SUSPEND,
  reinstate: OrganisationDecision.REINSTATE,
} as const;

/** One organisation: its people, what was decided about it, and what may be decided now. */
@Component({
  imports: [
    Chip,
    CopyId,
    DataTable,
    DataTableCell,
    MatButton,
    ObjectHeader,
    ProblemPanel,
    ReasonDialog,
  ],
  templateUrl: './organisation-page.html',
  styles: `
    rc-object-header {
      display: block;
      margin-block-end: 16px;
    }
    h2 {
      margin: 0 0 8px;
      font-size: 15px;
    }
    ul {
      margin: 0;
      padding-inline-start: 18px;
    }
    li {
      padding-block: 4px;
      overflow-wrap: anywhere;
    }
  `,
})
export class OrganisationPage {
  readonly orgId = input.required<string>();
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  protected readonly t = t;
  protected readonly tone = organisationTone;
  protected readonly userTone = userTone;
  protected readonly dialogs = dialogUrl([
    'approve',
    'refuse',
    'suspend',
    'reinstate',
    'suspendUser',
    'reinstateUser',
  ]);
  protected readonly said = signal('');
  protected readonly list = listState({ filters: {}, sort: '', prefix: 'u' });
  protected readonly loaded = load(() =>
    read(path`/v1/organisations/${this.orgId()}`, GetOrganisationResponse.fromJSON),
  );
  protected readonly people = load(() =>
    read(
      path`/v1/organisations/${this.orgId()}/users`,
      ListUsersResponse.fromJSON,
      ListUsersRequest.toJSON({ orgId: '', page: this.list.page() }),
    ),
  );
  protected readonly organisation = computed(() => this.loaded.value()?.organisation);
  protected readonly verbs = computed((): readonly Verb[] => {
    const found = this.organisation();
    return found === undefined || found.kind === 'platform' ? [] : verbsOf[found.state];
  });
  protected readonly crumbs = () => [{ name: t('title'), link: '/organisations' }];
  protected readonly figures = computed<Figure[]>(() => {
    const found = this.organisation();
    if (found === undefined) return [];
    const kind = { name: t('kind'), value: t.find(found.kind) ?? found.kind };
    const users = { name: t('users'), value: formatCount(found.users) };
    const since = { name: t('since'), value: formatDay(found.since) };
    const reason = found.reason === '' ? [] : [{ name: t('reason'), value: found.reason }];
    return [kind, users, ...(found.since === '' ? [] : [since]), ...reason];
  });
  protected readonly deciding = computed((): Deciding | undefined => {
    const open = this.dialogs.open();
    if (open === 'suspendUser' || open === 'reinstateUser') return this.#aboutUser(open);
    return open === undefined ? undefined : this.#aboutOrganisation(open);
  });
  protected readonly columns: Column<OrganisationUser>[] = [
    {
      id: 'name',
      title: () => t('person'),
      value: (u) => u.name || u.login,
      note: (u) => (u.machine ? t('machine') : u.login),
      fixed: true,
      card: 'title',
    },
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
    {
      id: 'roles',
      title: () => t('roles'),
      value: (u) => roleNames(u.roles),
    },
    { id: 'createdAt', title: () => t('createdAt'), kind: 'instant', value: (u) => u.createdAt },
    { id: 'action', title: () => t('action'), kind: 'own' },
  ];
  protected readonly keyOf = (row: OrganisationUser): string => row.userId;

  protected userVerb(row: OrganisationUser): UserVerb | undefined {
    if (row.userId === this.#session.caller().userId) return undefined;
    if (row.state === UserState.ACTIVE) return 'suspendUser';
    const isIn = this.organisation()?.state === OrganisationState.ACTIVE;
    return isIn ? 'reinstateUser' : undefined;
  }

  protected decisionText(one: Repair): string {
    const outcome = one.outcome === 'failed' || one.outcome === 'asked' ? t(one.outcome) : '';
    const what = t.find(one.action) ?? one.action;
    const about = one.subjectId === one.aboutOrgId ? '' : one.subject;
    return [formatInstant(one.at), one.by?.name, what, about, outcome, one.reason]
      .filter((part) => part !== undefined && part !== '')
      .join(' · ');
  }

  protected decided(words: string): void {
    this.said.set(words);
    this.dialogs.close();
    this.loaded.reload();
    this.people.reload();
  }

  #aboutOrganisation(verb: Verb): Deciding | undefined {
    const found = this.organisation();
    if (found === undefined || !this.verbs().includes(verb)) return undefined;
    const count = Number(found.users);
    return {
      heading: t(`${verb}Heading`, { name: found.name }),
      text: t(`${verb}Text`, { count }),
      action: t(verb),
      send: async (requestId, reason) => {
        const { orgId } = found;
        const decision = decisions[verb];
        const answer = await this.#api.post(
          path`/v1/organisations/${orgId}:decide`,
          DecideOrganisationRequest.toJSON({ orgId, requestId, decision, reason }),
          DecideOrganisationResponse.fromJSON,
          { requestId },
        );
        const done = t('done', { count: Number(answer.usersChanged) });
        const left = Number(answer.usersLeft);
        return left === 0 ? done : `${done} ${t('partly', { count: left })}`;
      },
    };
  }

  #aboutUser(verb: UserVerb): Deciding | undefined {
    const user = this.people.value()?.users.find((one) => one.userId === this.dialogs.on());
    if (user === undefined) return undefined;
    const isSuspension = verb === 'suspendUser';
    const name = user.name || user.login;
    return {
      heading: t(isSuspension ? 'suspendHeading' : 'reinstateHeading', { name }),
      text: t(isSuspension ? 'suspendUserText' : 'reinstateUserText'),
      action: t(isSuspension ? 'suspend' : 'reinstate'),
      send: async (requestId, reason) => {
        const decision = isSuspension ? UserDecision.SUSPEND : UserDecision.REINSTATE;
        const { userId } = user;
        const orgId = this.orgId();
        await this.#api.post(
          path`/v1/organisations/${orgId}/users/${userId}:decide`,
          DecideUserRequest.toJSON({ orgId, userId, requestId, decision, reason }),
          DecideUserResponse.fromJSON,
          { requestId },
        );
        return t('userDone', { name });
      },
    };
  }
}
