/** What `./scripts/start` is told on its command line and by variables. */
import { parseArgs } from 'node:util';

/** Where Keycloak is, when it is not to be fetched, and the SHA-256 of an archive given. */
export type KeycloakFrom = { dist: string | undefined; sum: string | undefined };

export type Options = {
  fresh: boolean;
  demo: boolean;
  port: number;
  /** Given in place of the embedded parts. */
  postgresUrl: string | undefined;
  natsUrl: string | undefined;
  issuer: string | undefined;
  /** A real Keycloak in place of the embedded provider. */
  keycloak: KeycloakFrom | undefined;
  demoPassword: string;
};

/** Known to everybody who reads this, and refused outside demonstrations by the realm file. */
const demoPassword = 'Recourse-Demo-2026';

export const help = `./scripts/start [--fresh] [--no-demo] [--port N] [--keycloak]

Starts PostgreSQL, NATS, identity, the services, the gateway and the portal on this machine.
Data and logs are in .data/. Ctrl-C stops all of it.

  --fresh      throw away .data/ and start over
  --no-demo    load no demo data
  --port N     port of the portal (8080)
  --keycloak   a real Keycloak as identity provider; needs Java 17, fetches it the first time

Instead of the embedded parts, by variable:
  POSTGRES_URL    a superuser's address of a PostgreSQL 18, postgres://…
  NATS_URL        nats://… with JetStream
  OIDC_ISSUER     an issuer that imported deploy/keycloak/realm.json
  KEYCLOAK_DIST   with --keycloak: its archive or folder, or an address of the archive
  DEMO_PASSWORD   password of the demo logins (${demoPassword})
`;

/** Throws with words when an argument is not understood. */
export function readOptions(args: string[], given: NodeJS.ProcessEnv): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      fresh: { type: 'boolean', default: false },
      'no-demo': { type: 'boolean', default: false },
      port: { type: 'string', default: '8080' },
      keycloak: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const port = /^\d{1,5}$/.test(values.port) ? Number.parseInt(values.port, 10) : 0;
  if (port < 1 || port > 65_535) throw new Error(`--port ${values.port} is not a port: 1 to 65535`);
  const issuer = url(given, 'OIDC_ISSUER')?.replace(/\/$/, '');
  if (values.keycloak && issuer !== undefined) {
    throw new Error('--keycloak and OIDC_ISSUER exclude each other');
  }
  return {
    fresh: values.fresh,
    demo: !values['no-demo'],
    port,
    postgresUrl: url(given, 'POSTGRES_URL'),
    natsUrl: url(given, 'NATS_URL'),
    issuer,
    keycloak: values.keycloak
      ? { dist: given['KEYCLOAK_DIST'], sum: given['KEYCLOAK_SHA256'] }
      : undefined,
    demoPassword: demoPasswordOf(given),
  };
}

export function demoPasswordOf(given: NodeJS.ProcessEnv): string {
  return given['DEMO_PASSWORD'] ?? demoPassword;
}

function url(given: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = given[name];
  if (value === undefined || value === '') return undefined;
  if (!URL.canParse(value)) throw new Error(`${name} is not an address: ${value}`);
  return value;
}
