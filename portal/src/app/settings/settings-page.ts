import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  DecideColleagueRequest,
  DecideColleagueResponse,
  ListColleaguesRequest,
  ListColleaguesResponse,
  UserDecision,
  UserState,
} from '@recourse/proto/web/platform/v1/directory';
import type { Colleague } from '@recourse/proto/web/platform/v1/directory';
import { PackPolicyCard } from '../placements/pack-policy';
import { userTone } from '../platform/organisation-tones';
import { Api, path, read } from '../session/api';
import { mayCall, rolesOfKind } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { manyFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { roleNames } from '../shell/role-names';
import { t as frame } from '../shell/words';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { CopyId } from '../ui/copy-id';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { namedValues, optionsOf } from '../ui/options-of';
import { PageHeader } from '../ui/page-header';
import { type Deciding, ReasonDialog } from '../ui/reason-dialog';
import { SearchBox } from '../ui/search-box';
import { t } from './words';

type Verb = 'suspend' | 'reinstate';

/** Where other things of an organisation are set or seen, and who may go there. */
const links = [
  { key: 'rules', go: '/settings/rules', query: {}, roles: ['*'] },
  {
    key: 'feeds',
    go: '/litigation/deadlines',
    query: { dialog: 'feeds' },
    roles: ['legal_officer', 'supervisor', 'director', 'general_manager', 'credit_manager'],
  },
  { key: 'colleaguesFeeds', go: '/calendar-feeds', query: {}, roles: ['creditor:org_admin'] },
  { key: 'standing', go: '/standing', query: {}, roles: ['agency:*'] },
  { key: 'members', go: '/members', query: {}, roles: ['association:*'] },
] as const;

/** An organisation as its own people see it: who they are, and who may sign in. */
@Component({
  imports: [
    Chip,
    CopyId,
    DataTable,
    DataTableCell,
    FilterChoice,
    MatButton,
    PackPolicyCard,
    PageHeader,
    ReasonDialog,
    RouterLink,
    SearchBox,
  ],
  templateUrl: './settings-page.html',
  styles: `
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 2px 12px;
      padding-block: 4px;
    }
    li a {
      min-block-size: 24px;
    }
  `,
})
export class SettingsPage {
  readonly #api = inject(Api);
  protected readonly caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly frame = frame;
  protected readonly roles = computed(() => roleNames(this.caller().roles));
  protected readonly tone = userTone;
  protected readonly namedWords = { suspend: 'suspendNamed', reinstate: 'reinstateNamed' } as const;
  protected readonly said = signal('');
  protected readonly dialogs = dialogUrl(['suspend', 'reinstate']);
  readonly #roles = rolesOfKind(this.caller().orgKind);
  readonly #states = namedValues(UserState);
  protected readonly list = listState({
    filters: {
      query: textFilter(),
      roles: manyFilter(this.#roles),
      states: manyFilter(this.#states),
    },
    sort: '',
  });
  /** A dialog in the address is no other question: the list stays as it is. */
  readonly #filter = computed(
    () => {
      const { query, roles, states } = this.list.values();
      return { query, roles: [...roles], states: [...states] };
    },
    { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) },
  );
  protected readonly people = load(() =>
    read(
      '/v1/colleagues',
      ListColleaguesResponse.fromJSON,
      ListColleaguesRequest.toJSON({ filter: this.#filter(), page: this.list.page() }),
    ),
  );
  protected readonly isCreditor = computed(() => this.caller().orgKind === 'creditor');
  protected readonly isAdmin = computed(() => mayCall(this.caller(), ['org_admin']));
  protected readonly links = computed(() =>
    links.filter(({ roles }) => mayCall(this.caller(), roles)),
  );
  protected readonly roleOptions = () => optionsOf(this.#roles, frame, 'role.');
  protected readonly stateOptions = () => optionsOf(this.#states, t);
  protected readonly columns = computed((): Column<Colleague>[] => {
    const shown: Column<Colleague>[] = [
      {
        id: 'name',
        title: () => t('person'),
        value: (one) => one.name || one.login,
        note: (one) => one.login,
        fixed: true,
        card: 'title',
      },
      { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
      { id: 'roles', title: () => t('roles'), value: (one) => roleNames(one.roles) },
    ];
    if (!this.isAdmin()) return shown;
    return [
      ...shown,
      { id: 'email', title: () => t('email'), value: (one) => one.email },
      { id: 'action', title: () => t('action'), kind: 'own' },
    ];
  });
  protected readonly keyOf = (row: Colleague): string => row.userId;
  protected readonly deciding = computed((): Deciding | undefined => {
    const verb = this.dialogs.open();
    const one = this.people.value()?.colleagues.find((row) => row.userId === this.dialogs.on());
    const isNow = verb !== undefined && one !== undefined && this.verbOf(one) === verb;
    return isNow ? this.#about(one, verb) : undefined;
  });

  /** What an administrator may do about somebody; nobody does it to themselves. */
  protected verbOf(row: Colleague): Verb | undefined {
    if (!this.isAdmin() || row.userId === this.caller().userId) return undefined;
    return row.state === UserState.ACTIVE ? 'suspend' : 'reinstate';
  }

  protected decided(words: string): void {
    this.said.set(words);
    this.dialogs.close();
    this.people.reload();
  }

  #about({ userId, name, login }: Colleague, verb: Verb): Deciding {
    const called = name || login;
    const isSuspension = verb === 'suspend';
    const decision = isSuspension ? UserDecision.SUSPEND : UserDecision.REINSTATE;
    return {
      heading: t(isSuspension ? 'suspendHeading' : 'reinstateHeading', { name: called }),
      text: t(isSuspension ? 'suspendText' : 'reinstateText'),
      action: t(verb),
      send: async (requestId, reason) => {
        await this.#api.post(
          path`/v1/colleagues/${userId}:decide`,
          DecideColleagueRequest.toJSON({ userId, requestId, decision, reason }),
          DecideColleagueResponse.fromJSON,
          { requestId },
        );
        return t(isSuspension ? 'suspended' : 'reinstated', { name: called });
      },
    };
  }
}
