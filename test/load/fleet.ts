/** The whole system as processes, each part with room for two replicas, behind a front. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { TestDatabase } from '@recourse/kit/test-cluster.ts';
import { reservePort, testPlatform } from '@recourse/kit/testing.ts';
import { openEmbedded } from '../tokens/embedded.ts';
import type { Provider } from '../tokens/provider.ts';
import { type Front, openFront } from './front.ts';
import { compileCache, type Instance, instance } from './instances.ts';

export const services = ['credit', 'cases', 'agencies', 'blacklist', 'litigation'] as const;
export type Service = (typeof services)[number];
export const parts = [...services, 'gateway'] as const;
export type Part = (typeof parts)[number];

export type Pair = readonly [Instance, Instance];

export type Fleet = {
  front: Front;
  /** The embedded one, with the realm's machines and people. */
  provider: Provider;
  databases: Readonly<Record<Service, TestDatabase>>;
  pairs: Readonly<Record<Part, Pair>>;
  stop(): Promise<void>;
};

type Ports = readonly [number, number];
const twoPorts = async (): Promise<Ports> => [await reservePort(), await reservePort()];

async function forEach<K extends string, V>(names: readonly K[], make: (name: K) => Promise<V>) {
  const made = [];
  for (const name of names) made.push([name, await make(name)] as const);
  // Every name is there: each was made for one of them.
  return Object.fromEntries(made) as Record<K, V>;
}

/** Both replicas of each service, as grpc-js is told of a fixed list. */
function addresses(ports: Readonly<Record<Service, Ports>>): Record<string, string> {
  const lists = services.map((service) => {
    const list = ports[service].map((one) => `127.0.0.1:${one}`).join(',');
    return [`${service.toUpperCase()}_ADDRESS`, `ipv4:${list}`] as const;
  });
  return Object.fromEntries(lists);
}

/**
 * Compiles what every process of a tree loads, once for all of them: without it most of a start is
 * the taking away of types.
 */
export async function warm(root: string): Promise<void> {
  const files = [...services.map((one) => `${one}/service.ts`), 'gateway/process.ts'];
  const imports = files.map((file) => `import ${JSON.stringify(join(root, 'services', file))};`);
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e'];
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache };
  const child = spawn(process.execPath, [...args, `${imports.join('')} process.exit(0)`], { env });
  await new Promise((resolve) => child.once('exit', resolve));
}

async function pairOf(part: Part, variables: Record<string, string>, own: Ports, name: string) {
  const [first, second] = own.map((one) => ({ ...variables, [name]: String(one) }));
  return [
    instance(part, first ?? {}, await reservePort()),
    instance(part, second ?? {}, await reservePort()),
  ] as const;
}

/** Nothing is started yet: whoever opens it starts what it needs. */
export async function openFleet(): Promise<Fleet> {
  const [platform, provider] = await Promise.all([testPlatform(), openEmbedded()]);
  const ports = await forEach(services, twoPorts);
  const told = await forEach(services, (service) => platform.variables(service));
  const known = { ...addresses(ports), OIDC_ISSUER: provider.issuer };
  const pairs = await forEach(services, (service) =>
    pairOf(service, { ...told[service].variables, ...known }, ports[service], 'RPC_PORT'),
  );
  const gatewayPorts = await twoPorts();
  const gateway = await pairOf(
    'gateway',
    {
      ...known,
      NODE_ENV: 'test',
      NATS_URL: platform.natsUrl,
      RATE_ANONYMOUS: '1000000',
      // A busy machine is no failure.
      CALL_DEADLINE_MS: '60000',
    },
    gatewayPorts,
    'HTTP_PORT',
  );
  const front = await openFront([
    { port: gatewayPorts[0], healthPort: gateway[0].healthPort },
    { port: gatewayPorts[1], healthPort: gateway[1].healthPort },
  ]);
  const all = { ...pairs, gateway };
  return {
    front,
    provider,
    databases: await forEach(services, async (service) => told[service].database),
    pairs: all,
    async stop() {
      await front.stop();
      const running = Object.values(all).flat();
      await Promise.all(running.map((one) => one.kill()));
      await Promise.all([platform.stop(), provider.stop()]);
    },
  };
}
