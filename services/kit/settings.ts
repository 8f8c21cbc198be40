import { type ClientConstructor, shortName } from './client.ts';
import { type Config, readConfig, serviceVariables, type Variable } from './config.ts';

/** Constructors of the neighbours' generated clients, under the names the service calls them by. */
export type Neighbours = Readonly<Record<string, ClientConstructor<unknown>>>;

/** Stands in for the environment. */
export type Source = Readonly<Record<string, string | undefined>>;
/** What a service was told. */
export type Settings = Config<typeof serviceVariables>;

function addressVariable(Ctor: ClientConstructor<unknown>): string {
  return `${shortName(Ctor.serviceName).toUpperCase()}_ADDRESS`;
}

/** The variables of a service: the common ones, with the addresses of its neighbours required. */
export function variablesOf(spec: {
  clients?: Neighbours;
}): typeof serviceVariables & Record<string, Variable> {
  const addresses = Object.values(spec.clients ?? {}).map((Ctor): [string, Variable] => {
    const name = shortName(Ctor.serviceName);
    return [addressVariable(Ctor), { kind: 'text', doc: `Where ${name} serves gRPC.` }];
  });
  return { ...serviceVariables, ...Object.fromEntries(addresses) };
}

export type AddressOf = (Ctor: ClientConstructor<unknown>) => string;

/** Reads them; throws `Fault('invalid', 'configuration')` with every fault. */
export function readSettings(
  spec: { clients?: Neighbours },
  source: Source | undefined,
): { settings: Settings; addressOf: AddressOf } {
  const values: Settings & Readonly<Record<string, unknown>> = readConfig(
    variablesOf(spec),
    source,
  );
  return { settings: values, addressOf: (Ctor) => String(values[addressVariable(Ctor)]) };
}

/** All that `node main.ts migrate` needs to be told. */
export const migrationVariables = {
  LOG_LEVEL: serviceVariables.LOG_LEVEL,
  DATABASE_URL: serviceVariables.DATABASE_URL,
  DATABASE_SYSTEM_URL: serviceVariables.DATABASE_SYSTEM_URL,
  DATABASE_OWNER_URL: { kind: 'url', doc: serviceVariables.DATABASE_OWNER_URL.doc },
} as const;
