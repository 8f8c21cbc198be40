import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { measures } from './measures.ts';

/** The process's measurements; whoever measures something registers it in `registry`. */
export type Metrics = {
  registry: Registry;
  /** Seconds from a call's arrival to its answer; `outcome` is `ok` or the fault's kind. */
  rpcSeconds: Histogram<'method' | 'outcome'>;
  /** Tokens refused, by the reason of the fault. */
  tokenRefusals: Counter<'reason'>;
};

/** Bounds in seconds, 1 ms to 10 s: gRPC here answers in well under 1 ms when nothing is read. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Measurements of one service. `process` adds memory, event loop and garbage collection. */
export function createMetrics(service: string, o: { process?: boolean } = {}): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (o.process !== false) collectDefaultMetrics({ register: registry });
  const rpcSeconds = new Histogram({
    name: measures.rpcSeconds.name,
    help: measures.rpcSeconds.help,
    labelNames: measures.rpcSeconds.labels,
    buckets: latencyBuckets,
    registers: [registry],
  });
  const { name, help, labels } = measures.tokenRefusals;
  const tokenRefusals = new Counter({ name, help, labelNames: labels, registers: [registry] });
  return { registry, rpcSeconds, tokenRefusals };
}

/** One thing readiness asks. A service without its broker still serves: it is `required: false`. */
export type Probe = { name: string; required: boolean; check(): Promise<void> };

export type HealthOptions = {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  metrics: Metrics;
  /** False until the service has started and again when it begins to stop. */
  isServing: () => boolean;
  probes: readonly Probe[];
};

const probeMs = 2_000;

export type ProbeResult = { name: string; required: boolean; ok: boolean };

/** Asks once; whatever is not answered within 2 s is not there. */
export async function runProbe(probe: Probe): Promise<ProbeResult> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, probeMs, false);
  probe.check().then(
    () => resolve(true),
    () => resolve(false),
  );
  const ok = await promise;
  clearTimeout(timer);
  return { name: probe.name, required: probe.required, ok };
}

function send(response: ServerResponse, code: number, type: string, body: string): void {
  response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

function sendJson(response: ServerResponse, code: number, value: unknown): void {
  send(response, code, 'application/json', JSON.stringify(value));
}

async function sendReadiness(o: HealthOptions, response: ServerResponse): Promise<void> {
  if (!o.isServing()) return sendJson(response, 503, { ready: false, probes: [] });
  const probes = await Promise.all(o.probes.map(runProbe));
  const ready = probes.every((probe) => probe.ok || !probe.required);
  sendJson(response, ready ? 200 : 503, { ready, probes });
}

async function respond(
  o: HealthOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split('?')[0];
  // Liveness asks nothing else: restarting this process would not mend a dependency.
  if (path === '/live') return sendJson(response, 200, { live: true });
  if (path === '/ready') return sendReadiness(o, response);
  if (path === '/metrics') {
    const { registry } = o.metrics;
    return send(response, 200, registry.contentType, await registry.metrics());
  }
  sendJson(response, 404, { paths: ['/live', '/ready', '/metrics'] });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Serves /live, /ready and /metrics on a port of their own, which no ingress leads to. */
export async function serveHealth(
  o: HealthOptions,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    respond(o, request, response).catch(() => {
      if (!response.headersSent) sendJson(response, 500, { error: 'unexpected_error' });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(o.port, o.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => close(server) };
}
