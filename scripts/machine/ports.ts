/** Ports on this machine: the usual ones, or the next free ones in words. */
import { createServer } from 'node:net';

/** True when nobody listens on it, on either loopback address: browsers try both for localhost. */
export async function isFree(port: number): Promise<boolean> {
  return (await tryHost(port, '127.0.0.1')) && (await tryHost(port, '::1'));
}

function tryHost(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        // A machine without IPv6 has no such address to be taken.
        error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT',
      ),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Hands out ports, never the same twice; says which one took a taken one's place. */
export function createPorts(say: (words: string) => void) {
  const given = new Set<number>();
  return async function portFor(what: string, wanted: number): Promise<number> {
    for (let port = wanted; port < wanted + 100; port += 1) {
      if (given.has(port) || !(await isFree(port))) continue;
      given.add(port);
      if (port !== wanted) say(`port ${wanted} is taken: ${what} is on ${port}`);
      return port;
    }
    throw new Error(`no free port for ${what} between ${wanted} and ${wanted + 99}`);
  };
}
