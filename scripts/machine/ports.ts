/** Ports on this machine: the usual ones, or the next free ones in words. */
import { createServer, type Server } from 'node:net';

export type Ports = {
  /** A port that is held for its process, the wanted one unless it is taken. */
  take(what: string, wanted: number): Promise<number>;
  /** Lets go of a held port, just before its process listens there itself. */
  release(port: number): Promise<void>;
};

/** Hands out ports and holds them: between choosing and listening others may be looking too. */
export function createPorts(say: (words: string) => void): Ports {
  const held = new Map<number, Server[]>();
  return {
    async take(what, wanted) {
      for (let port = wanted; port < wanted + 100; port += 1) {
        const holders = held.has(port) ? undefined : await hold(port);
        if (holders === undefined) continue;
        held.set(port, holders);
        if (port !== wanted) say(`port ${wanted} is taken: ${what} is on ${port}`);
        return port;
      }
      throw new Error(`no free port for ${what} between ${wanted} and ${wanted + 99}`);
    },
    async release(port) {
      await letGo(held.get(port) ?? []);
      // It stays in the map: it is given away, and must not be handed out again.
      held.set(port, []);
    },
  };
}

/** Listens on both loopback addresses, as browsers try both for localhost; undefined when taken. */
async function hold(port: number): Promise<Server[] | undefined> {
  const holders: Server[] = [];
  for (const host of ['127.0.0.1', '::1']) {
    const server = await listen(port, host);
    if (server === 'taken') {
      await letGo(holders);
      return undefined;
    }
    if (server !== 'no such address') holders.push(server);
  }
  return holders;
}

function listen(port: number, host: string): Promise<Server | 'taken' | 'no such address'> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      // A machine without IPv6 has no such address to be taken.
      const isMissing = code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
      resolve(isMissing ? 'no such address' : 'taken');
    });
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

async function letGo(holders: readonly Server[]): Promise<void> {
  await Promise.all(
    holders.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
  );
}
