/** Value sets that must render, each with the cluster it is for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { allApis, chartDir, type Cluster, type Values } from './render.ts';

export type ValueSet = { name: string; values: Values; cluster?: Cluster };

/** The versions of Kubernetes that everything is rendered for. */
export const kubeVersions = ['1.31.0', '1.33.0', '1.35.0'] as const;

export const identity = { issuer: 'https://id.example.org/realms/recourse' };

function example(name: string): Values {
  return parse(readFileSync(join(chartDir, 'examples', `${name}.yaml`), 'utf8')) as Values;
}

const without = (...gone: string[]): Cluster => ({
  apis: allApis.filter((api) => !gone.some((one) => api.startsWith(one))),
});

const oneReplica = { replicas: 1, autoscaling: { enabled: false } };

export const sets: readonly ValueSet[] = [
  { name: 'the least', values: { identity } },
  { name: 'small', values: example('small') },
  { name: 'medium', values: example('medium') },
  { name: 'large', values: example('large') },
  {
    name: 'a bare cluster',
    values: { identity, tls: { enabled: false } },
    cluster: { apis: [] },
  },
  { name: 'no KEDA', values: { identity }, cluster: without('keda') },
  { name: 'no Prometheus', values: { identity }, cluster: without('monitoring') },
  {
    name: 'own certificates',
    values: { identity, tls: { existingSecret: 'mtls-{service}' } },
    cluster: without('cert-manager'),
  },
  {
    name: 'a cluster-wide issuer',
    values: { identity, tls: { issuerRef: { name: 'house', kind: 'ClusterIssuer' } } },
  },
  { name: 'CloudNativePG', values: { identity, postgres: { mode: 'cnpg' } } },
  {
    name: 'CloudNativePG at an upgrade',
    values: { identity, postgres: { mode: 'cnpg' } },
    cluster: { isUpgrade: true },
  },
  {
    name: 'CloudNativePG with one server',
    values: {
      identity,
      postgres: { mode: 'cnpg', cnpg: { instances: 1, storage: { storageClass: 'fast' } } },
    },
  },
  {
    name: 'an outside PostgreSQL with its authority',
    values: {
      identity,
      postgres: { caSecret: 'authority', existingSecret: 'pg-{service}', keys: { app: 'url' } },
    },
  },
  {
    name: 'NATS by the official chart',
    values: { identity, nats: { mode: 'subchart-values', release: 'broker' } },
  },
  {
    name: 'CPU alone',
    values: { identity, workload: { autoscaling: { keda: false, targetCpu: 50 } } },
  },
  { name: 'nothing scales', values: { identity, workload: { autoscaling: { enabled: false } } } },
  { name: 'one of each', values: { identity, workload: oneReplica } },
  {
    name: 'one service otherwise',
    values: {
      identity,
      services: { cases: { ...oneReplica, startSeconds: 600, podLabels: { team: 'cases' } } },
      gateway: { workload: { drainSeconds: 30, graceSeconds: 120 } },
    },
  },
  {
    name: 'an Ingress',
    values: {
      identity,
      ingress: { enabled: true, host: 'debts.example.org', className: 'nginx', tlsSecret: 'site' },
      gateway: { corsOrigins: ['https://a.example.org', 'https://b.example.org'] },
    },
  },
  {
    name: 'the Gateway API',
    values: { identity, gatewayApi: { enabled: true, parentRefs: [{ name: 'public' }] } },
  },
  {
    name: 'a load balancer',
    values: { identity, gateway: { service: { type: 'LoadBalancer', port: 443 } } },
  },
  {
    name: 'a mirror of images',
    values: {
      identity,
      image: {
        registry: 'mirror.example.org:5000',
        tag: '0.1.1',
        digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
        pullPolicy: 'Always',
        pullSecrets: ['mirror'],
      },
    },
  },
  {
    name: 'chosen nodes',
    values: {
      identity,
      workload: {
        nodeSelector: { pool: 'apps' },
        tolerations: [{ key: 'apps', operator: 'Exists', effect: 'NoSchedule' }],
        priorityClassName: 'high',
        affinity: { podAntiAffinity: {} },
        spread: 'DoNotSchedule',
      },
    },
  },
  {
    name: 'narrow policies',
    values: {
      identity: {
        ...identity,
        jwksUrl: 'https://id.example.org:8443/keys',
        directory: {
          existingSecret: 'recourse-directory',
          url: 'http://keycloak.id:8080/realms/recourse',
        },
      },
      networkPolicy: {
        fromClients: [{ podSelector: { matchLabels: { app: 'ingress' } } }],
        postgres: { to: [{ ipBlock: { cidr: '10.0.0.0/24' } }], port: 6432 },
        nats: { to: [{ ipBlock: { cidr: '10.0.1.0/24' } }] },
        identity: { to: [{ ipBlock: { cidr: '10.0.2.1/32' } }], port: 8443 },
      },
    },
  },
  {
    name: 'labels, annotations and names',
    values: {
      identity,
      fullnameOverride: 'debts',
      commonLabels: { team: 'recovery' },
      commonAnnotations: { contact: 'recovery@example.org' },
      serviceAccount: { annotations: { role: 'none' } },
    },
  },
  {
    name: 'traces',
    values: { identity, tracing: { endpoint: 'http://collector.watch:4318', percent: 100 } },
  },
  {
    name: 'little',
    values: {
      identity,
      serviceAccount: { create: false },
      tests: { enabled: false },
      monitoring: { serviceMonitor: { enabled: false }, prometheusRule: { enabled: false } },
      workload: { disruptionBudget: { enabled: false } },
    },
  },
  {
    name: 'further objects',
    values: {
      identity,
      extraObjects: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: '{{ .Release.Name }}-more', namespace: '{{ .Release.Namespace }}' },
          data: { key: 'value' },
        },
      ],
    },
  },
];
