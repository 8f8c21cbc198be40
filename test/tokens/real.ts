import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@recourse/kit/parts.ts';
import {
  administrator,
  type KeycloakRun,
  prepareKeycloak,
} from '../../scripts/machine/keycloak.ts';
import { hostEnv } from '../../scripts/machine/plan.ts';
import { lives } from '../../scripts/machine/run-file.ts';
import { processPart, type Running, untilReady } from '../../scripts/machine/supervise.ts';
import {
  demoPassword,
  directorySecret,
  machineSecret,
  portalUrl,
  type Provider,
  servedKeyId,
  type SigningKey,
} from './provider.ts';

const root = join(import.meta.dirname, '..', '..');
const data = join(root, '.data');
/** Only ever on this machine, and only while the tests run. */
const adminPassword = 'Keeper-of-the-tests-2026';
/**
 * The data folder is kept from run to run, since an empty one takes Keycloak half a minute to fill;
 * a second run at the same time gets one of its own.
 */
function takeFolder(): { dir: string; free(): void } {
  const dir = join(data, 'keycloak-tests');
  const lock = `${dir}.lock`;
  mkdirSync(data, { recursive: true });
  try {
    const holder = Number.parseInt(readFileSync(lock, 'utf8'), 10);
    if (!lives(holder, 'jest')) rmSync(lock);
  } catch {
    // Nobody holds it.
  }
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return { dir, free: () => rmSync(lock, { force: true }) };
  } catch {
    const own = mkdtempSync(join(tmpdir(), 'recourse-keycloak-'));
    return { dir: own, free: () => rmSync(own, { recursive: true, force: true }) };
  }
}

type Answer = { access_token: string };

/** Keycloak's administration, as its first administrator. */
function keeper(origin: string) {
  async function token(): Promise<string> {
    const form = { grant_type: 'password', client_id: 'admin-cli', username: administrator };
    const answer = await fetch(`${origin}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, password: adminPassword }),
    });
    if (!answer.ok) throw new Error(`the administrator is refused: ${answer.status}`);
    return ((await answer.json()) as Answer).access_token;
  }
  async function ask(verb: string, path: string, body?: object): Promise<Response> {
    const answer = await fetch(`${origin}/admin/realms/recourse${path}`, {
      method: verb,
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${verb} ${path} answered ${answer.status}`);
    return answer;
  }
  return { token, ask };
}

type Keeper = ReturnType<typeof keeper>;
type Component = { id: string; name: string };

const keyName = 'key of the tests';
const keyProviders = '/components?type=org.keycloak.keys.KeyProvider';

/** Gives the realm a signing key that the tests know too, in place of the one they gave before. */
async function giveKey(admin: Keeper, issuer: string, priority: number): Promise<SigningKey> {
  const known = (await (await admin.ask('GET', keyProviders)).json()) as Component[];
  const olds = known.filter(({ name }) => name === keyName);
  const realm = (await (await admin.ask('GET', '')).json()) as { id: string };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await admin.ask('POST', '/components', {
    name: keyName,
    providerId: 'rsa',
    providerType: 'org.keycloak.keys.KeyProvider',
    parentId: realm.id,
    config: {
      privateKey: [privateKey.export({ type: 'pkcs8', format: 'pem' })],
      priority: [String(priority)],
      algorithm: ['RS256'],
      keyUse: ['SIG'],
      enabled: ['true'],
      active: ['true'],
    },
  });
  for (const { id } of olds) await admin.ask('DELETE', `/components/${id}`);
  return { privateKey, kid: await servedKeyId(issuer, privateKey) };
}

async function start(run: KeycloakRun, dir: string): Promise<Running> {
  const logs = join(dir, 'logs');
  const name = 'keycloak';
  const running = await processPart({ ...run, name, sign: dir, logs }).start();
  let failures = 0;
  running.gone.then(
    () => (failures = Infinity),
    () => undefined,
  );
  const { signal } = new AbortController();
  const ready = { name, address: run.ready, seconds: 420, logs, signal };
  try {
    await untilReady({ ...ready, failures: () => failures });
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** A real Keycloak with the realm and the demonstration's people. */
export async function openReal(dist: string): Promise<Provider> {
  const folder = takeFolder();
  const run = prepareKeycloak({
    dist,
    dir: folder.dir,
    port: await freePort(),
    healthPort: await freePort(),
    portalUrl,
    realmFile: join(root, 'deploy', 'keycloak', 'realm.json'),
    adminPassword,
    machineClientSecret: machineSecret,
    directoryClientSecret: directorySecret,
    demoPassword,
    hostEnv: hostEnv(),
  });
  const running = await start(run, folder.dir);
  const { issuer } = run;
  const admin = keeper(new URL(issuer).origin);
  let priority = 1_000;
  let key = await giveKey(admin, issuer, priority);
  return {
    issuer,
    key: () => key,
    async rotate() {
      priority += 1;
      key = await giveKey(admin, issuer, priority);
    },
    foreignToken: () => admin.token(),
    async stop() {
      await running.stop();
      folder.free();
    },
  };
}
