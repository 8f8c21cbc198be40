import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from 'express';
import type { Contract } from '@recourse/kit/contract.ts';
import { countRefusals } from '@recourse/kit/count-refusals.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Metrics } from '@recourse/kit/health.ts';
import type { Log } from '@recourse/kit/log.ts';
import { transportOf } from '@recourse/kit/tls.ts';
import { createApi } from './api.ts';
import { createApp } from './app.ts';
import { type Armour, createArmour } from './armour.ts';
import { createBodyReader } from './body.ts';
import { loadCodecs } from './codecs.ts';
import type { FileStore } from './broker.ts';
import { createCalendar } from './calendar.ts';
import { createDocuments } from './documents.ts';
import { downloadRoute } from './downloads.ts';
import { createForwarder, type Forwarder } from './forward.ts';
import { createLimits } from './limits.ts';
import { createLive, type Live, type LiveSource } from './live.ts';
import { methodRoutes } from './methods.ts';
import { createPortal } from './portal.ts';
import type { Route } from './route.ts';
import { createSession, type Session } from './session.ts';
import { addressesOf, listOf, ratesOf, type Settings } from './settings.ts';
import { uploadRoute } from './uploads.ts';

export type GatewayOptions = {
  settings: Settings;
  contract: Contract;
  files: FileStore;
  live: LiveSource;
  log: Log;
  metrics: Metrics;
  version: string;
  /** How often a quiet live stream says that it is there. */
  heartbeatMs?: number;
};

export type Gateway = {
  port: number;
  /** Open live streams, and subscriptions for them. */
  live: Live['counts'];
  /** From now on every answer is the last one on its connection. */
  leave(): void;
  stop(): Promise<void>;
};

const usualHeartbeatMs = 15_000;
/** 512 MiB at 3 Mbit/s take 24 minutes; Node's 5 minutes would cut uploads off. */
const longestRequestMs = 30 * 60_000;
/** Longer than the proxies in front keep theirs, or they would send into a closing connection. */
const keepAliveMs = 65_000;
/** Requests in flight get this long to finish once the gateway stops. */
const drainMs = 10_000;

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'EADDRINUSE' ? fault('refused', 'port_taken', { port }) : cause),
    );
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * Whoever keeps a connection open is told on it to come on another one: nothing is then sent into a
 * connection that closes just now.
 */
function partings(server: Server): { leave(): void } {
  const open = new Set<ServerResponse>();
  let leaving = false;
  const part = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };
  server.prependListener('request', (_request, response) => {
    if (leaving) return part(response);
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  return {
    leave() {
      leaving = true;
      for (const response of open) part(response);
    },
  };
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(timer);
}

/** What is served, made from the contract. Throws where it cannot be. */
async function makeRoutes(o: GatewayOptions, forwarder: Forwarder): Promise<Route[]> {
  const { contract, settings, files } = o;
  const methods = methodRoutes({
    contract,
    codecs: await loadCodecs(contract),
    forwarder,
    readBody: createBodyReader(settings.MAX_BODY_BYTES),
  });
  const upload = uploadRoute(contract, files, settings.MAX_UPLOAD_BYTES);
  return [...methods, upload, downloadRoute(contract, files, forwarder)];
}

/** What needs no token: the API's description, calendars with a secret of their own, the portal. */
function openHandlers(o: GatewayOptions, armour: Armour, forwarder: Forwarder): RequestHandler[] {
  const { contract, settings, version } = o;
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, PORTAL_DIR: folder } = settings;
  const documents = createDocuments({ contract, armour, issuer, clientId, version });
  const always = [documents, createCalendar(contract, forwarder)];
  return folder === undefined ? always : [...always, createPortal(folder, armour)];
}

/**
 * Opens the gateway. Throws before a port is open when the contract has a public method without
 * roles or route, when a service of the contract has no address, or when the portal's folder holds
 * no portal.
 */
export async function startGateway(o: GatewayOptions): Promise<Gateway> {
  const { settings, contract, log, metrics } = o;
  const issuer = settings.OIDC_ISSUER;
  const armour = createArmour({ issuer, isProduction: settings.NODE_ENV === 'production' });
  const limits = createLimits(ratesOf(settings));
  const checked = createSession({
    issuer,
    audience: settings.OIDC_AUDIENCE,
    jwksUrl: settings.OIDC_JWKS_URL,
  });
  const session: Session = {
    guard: (roles) => countRefusals(metrics, checked.guard(roles)),
  };
  const { channel: secured } = transportOf(settings);
  const forwarder = createForwarder(contract, {
    addresses: addressesOf(settings),
    deadlineMs: settings.CALL_DEADLINE_MS,
    secured,
  });
  const open = openHandlers(o, armour, forwarder);
  const routes = await makeRoutes(o, forwarder);
  const live = createLive({
    source: o.live,
    log,
    mostPerPerson: settings.LIVE_STREAMS_PER_PERSON,
    heartbeatMs: o.heartbeatMs ?? usualHeartbeatMs,
  });
  const app = createApp({
    log,
    metrics,
    armour,
    limits,
    corsOrigins: listOf(settings.CORS_ORIGINS),
    trustProxy: settings.TRUST_PROXY,
    api: createApi([...routes, live.route], { session, limits }),
    open,
  });
  const options = { requestTimeout: longestRequestMs, keepAliveTimeout: keepAliveMs };
  const server = createServer(options, app);
  const { leave } = partings(server);
  const port = await listen(server, settings.BIND_HOST, settings.HTTP_PORT).catch((thrown) => {
    live.stop();
    throw thrown;
  });
  log.info({ port, routes: routes.length }, 'gateway open');
  return {
    port,
    live: live.counts,
    leave,
    async stop() {
      leave();
      live.stop();
      await drain(server);
      forwarder.stop();
    },
  };
}
