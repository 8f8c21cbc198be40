/**
 * A real Keycloak on this machine, on its own store in a file. It runs built and optimized, as in
 * production, and not in development mode: that would check its hostname less and build itself anew
 * whenever an option changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importOf } from '@recourse/identity/realm.ts';

/** The administrator of the realm `master`; the password is generated and kept with the secrets. */
export const administrator = 'keeper';

export type KeycloakOptions = {
  /** Keycloak, unpacked and built. */
  dist: string;
  /** Folder of its data: store, import, log of transactions. */
  dir: string;
  port: number;
  /** Port of its readiness and metrics; only for this machine. */
  healthPort: number;
  portalUrl: string;
  realmFile: string;
  adminPassword: string;
  machineClientSecret: string;
  directoryClientSecret: string;
  /** Password of the demonstration's people; without it the realm is imported alone. */
  demoPassword: string | undefined;
  /** What the process needs of its host. */
  hostEnv: Readonly<Record<string, string>>;
};

export type KeycloakRun = {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  issuer: string;
  ready: string;
  /** The store was thrown away because what is imported has changed. */
  isStoreNew: boolean;
};

/** Lays out the data folder and says what is to be run. */
export function prepareKeycloak(o: KeycloakOptions): KeycloakRun {
  const isStoreNew = layOut(o);
  const origin = `http://localhost:${o.port}`;
  return {
    command: join(o.dist, 'bin', 'kc.sh'),
    args: [
      // Everything that is written goes to our folder; the distribution stays as it was built.
      `-Dkc.home.dir=${o.dir}`,
      'start',
      '--optimized',
      '--import-realm',
      '--cache=local',
      // Whoever waits for it asks often, and each answer would be a line.
      '--log-level=INFO,io.smallrye.health:ERROR',
      '--http-enabled=true',
      '--http-host=127.0.0.1',
      `--http-port=${o.port}`,
      `--http-management-port=${o.healthPort}`,
      `--hostname=${origin}`,
    ],
    cwd: o.dir,
    env: environment(o),
    issuer: `${origin}/realms/recourse`,
    ready: `http://127.0.0.1:${o.healthPort}/health/ready`,
    isStoreNew,
  };
}

function environment(o: KeycloakOptions): Record<string, string> {
  const java = process.env['JAVA_HOME'];
  return {
    ...o.hostEnv,
    ...(java === undefined ? {} : { JAVA_HOME: java }),
    JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
    // The first compiler only: half the processor time of a start, and less memory.
    JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
    KC_BOOTSTRAP_ADMIN_USERNAME: administrator,
    KC_BOOTSTRAP_ADMIN_PASSWORD: o.adminPassword,
    PORTAL_URL: o.portalUrl,
    MACHINE_CLIENT_SECRET: o.machineClientSecret,
    DIRECTORY_CLIENT: 'true',
    DIRECTORY_CLIENT_SECRET: o.directoryClientSecret,
    ...(o.demoPassword === undefined ? {} : { DEMO_USERS: 'true', DEMO_PASSWORD: o.demoPassword }),
  };
}

/**
 * Keycloak imports a realm that it does not have and leaves one that it has, so a changed import
 * needs an empty store. True when it was emptied.
 */
function layOut(o: KeycloakOptions): boolean {
  const content = importOf(
    o.realmFile,
    o.demoPassword === undefined ? 'alone' : 'with demo people',
  );
  const secrets = [o.machineClientSecret, o.directoryClientSecret, o.demoPassword];
  const told = JSON.stringify([content, o.portalUrl, ...secrets]);
  const stamp = createHash('sha256').update(told).update(o.adminPassword).digest('hex');
  const stampFile = join(o.dir, 'imported');
  const known = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
  const mustEmpty = known !== undefined && known !== stamp;
  if (known !== stamp) rmSync(o.dir, { recursive: true, force: true });
  const folder = join(o.dir, 'data', 'import');
  mkdirSync(folder, { recursive: true });
  for (const name of ['conf', 'lib', 'providers', 'themes']) {
    const link = join(o.dir, name);
    rmSync(link, { force: true });
    symlinkSync(join(o.dist, name), link);
  }
  writeFileSync(join(folder, 'recourse-realm.json'), content, { mode: 0o600 });
  writeFileSync(stampFile, stamp);
  return mustEmpty;
}
