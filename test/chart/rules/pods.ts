import type { IContainer as Container } from 'kubernetes-models/v1/Container';
import { containerRule, podRule, type Rule } from './rule.ts';

const secretName = /PASSWORD|SECRET|TOKEN|_KEY$|_URL$/;
/** Addresses that hold no login. */
const openAddresses = new Set(['DIRECTORY_URL', 'OIDC_JWKS_URL']);

function bytesOf(quantity: unknown): number {
  const found = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|k|M|G)?$/.exec(String(quantity));
  const factors: Record<string, number> = {
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    k: 1e3,
    M: 1e6,
    G: 1e9,
  };
  return Number(found?.[1] ?? Number.NaN) * (factors[found?.[2] ?? ''] ?? 1);
}

function secure(container: Container): NonNullable<Container['securityContext']> {
  container.securityContext ??= {};
  return container.securityContext;
}

function hasNoLiteralSecret({ env = [] }: Container): boolean {
  return env.every(({ name, value }) => {
    const isSecret = secretName.test(name) && !openAddresses.has(name);
    return !(isSecret && value !== undefined) && !/:\/\/[^/\s]*:[^/\s]*@/.test(value ?? '');
  });
}

/** What a pod may do to its node: nothing. */
const security: readonly Rule[] = [
  podRule(
    'runs as nobody special',
    ({ spec }) => spec.securityContext?.runAsNonRoot === true,
    ({ spec }) => delete spec.securityContext?.runAsNonRoot,
  ),
  podRule(
    'runs as a user of its own',
    ({ spec }) => (spec.securityContext?.runAsUser ?? 0) >= 10_000,
    ({ spec }) => (spec.securityContext = { ...spec.securityContext, runAsUser: 0 }),
  ),
  podRule(
    'is filtered by seccomp',
    ({ spec }) => spec.securityContext?.seccompProfile?.type === 'RuntimeDefault',
    ({ spec }) => delete spec.securityContext?.seccompProfile,
  ),
  podRule(
    'shares no namespace with its node',
    ({ spec: { hostNetwork, hostPID, hostIPC } }) =>
      ![hostNetwork, hostPID, hostIPC].includes(true),
    ({ spec }) => (spec.hostPID = true),
  ),
  podRule(
    'gets no token',
    ({ spec }) => spec.automountServiceAccountToken === false,
    ({ spec }) => delete spec.automountServiceAccountToken,
  ),
  podRule(
    'is not told about other services',
    ({ spec }) => spec.enableServiceLinks === false,
    ({ spec }) => (spec.enableServiceLinks = true),
  ),
  podRule(
    'mounts only folders of its own and secrets',
    ({ spec }) => (spec.volumes ?? []).every((one) => 'emptyDir' in one || 'secret' in one),
    ({ spec }) => spec.volumes?.push({ name: 'node', hostPath: { path: '/' } }),
  ),
  containerRule(
    'cannot gain rights',
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false,
    (container) => delete secure(container).allowPrivilegeEscalation,
  ),
  containerRule(
    'is not privileged',
    ({ securityContext }) => securityContext?.privileged === false,
    (container) => (secure(container).privileged = true),
  ),
  containerRule(
    'cannot write its image',
    ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true,
    (container) => delete secure(container).readOnlyRootFilesystem,
  ),
  containerRule(
    'has dropped every capability',
    ({ securityContext }) =>
      securityContext?.capabilities?.drop?.includes('ALL') === true &&
      securityContext.capabilities.add === undefined,
    (container) => (secure(container).capabilities = { drop: ['ALL'], add: ['NET_ADMIN'] }),
  ),
  containerRule(
    'takes no port of its node',
    ({ ports = [] }) => ports.every((port) => port.hostPort === undefined),
    (container) => (container.ports = [{ containerPort: 1, hostPort: 1 }]),
  ),
];

/** What a pod is made of. */
const contents: readonly Rule[] = [
  containerRule(
    'has an image with a version',
    ({ image = '' }) => /:[^:/@]+(@sha256:[0-9a-f]{64})?$/.test(image) && !/:latest\b/.test(image),
    (container) => (container.image = 'recourse:latest'),
  ),
  containerRule(
    'says when its image is fetched',
    ({ imagePullPolicy }) => imagePullPolicy !== undefined,
    (container) => delete container.imagePullPolicy,
  ),
  containerRule(
    'asks for CPU and memory',
    ({ resources }) =>
      resources?.requests?.['cpu'] !== undefined && resources.requests['memory'] !== undefined,
    (container) => delete container.resources?.requests,
  ),
  containerRule(
    'has a limit of memory',
    ({ resources }) => resources?.limits?.['memory'] !== undefined,
    (container) => delete container.resources?.limits,
  ),
  containerRule(
    'asks for no more memory than its limit',
    ({ resources }) =>
      bytesOf(resources?.requests?.['memory']) <= bytesOf(resources?.limits?.['memory']),
    (container) =>
      (container.resources = { requests: { cpu: 1, memory: '2Gi' }, limits: { memory: '1Gi' } }),
  ),
  containerRule('holds no secret in plain words', hasNoLiteralSecret, (container) => {
    container.env = [{ name: 'NATS_URL', value: 'nats://me:word@one:4222' }];
  }),
  containerRule(
    'is told nothing twice',
    ({ env = [] }) => new Set(env.map(({ name }) => name)).size === env.length,
    (container) =>
      (container.env = [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ]),
  ),
  containerRule(
    'mounts volumes that are there',
    ({ volumeMounts = [] }, { spec }) =>
      volumeMounts.every(({ name }) => spec.volumes?.some((one) => one.name === name)),
    (container) => container.volumeMounts?.push({ name: 'nowhere', mountPath: '/nowhere' }),
  ),
  containerRule(
    'can write to /tmp',
    ({ volumeMounts = [] }) =>
      volumeMounts.some(({ mountPath, readOnly }) => mountPath === '/tmp' && readOnly !== true),
    (container) => (container.volumeMounts = []),
  ),
  containerRule(
    'reads secrets only',
    ({ volumeMounts = [] }) =>
      volumeMounts.every(({ mountPath, readOnly }) => mountPath === '/tmp' || readOnly === true),
    (container) => container.volumeMounts?.push({ name: 'tmp', mountPath: '/tls' }),
  ),
  podRule(
    'mounts no volume for nothing',
    ({ spec }) =>
      (spec.volumes ?? []).every(({ name }) =>
        [...spec.containers, ...(spec.initContainers ?? [])].some((one) =>
          one.volumeMounts?.some((mount) => mount.name === name),
        ),
      ),
    ({ spec }) => spec.volumes?.push({ name: 'idle', emptyDir: { sizeLimit: '1Mi' } }),
  ),
  podRule(
    'fills no disk',
    ({ spec }) =>
      (spec.volumes ?? []).every(
        ({ emptyDir }) => emptyDir === undefined || emptyDir.sizeLimit !== undefined,
      ),
    ({ spec }) => (spec.volumes = [{ name: 'tmp', emptyDir: {} }]),
  ),
  podRule(
    'shows secrets to its own group only',
    ({ spec }) =>
      (spec.volumes ?? []).every(
        ({ secret }) => secret === undefined || secret.defaultMode === 0o440,
      ),
    ({ spec }) => spec.volumes?.push({ name: 'open', secret: { secretName: 'open' } }),
  ),
  podRule(
    'says who it is',
    ({ labels }) =>
      ['name', 'instance', 'component', 'part-of', 'version', 'managed-by'].every(
        (one) => (labels[`app.kubernetes.io/${one}`] ?? '') !== '',
      ),
    ({ labels }) => delete labels['app.kubernetes.io/component'],
  ),
];

/** Rules that every pod keeps by itself. */
export const podRules: readonly Rule[] = [...security, ...contents];
