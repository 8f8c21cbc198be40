import { readFileSync } from 'node:fs';
import { Fault, type Violation } from './fault.ts';

/**
 * The one place that reads the environment. What a process may be told is declared here as data, so
 * that the chart's values and the documentation can be checked against it.
 */
export type Variable = {
  kind: 'text' | 'url' | 'port' | 'whole' | 'flag' | 'secret' | 'choice';
  /** Taken when the variable is absent or empty. Without it the variable must be given. */
  fallback?: string;
  /** The variable may be absent; its value is then `undefined`. */
  optional?: true;
  /** For `choice`: the words allowed. */
  choices?: readonly string[];
  /** What it does, in a sentence. */
  doc: string;
};

type Variables = Readonly<Record<string, Variable>>;

type Value<V extends Variable> = V['kind'] extends 'port' | 'whole'
  ? number
  : V['kind'] extends 'flag'
    ? boolean
    : V['choices'] extends readonly string[]
      ? V['choices'][number]
      : string;

/** The typed values of declared variables. */
export type Config<S extends Variables> = {
  readonly [N in keyof S]: S[N] extends { optional: true } ? Value<S[N]> | undefined : Value<S[N]>;
};

/** What every service is told. A service that calls a neighbour also needs that `*_ADDRESS`. */
export const serviceVariables = {
  NODE_ENV: {
    kind: 'choice',
    choices: ['development', 'test', 'production'],
    fallback: 'development',
    doc: 'What the process runs for.',
  },
  LOG_LEVEL: {
    kind: 'choice',
    choices: ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
    fallback: 'info',
    doc: 'Least severe level that is logged.',
  },
  BIND_HOST: {
    kind: 'text',
    fallback: '127.0.0.1',
    doc: 'Address the ports are opened on; 0.0.0.0 in a container.',
  },
  RPC_PORT: { kind: 'port', doc: 'Port of the gRPC server; 0 takes any free one.' },
  HEALTH_PORT: { kind: 'port', doc: 'Port of /live, /ready and /metrics; 0 takes any free one.' },
  DATABASE_URL: { kind: 'url', doc: 'PostgreSQL as the role that row-level security binds.' },
  DATABASE_OWNER_URL: {
    kind: 'url',
    optional: true,
    doc: 'PostgreSQL as the owner of the tables; when given, the service migrates at its start.',
  },
  DATABASE_SYSTEM_URL: {
    kind: 'url',
    doc: 'PostgreSQL as the role of the relay, the reconciler and the jobs.',
  },
  NATS_URL: {
    kind: 'url',
    doc: 'NATS with JetStream; several servers divided by commas, the login in the first.',
  },
  NATS_REPLICAS: {
    kind: 'whole',
    fallback: '1',
    doc: 'Copies of each stream and of each file; 3 on a cluster of three servers.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    kind: 'url',
    optional: true,
    doc: 'Collector that traces are sent to by OTLP over HTTP; none are sent without it.',
  },
  TRACE_PERCENT: {
    kind: 'whole',
    fallback: '100',
    doc: 'How many of a hundred new traces are sent.',
  },
  TLS_CERT_FILE: {
    kind: 'text',
    optional: true,
    doc: 'Certificate shown to neighbours over gRPC, PEM; without the three files it is plain.',
  },
  TLS_KEY_FILE: { kind: 'text', optional: true, doc: 'Key of that certificate, PEM.' },
  TLS_CA_FILE: {
    kind: 'text',
    optional: true,
    doc: 'Authority that the neighbours’ certificates must come from, PEM.',
  },
  OIDC_ISSUER: { kind: 'url', doc: 'Issuer that tokens must name.' },
  OIDC_AUDIENCE: { kind: 'text', fallback: 'recourse-api', doc: 'Audience that tokens must name.' },
  OIDC_JWKS_URL: {
    kind: 'url',
    optional: true,
    doc: 'Where the signing keys are read; Keycloak’s path under the issuer when absent.',
  },
  KEY_ENCRYPTION_KEY: {
    kind: 'secret',
    doc: 'Key that wraps each organisation’s data key.',
  },
  CREDIT_ADDRESS: {
    kind: 'text',
    optional: true,
    doc: 'Where credit serves gRPC: localhost:7101, or dns:///credit:7101 in a cluster.',
  },
  CASES_ADDRESS: {
    kind: 'text',
    optional: true,
    doc: 'Where cases serves gRPC: localhost:7102, or dns:///cases:7102 in a cluster.',
  },
  AGENCIES_ADDRESS: {
    kind: 'text',
    optional: true,
    doc: 'Where agencies serves gRPC: localhost:7103, or dns:///agencies:7103 in a cluster.',
  },
  BLACKLIST_ADDRESS: {
    kind: 'text',
    optional: true,
    doc: 'Where blacklist serves gRPC: localhost:7104, or dns:///blacklist:7104 in a cluster.',
  },
  LITIGATION_ADDRESS: {
    kind: 'text',
    optional: true,
    doc: 'Where litigation serves gRPC: localhost:7105, or dns:///litigation:7105 in a cluster.',
  },
} as const satisfies Variables;

type Source = Readonly<Record<string, string | undefined>>;
type Parsed = string | number | boolean | undefined;

function wrong(field: string, rule: string, repair: string): Violation {
  return { field, rule, repair };
}

/**
 * A variable's text. `NAME_FILE` names a file that holds it, as secrets are mounted in Kubernetes.
 * An empty variable counts as absent: that is how shells and charts leave things out.
 */
function textOf(name: string, source: Source): string | undefined {
  const given = source[name];
  if (given !== undefined && given !== '') return given;
  const file = source[`${name}_FILE`];
  if (file === undefined || file === '') return undefined;
  return readFileSync(file, 'utf8').trim();
}

function wholeNumber(text: string, most: number): number | undefined {
  if (!/^\d{1,15}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= most ? value : undefined;
}

/** The value of a variable's text, or what is wrong with it. */
function parse(name: string, variable: Variable, text: string): Parsed | Violation {
  switch (variable.kind) {
    case 'text':
    case 'secret':
      return text;
    case 'url':
      return text.split(',').every((part) => URL.canParse(part))
        ? text
        : wrong(name, 'not_a_url', 'Give a URL with its scheme, such as nats://localhost:4222.');
    case 'port':
      return wholeNumber(text, 65_535) ?? wrong(name, 'not_a_port', 'Give a number up to 65535.');
    case 'whole':
      return (
        wholeNumber(text, Number.MAX_SAFE_INTEGER) ??
        wrong(name, 'not_a_whole_number', 'Give digits only.')
      );
    case 'flag':
      if (text === 'true' || text === 'false') return text === 'true';
      return wrong(name, 'not_a_flag', 'Give true or false.');
    case 'choice': {
      const choices = variable.choices ?? [];
      return choices.includes(text)
        ? text
        : wrong(name, 'not_a_choice', `Give one of: ${choices.join(', ')}.`);
    }
  }
}

function valueOf(name: string, variable: Variable, source: Source): Parsed | Violation {
  try {
    const text = textOf(name, source) ?? variable.fallback;
    if (text !== undefined) return parse(name, variable, text);
    return variable.optional === true
      ? undefined
      : wrong(name, 'required', `Set ${name}. ${variable.doc}`);
  } catch {
    return wrong(name, 'file_unreadable', `${name}_FILE names a file that cannot be read.`);
  }
}

/**
 * Reads declared variables into typed values. Every fault is reported at once, each by its name and
 * never with its value; throws `Fault('invalid', 'configuration')`.
 */
export function readConfig<const S extends Variables>(
  spec: S,
  source: Source = process.env,
): Config<S> {
  const values: Record<string, Parsed> = {};
  const violations: Violation[] = [];
  for (const [name, variable] of Object.entries(spec)) {
    const value = valueOf(name, variable, source);
    if (typeof value === 'object') violations.push(value);
    else values[name] = value;
  }
  if (violations.length > 0) {
    const names = violations.map((one) => one.field).join(', ');
    throw new Fault('invalid', 'configuration', { variables: names }, { violations });
  }
  // Each value was parsed by the kind its own declaration names, which is what Config spells out.
  return Object.freeze(values) as Config<S>;
}
