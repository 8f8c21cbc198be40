import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { type Labels, matches, ofKind, type Rendered } from '../render.ts';
import { objectOf, type Rule } from './rule.ts';

type Deployment = Rendered & { spec: NonNullable<IDeployment['spec']> };
type Scaler = {
  scaleTargetRef: { kind?: string; name: string };
  minReplicas?: number;
  maxReplicas?: number;
  minReplicaCount?: number;
  maxReplicaCount?: number;
};

const deploymentsOf = (objects: readonly Rendered[]) =>
  ofKind<Deployment['spec']>(objects, 'Deployment');

function scalersOf(objects: readonly Rendered[]): (Rendered & { spec: Scaler })[] {
  return [
    ...ofKind<Scaler>(objects, 'HorizontalPodAutoscaler'),
    ...ofKind<Scaler>(objects, 'ScaledObject'),
  ];
}

const labelsOf = (one: Deployment): Labels => one.spec.template.metadata?.labels ?? {};
const mainOf = (one: Deployment) => one.spec.template.spec?.containers[0];

/** Fewest replicas that a Deployment will have. */
function fewest(objects: readonly Rendered[], { metadata, spec }: Deployment): number {
  const scaler = scalersOf(objects).find((one) => one.spec.scaleTargetRef.name === metadata.name);
  return scaler?.spec.minReplicas ?? scaler?.spec.minReplicaCount ?? spec.replicas ?? 1;
}

function deploymentRule(
  name: string,
  holds: (one: Deployment, objects: readonly Rendered[]) => boolean,
  harm: (one: Deployment, objects: Rendered[]) => void,
): Rule {
  return {
    name,
    find: (objects) =>
      deploymentsOf(objects)
        .filter((one) => !holds(one, objects))
        .map((one) => one.metadata.name),
    harm: (objects) => {
      const [first] = deploymentsOf(objects);
      if (first !== undefined) harm(first, objects);
    },
  };
}

const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

const life: readonly Rule[] = [
  deploymentRule(
    'is asked whether it has started, is ready and lives',
    (one) =>
      probes.every((probe) => {
        const port = mainOf(one)?.[probe]?.httpGet?.port;
        return mainOf(one)?.ports?.some(({ name }) => name !== undefined && name === port);
      }),
    (one) => delete mainOf(one)?.startupProbe,
  ),
  deploymentRule(
    'is not asked about its dependencies by liveness',
    (one) =>
      mainOf(one)?.livenessProbe?.httpGet?.path === '/live' &&
      mainOf(one)?.startupProbe?.httpGet?.path === '/live' &&
      mainOf(one)?.readinessProbe?.httpGet?.path === '/ready',
    (one) => {
      const probe = mainOf(one)?.livenessProbe?.httpGet;
      if (probe !== undefined) probe.path = '/ready';
    },
  ),
  deploymentRule(
    'has a minute to start and half of one to answer',
    (one) => {
      const { startupProbe: start, livenessProbe: live } = mainOf(one) ?? {};
      return (
        (start?.failureThreshold ?? 0) * (start?.periodSeconds ?? 0) >= 60 &&
        (live?.failureThreshold ?? 0) * (live?.periodSeconds ?? 0) >= 30
      );
    },
    (one) => {
      const probe = mainOf(one)?.livenessProbe;
      if (probe !== undefined) probe.failureThreshold = 1;
    },
  ),
  deploymentRule(
    'drains before it stops',
    (one) => {
      const drain = mainOf(one)?.lifecycle?.preStop?.sleep?.seconds ?? 0;
      const grace = one.spec.template.spec?.terminationGracePeriodSeconds ?? 0;
      return drain > 0 && grace >= drain + 30;
    },
    (one) => delete mainOf(one)?.lifecycle,
  ),
  deploymentRule(
    'is replaced without an absence',
    ({ spec: { strategy } }) =>
      strategy?.type === 'RollingUpdate' && strategy.rollingUpdate?.maxUnavailable === 0,
    (one) => (one.spec.strategy = { type: 'Recreate' }),
  ),
  deploymentRule(
    'is spread over zones and nodes',
    (one) => {
      const spread = one.spec.template.spec?.topologySpreadConstraints ?? [];
      const keys = spread
        .filter(({ labelSelector }) => matches(labelsOf(one), labelSelector?.matchLabels))
        .map(({ topologyKey }) => topologyKey);
      return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].every((key) =>
        keys.includes(key),
      );
    },
    (one) => one.spec.template.spec?.topologySpreadConstraints?.pop(),
  ),
  deploymentRule(
    'selects its own pods by what never changes',
    (one) => {
      const wanted = one.spec.selector.matchLabels ?? {};
      return (
        matches(labelsOf(one), wanted) &&
        Object.keys(wanted).toSorted().join() ===
          ['component', 'instance', 'name'].map((key) => `app.kubernetes.io/${key}`).join()
      );
    },
    (one) => (one.spec.selector.matchLabels = { app: 'other' }),
  ),
  deploymentRule(
    'shares its pods with no other',
    (one, objects) =>
      deploymentsOf(objects).filter((other) =>
        matches(labelsOf(one), other.spec.selector.matchLabels),
      ).length === 1,
    (one, objects) => {
      const copy = structuredClone(one);
      copy.metadata.name = 'copy';
      objects.push(copy);
    },
  ),
];

const number: readonly Rule[] = [
  deploymentRule(
    'has one who says how many, and only one',
    (one, objects) => {
      const scalers = scalersOf(objects).filter(
        ({ spec }) => spec.scaleTargetRef.name === one.metadata.name,
      );
      return one.spec.replicas === undefined ? scalers.length === 1 : scalers.length === 0;
    },
    (one) => (one.spec.replicas = 3),
  ),
  {
    name: 'scales something, from few to many',
    find: (objects) =>
      scalersOf(objects)
        .filter(({ spec }) => {
          const least = spec.minReplicas ?? spec.minReplicaCount ?? 0;
          const most = spec.maxReplicas ?? spec.maxReplicaCount ?? 0;
          const isThere = deploymentsOf(objects).some(
            (one) => one.metadata.name === spec.scaleTargetRef.name,
          );
          return !isThere || least < 1 || most < least;
        })
        .map((one) => one.metadata.name),
    harm: (objects) => {
      const [first] = scalersOf(objects);
      if (first !== undefined) first.spec.scaleTargetRef.name = 'nobody';
    },
  },
  deploymentRule(
    'keeps one alive while nodes are emptied',
    (one, objects) => {
      const budgets = ofKind<NonNullable<IPodDisruptionBudget['spec']>>(
        objects,
        'PodDisruptionBudget',
      );
      const own = budgets.filter(({ spec }) => matches(labelsOf(one), spec.selector?.matchLabels));
      // One value set turns budgets off for every Deployment on purpose.
      if (budgets.length === 0) return true;
      return own.length === (fewest(objects, one) >= 2 ? 1 : 0);
    },
    (_one, objects) => {
      const budget = objectOf(objects, 'PodDisruptionBudget');
      objects.splice(objects.indexOf(budget), 1);
    },
  ),
  {
    name: 'limits disruptions without forbidding them',
    find: (objects) =>
      ofKind<NonNullable<IPodDisruptionBudget['spec']>>(objects, 'PodDisruptionBudget')
        .filter(
          ({ spec }) =>
            spec.maxUnavailable === undefined ||
            spec.maxUnavailable === 0 ||
            spec.unhealthyPodEvictionPolicy !== 'AlwaysAllow',
        )
        .map((one) => one.metadata.name),
    harm: (objects) => {
      const { spec } = objectOf(objects, 'PodDisruptionBudget') as Rendered & {
        spec: { maxUnavailable: number };
      };
      spec.maxUnavailable = 0;
    },
  },
];

/** Rules about lives and numbers of pods. */
export const scaleRules: readonly Rule[] = [...life, ...number];
