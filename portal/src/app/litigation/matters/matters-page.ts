import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import {
  ListMattersRequest,
  ListMattersResponse,
  ListProceduresResponse,
  MatterState,
  Procedure,
} from '@recourse/proto/web/litigation/v1/matters';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import { read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { dialogUrl } from '../../session/dialog-url';
import { listExport } from '../../session/list-export';
import { manyFilter, textFilter } from '../../session/list-filter';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import { Chip } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { FilterChoice } from '../../ui/filter-choice';
import { namedValues, optionsOf } from '../../ui/options-of';
import { PageHeader } from '../../ui/page-header';
import { SearchBox } from '../../ui/search-box';
import { LawNav } from '../law-nav';
import { stageName } from '../rule-text';
import { t as law } from '../words';
import { OpenMatterDialog } from './open-matter-dialog';
import { t } from './words';

const states = namedValues(MatterState);
const procedures = namedValues(Procedure);

/** The organisation's matters: what each claims, how far it is, and which day presses. */
@Component({
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    FilterChoice,
    LawNav,
    MatButton,
    OpenMatterDialog,
    PageHeader,
    SearchBox,
  ],
  templateUrl: './matters-page.html',
})
export class MattersPage {
  readonly #caller = inject(Session).caller;
  readonly #router = inject(Router);
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['open']);
  protected readonly mayOpen = computed(() => mayCall(this.#caller(), ['legal_officer']));
  protected readonly list = listState({
    filters: {
      query: textFilter(),
      states: manyFilter(states),
      procedures: manyFilter(procedures),
    },
    sort: '',
  });
  protected readonly matters = load(
    () => {
      const { query, states: chosen, procedures: running } = this.list.values();
      const request = {
        query,
        states: chosen.length === 0 ? [MatterState.OPEN] : [...chosen],
        procedures: [...running],
        page: this.list.page(),
      };
      return read(
        '/v1/matters',
        ListMattersResponse.fromJSON,
        ListMattersRequest.toJSON(ListMattersRequest.fromPartial(request)),
      );
    },
    { live: ['matter', 'deadline', 'cost', 'recovery'] },
  );
  readonly #tracks = load(() => read('/v1/litigation/procedures', ListProceduresResponse.fromJSON));

  protected readonly lead = computed(() => {
    const count = this.matters.value()?.page?.count;
    return count === undefined ? '' : t('lead', { count });
  });
  protected readonly options = {
    states: () => optionsOf(states, t),
    procedures: () => optionsOf(procedures, law),
  };
  protected readonly columns: Column<Matter>[] = [
    {
      id: 'title',
      title: () => t('name'),
      value: (m) => this.#shortTitle(m.title),
      fixed: true,
      card: 'title',
      note: (m) => m.number,
      noteTitle: () => t('number'),
    },
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      text: (m) => t.find(m.outcome) ?? t.find(m.state),
      card: 'chip',
    },
    { id: 'stage', title: () => t('stage'), value: (m) => this.#stageOf(m) },
    {
      id: 'claimed',
      title: () => t('claimed'),
      kind: 'money',
      value: (m) => m.claimed,
      card: 'figure',
    },
    { id: 'recovered', title: () => t('recovered'), kind: 'money', value: (m) => m.recovered },
    { id: 'spent', title: () => t('spent'), kind: 'money', value: (m) => m.spent, hidden: true },
    {
      id: 'deadline',
      title: () => t('nextDeadline'),
      kind: 'day',
      value: (m) => m.nextDeadline,
      note: (m) =>
        m.unconfirmedDeadlines > 0 ? `${t('unconfirmed')} ${m.unconfirmedDeadlines}` : undefined,
    },
    {
      id: 'limitation',
      title: () => t('limitation'),
      kind: 'day',
      value: (m) => m.limitationExpiresOn,
    },
    { id: 'gaps', title: () => t('gaps'), kind: 'count', value: (m) => m.evidenceGaps },
    { id: 'debtor', title: () => t('debtor'), value: (m) => m.debtorName, hidden: true },
    { id: 'type', title: () => t('debtType'), value: (m) => t.find(m.debtType), hidden: true },
  ];
  /** The own name, with which all of them begin, is left out. */
  #shortTitle(title: string): string {
    const { orgName } = this.#caller();
    const rest = title.startsWith(orgName) ? title.slice(orgName.length).trim() : '';
    return rest === '' ? title : rest;
  }

  protected readonly exports = listExport(this.matters, 'matters', { at: '/v1/matter-exports' });
  protected readonly keyOf = (row: Matter): string => row.matterId;
  protected readonly linkOf = (row: Matter): string[] => ['/litigation', row.matterId];

  /** The proceeding that runs, or the last one, and its stage. */
  #stageOf(matter: Matter): string {
    const found = matter.proceedings.findLast((one) => !one.ended) ?? matter.proceedings.at(-1);
    if (found === undefined) return t('noProcedure');
    const name = law.find(found.procedure) ?? '';
    return `${name} · ${stageName(this.#tracks.value()?.tracks, found.procedure, found.stage)}`;
  }

  protected opened(matterId: string): void {
    void this.#router.navigate(['/litigation', matterId]);
  }
}
