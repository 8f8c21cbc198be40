import {
  type ChannelCredentials,
  makeGenericClientConstructor,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { client, type ClientCall } from '@recourse/kit/client.ts';
import type { Contract, Method } from '@recourse/kit/contract.ts';
import { fault } from '@recourse/kit/fault.ts';

/**
 * Sends a method's request as it is and gives the answer's bytes; throws the service's own faults.
 */
export type Send = (request: Uint8Array, call: ClientCall) => Promise<Uint8Array>;

export type Forwarder = {
  /** Throws `internal: address_missing` when nobody said where the method's service is. */
  to(method: Method): Send;
  /**
   * For a method that every service serves: the way to the one that a request names, which throws
   * `missing: service_unknown` when there is none of that name.
   */
  toNamed(method: Method): (service: string) => Send;
  stop(): void;
};

/** `cases` of `recourse.cases.v1.CasesService`. */
export function shortName(service: string): string {
  return service.split('.').at(-3) ?? service;
}

/**
 * What every service serves beside its own (`/v1/platform/{service}/…`); the request says which one
 * is asked.
 */
export function isNamed(method: Method): boolean {
  return serverOf(method.service) === 'platform';
}

/**
 * Who serves a service of the contract, by short name: its own, but the directory of organisations
 * is one for all and kept by agencies.
 */
export function serverOf(service: string): string {
  const isDirectory = service === 'recourse.platform.v1.DirectoryService';
  return isDirectory ? 'agencies' : shortName(service);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * A service as grpc-js wants it, its messages left as bytes: they were checked, and are decoded
 * once.
 */
function definitionOf(methods: readonly Method[]): ServiceDefinition {
  const definition: Record<string, ServiceDefinition[string]> = {};
  for (const method of methods) {
    definition[method.name] = {
      path: method.path,
      requestStream: false,
      responseStream: false,
      requestSerialize: asBuffer,
      requestDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: asBuffer,
      responseDeserialize: (bytes: Buffer) => bytes,
    };
  }
  return definition;
}

type Raw = Readonly<Record<string, Send>> & { close(): void };

function open(
  service: string,
  methods: readonly Method[],
  address: string,
  secured: ChannelCredentials | undefined,
): Raw {
  const Ctor = makeGenericClientConstructor(definitionOf(methods), service);
  // The kit's client makes a method for each of the definition's; these take and give bytes.
  const made: unknown = client(Ctor, address, secured);
  return made as Raw;
}

export type ForwarderOptions = {
  /** By short name. */
  addresses: Readonly<Record<string, string | undefined>>;
  /** A call that does not say how long it may take is given up after this long. */
  deadlineMs: number;
  /** Plain text without it. */
  secured?: ChannelCredentials | undefined;
};

/** Opens one channel per service of the contract. */
export function createForwarder(from: Contract, o: ForwarderOptions): Forwarder {
  const { addresses, deadlineMs, secured } = o;
  const within =
    (send: Send): Send =>
    (request, call) =>
      send(request, { deadlineMs, ...call });
  const services = Map.groupBy(from.methods, (method) => method.service);
  const clients = new Map<string, Raw>();
  const namedClients = new Map<string, Raw>();
  const key = (service: string, name: string): string => `${service} ${name}`;
  for (const [service, methods] of services) {
    if (methods.some(isNamed)) {
      for (const [name, address] of Object.entries(addresses)) {
        if (address === undefined) continue;
        namedClients.set(key(service, name), open(service, methods, address, secured));
      }
      continue;
    }
    const address = addresses[serverOf(service)];
    if (address !== undefined) clients.set(service, open(service, methods, address, secured));
  }
  return {
    to(method) {
      const send = clients.get(method.service)?.[method.name];
      if (send === undefined) {
        throw fault('internal', 'address_missing', { service: shortName(method.service) });
      }
      return within(send);
    },
    toNamed: (method) => (name) => {
      const send = namedClients.get(key(method.service, name))?.[method.name];
      if (send === undefined) throw fault('missing', 'service_unknown', { service: name });
      return within(send);
    },
    stop() {
      for (const one of [...clients.values(), ...namedClients.values()]) one.close();
    },
  };
}
