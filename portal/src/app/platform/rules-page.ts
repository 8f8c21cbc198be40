import { Component, computed } from '@angular/core';
import {
  ListRuleTablesRequest,
  ListRuleTablesResponse,
  RuleState,
} from '@recourse/proto/web/platform/v1/rules';
import { path, read } from '../session/api';
import { manyFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { EmptyPanel } from '../ui/empty-panel';
import { FilterChoice } from '../ui/filter-choice';
import { formatDay } from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { NoAnswer } from './no-answer';
import { searchRules, type ServiceTable, tableName } from './rule-search';
import { RuleTableCard } from './rule-table';
import { t } from './rules-words';
import { serviceNames, serviceWords } from './services';

const states = [RuleState.IN_FORCE, RuleState.FUTURE, RuleState.PAST];

/** Every dated rule table of every service, what holds and what ends soon. */
@Component({
  imports: [EmptyPanel, FilterChoice, NoAnswer, PageHeader, RuleTableCard, SearchBox],
  templateUrl: './rules-page.html',
  styles: `
    .warning {
      margin-block-end: 16px;
      padding: 12px 16px;
      border-radius: var(--rc-radius);
      background: var(--rc-amber-soft);
      color: var(--rc-text);
    }
    .warning p,
    .warning ul {
      margin: 0;
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
  protected readonly names = serviceNames;
  protected readonly list = listState({
    filters: {
      query: textFilter(),
      services: manyFilter(serviceNames),
      states: manyFilter(states),
    },
    sort: '',
  });
  protected readonly asked = serviceNames.map((service) => ({
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
    serviceNames
      .map((service) => ({
        service,
        tables: this.found().filter((one) => one.service === service),
      }))
      .filter(({ tables }) => tables.length > 0),
  );
  protected readonly ending = computed(() =>
    this.#all()
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
    serviceNames.map((value) => ({ value, name: serviceWords(value) }));
  protected readonly stateOptions = () => [
    { value: RuleState.IN_FORCE, name: t('inForce') },
    { value: RuleState.FUTURE, name: t('future') },
    { value: RuleState.PAST, name: t('past') },
  ];
}
