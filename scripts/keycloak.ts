/** A real Keycloak with our realm, by itself: for a look at it, or for a start with OIDC_ISSUER. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { administrator, prepareKeycloak } from './machine/keycloak.ts';
import { keycloakVersion, obtainKeycloak } from './machine/keycloak-dist.ts';
import { demoPasswordOf } from './machine/options.ts';
import { hostEnv } from './machine/plan.ts';
import { createPorts } from './machine/ports.ts';
import { keepSecrets } from './machine/secrets.ts';
import { processPart, untilReady } from './machine/supervise.ts';

const root = join(import.meta.dirname, '..');
const data = join(root, '.data');
const help = `./scripts/keycloak [--demo] [--port N] [--portal URL] [--dist WHERE] [--fresh]

Runs Keycloak ${keycloakVersion} with deploy/keycloak/realm.json until Ctrl-C. It needs
Java 17; the first time it is fetched with Maven and built, and kept in .data/tools.

  --demo        with the demonstration's people (DEMO_PASSWORD)
  --port N      its port (8081)
  --portal URL  origin of the portal (http://localhost:8080)
  --dist WHERE  archive, folder or address of an archive, also as KEYCLOAK_DIST;
                of another version with its sum, KEYCLOAK_SHA256
  --fresh       throw away its store
  --fetch       only obtain it

The administrator is "${administrator}"; the password stands in .data/secrets.json as
keycloakAdminPassword.
`;

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      demo: { type: 'boolean', default: false },
      port: { type: 'string', default: '8081' },
      portal: { type: 'string', default: 'http://localhost:8080' },
      dist: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      fetch: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const port = /^\d{1,5}$/.test(values.port) ? Number.parseInt(values.port, 10) : 0;
  if (port < 1 || port > 65_535) throw new Error(`--port ${values.port} is not a port: 1 to 65535`);
  if (!URL.canParse(values.portal)) throw new Error(`--portal ${values.portal} is not an address`);
  return { ...values, port, portal: new URL(values.portal).origin };
}

async function main(o: ReturnType<typeof readArguments>, signal: AbortSignal): Promise<void> {
  const { KEYCLOAK_DIST: dist, KEYCLOAK_SHA256: sum } = process.env;
  const given = o.dist ?? dist;
  const home = await obtainKeycloak({ tools: join(data, 'tools'), given, sum, say, signal });
  if (o.fetch) return say(home);
  const dir = join(data, 'keycloak-alone');
  if (o.fresh) rmSync(dir, { recursive: true, force: true });
  const secrets = keepSecrets(join(data, 'secrets.json'));
  const ports = createPorts(say);
  const port = await ports.take('Keycloak', o.port);
  const healthPort = await ports.take('Keycloak (health)', port + 100);
  const run = prepareKeycloak({
    dist: home,
    dir,
    port,
    healthPort,
    portalUrl: o.portal,
    realmFile: join(root, 'deploy', 'keycloak', 'realm.json'),
    adminPassword: secrets.keycloakAdminPassword,
    machineClientSecret: secrets.machineClientSecret,
    directoryClientSecret: secrets.directoryClientSecret,
    demoPassword: o.demo ? demoPasswordOf(process.env) : undefined,
    hostEnv: hostEnv(),
  });
  if (run.isStoreNew) say('the realm has changed: Keycloak begins with an empty store');
  await Promise.all([ports.release(port), ports.release(healthPort)]);
  const logs = join(data, 'logs');
  const name = 'keycloak-alone';
  const part = processPart({ ...run, name, sign: dir, logs });
  const running = await part.start();
  let ended = 0;
  const gone = running.gone.then((how) => {
    ended = Infinity;
    return how;
  });
  const stopped = new Promise<'stopped'>((resolve) => {
    signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  try {
    const failures = () => ended;
    await untilReady({ name, address: run.ready, seconds: 420, logs, signal, failures });
    say(`Keycloak is up: ${run.issuer}   Log: .data/logs/${name}.log   Stop: Ctrl-C`);
    const how = await Promise.race([gone, stopped]);
    if (how !== 'stopped') throw new Error(`Keycloak ${how}; see .data/logs/${name}.log`);
  } finally {
    await running.stop();
  }
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopping.abort());
}
try {
  const given = readArguments();
  if (given.help) say(help);
  else await main(given, stopping.signal);
} catch (error) {
  if (!stopping.signal.aborted) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
