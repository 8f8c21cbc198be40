import { setTimeout as sleep } from 'node:timers/promises';
import {
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  JetStreamApiError,
  RetentionPolicy,
  DiscardPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node';
import { now } from './clock.ts';
import { fault } from './fault.ts';
import type { Log } from './log.ts';

/** A hint for people's screens; whoever gets it reads the thing again. Nothing depends on it. */
export type LiveNote = {
  noun: string;
  id: string;
  change: string;
  progress?: { stage: string; done: number; total: number };
};

export type Bus = {
  /** These three throw `unavailable` before the first connection. */
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  isConnected(): boolean;
  /**
   * Called when the connection is there again: the broker may have come back with less than it had.
   */
  onReconnect(listener: () => void): () => void;
  /** The service's stream, made or brought up to date when needed. */
  ensureStream(service: string): Promise<StreamInfo>;
  /**
   * Tells the organisations' open screens, on `recourse.live.<orgId>`; lost when nobody listens.
   */
  live(orgIds: readonly string[], note: LiveNote): void;
  /** Sends what is buffered and closes. */
  stop(): Promise<void>;
};

export type BusOptions = {
  url: string;
  /** Name of the connecting service, seen in the broker's monitoring. */
  service: string;
  log: Log;
  /** Copies of each stream; 3 in production. */
  replicas?: number;
  /** A stream's size limit; a full stream refuses and the outbox keeps. Default none. */
  maxBytes?: number;
};

/** A start waits this long for the broker before it goes on without. */
const firstConnectMs = 3_000;

const day = 24 * 60 * 60 * 1000;

/**
 * Longer than the outbox is kept (7 days), so that the stream is never behind what is reconciled.
 */
const streamAgeMs = 8 * day;

/** Saves work after a relay's end; the inbox receipts are what makes repeats harmless. */
const duplicateWindowMs = 10 * 60 * 1000;

/** JetStream's name for a service's stream. */
export function streamName(service: string): string {
  return service.toUpperCase().replaceAll('-', '_');
}

/** JetStream API error codes 10059 stream not found, 10014 consumer not found. */
export function isNotFound(thrown: unknown): boolean {
  return thrown instanceof JetStreamApiError && [10059, 10014].includes(thrown.code);
}

function streamConfig(service: string, o: BusOptions) {
  return {
    name: streamName(service),
    subjects: [`recourse.${service}.>`],
    storage: StorageType.File,
    // Never work-queue or interest: nothing is deleted from within, any consumer may read again.
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_age: nanos(streamAgeMs),
    max_bytes: o.maxBytes ?? -1,
    duplicate_window: nanos(duplicateWindowMs),
    num_replicas: o.replicas ?? 1,
    allow_direct: true,
  };
}

async function ensureStream(jsm: JetStreamManager, service: string, o: BusOptions) {
  const wanted = streamConfig(service, o);
  try {
    const info = await jsm.streams.info(wanted.name);
    const { config } = info;
    const same =
      config.max_age === wanted.max_age &&
      config.max_bytes === wanted.max_bytes &&
      config.num_replicas === wanted.num_replicas &&
      config.duplicate_window === wanted.duplicate_window;
    return same ? info : await jsm.streams.update(wanted.name, wanted);
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
    return jsm.streams.add(wanted);
  }
}

/** Follows the connection's state until it is closed. */
async function follow(nc: NatsConnection, log: Log, set: (connected: boolean) => void) {
  for await (const status of nc.status()) {
    if (status.type === 'disconnect') set(false);
    if (status.type === 'reconnect') set(true);
    if (status.type === 'disconnect' || status.type === 'reconnect') {
      log.warn({ broker: status.type }, 'broker connection changed');
    }
  }
}

type Link = { nc: NatsConnection; js: JetStreamClient; jsm: JetStreamManager };

/**
 * Servers and login of `nats://user:password@one:4222,nats://two:4222`: the client library takes
 * neither from an address. The login is that of the first part that has one.
 */
export function brokerAt(url: string): { servers: string[]; user?: string; pass?: string } {
  // A bare `host:port`, as servers name themselves, is one as well.
  const withScheme = (part: string): string => (part.includes('://') ? part : `nats://${part}`);
  const parts = url.split(',').map((part) => new URL(withScheme(part.trim())));
  const servers = parts.map(({ protocol, host }) => `${protocol}//${host}`);
  const login = parts.find(({ username }) => username !== '');
  if (login === undefined) return { servers };
  const user = decodeURIComponent(login.username);
  return { servers, user, pass: decodeURIComponent(login.password) };
}

async function link(o: BusOptions): Promise<Link> {
  const nc = await connect({
    ...brokerAt(o.url),
    name: o.service,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    pingInterval: 10_000,
    // Otherwise every publish makes an error beforehand, in case it fails: a tenth of its cost.
    noAsyncTraces: true,
    timeout: 5_000,
  });
  return { nc, js: jetstream(nc), jsm: await jetstreamManager(nc, { checkAPI: false }) };
}

/** Tries until it is connected or nobody wants it any more. */
async function linkAtLast(o: BusOptions, stopping: AbortSignal): Promise<Link | undefined> {
  for (let tries = 1; !stopping.aborted; tries += 1) {
    try {
      return await link(o);
    } catch (thrown) {
      if (tries % 20 === 1) o.log.warn({ err: thrown }, 'the broker is not there yet');
      await sleep(250, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  return undefined;
}

/**
 * Connects and stays connected. A broker that is not there within a moment does not keep the
 * service from starting: what needs it says `unavailable` (broker_unavailable) until it comes.
 */
export async function createBus(o: BusOptions): Promise<Bus> {
  const stopping = new AbortController();
  const listeners = new Set<() => void>();
  let linked: Link | undefined;
  let connected = false;
  const set = (next: boolean): void => {
    connected = next;
    if (next) for (const listener of listeners) listener();
  };
  const linking = linkAtLast(o, stopping.signal).then((made) => {
    if (made === undefined) return;
    linked = made;
    set(true);
    void follow(made.nc, o.log, set);
  });
  await Promise.race([linking, sleep(firstConnectMs, undefined, { ref: false })]);
  const there = (): Link => {
    if (linked === undefined) throw fault('unavailable', 'broker_unavailable');
    return linked;
  };
  return {
    get nc() {
      return there().nc;
    },
    get js() {
      return there().js;
    },
    get jsm() {
      return there().jsm;
    },
    isConnected: () => connected,
    onReconnect: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ensureStream: (service) => ensureStream(there().jsm, service, o),
    live: (orgIds, note) => {
      if (!connected || linked === undefined || linked.nc.isClosed()) return;
      const text = JSON.stringify({ ...note, at: now().toString() });
      for (const orgId of orgIds) linked.nc.publish(`recourse.live.${orgId}`, text);
    },
    stop: async () => {
      stopping.abort();
      await linking;
      if (connected) await linked?.nc.drain().catch(() => undefined);
      connected = false;
      await linked?.nc.close();
    },
  };
}
