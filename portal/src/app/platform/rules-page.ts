import { Component, computed, inject } from '@angular/core';
import {
  ListRuleTablesRequest,
  ListRuleTablesResponse,
  RuleState,
} from '@recourse/proto/web/platform/v1/rules';
import { path, read } from '../session/api';
import { manyFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { t as frame } from '../shell/words';
import { EmptyPanel } from '../ui/empty-panel';
import { FilterChoice } from '../ui/filter-choice';
import { formatDay } from '../ui/format';
import { Notice } from '../ui/notice';
import { type Crumb, PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { NoAnswer } from './no-answer';
import { searchRules, type ServiceTable, tableName } from './rule-search';
import { RuleTableCard } from './rule-table';
import { t } from './rules-words';
import { servicesOf, serviceWords } from './services';

const states = [RuleState.IN_FORCE, RuleState.FUTURE, RuleState.PAST];

/** Every dated rule table of the services that a person works with: what holds, what ends soon. */
@Component({
  imports: [EmptyPanel, FilterChoice, NoAnswer, Notice, PageHeader, RuleTableCard, SearchBox],
  templateUrl: './rules-page.html',
  styles: `
    .warning {
      margin-block-end: 16px;
    }
    .filters {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-block-end: 16px;
    }
    h2 {
      margin: 8px 0 0;
      font-size: 15px;
    }
    .tables {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 8px;
    }
  `,
})
export class RulesPage {
  protected readonly t = t;
  protected readonly words = serviceWords;
  readonly #kind = inject(Session).caller().orgKind;
  /** The platform's people see to it that rules go on; all others only read what holds. */
  protected readonly isKeeper = this.#kind === 'platform';
  protected readonly names = servicesOf(this.#kind);
  protected readonly crumbs = (): Crumb[] =>
    this.isKeeper ? [] : [{ name: frame('place.settings'), link: '/settings' }];
  protected readonly list = listState({
    filters: {
      query: textFilter(),
      services: manyFilter(this.names),
      states: manyFilter(states),
    },
    sort: '',
  });
  protected readonly asked = this.names.map((service) => ({
    service,
    loaded: load(() =>
      read(
        path`/v1/platform/${service}/rule-tables`,
        ListRuleTablesResponse.fromJSON,
        ListRuleTablesRequest.toJSON({ service }),
      ),
    ),
  }));
  readonly #all = computed<ServiceTable[]>(() =>
    this.asked.flatMap(({ service, loaded }) =>
      (loaded.value()?.tables ?? []).map((table) => ({ service, table })),
    ),
  );
  protected readonly found = computed(() => searchRules(this.#all(), this.list.values()));
  protected readonly groups = computed(() =>
    this.names
      .map((service) => ({
        service,
        tables: this.found().filter((one) => one.service === service),
      }))
      .filter(({ tables }) => tables.length > 0),
  );
  protected readonly ending = computed(() =>
    (this.isKeeper ? this.#all() : [])
      .filter(({ table }) => table.needsRenewal)
      .map(({ service, table }) =>
        t('endsOn', {
          table: tableName(table),
          service: serviceWords(service),
          day: formatDay(table.coversTo),
        }),
      ),
  );
  protected readonly loading = computed(() => this.asked.some(({ loaded }) => loaded.loading()));
  protected readonly serviceOptions = () =>
    this.names.map((value) => ({ value, name: serviceWords(value) }));
  protected readonly stateOptions = () => [
    { value: RuleState.IN_FORCE, name: t('inForce') },
    { value: RuleState.FUTURE, name: t('future') },
    { value: RuleState.PAST, name: t('past') },
  ];
}
