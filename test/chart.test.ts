/** The chart as Kubernetes would get it: every value set for every version, by the API's rules. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { lint, render, type Rendered } from './chart/render.ts';
import { rules } from './chart/rules.ts';
import { kubeVersions, sets } from './chart/sets.ts';
import { strictFindings } from './chart/strict.ts';

const wanted = sets.flatMap((set) =>
  kubeVersions.map((kube) => ({ title: `${set.name} on ${kube}`, set, kube })),
);
/** What was rendered, or why it was not. */
const cases = new Map<string, Rendered[] | Error>();

beforeAll(async () => {
  const made = wanted.map(async ({ title, set, kube }) => {
    const rendered = render(set.values, { ...set.cluster, kube });
    cases.set(title, await rendered.catch((error: unknown) => new Error(String(error))));
  });
  await Promise.all(made);
});

/** The objects of a value set; throws with helm's words when it was refused. */
function objectsOf(title: string): Rendered[] {
  const found = cases.get(title);
  if (found === undefined) throw new Error(`${title} was not rendered`);
  if (found instanceof Error) throw found;
  return found;
}

describe('A value set', () => {
  it('is one of twenty at least', () => {
    expect(new Set(sets.map(({ name }) => name)).size).toBeGreaterThanOrEqual(20);
  });

  it.each(wanted)('$title renders what the API takes', async ({ title }) => {
    const objects = objectsOf(title);
    expect(objects.length).toBeGreaterThan(20);
    const findings = await Promise.all(objects.map(strictFindings));
    expect(findings.flat()).toEqual([]);
  });

  it.each(sets.slice(0, 4))('$name passes the linter', async ({ values }) => {
    // The linter knows no cluster, so what needs one is switched off.
    const alone = { postgres: { mode: 'external' }, gatewayApi: { enabled: false } };
    await expect(lint({ ...values, ...alone, tls: { enabled: false } })).resolves.toBe('');
  });
});

describe('A rule', () => {
  it('is one of thirty at least', () => {
    expect(new Set(rules.map(({ name }) => name)).size).toBeGreaterThanOrEqual(30);
  });

  it.each(rules)('$name: holds in every value set', ({ find }) => {
    const findings = [...cases.keys()].flatMap((title) =>
      find(objectsOf(title)).map((one) => `${title}: ${one}`),
    );
    expect([...new Set(findings)].slice(0, 5)).toEqual([]);
  });

  it.each(rules)('$name: is seen to be broken', ({ find, harm, on = 'medium' }) => {
    const objects = structuredClone(objectsOf(`${on} on 1.33.0`));
    expect(find(objects)).toEqual([]);
    harm(objects);
    expect(find(objects).length).toBeGreaterThan(0);
  });
});

describe('An object', () => {
  const pick = (kind: string): Rendered => {
    const found = objectsOf('medium on 1.33.0').find((one) => one.kind === kind);
    if (found === undefined) throw new Error(`no ${kind}`);
    return structuredClone(found);
  };

  it.each([
    'Certificate',
    'Cluster',
    'Database',
    'Deployment',
    'HorizontalPodAutoscaler',
    'Ingress',
    'Job',
    'NetworkPolicy',
    'Pod',
    'PodDisruptionBudget',
    'ScaledObject',
    'ScheduledBackup',
    'Service',
    'ServiceAccount',
    'ServiceMonitor',
  ])('%s with an unknown field is refused', async (kind) => {
    const whole = pick(kind);
    const harmed = whole.spec === undefined ? { tpyo: 1 } : { spec: { ...whole.spec, tpyo: 1 } };
    const findings = await strictFindings({ ...whole, ...harmed });
    expect(findings.join('\n')).toContain('tpyo');
  });

  it('of a kind that nobody declares is refused', async () => {
    const findings = await strictFindings({ ...pick('Service'), apiVersion: 'v9' });
    expect(findings).toEqual([expect.stringContaining('is declared nowhere')]);
  });

  it('with a value of the wrong type is refused', async () => {
    const service = pick('Service');
    const findings = await strictFindings({ ...service, spec: { ports: [{ port: 'eighty' }] } });
    expect(findings.length).toBeGreaterThan(0);
  });
});
