import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListRuleTablesResponse, RuleState } from '@recourse/proto/web/platform/v1/rules';
import { answer, pageProviders } from '../../testing/answers';
import { type Screen, show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { inOrder, searchRules, type ServiceTable } from './rule-search';
import { RulesPage } from './rules-page';
import { serviceNames } from './services';

const row = (effectiveFrom: string, effectiveTo: string, state: RuleState, value: string) => ({
  rule: 'daily_limit',
  effectiveFrom,
  effectiveTo,
  source: 'GB/T 45251-2025',
  grade: 'L',
  state,
  cells: [{ name: 'contacts', value }],
});

const answers = {
  cases: [
    {
      name: 'conduct.dailyLimits',
      columns: ['contacts'],
      rows: [
        row('0001-01-01', '2025-02-27', RuleState.PAST, '5'),
        row('2025-02-28', '', RuleState.IN_FORCE, '3'),
      ],
    },
  ],
  litigation: [
    {
      name: 'holidays',
      columns: [],
      rows: [row('2026-01-01', '2026-12-31', RuleState.IN_FORCE, '2026-10-01')],
      coversTo: '2026-12-31',
      needsRenewal: true,
    },
    { name: 'new.table', columns: [], rows: [row('2027-01-01', '', RuleState.FUTURE, 'x')] },
  ],
};

async function shown(away?: string): Promise<Screen<RulesPage>> {
  const person = { orgKind: 'platform', roles: ['platform_admin'] } as const;
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const showing = show(RulesPage);
  for (const name of serviceNames) {
    const tables = Object.entries(answers).find(([service]) => service === name)?.[1] ?? [];
    const body = ListRuleTablesResponse.fromPartial({ tables, on: '2026-11-22' });
    const at = `/v1/platform/${name}/rule-tables`;
    if (name === away) await answer(at, { status: 500, reason: 'internal' }, 500);
    else await answer(at, ListRuleTablesResponse.toJSON(body));
  }
  return showing;
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('the page of rules', () => {
  it('shows the tables of every service by name, and warns of one that ends', async () => {
    const screen = await shown();
    expect(screen.texts('h2')).toEqual(['案件', '诉讼']);
    const [limits, holidays, unnamed] = screen.texts('summary');
    expect(limits).toContain('每日联系次数上限');
    expect(holidays).toContain('法定节假日与调休');
    expect(holidays).toContain('需更新');
    expect(unnamed).toContain('new.table');
    const [warning] = screen.texts('.warning li');
    expect(warning).toMatch(/^法定节假日与调休（诉讼）截至 2026.*12.*31/);
  });

  it('opens a table to its rows, what holds first, each with its source', async () => {
    const screen = await shown();
    expect(screen.texts('rc-rule-table li')).toEqual([]);
    const details = screen.all('details')[0];
    details?.setAttribute('open', '');
    details?.dispatchEvent(new Event('toggle'));
    await screen.settle();
    const rows = screen.texts('rc-rule-table li');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^有效/);
    for (const part of ['长期', 'contacts', '3', 'GB/T 45251-2025', '法律原文']) {
      expect(rows[0]).toContain(part);
    }
    expect(rows[1]).toMatch(/^已失效/);
  });

  it('says which service did not answer, and asks it again', async () => {
    const screen = await shown('litigation');
    expect(screen.texts('rc-no-answer [role=alert]').join()).toContain('没有应答：诉讼');
    expect(screen.texts('h2')).toEqual(['案件']);
    const clicked = screen.click('rc-no-answer button');
    await answer('/v1/platform/litigation/rule-tables', { tables: [] });
    await clicked;
    await screen.settle();
    expect(screen.all('rc-no-answer [role=alert]')).toEqual([]);
  });
});

describe('the rules of somebody who is decided by them', () => {
  it('are those of the services that they work with, below their settings', async () => {
    const person = { orgKind: 'agency', roles: ['agency_agent'] } as const;
    TestBed.configureTestingModule({ providers: pageProviders(person) });
    const showing = show(RulesPage);
    const tables = answers.cases.map((one) => ({ ...one, needsRenewal: true }));
    const body = ListRuleTablesResponse.fromPartial({ tables, on: '2026-11-22' });
    await answer('/v1/platform/cases/rule-tables', ListRuleTablesResponse.toJSON(body));
    await answer('/v1/platform/agencies/rule-tables', {});
    const screen = await showing;
    expect(screen.texts('h2')).toEqual(['案件']);
    const crumbs = screen.all('.crumbs a').map((one) => one.getAttribute('href'));
    expect(crumbs).toEqual(['/settings']);
    // To release a new part is the platform's work.
    expect(screen.all('.warning')).toEqual([]);
  });
});

describe('searching rules', () => {
  const all: ServiceTable[] = Object.entries(answers).flatMap(([service, tables]) =>
    ListRuleTablesResponse.fromPartial({ tables, on: '' }).tables.map((table) => ({
      service: service === 'cases' ? ('cases' as const) : ('litigation' as const),
      table,
    })),
  );
  const nothing = { query: '', services: [], states: [] };
  const found = (filter: object) =>
    searchRules(all, { ...nothing, ...filter }).map(({ table }) => [table.name, table.rows.length]);

  it.each([
    [
      'everything',
      {},
      [
        ['conduct.dailyLimits', 2],
        ['holidays', 1],
        ['new.table', 1],
      ],
    ],
    ['a table by its name', { query: '联系次数' }, [['conduct.dailyLimits', 2]]],
    ['a row by its value', { query: '2026-10-01' }, [['holidays', 1]]],
    ['a service', { services: ['cases'] }, [['conduct.dailyLimits', 2]]],
    ['what is to come', { states: [RuleState.FUTURE] }, [['new.table', 1]]],
    ['nothing', { query: 'no such rule' }, []],
  ])('finds %s', (_what, filter, expected) => {
    expect(found(filter)).toEqual(expected);
  });

  it('puts what holds before what comes and what was', () => {
    const states = [RuleState.PAST, RuleState.FUTURE, RuleState.IN_FORCE];
    const rows = states.map((state, n) => row(`202${n}-01-01`, '', state, ''));
    expect(inOrder(rows).map(({ state }) => state)).toEqual([
      RuleState.IN_FORCE,
      RuleState.FUTURE,
      RuleState.PAST,
    ]);
  });
});
