/** Brings the whole system up on one machine, stage by stage, and down again in reverse. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findNats } from '@recourse/kit/nats-server.ts';
import { startNats, startPostgres } from '@recourse/kit/parts.ts';
import { makeDatabases } from './databases.ts';
import { prepareKeycloak } from './keycloak.ts';
import { obtainKeycloak } from './keycloak-dist.ts';
import type { KeycloakFrom, Options } from './options.ts';
import {
  findServices,
  gatewayEnv,
  hasMain,
  hostEnv,
  identityEnv,
  seedEnv,
  serviceEnv,
  wantedRpcPort,
  type Addresses,
  type Env,
} from './plan.ts';
import { portalToShow } from './portal.ts';
import { createPorts, type Ports } from './ports.ts';
import type { RunFile } from './run-file.ts';
import { keepSecrets, type Secrets } from './secrets.ts';
import {
  logTail,
  nodePart,
  openLog,
  processPart,
  supervise,
  untilReady,
  type Part,
  type Supervised,
} from './supervise.ts';

type Say = (words: string) => void;

export type House = {
  root: string;
  data: string;
  logs: string;
  options: Options;
  say: Say;
  run: RunFile;
  signal: AbortSignal;
  /** What the gateway is told beside where everything is. */
  gateway?: Env;
  /** What was started, stage by stage; stopped in reverse. */
  stages: Supervised[][];
};

/** Starts everything and loads the demo once; returns the portal's address. */
export async function bringUp(house: House): Promise<string> {
  const { options, root } = house;
  const secrets = keepSecrets(join(house.data, 'secrets.json'));
  const ports = createPorts(house.say);
  const port = await ports.take('the portal', options.port);
  const services = findServices(root);
  const taken = await servicePorts(services, ports);
  const portalUrl = `http://localhost:${port}`;
  const parts = await startParts(house, ports);
  const portal = portalToShow(house);
  // It is awaited below; until then its failure is not unheard.
  portal.catch(() => undefined);
  const databases = await makeDatabases(parts.postgresUrl, services, secrets.databasePassword);
  const identity = await findIdentity(house, secrets, { ports, portalUrl });
  const at: Addresses = { natsUrl: parts.natsUrl, issuer: identity.issuer, portalUrl, ...taken };
  await startServices(house, ports, [
    ...identity.started,
    ...services.map((name) => {
      const db = databases.get(name);
      if (db === undefined) throw new Error(`no database for ${name}`);
      const env = serviceEnv(name, at, db, secrets);
      return { name, env, ready: `http://127.0.0.1:${env['HEALTH_PORT']}/ready` };
    }),
  ]);
  const dist = await portal;
  if (!hasMain(root, 'gateway')) return portalUrl;
  const env = { ...gatewayEnv(at, port, dist), ...house.gateway };
  await startServices(house, ports, [{ name: 'gateway', env, ready: `${portalUrl}/config.json` }]);
  await loadDemo(house, at);
  return portalUrl;
}

async function servicePorts(services: readonly string[], ports: Ports) {
  const rpcPorts = new Map<string, number>();
  const healthPorts = new Map<string, number>();
  for (const name of services) {
    const rpc = await ports.take(`${name} (gRPC)`, wantedRpcPort(name));
    rpcPorts.set(name, rpc);
    healthPorts.set(name, await ports.take(`${name} (health)`, rpc + 100));
  }
  healthPorts.set('gateway', await ports.take('the gateway (health)', 8180));
  return { rpcPorts, healthPorts };
}

/** Stops what was started, last first. */
export async function bringDown(house: House): Promise<void> {
  for (const stage of house.stages.toReversed()) {
    await Promise.allSettled(stage.map((part) => part.stop()));
  }
}

async function startStage(house: House, parts: readonly Part[]): Promise<Supervised[]> {
  const { say, run } = house;
  const stage: Supervised[] = [];
  house.stages.push(stage);
  const started = await Promise.allSettled(
    parts.map(async (part) => {
      stage.push(await supervise({ part, say, note: (child) => run.note(child) }));
    }),
  );
  const failed = started.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  if (house.signal.aborted) throw new Error('stopped');
  return stage;
}

async function startParts(house: House, ports: Ports) {
  const { options, data, say } = house;
  const parts: Part[] = [];
  let postgresUrl = options.postgresUrl ?? '';
  let natsUrl = options.natsUrl ?? '';
  if (options.postgresUrl === undefined) {
    const port = await ports.take('PostgreSQL', 7432);
    const log = lineLog(house, 'postgres');
    parts.push({
      name: 'postgres',
      sign: 'postgres',
      start: async () => {
        await ports.release(port);
        const postgres = await startPostgres({ dir: join(data, 'postgres'), port, log });
        postgresUrl = postgres.url;
        return { ...postgres, gone: postgres.gone.then(() => 'ended') };
      },
    });
  }
  if (options.natsUrl === undefined) {
    await findNats(say);
    const port = await ports.take('NATS', 7422);
    const log = lineLog(house, 'nats');
    parts.push({
      name: 'nats',
      sign: 'nats-server',
      start: async () => {
        await ports.release(port);
        const nats = await startNats({ dir: join(data, 'nats'), port, log });
        natsUrl = nats.url;
        return { ...nats, gone: nats.gone.then(() => 'ended') };
      },
    });
  }
  await startStage(house, parts);
  return { postgresUrl, natsUrl };
}

function lineLog(house: House, name: string): (line: string) => void {
  const log = openLog(house.logs, name);
  return (line) => {
    writeSync(log, `${line}\n`);
  };
}

type Identity = { issuer: string; started: Started[] };

/** The issuer, and the provider to be started unless one is given. */
async function findIdentity(
  house: House,
  secrets: Secrets,
  o: { ports: Ports; portalUrl: string },
): Promise<Identity> {
  const { options, data } = house;
  if (options.issuer !== undefined) {
    const address = `${options.issuer}/.well-known/openid-configuration`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
    if (answer?.ok !== true) throw new Error(`no identity provider answers at ${address}`);
    return { issuer: options.issuer, started: [] };
  }
  const port = await o.ports.take('identity', 8081);
  const from = options.keycloak;
  if (from !== undefined) return keycloak(house, secrets, { ...o, port, from });
  const dir = join(data, 'identity');
  const { demoPassword } = options;
  const env = identityEnv({ port, secrets, portalUrl: o.portalUrl, dir, demoPassword });
  const issuer = `${env['IDENTITY_URL']}/realms/recourse`;
  const ready = `${issuer}/.well-known/openid-configuration`;
  return { issuer, started: [{ name: 'identity', env, ready }] };
}

/** A real Keycloak in the place of the embedded provider, with the same realm and people. */
async function keycloak(
  house: House,
  secrets: Secrets,
  o: { ports: Ports; portalUrl: string; port: number; from: KeycloakFrom },
): Promise<Identity> {
  const { root, data, logs, options, say, signal } = house;
  const tools = join(data, 'tools');
  const { dist: given, sum } = o.from;
  const dist = await obtainKeycloak({ tools, given, sum, say, signal });
  const healthPort = await o.ports.take('Keycloak (health)', o.port + 100);
  const dir = join(data, 'keycloak');
  const run = prepareKeycloak({
    dist,
    dir,
    port: o.port,
    healthPort,
    portalUrl: o.portalUrl,
    realmFile: join(root, 'deploy', 'keycloak', 'realm.json'),
    adminPassword: secrets.keycloakAdminPassword,
    machineClientSecret: secrets.machineClientSecret,
    directoryClientSecret: secrets.directoryClientSecret,
    demoPassword: options.demoPassword,
    hostEnv: hostEnv(),
  });
  if (run.isStoreNew) say('the realm has changed: Keycloak begins with an empty store');
  await Promise.all([o.ports.release(o.port), o.ports.release(healthPort)]);
  const part = processPart({ ...run, name: 'keycloak', sign: dir, logs });
  // A first start on a busy machine makes the store and hashes every password.
  const started = { name: 'keycloak', env: {}, ready: run.ready, part, seconds: 420 };
  return { issuer: run.issuer, started: [started] };
}

type Started = {
  name: string;
  env: Record<string, string>;
  ready: string;
  /** What runs, when it is not a service of ours. */
  part?: Part;
  seconds?: number;
};

async function startServices(
  house: House,
  ports: Ports,
  services: readonly Started[],
): Promise<void> {
  const { root, logs, signal } = house;
  for (const { env } of services) {
    const own = Object.entries(env).filter(([name]) => name.endsWith('_PORT'));
    for (const [, port] of own) await ports.release(Number.parseInt(port, 10));
  }
  const stage = await startStage(
    house,
    services.map(
      ({ name, env, part }) =>
        part ?? nodePart({ name, root, script: `services/${name}/main.ts`, env, logs }),
    ),
  );
  await Promise.all(
    services.map(({ name, ready, seconds = 60 }) => {
      const failures = () => stage.find((one) => one.name === name)?.failures() ?? 0;
      return untilReady({ name, address: ready, seconds, logs, signal, failures });
    }),
  );
}

/** Loads the demo data once per data folder, through the gateway and the services. */
async function loadDemo(house: House, at: Addresses): Promise<void> {
  const { root, data, logs, say, options } = house;
  const stamp = join(data, 'demo-loaded');
  const script = join(root, 'scripts', 'seed.ts');
  if (!options.demo || existsSync(stamp) || !existsSync(script)) return;
  if (options.issuer !== undefined) {
    say('no demo data: it belongs to the people of the demo realm');
    return;
  }
  say('loading the demo data, once');
  const log = openLog(logs, 'seed');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd: root,
    env: seedEnv(at, options.demoPassword),
    stdio: ['ignore', 'pipe', log],
    signal: house.signal,
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      writeSync(log, `${line}\n`);
      say(`  ${line}`);
    });
  }
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve('an error'));
    child.once('close', resolve);
  });
  closeSync(log);
  if (house.signal.aborted) throw new Error('stopped');
  if (code === 0) writeFileSync(stamp, '');
  else say(`the demo data did not load (${code}); the rest works:\n${logTail(logs, 'seed')}`);
}
