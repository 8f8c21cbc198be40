import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { measures } from '@recourse/kit/measures.ts';
import { stringify } from 'yaml';
import { findPromtool } from './observability/promtool.ts';
import {
  alertsDir,
  chart,
  expressionsOf,
  knownMetrics,
  labelsIn,
  metricsIn,
  readDashboards,
  readRules,
  readRunbooks,
} from './observability/rules.ts';
import { type Trial, trials } from './observability/trials.ts';

const rules = readRules();
const alerts = rules.flatMap((rule) => (rule.alert === undefined ? [] : [{ ...rule }]));
const fileOf = new Map(alerts.map(({ alert = '', file }) => [alert, file]));
const alertNames = alerts.map(({ alert }) => alert ?? '');
const dashboards = readDashboards();

/** Labels that Prometheus and the kit's registry put on every series. */
const everywhere = ['service', 'pod', 'instance', 'le'];
const ours = new Set([
  ...everywhere,
  ...Object.values(measures).flatMap(({ labels }): readonly string[] => labels),
]);

const asked = [
  ...rules.map(({ alert, record, expr }) => ({ name: alert ?? record ?? '', expr })),
  ...dashboards.flatMap((one) => expressionsOf(one).map((expr) => ({ name: one.title, expr }))),
];

async function unknownIn(wanted: readonly { name: string; expr: string }[]): Promise<string[]> {
  const known = await knownMetrics();
  return wanted.flatMap(({ name, expr }) => [
    ...metricsIn(expr)
      .filter((metric) => !known.has(metric))
      .map((metric) => `${name}: ${metric}`),
    ...labelsIn(expr)
      .filter((label) => !ours.has(label))
      .map((label) => `${name}: label ${label}`),
  ]);
}

describe('Rules and dashboards', () => {
  it('ask for metrics and labels that the code has', async () => {
    expect(asked.length).toBeGreaterThan(60);
    expect(await unknownIn(asked)).toEqual([]);
  });

  it('would be told of one that the code has not', async () => {
    const wrong = 'sum by (job) (rate(recourse_rpc_second_count{service="cases",kind="x"}[5m]))';
    expect(await unknownIn([{ name: 'panel', expr: `${wrong} / recourse_jobs > 0` }])).toEqual([
      'panel: recourse_rpc_second_count',
      'panel: label kind',
    ]);
  });

  it('show every metric of ours somewhere', () => {
    const shown = new Set(asked.flatMap(({ expr }) => metricsIn(expr)));
    const missing = Object.values(measures).filter(({ name }) =>
      ['', '_count', '_bucket'].every((end) => !shown.has(name + end)),
    );
    expect(missing).toEqual([]);
  });
});

describe('Dashboards', () => {
  it.each(dashboards.map((one) => [one.title, one] as const))('%s is whole', (_title, one) => {
    const ids = one.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(one.panels.filter(({ title, targets }) => title === '' || targets.length === 0)).toEqual(
      [],
    );
    expect(one.uid).toMatch(/^recourse-\w+$/);
  });
});

describe('Alerts', () => {
  it('have a runbook each, which is named like the alert', () => {
    expect(readRunbooks().toSorted()).toEqual([...new Set(alertNames)].toSorted());
    for (const { alert, annotations } of alerts) {
      expect(annotations).toMatchObject({ runbook: `runbooks/${alert}.md` });
      const text = readFileSync(join(chart, `runbooks/${alert}.md`), 'utf8');
      expect(text).toMatch(
        new RegExp(`^# ${alert}\n\n[^#]+## Look\n\n- [^#]+## Do\n\n- [^#]+## It is over when\n\n`),
      );
    }
  });

  it('wake somebody or wait for the morning, and say in a sentence what is wrong', () => {
    for (const { alert, labels, annotations } of alerts) {
      expect({ alert, severity: labels?.['severity'] }).toEqual({
        alert,
        severity: expect.stringMatching(/^(page|ticket)$/),
      });
      expect(annotations?.['summary']).toMatch(/\.$/);
    }
  });

  it('are each tried, once so that they fire and once so that they do not', () => {
    expect(new Set(trials.map(({ alert }) => alert))).toEqual(new Set(alertNames));
  });
});

/** A file of promtool's over one file of rules: each story and what must come of it. */
function testFile(file: string, of: readonly Trial[], isLong: boolean): string {
  const story = (trial: Trial, which: 'fires' | 'quiet') => ({
    name: `${trial.alert} ${which}`,
    interval: isLong ? '5m' : '1m',
    input_series: Object.entries(trial[which]).map(([series, values]) => ({ series, values })),
    promql_expr_test: [
      {
        expr: `count(ALERTS{alertname="${trial.alert}",alertstate="firing"} * 0 + 1) > bool 0`,
        eval_time: trial.at,
        exp_samples: which === 'fires' ? [{ labels: '{}', value: 1 }] : [],
      },
    ],
  });
  return stringify({
    rule_files: [file],
    evaluation_interval: isLong ? '15m' : '1m',
    // Without an order promtool shuffles the groups, and an alert may miss its recorded rates.
    group_eval_order: [...new Set(rules.map(({ group }) => group))],
    tests: of.flatMap((trial) => [story(trial, 'fires'), story(trial, 'quiet')]),
  });
}

const found = findPromtool();

/** Runs promtool on a copy of the rules that `change` may spoil. */
function tryRules(
  promtool: string,
  of: readonly Trial[],
  change: (text: string) => string = (text) => text,
): { status: number | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-rules-'));
  try {
    cpSync(alertsDir, folder, { recursive: true });
    const files = readdirSync(folder);
    for (const file of files) {
      writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
    }
    const stories = files.flatMap((file) =>
      [true, false].flatMap((isLong) => {
        const told = of.filter(
          (trial) => fileOf.get(trial.alert) === file && (trial.isLong ?? false) === isLong,
        );
        if (told.length === 0) return [];
        const name = `${isLong ? 'long' : 'short'}-${file}`;
        writeFileSync(join(folder, name), testFile(file, told, isLong));
        return [name];
      }),
    );
    const checked = spawnSync(promtool, ['check', 'rules', ...files], { cwd: folder });
    if (checked.status !== 0) return { status: checked.status, said: String(checked.stderr) };
    const done = spawnSync(promtool, ['test', 'rules', ...stories], { cwd: folder });
    return { status: done.status, said: `${String(done.stdout)}${String(done.stderr)}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('promtool', () => {
  if ('why' in found) {
    process.stderr.write(`\nSKIPPED: unit tests of the alert rules: ${found.why}\n\n`);
    it('is left out for a reason that says what can be done', () => {
      expect(found.why).toMatch(/package prometheus/);
    });
    return;
  }
  const { promtool } = found;

  it('lets every alert fire when it must and only then', () => {
    expect(tryRules(promtool, trials)).toEqual({
      status: 0,
      said: expect.stringContaining('SUCCESS'),
    });
  });

  it('notices a rule that has been turned around, and one that is not PromQL', () => {
    const turned = trials.filter(({ alert }) => alert === 'RecourseLedgerImbalance');
    const wrong = tryRules(promtool, turned, (text) => text.replace('_minor) != 0', '_minor) < 0'));
    expect(wrong.status).not.toBe(0);
    expect(wrong.said).toContain('alertname=\\"RecourseLedgerImbalance');
    expect(tryRules(promtool, turned, (text) => text.replace('max by', 'max buy')).status).not.toBe(
      0,
    );
  });
});
