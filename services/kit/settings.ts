import { type ClientConstructor, shortName } from './client.ts';
import { type Config, readConfig, serviceVariables, type Variable } from './config.ts';
import type { TellAccess } from './platform-decisions.ts';
import type { IdentityOptions } from './platform-identity.ts';

/** Constructors of the neighbours' generated clients, under the names the service calls them by. */
export type Neighbours = Readonly<Record<string, ClientConstructor<unknown>>>;

/** Stands in for the environment. */
export type Source = Readonly<Record<string, string | undefined>>;
/** What a service was told. */
export type Settings = Config<typeof serviceVariables>;

/** What the one service that keeps the directory of organisations is told besides. */
export const directoryVariables = {
  DIRECTORY_URL: {
    kind: 'url',
    optional: true,
    doc: 'The realm as services reach it, http://keycloak/realms/recourse; else the issuer.',
  },
  DIRECTORY_CLIENT_ID: {
    kind: 'text',
    fallback: 'recourse-directory',
    doc: 'Machine login that manages organisations and users.',
  },
  DIRECTORY_CLIENT_SECRET: {
    kind: 'secret',
    optional: true,
    doc: 'Its secret; without it organisations and users are managed at the provider only.',
  },
} as const;

/** One service keeps the directory of organisations and people, for all. */
export type DirectoryKeeper = {
  keepsDirectory?: boolean;
  /** How it tells the other services who may act no more, and who may again. */
  tellAccess?: TellAccess;
};

/** What of a service decides which variables it reads. */
type Told = { clients?: Neighbours; keepsDirectory?: boolean };

function addressVariable(Ctor: ClientConstructor<unknown>): string {
  return `${shortName(Ctor.serviceName).toUpperCase()}_ADDRESS`;
}

/** The variables of a service: the common ones, with the addresses of its neighbours required. */
export function variablesOf(spec: Told): typeof serviceVariables & Record<string, Variable> {
  const addresses = Object.values(spec.clients ?? {}).map((Ctor): [string, Variable] => {
    const name = shortName(Ctor.serviceName);
    return [addressVariable(Ctor), { kind: 'text', doc: `Where ${name} serves gRPC.` }];
  });
  const directory: Record<string, Variable> =
    spec.keepsDirectory === true ? directoryVariables : {};
  return { ...serviceVariables, ...directory, ...Object.fromEntries(addresses) };
}

export type AddressOf = (Ctor: ClientConstructor<unknown>) => string;

/** Reads them; throws `Fault('invalid', 'configuration')` with every fault. */
export function readSettings(
  spec: Told,
  source: Source | undefined,
): { settings: Settings; addressOf: AddressOf } {
  const values: Settings & Readonly<Record<string, unknown>> = readConfig(
    variablesOf(spec),
    source,
  );
  return { settings: values, addressOf: (Ctor) => String(values[addressVariable(Ctor)]) };
}

/**
 * How the directory's keeper asks the identity provider; undefined without the login's secret.
 */
function directoryOptions(
  settings: Settings & Readonly<Record<string, unknown>>,
): IdentityOptions | undefined {
  const { DIRECTORY_URL: url, DIRECTORY_CLIENT_SECRET: clientSecret } = settings;
  if (typeof clientSecret !== 'string') return undefined;
  const clientId = String(settings['DIRECTORY_CLIENT_ID']);
  return { realmUrl: typeof url === 'string' ? url : settings.OIDC_ISSUER, clientId, clientSecret };
}

/** What the directory's keeper serves it with; undefined of all other services. */
export function directoryOf(
  { keepsDirectory = false, tellAccess }: DirectoryKeeper,
  settings: Parameters<typeof directoryOptions>[0],
): { provider: IdentityOptions | undefined; tellAccess: TellAccess | undefined } | undefined {
  return keepsDirectory ? { provider: directoryOptions(settings), tellAccess } : undefined;
}

/** All that `node main.ts migrate` needs to be told. */
export const migrationVariables = {
  LOG_LEVEL: serviceVariables.LOG_LEVEL,
  DATABASE_URL: serviceVariables.DATABASE_URL,
  DATABASE_SYSTEM_URL: serviceVariables.DATABASE_SYSTEM_URL,
  DATABASE_OWNER_URL: { kind: 'url', doc: serviceVariables.DATABASE_OWNER_URL.doc },
} as const;
