import type { ServiceDefinition } from '@grpc/grpc-js';
import { createVerifier } from '@recourse/kit/caller.ts';
import { contract, type Contract } from '@recourse/kit/contract.ts';
import { fault } from '@recourse/kit/fault.ts';
import { createMetrics } from '@recourse/kit/health.ts';
import { type Issuer, startIssuer } from '@recourse/kit/issuer.ts';
import { createLog, type Log } from '@recourse/kit/log.ts';
import { type Call, type Implementation, serveRpc } from '@recourse/kit/rpc.ts';
import type { FileStore } from './broker.ts';
import { type Gateway, startGateway } from './gateway.ts';
import type { LiveSource } from './live.ts';
import { readSettings, type Settings } from './settings.ts';

/**
 * The ground under the gateway's tests: the real gateway before real gRPC servers that serve every
 * service of the contract, with tokens of a real issuer. What the services answer is the test's to
 * say.
 */
export type Trial = {
  url: string;
  issuer: Issuer;
  contract: Contract;
  /** The requests that reached a service, newest last. */
  calls: { method: string; request: object; call: Call }[];
  /** Sets what a method answers, in part: `answer('GetCase', async () => ({ case: { … } }))`. */
  answer(method: string, handler: Handler): void;
  /** A request with a token for the role (default `supervisor`); `role: ''` sends none. */
  send(verb: string, path: string, o?: SendOptions): Promise<Answered>;
  stopServices(): Promise<void>;
  gateway: Gateway;
  stop(): Promise<void>;
};

type Handler = (request: object, call: Call) => Promise<object>;

export type SendOptions = {
  role?: string;
  orgId?: string;
  userId?: string;
  token?: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text is sent as it is. */
  body?: unknown;
};

export type Answered = { status: number; headers: Headers; text: string; json: Json };
/** JSON as a test looks into it. */
export type Json = { readonly [name: string]: Json } & { readonly [index: number]: Json };

function isDefinition(name: string, value: unknown): value is ServiceDefinition {
  return name.endsWith('ServiceService') && typeof value === 'object' && value !== null;
}

type Fill = (part: object) => object;

function fillOf(value: unknown): Fill | undefined {
  if (typeof value !== 'object' || value === null || !('fromPartial' in value)) return undefined;
  const { fromPartial } = value;
  return typeof fromPartial === 'function' ? (part) => fromPartial(part) : undefined;
}

type Generated = { definitions: ServiceDefinition[]; fills: Map<string, Fill> };

/** The generated definitions of every service, and what completes a part of each message. */
async function load(from: Contract): Promise<Generated> {
  const found: Generated = { definitions: [], fills: new Map() };
  for (const file of from.registry.files) {
    if (file.services.length === 0 || !file.proto.name.startsWith('recourse/')) continue;
    const path = file.proto.name.slice('recourse/'.length, -'.proto'.length);
    const generated: Record<string, unknown> = await import(`@recourse/proto/${path}.ts`);
    for (const [name, value] of Object.entries(generated)) {
      if (isDefinition(name, value)) found.definitions.push(value);
      const fill = fillOf(value);
      if (fill !== undefined) found.fills.set(name, fill);
    }
  }
  return found;
}

type Services = { address: string; stop(): Promise<void> };

type Oidc = { issuer: string; audience: string };

async function startServices(
  from: Contract,
  issuer: Oidc,
  log: Log,
  answer: (method: string, request: object, call: Call) => Promise<object>,
): Promise<Services> {
  const implementations: Implementation[] = [];
  const { definitions, fills } = await load(from);
  for (const definition of definitions) {
    const handlers: Record<string, Handler> = {};
    for (const [name, { path }] of Object.entries(definition)) {
      const method = path.split('/').at(-1) ?? name;
      const fill = fills.get(`${method}Response`) ?? ((part: object) => part);
      handlers[name] = async (request, call) => fill(await answer(method, request, call));
    }
    implementations.push({ definition, handlers });
  }
  const served = await serveRpc({
    implementations,
    port: 0,
    verify: createVerifier(issuer),
    log,
    metrics: createMetrics('services', { process: false }),
    contract: from,
  });
  return { address: `127.0.0.1:${served.port}`, stop: served.stop };
}

export type TrialOptions = {
  /** Environment of the gateway, beside what the trial sets itself. */
  env?: Readonly<Record<string, string>>;
  /** Whose tokens are good, when not the trial's own issuer's. */
  oidc?: Oidc;
  files?: FileStore;
  live?: LiveSource;
  log?: Log;
  heartbeatMs?: number;
};

const noFiles: FileStore = {
  put: () => Promise.reject(fault('unavailable', 'files_unavailable')),
  get: () => Promise.reject(fault('missing', 'file_missing')),
};

const noLive: LiveSource = {
  isConnected: () => false,
  listen: () => () => undefined,
  onReconnect: () => () => undefined,
};

function settingsFor(issuer: Oidc, address: string, o: TrialOptions): Settings {
  return readSettings({
    NODE_ENV: 'test',
    HTTP_PORT: '0',
    HEALTH_PORT: '0',
    NATS_URL: 'nats://127.0.0.1:1',
    OIDC_ISSUER: issuer.issuer,
    CREDIT_ADDRESS: address,
    CASES_ADDRESS: address,
    AGENCIES_ADDRESS: address,
    BLACKLIST_ADDRESS: address,
    LITIGATION_ADDRESS: address,
    ...o.env,
  });
}

async function send(url: string, issuer: Issuer, verb: string, path: string, o: SendOptions) {
  const { role = 'supervisor', orgId, userId } = o;
  const claims = {
    role,
    ...(orgId === undefined ? {} : { orgId }),
    ...(userId === undefined ? {} : { userId }),
  };
  const token = o.token ?? (role === '' ? undefined : await issuer.token(claims));
  const body = typeof o.body === 'string' ? o.body : JSON.stringify(o.body);
  const response = await fetch(`${url}${path}`, {
    method: verb,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(o.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...o.headers,
    },
    ...(o.body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const json: Json = isJson && text !== '' ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, text, json };
}

export async function startTrial(o: TrialOptions = {}): Promise<Trial> {
  const log = o.log ?? createLog('gateway', 'silent');
  const from = contract();
  const issuer = await startIssuer();
  const handlers = new Map<string, Handler>();
  const calls: Trial['calls'] = [];
  const oidc = o.oidc ?? issuer;
  const services = await startServices(from, oidc, log, async (method, request, call) => {
    calls.push({ method, request, call });
    const handler = handlers.get(method);
    if (handler === undefined) throw fault('refused', 'not_answered_in_this_test', { method });
    return handler(request, call);
  });
  const stopOthers = async (): Promise<void> => {
    await services.stop();
    await issuer.stop();
  };
  const gateway = await startGateway({
    settings: settingsFor(oidc, services.address, o),
    contract: from,
    files: o.files ?? noFiles,
    live: o.live ?? noLive,
    log,
    metrics: createMetrics('gateway', { process: false }),
    version: '0.0.0-test',
    ...(o.heartbeatMs === undefined ? {} : { heartbeatMs: o.heartbeatMs }),
  }).catch(async (thrown: unknown) => {
    await stopOthers();
    throw thrown;
  });
  const url = `http://127.0.0.1:${gateway.port}`;
  return {
    url,
    issuer,
    contract: from,
    calls,
    answer: (method, handler) => void handlers.set(method, handler),
    send: (verb, path, options = {}) => send(url, issuer, verb, path, options),
    stopServices: services.stop,
    gateway,
    async stop() {
      await gateway.stop();
      await stopOthers();
    },
  };
}
