import { ofKind, podsOf, type Rendered } from '../render.ts';
import { nameOf, objectOf, type Rule } from './rule.ts';

type Certificate = { secretName: string; dnsNames: string[]; usages: string[] };
type Job = { backoffLimit?: number; activeDeadlineSeconds?: number };
type Route = { rules: { backendRefs?: { name: string; port: number }[] }[] };
type Site = {
  rules: {
    http: { paths: { backend: { service: { name: string; port: { name: string } } } }[] };
  }[];
};
type ServiceSpec = { ports: { name: string; port: number }[] };

const says = (one: Rendered): string => `${one.kind}/${one.metadata.name}`;
const hookOf = (one: Rendered) => one.metadata.annotations?.['helm.sh/hook'];

function objectRule(
  name: string,
  holds: (one: Rendered, objects: readonly Rendered[]) => boolean,
  harm: (objects: Rendered[]) => void,
  on?: string,
): Rule {
  return {
    name,
    find: (objects) => objects.filter((one) => !holds(one, objects)).map(says),
    harm,
    ...(on === undefined ? {} : { on }),
  };
}

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const objectRules: readonly Rule[] = [
  objectRule(
    'is named as names must be',
    ({ metadata }) => metadata.name.length <= 63 && dnsLabel.test(metadata.name),
    (objects) => (objectOf(objects, 'Service').metadata.name = 'Upper_Case'),
  ),
  objectRule(
    'stays in its namespace',
    ({ metadata }) => metadata.namespace === 'debts',
    (objects) => delete objectOf(objects, 'Service').metadata.namespace,
  ),
  objectRule(
    'is there once',
    (one, objects) => objects.filter((other) => says(other) === says(one)).length === 1,
    (objects) => void objects.push(objectOf(objects, 'Service')),
  ),
  objectRule(
    'is no secret and gives no rights',
    ({ kind }) => !/^(Secret|Role|ClusterRole|RoleBinding|ClusterRoleBinding)$/.test(kind),
    (objects) =>
      void objects.push({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'word', namespace: 'debts' },
      }),
  ),
  objectRule(
    'leaves when its hook has run',
    (one) =>
      hookOf(one) === undefined ||
      one.metadata.annotations?.['helm.sh/hook-delete-policy'] ===
        'before-hook-creation,hook-succeeded',
    (objects) => {
      const { annotations } = objectOf(objects, 'Job').metadata;
      // Without its second half it would outlive the release: hooks belong to no release.
      if (annotations !== undefined) {
        annotations['helm.sh/hook-delete-policy'] = 'before-hook-creation';
      }
    },
    'small',
  ),
  objectRule(
    'ends, if it is a job',
    (one) => {
      if (one.kind !== 'Job') return true;
      const { backoffLimit, activeDeadlineSeconds } = one.spec as Job;
      return backoffLimit !== undefined && activeDeadlineSeconds !== undefined;
    },
    (objects) => delete (objectOf(objects, 'Job').spec as Job).activeDeadlineSeconds,
  ),
];

/** Whether a site's backend is a port of a service that is there. */
function hasPort(objects: readonly Rendered[], name: string, port: string | number): boolean {
  return ofKind<ServiceSpec>(objects, 'Service').some(
    (one) =>
      one.metadata.name === name &&
      one.spec.ports.some((given) => given.name === port || given.port === port),
  );
}

const siteRules: readonly Rule[] = [
  {
    name: 'leads a site to a service that is there',
    find: (objects) =>
      ofKind<Site>(objects, 'Ingress')
        .flatMap(({ spec }) => spec.rules.flatMap((rule) => rule.http.paths))
        .map(({ backend }) => backend.service)
        .filter(({ name, port }) => !hasPort(objects, name, port.name))
        .map(({ name }) => name),
    harm: (objects) => {
      const { spec } = objectOf(objects, 'Service', '-gateway');
      for (const port of (spec as ServiceSpec).ports) port.name = 'other';
    },
  },
  {
    name: 'leads a route to a service that is there',
    on: 'large',
    find: (objects) =>
      ofKind<Route>(objects, 'HTTPRoute')
        .flatMap(({ spec }) => spec.rules.flatMap((rule) => rule.backendRefs ?? []))
        .filter(({ name, port }) => !hasPort(objects, name, port))
        .map(({ name }) => name),
    harm: (objects) => {
      objectOf(objects, 'Service', '-gateway').metadata.name = 'other';
    },
  },
];

const addressHost = /^dns:\/\/\/([^:]+):/;

/** Hosts that somebody is told to call. */
function calledHosts(objects: readonly Rendered[]): string[] {
  const env = podsOf(objects).flatMap(({ spec }) =>
    spec.containers.flatMap((one) => one.env ?? []),
  );
  return [
    ...new Set(
      env
        .filter(({ name }) => name.endsWith('_ADDRESS'))
        .flatMap(({ value = '' }) => addressHost.exec(value)?.[1] ?? []),
    ),
  ];
}

const certificateRules: readonly Rule[] = [
  {
    name: 'has a certificate under the name that it is called by',
    find: (objects) => {
      const certificates = ofKind<Certificate>(objects, 'Certificate');
      if (certificates.length === 0) return [];
      const names = new Set(certificates.flatMap(({ spec }) => spec.dnsNames));
      return calledHosts(objects).filter((host) => !names.has(host));
    },
    harm: (objects) => {
      (objectOf(objects, 'Certificate', '-cases').spec as Certificate).dnsNames = ['cases'];
    },
  },
  {
    name: 'mounts the certificate that is made for it',
    find: (objects) => {
      const certificates = ofKind<Certificate>(objects, 'Certificate');
      if (certificates.length === 0) return [];
      const made = new Map(
        certificates.map((one) => [one.metadata.name, one.spec.secretName] as const),
      );
      return podsOf(objects)
        .filter(({ of }) => of.kind === 'Deployment')
        .filter(({ of, spec }) => {
          const mounted = spec.volumes?.find(({ name }) => name === 'tls')?.secret?.secretName;
          return mounted === undefined || mounted !== made.get(of.metadata.name);
        })
        .map(nameOf);
    },
    harm: (objects) => {
      (objectOf(objects, 'Certificate', '-cases').spec as Certificate).secretName = 'other';
    },
  },
  {
    name: 'has a certificate for both ends',
    find: (objects) =>
      ofKind<Certificate>(objects, 'Certificate')
        .filter(({ spec }) =>
          ['server auth', 'client auth'].some((usage) => !spec.usages.includes(usage)),
        )
        .map(says),
    harm: (objects) => {
      (objectOf(objects, 'Certificate').spec as Certificate).usages = ['server auth'];
    },
  },
  {
    name: 'runs under an account that is there',
    find: (objects) => {
      const known = new Set(ofKind(objects, 'ServiceAccount').map((one) => one.metadata.name));
      return podsOf(objects)
        .filter(({ spec }) => {
          const account = spec.serviceAccountName ?? '';
          return account !== 'default' && !known.has(account);
        })
        .map(nameOf);
    },
    harm: (objects) => {
      objects.splice(objects.indexOf(objectOf(objects, 'ServiceAccount')), 1);
    },
  },
];

/** Rules about objects and what ties them together. */
export const shapeRules: readonly Rule[] = [...objectRules, ...siteRules, ...certificateRules];
