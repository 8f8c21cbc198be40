/** Values that must be refused, each with what helm must say about it. */
import { allApis, type Cluster, type Values } from './render.ts';
import { identity } from './sets.ts';

type Refused = { name: string; values: Values; says: RegExp; cluster?: Cluster };

const told = (values: Values): Values => ({ identity, ...values });
const unknown = (at: string, name: string): RegExp =>
  new RegExp(`at '${at}': additional properties '${name}' not allowed`);
const without = (api: string): Cluster => ({ apis: allApis.filter((one) => !one.startsWith(api)) });

const typos: readonly Refused[] = [
  { name: 'a top name', values: told({ imge: {} }), says: unknown('', 'imge') },
  {
    name: 'a name of image',
    values: told({ image: { tga: '1' } }),
    says: unknown('/image', 'tga'),
  },
  {
    name: 'a service',
    values: told({ services: { case: {} } }),
    says: unknown('/services', 'case'),
  },
  {
    name: 'a name of a service',
    values: told({ services: { cases: { replica: 2 } } }),
    says: unknown('/services/cases', 'replica'),
  },
  {
    name: 'a name of workload',
    values: told({ workload: { autoScaling: {} } }),
    says: /additional properties 'autoScaling' not allowed/,
  },
  {
    name: 'a name of the gateway',
    values: told({ gateway: { limits: { reads: 1 } } }),
    says: unknown('/gateway/limits', 'reads'),
  },
  {
    name: 'a resource',
    values: told({ workload: { resources: { requests: { cpus: '1' } } } }),
    says: /additional properties 'cpus' not allowed/,
  },
  {
    name: 'a name of a policy',
    values: told({ networkPolicy: { enable: true } }),
    says: unknown('/networkPolicy', 'enable'),
  },
  {
    name: 'a name of a peer',
    values: told({ networkPolicy: { fromClients: [{ podSelectors: {} }] } }),
    says: /additional properties 'podSelectors' not allowed/,
  },
  { name: 'a password in values', values: told({ nats: { url: 'nats://a:b@c' } }), says: /'url'/ },
];

const wrong: readonly Refused[] = [
  { name: 'no issuer', values: {}, says: /at '\/identity\/issuer'/ },
  {
    name: 'an issuer that is no address',
    values: { identity: { issuer: 'keycloak' } },
    says: /at '\/identity\/issuer': 'keycloak' does not match/,
  },
  { name: 'the tag latest', values: told({ image: { tag: 'latest' } }), says: /at '\/image\/tag'/ },
  {
    name: 'a digest that is none',
    values: told({ image: { digest: 'sha256:12' } }),
    says: /at '\/image\/digest'/,
  },
  {
    name: 'a registry with a slash at its end',
    values: told({ image: { registry: 'a.example.org/' } }),
    says: /at '\/image\/registry'/,
  },
  {
    name: 'an unknown pull policy',
    values: told({ image: { pullPolicy: 'Sometimes' } }),
    says: /at '\/image\/pullPolicy': value must be one of 'Always'/,
  },
  { name: 'an unknown level', values: told({ logLevel: 'loud' }), says: /at '\/logLevel': value/ },
  {
    name: 'replicas as text',
    values: told({ workload: { replicas: 'two' } }),
    says: /replicas': got string, want integer/,
  },
  {
    name: 'no replicas',
    values: told({ workload: { replicas: 0 } }),
    says: /replicas': minimum: got 0, want 1/,
  },
  {
    name: 'a CPU target over 95 %',
    values: told({ workload: { autoscaling: { targetCpu: 120 } } }),
    says: /targetCpu': maximum/,
  },
  {
    name: 'memory in words',
    values: told({ workload: { resources: { limits: { memory: 'lots' } } } }),
    says: /memory': 'lots' does not match/,
  },
  {
    name: 'a flag in words',
    values: told({ tls: { enabled: 'yes please' } }),
    says: /at '\/tls\/enabled': got string, want boolean/,
  },
  {
    name: 'an unknown mode of PostgreSQL',
    values: told({ postgres: { mode: 'embedded' } }),
    says: /at '\/postgres\/mode': value must be one of 'external', 'cnpg'/,
  },
  {
    name: 'one database secret for all services',
    values: told({ postgres: { existingSecret: 'database' } }),
    says: /at '\/postgres\/existingSecret'/,
  },
  {
    name: 'one certificate for all services',
    values: told({ tls: { existingSecret: 'certificate' } }),
    says: /at '\/tls\/existingSecret'/,
  },
  {
    name: 'a role secret without the role',
    values: told({ postgres: { cnpg: { roleSecret: 'recourse-{service}' } } }),
    says: /at '\/postgres\/cnpg\/roleSecret'/,
  },
  {
    name: 'a PostgreSQL image without a version',
    values: told({ postgres: { cnpg: { image: 'postgresql' } } }),
    says: /at '\/postgres\/cnpg\/image'/,
  },
  {
    name: 'two copies of each stream',
    values: told({ nats: { replicas: 2 } }),
    says: /at '\/nats\/replicas': value must be one of 1, 3, 5/,
  },
  {
    name: 'a secret with an impossible name',
    values: told({ encryption: { existingSecret: 'My Secret' } }),
    says: /at '\/encryption\/existingSecret'/,
  },
  {
    name: 'a port that is none',
    values: told({ gateway: { service: { port: 70_000 } } }),
    says: /at '\/gateway\/service\/port': maximum/,
  },
  {
    name: 'an origin with a path',
    values: told({ gateway: { corsOrigins: ['https://a.example.org/x'] } }),
    says: /at '\/gateway\/corsOrigins\/0'/,
  },
  {
    name: 'an Ingress without a site',
    values: told({ ingress: { enabled: true } }),
    says: /at '\/ingress\/host': minLength/,
  },
  {
    name: 'a route that hangs on nothing',
    values: told({ gatewayApi: { enabled: true } }),
    says: /at '\/gatewayApi\/parentRefs': minItems/,
  },
  {
    name: 'an annotation that is no text',
    values: told({ commonAnnotations: { a: true } }),
    says: /at '\/commonAnnotations\/a': got boolean, want string/,
  },
  {
    name: 'a network that is none',
    values: told({ networkPolicy: { nats: { to: [{ ipBlock: { cidr: '10.0.0.1' } }] } } }),
    says: /cidr': '10.0.0.1' does not match/,
  },
  {
    name: 'monitoring from everywhere',
    values: told({ networkPolicy: { fromMonitoring: [] } }),
    says: /at '\/networkPolicy\/fromMonitoring': minItems/,
  },
  {
    name: 'a time without a unit',
    values: told({ tls: { duration: '90' } }),
    says: /at '\/tls\/duration'/,
  },
  {
    name: 'an object that is none',
    values: told({ extraObjects: [{ kind: 'ConfigMap' }] }),
    says: /at '\/extraObjects\/0': missing propert/,
  },
];

const together: readonly Refused[] = [
  {
    name: 'CloudNativePG where it is not',
    values: told({ postgres: { mode: 'cnpg' } }),
    cluster: without('postgresql.cnpg.io'),
    says: /the cluster has no postgresql\.cnpg\.io\/v1: install CloudNativePG first/,
  },
  {
    name: 'certificates where nobody makes them',
    values: told({}),
    cluster: without('cert-manager.io'),
    says: /tls\.enabled needs cert-manager\.io\/v1 in the cluster, or tls\.existingSecret/,
  },
  {
    name: 'a route where there is no Gateway API',
    values: told({ gatewayApi: { enabled: true, parentRefs: [{ name: 'public' }] } }),
    cluster: without('gateway.networking'),
    says: /the cluster has no gateway\.networking\.k8s\.io\/v1/,
  },
  {
    name: 'as many synchronous standbys as servers',
    values: told({ postgres: { mode: 'cnpg', cnpg: { instances: 2, synchronous: 2 } } }),
    says: /synchronous must be less than postgres\.cnpg\.instances/,
  },
  {
    name: 'backups to nowhere',
    values: told({ postgres: { mode: 'cnpg', cnpg: { backup: { enabled: true } } } }),
    says: /postgres\.cnpg\.backup\.objectStore names the ObjectStore/,
  },
  {
    name: 'more replicas at least than at most',
    values: told({ services: { cases: { autoscaling: { minReplicas: 9 } } } }),
    says: /cases: autoscaling\.minReplicas is more than autoscaling\.maxReplicas/,
  },
  {
    name: 'a stop that cuts calls',
    values: told({ gateway: { workload: { drainSeconds: 60 } } }),
    says: /gateway: graceSeconds must be drainSeconds and 30 more/,
  },
  {
    name: 'a Kubernetes that is too old',
    values: told({}),
    cluster: { kube: '1.29.0' },
    says: /chart requires kubeVersion: >=1\.31\.0-0/,
  },
];

export const refused: readonly Refused[] = [...typos, ...wrong, ...together];
