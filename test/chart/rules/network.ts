import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IService } from 'kubernetes-models/v1/Service';
import { type Labels, matches, ofKind, type Pod, podsOf, type Rendered } from '../render.ts';
import { nameOf, objectOf, type Rule } from './rule.ts';

type Policy = Rendered & { spec: NonNullable<INetworkPolicy['spec']> };
type Service = Rendered & { spec: NonNullable<IService['spec']> };
type Peer = { podSelector?: { matchLabels?: Labels }; namespaceSelector?: object };
type Opening = { peers: Peer[] | undefined; ports: unknown[] };

const policiesOf = (objects: readonly Rendered[]): Policy[] =>
  ofKind<Policy['spec']>(objects, 'NetworkPolicy');
const servicesOf = (objects: readonly Rendered[]): Service[] =>
  ofKind<Service['spec']>(objects, 'Service');

function policiesFor(objects: readonly Rendered[], pod: Pod): Policy[] {
  return policiesOf(objects).filter(({ spec }) =>
    matches(pod.labels, spec.podSelector?.matchLabels),
  );
}

function openings(policies: readonly Policy[], way: 'ingress' | 'egress'): Opening[] {
  return policies.flatMap(({ spec }) =>
    way === 'ingress'
      ? (spec.ingress ?? []).map((one) => ({
          peers: one.from,
          ports: (one.ports ?? []).map(({ port }) => port),
        }))
      : (spec.egress ?? []).map((one) => ({
          peers: one.to,
          ports: (one.ports ?? []).map(({ port }) => port),
        })),
  );
}

/** Whether an opening names the pod by its labels, in this namespace. */
function names(opening: Opening, pod: Pod): boolean {
  return (opening.peers ?? []).some(
    ({ podSelector, namespaceSelector }) =>
      namespaceSelector === undefined &&
      podSelector !== undefined &&
      matches(pod.labels, podSelector.matchLabels),
  );
}

const portsOf = ({ spec }: Pod) =>
  spec.containers.flatMap(({ ports = [] }) => ports.map((port) => port));

/** Calls over gRPC that a pod is told about: `CASES_ADDRESS` and so on. */
function callsOf(pod: Pod): { host: string; port: number }[] {
  const env = pod.spec.containers.flatMap((one) => one.env ?? []);
  return env
    .filter(({ name }) => name.endsWith('_ADDRESS'))
    .map(({ value = '' }) => {
      const [, host = '', port = '0'] = /^dns:\/\/\/([^:]+):(\d+)$/.exec(value) ?? [];
      return { host, port: Number(port) };
    });
}

function serviceAt(objects: readonly Rendered[], host: string): Service | undefined {
  return servicesOf(objects).find(
    ({ metadata }) => `${metadata.name}.${metadata.namespace}.svc.cluster.local` === host,
  );
}

/** Every call that is told of against what the policies of both ends let through. */
function closedCalls(objects: readonly Rendered[]): string[] {
  const pods = podsOf(objects);
  return pods.flatMap((pod) =>
    callsOf(pod).flatMap(({ host, port }) => {
      const service = serviceAt(objects, host);
      if (service === undefined) return [`${nameOf(pod)} calls ${host}, which is no service`];
      const target = pods.find(({ labels }) => matches(labels, service.spec.selector));
      if (target === undefined) return [`${host} leads to no pod`];
      const out = openings(policiesFor(objects, pod), 'egress');
      const into = openings(policiesFor(objects, target), 'ingress');
      const isOpen =
        out.some((one) => names(one, target) && one.ports.includes(port)) &&
        into.some((one) => names(one, pod) && one.ports.includes(port));
      return isOpen ? [] : [`${nameOf(pod)} cannot call ${host}:${port}`];
    }),
  );
}

/** Openings between our own pods that no call needs. */
function idleCalls(objects: readonly Rendered[]): string[] {
  const pods = podsOf(objects).filter(({ of }) => of.kind === 'Deployment');
  return pods.flatMap((pod) =>
    pods.flatMap((target) => {
      const grpc = portsOf(target).find(({ name }) => name === 'grpc')?.containerPort;
      const needed = callsOf(pod).some(({ port }) => port === grpc);
      const out = openings(policiesFor(objects, pod), 'egress');
      const isOpen = out.some((one) => names(one, target) && one.ports.includes(grpc));
      return isOpen && !needed ? [`${nameOf(pod)} may call ${nameOf(target)} for nothing`] : [];
    }),
  );
}

/** Where a pod asks other systems: signing keys, the directory of people. */
function askedBy(pod: Pod): URL[] {
  const env = pod.spec.containers.flatMap((one) => one.env ?? []);
  const told = (name: string) => env.find((one) => one.name === name)?.value;
  const asked = [told('OIDC_JWKS_URL') ?? told('OIDC_ISSUER'), told('DIRECTORY_URL')];
  return asked.filter((one) => one !== undefined).map((one) => new URL(one));
}

function portAt({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

/** Addresses outside that no policy of the pod lets it reach. */
function closedAddresses(objects: readonly Rendered[]): string[] {
  return podsOf(objects).flatMap((pod) => {
    const out = openings(policiesFor(objects, pod), 'egress');
    return askedBy(pod)
      .filter((url) => !out.some(({ ports }) => ports.includes(portAt(url))))
      .map((url) => `${nameOf(pod)} cannot ask ${url.href}`);
  });
}

const openingsRules: readonly Rule[] = [
  {
    name: 'is closed in both directions',
    find: (objects) =>
      podsOf(objects)
        .filter(
          (pod) =>
            !policiesFor(objects, pod).some(
              ({ spec }) =>
                spec.policyTypes?.length === 2 &&
                spec.ingress === undefined &&
                spec.egress === undefined,
            ),
        )
        .map(nameOf),
    harm: (objects) => {
      const deny = objectOf(objects, 'NetworkPolicy', '-deny');
      objects.splice(objects.indexOf(deny), 1);
    },
  },
  {
    name: 'may ask for names',
    find: (objects) =>
      podsOf(objects)
        .filter((pod) =>
          openings(policiesFor(objects, pod), 'egress').every(({ ports }) => !ports.includes(53)),
        )
        .map(nameOf),
    harm: (objects) => {
      const { spec } = objectOf(objects, 'NetworkPolicy', '-credit') as Policy;
      spec.egress = [];
    },
  },
  {
    name: 'may reach whom it calls, and be reached',
    find: closedCalls,
    harm: (objects) => {
      const { spec } = objectOf(objects, 'NetworkPolicy', '-cases') as Policy;
      spec.ingress?.shift();
    },
  },
  {
    name: 'may ask the identity provider and its directory where it is told they are',
    find: closedAddresses,
    harm: (objects) => {
      const { spec } = objectOf(objects, 'NetworkPolicy', '-credit') as Policy;
      spec.egress = (spec.egress ?? []).filter(
        ({ ports = [] }) => !ports.some(({ port }) => port === 443),
      );
    },
  },
  {
    name: 'may reach nobody else over gRPC',
    find: idleCalls,
    harm: (objects) => {
      const { spec } = objectOf(objects, 'NetworkPolicy', '-credit') as Policy;
      const cases = objectOf(objects, 'Service', '-cases') as Service;
      const to = [{ podSelector: { matchLabels: cases.spec.selector ?? {} } }];
      spec.egress?.push({ to, ports: [{ port: 7102, protocol: 'TCP' }] });
    },
  },
  {
    name: 'names a port in every opening',
    find: (objects) =>
      policiesOf(objects)
        .filter((one) =>
          [...openings([one], 'ingress'), ...openings([one], 'egress')].some(
            ({ ports }) => ports.length === 0,
          ),
        )
        .map((one) => one.metadata.name),
    harm: (objects) => {
      const { spec } = objectOf(objects, 'NetworkPolicy', '-credit') as Policy;
      spec.egress = [{}];
    },
  },
  {
    name: 'names a peer in every opening inwards',
    find: (objects) =>
      policiesOf(objects)
        .filter((one) => openings([one], 'ingress').some(({ peers }) => (peers ?? []).length === 0))
        .map((one) => one.metadata.name),
    harm: (objects) => {
      const { spec } = objectOf(objects, 'NetworkPolicy', '-credit') as Policy;
      spec.ingress = [{ ports: [{ port: 7101 }] }];
    },
  },
];

const serviceRules: readonly Rule[] = [
  {
    name: 'leads to ports of pods that are there',
    find: (objects) =>
      servicesOf(objects)
        .filter(({ spec }) => {
          const found = podsOf(objects).filter(({ labels }) => matches(labels, spec.selector));
          const ports = new Set(found.flatMap(portsOf).map(({ name }) => name));
          return spec.ports?.some(({ targetPort }) => !ports.has(String(targetPort))) !== false;
        })
        .map((one) => one.metadata.name),
    harm: (objects) => {
      const { spec } = objectOf(objects, 'Service', '-credit') as Service;
      spec.selector = { app: 'nobody' };
    },
  },
  {
    name: 'spreads gRPC over every pod',
    find: (objects) =>
      servicesOf(objects)
        .filter(
          ({ spec }) =>
            spec.ports?.some(({ name }) => name === 'grpc') === true && spec.clusterIP !== 'None',
        )
        .map((one) => one.metadata.name),
    harm: (objects) => {
      delete (objectOf(objects, 'Service', '-credit') as Service).spec.clusterIP;
    },
  },
  {
    name: 'shows nothing but the gateway to the outside',
    find: (objects) =>
      servicesOf(objects)
        .filter(
          ({ spec, metadata }) => spec.type !== 'ClusterIP' && !metadata.name.endsWith('-gateway'),
        )
        .map((one) => one.metadata.name),
    harm: (objects) => {
      (objectOf(objects, 'Service', '-credit') as Service).spec.type = 'NodePort';
    },
  },
  {
    name: 'keeps measurements off the site',
    find: (objects) =>
      servicesOf(objects)
        .filter(({ metadata }) => metadata.name.endsWith('-gateway'))
        .filter(({ spec }) => spec.ports?.some(({ targetPort }) => targetPort === 'health'))
        .map((one) => one.metadata.name),
    harm: (objects) => {
      const { spec } = objectOf(objects, 'Service', '-gateway') as Service;
      spec.ports?.push({ name: 'health', port: 8180, targetPort: 'health' });
    },
  },
];

/** Rules about who reaches whom. */
export const networkRules: readonly Rule[] = [...openingsRules, ...serviceRules];
