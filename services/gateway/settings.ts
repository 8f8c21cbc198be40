import { type Config, readConfig, serviceVariables, type Variable } from '@recourse/kit/config.ts';
import type { Rates } from './limits.ts';

const { NODE_ENV, LOG_LEVEL, BIND_HOST, HEALTH_PORT, NATS_URL } = serviceVariables;
const { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URL } = serviceVariables;
const { OTEL_EXPORTER_OTLP_ENDPOINT, TRACE_PERCENT } = serviceVariables;
const { NATS_REPLICAS, TLS_CERT_FILE, TLS_KEY_FILE, TLS_CA_FILE } = serviceVariables;

function address(service: string) {
  return { kind: 'text', doc: `gRPC address of ${service}.` } as const satisfies Variable;
}

function rate(fallback: string, doc: string) {
  return { kind: 'whole', fallback, doc } as const satisfies Variable;
}

/** What the gateway is told. */
export const gatewayVariables = {
  NODE_ENV,
  LOG_LEVEL,
  BIND_HOST,
  HEALTH_PORT,
  NATS_URL,
  NATS_REPLICAS,
  OTEL_EXPORTER_OTLP_ENDPOINT,
  TRACE_PERCENT,
  TLS_CERT_FILE,
  TLS_KEY_FILE,
  TLS_CA_FILE,
  OIDC_ISSUER,
  OIDC_AUDIENCE,
  OIDC_JWKS_URL,
  HTTP_PORT: { kind: 'port', fallback: '8080', doc: 'Port of the API and the portal.' },
  OIDC_CLIENT_ID: {
    kind: 'text',
    fallback: 'recourse-portal',
    doc: 'Client that people sign in with; told to the portal.',
  },
  PORTAL_DIR: {
    kind: 'text',
    optional: true,
    doc: 'Folder of the built portal; without it only the API is served.',
  },
  CREDIT_ADDRESS: address('credit'),
  CASES_ADDRESS: address('cases'),
  AGENCIES_ADDRESS: address('agencies'),
  BLACKLIST_ADDRESS: address('blacklist'),
  LITIGATION_ADDRESS: address('litigation'),
  TRUST_PROXY: {
    kind: 'text',
    optional: true,
    doc: 'How many proxies stand in front, or their addresses; X-Forwarded-* counts only then.',
  },
  CORS_ORIGINS: {
    kind: 'text',
    optional: true,
    doc: 'Origins of other sites whose scripts may call the API, divided by commas.',
  },
  MAX_BODY_BYTES: { kind: 'whole', fallback: '1048576', doc: 'Largest JSON body.' },
  MAX_UPLOAD_BYTES: { kind: 'whole', fallback: '536870912', doc: 'Largest uploaded file.' },
  LIVE_STREAMS_PER_PERSON: {
    kind: 'whole',
    fallback: '20',
    doc: 'Open live streams of one person.',
  },
  CALL_DEADLINE_MS: {
    kind: 'whole',
    fallback: '15000',
    doc: 'How long an answer may take, in milliseconds; the services give up after a minute.',
  },
  RATE_READ: rate('60000', 'Reads per minute and person.'),
  RATE_CHANGE: rate('60000', 'Changes per minute and person.'),
  RATE_UPLOAD: rate('120', 'Uploads per minute and person.'),
  RATE_LIVE: rate('120', 'Live streams opened per minute and person.'),
  RATE_ANONYMOUS: rate('6000', 'Requests per minute and address without a good token.'),
} as const satisfies Record<string, Variable>;

export type Settings = Config<typeof gatewayVariables>;

/**
 * Reads the settings from the environment; throws `invalid: configuration` naming what is wrong.
 */
export function readSettings(source?: Readonly<Record<string, string | undefined>>): Settings {
  return readConfig(gatewayVariables, source);
}

export function ratesOf(settings: Settings): Rates {
  return {
    read: settings.RATE_READ,
    change: settings.RATE_CHANGE,
    upload: settings.RATE_UPLOAD,
    live: settings.RATE_LIVE,
    anonymous: settings.RATE_ANONYMOUS,
  };
}

/** Addresses by a service's short name, from every `<NAME>_ADDRESS`. */
export function addressesOf(settings: Settings): Record<string, string> {
  const addresses: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    const service = /^([A-Z]+)_ADDRESS$/.exec(name)?.[1]?.toLowerCase();
    if (service !== undefined && typeof value === 'string') addresses[service] = value;
  }
  return addresses;
}

/** A list divided by commas. */
export function listOf(text: string | undefined): string[] {
  const parts = (text ?? '').split(',').map((one) => one.trim());
  return parts.filter((one) => one !== '');
}
