/** What an Ingress does: each request to the next gateway that is ready. It repeats none. */
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Behind = { port: number; healthPort: number };

export type Front = {
  url: string;
  /** Resolves once it sends to that many. */
  until(ready: number): Promise<void>;
  stop(): Promise<void>;
};

const askEveryMs = 100;

/** Marks what the front itself had to answer, since nobody behind it did. */
export const frontHeader = 'x-front';

function refuse(response: ServerResponse, status: number, why: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { [frontHeader]: why }).end();
}

/** As a probe with a threshold: one that only takes too long to answer stays what it was. */
async function isReady({ healthPort }: Behind, before: boolean): Promise<boolean> {
  const url = `http://127.0.0.1:${healthPort}/ready`;
  const signal = AbortSignal.timeout(1_000);
  return fetch(url, { signal }).then(
    (answer) => answer.ok,
    (error: unknown) => before && error instanceof Error && error.name === 'TimeoutError',
  );
}

export async function openFront(behind: readonly Behind[]): Promise<Front> {
  const agent = new Agent({ keepAlive: true });
  let ready: readonly Behind[] = [];
  let turn = 0;
  function forward(incoming: IncomingMessage, response: ServerResponse): void {
    turn += 1;
    const to = ready[turn % ready.length];
    if (to === undefined) return refuse(response, 503, 'nobody is ready');
    const { method, headers, url: path } = incoming;
    const outgoing = request({ host: '127.0.0.1', port: to.port, agent, method, headers, path });
    outgoing.once('error', (error) => refuse(response, 502, error.message));
    outgoing.once('response', (answer) => {
      const { connection: _own, 'keep-alive': _kept, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, kept);
      answer.once('error', () => response.destroy());
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  }
  const server = createServer(forward);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const states = await Promise.all(behind.map((one) => isReady(one, ready.includes(one))));
      ready = behind.filter((_one, at) => states[at]);
      await sleep(askEveryMs);
    }
  })();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    until: async (count) => {
      while (ready.length !== count) await sleep(20);
    },
    stop: async () => {
      stopped = true;
      await watching;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}
