import { constants, createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import { type AddressInfo, connect, createServer } from 'node:net';
import { makeGenericClientConstructor } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { client } from './client.ts';
import { eventually } from './eventually.ts';
import { fault, type Fault } from './fault.ts';
import { LedgerServiceClient, type Posted, posting } from './fixture/ledger.ts';
import { ok, type Serving, startServing } from './fixture/serving.ts';

let ledger: Serving;
beforeAll(async () => {
  ledger = await startServing();
});
afterAll(() => ledger.stop());

describe('time', () => {
  const hang = (): Promise<Posted> => new Promise(() => undefined);

  it('ends a handler that hangs at the deadline', async () => {
    ledger.onPost = hang;
    const call = await ledger.callAs({ role: 'finance' }, { deadlineMs: 150 });
    const startedMs = performance.now();
    await expect(ledger.neighbour.post(posting(), call)).rejects.toMatchObject({ kind: 'expired' });
    // Whoever forgets the deadline waits as long as a test does.
    expect(performance.now() - startedMs).toBeLessThan(30_000);
  });

  it('tells the handler when its caller has gone', async () => {
    const gone = Promise.withResolvers<unknown>();
    const reached = Promise.withResolvers<void>();
    ledger.onPost = (_request, call) => {
      call.signal.addEventListener('abort', () => gone.resolve(call.signal.reason));
      reached.resolve();
      return hang();
    };
    const abort = new AbortController();
    const call = await ledger.callAs({ role: 'finance' }, { signal: abort.signal });
    const answer = ledger.neighbour.post(posting(), call);
    await reached.promise;
    abort.abort();
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await gone.promise).toMatchObject({ kind: 'cancelled' });
  });

  it('that is up already makes no call at all', async () => {
    ledger.onPost = ok;
    const call = await ledger.callAs({ role: 'finance' });
    await expect(
      ledger.neighbour.post(posting(), { ...call, deadlineMs: 0 }),
    ).rejects.toMatchObject({
      kind: 'expired',
    });
    await expect(
      ledger.neighbour.post(posting(), { ...call, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('left of a call bounds the calls that its handler makes', async () => {
    const inner = Promise.withResolvers<Fault>();
    ledger.onPost = async (request, call) => {
      ledger.onPost = hang;
      await ledger.neighbour.post(request, call).catch(inner.resolve);
      return ok(request);
    };
    const call = await ledger.callAs({ role: 'finance' }, { deadlineMs: 300 });
    await expect(ledger.neighbour.post(posting(), call)).rejects.toMatchObject({ kind: 'expired' });
    expect((await inner.promise).kind).toMatch(/expired|cancelled/);
  });
});

/** Counts the connections that are made through it. */
async function countingProxy(port: number) {
  let count = 0;
  const proxy = createServer((socket) => {
    count += 1;
    const to = connect(port, '127.0.0.1');
    for (const end of [socket, to]) end.on('error', () => end.destroy());
    socket.pipe(to).pipe(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port: own } = proxy.address() as AddressInfo;
  return { port: own, count: () => count, stop: () => proxy.close() };
}

describe('a neighbour', () => {
  it('is reached over one connection, of whichever of its services the client is', async () => {
    ledger.onPost = ok;
    const proxy = await countingProxy(ledger.server.port);
    const Other = makeGenericClientConstructor(
      LedgerServiceClient.service,
      'other.v1.OtherService',
    );
    const at = `127.0.0.1:${proxy.port}`;
    const other: unknown = client(Other, at);
    const clients = [client(LedgerServiceClient, at), other as typeof ledger.neighbour];
    const call = await ledger.callAs({ role: 'finance' });
    for (const one of clients) await one.post(posting(), call);
    expect(proxy.count()).toBe(1);
    for (const one of clients) one.close();
    proxy.stop();
  });

  it('that is away is unavailable by name', async () => {
    const away = client(LedgerServiceClient, '127.0.0.1:1');
    await expect(
      away.post(posting(), await ledger.callAs({ role: 'finance' })),
    ).rejects.toMatchObject({
      kind: 'unavailable',
      reason: 'ledger_unavailable',
    });
    away.close();
  });

  it('that stops finishes the calls it has', async () => {
    const other = await ledger.serve();
    const to = client(LedgerServiceClient, `127.0.0.1:${other.port}`);
    const reached = Promise.withResolvers<void>();
    ledger.onPost = async (request) => {
      reached.resolve();
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
      return ok(request);
    };
    const answer = to.post(posting(), await ledger.callAs({ role: 'finance' }));
    await reached.promise;
    await other.stop();
    expect(await answer).toMatchObject({ version: 1n });
    to.close();
  });

  it('that comes back on its port is reached again', async () => {
    ledger.onPost = ok;
    const first = await ledger.serve();
    const to = client(LedgerServiceClient, `127.0.0.1:${first.port}`);
    const call = await ledger.callAs({ role: 'finance' });
    await to.post(posting(), call);
    await first.stop();
    await expect(to.post(posting(), call)).rejects.toMatchObject({ kind: 'unavailable' });
    const second = await ledger.serve(first.port);
    await eventually(async () => {
      expect(await to.post(posting(), call)).toMatchObject({ version: 1n });
    });
    to.close();
    await second.stop();
  });

  it('that is unavailable for a moment is asked again under the same request id', async () => {
    const ids: string[] = [];
    ledger.onPost = async (request, call) => {
      ids.push(call.requestId);
      if (ids.length === 1) throw fault('unavailable', 'database_unavailable');
      return ok(request);
    };
    const call = await ledger.callAs({ role: 'finance' });
    expect(await ledger.neighbour.post(posting(), call)).toMatchObject({ version: 1n });
    expect(ids).toEqual([call.requestId, call.requestId]);
  });

  it.each(['refused', 'stale', 'internal', 'exhausted'] as const)(
    'that answers %s is not asked again',
    async (kind) => {
      let calls = 0;
      ledger.onPost = async () => {
        calls += 1;
        throw fault(kind, 'unexpected_error');
      };
      const call = await ledger.callAs({ role: 'finance' });
      await expect(ledger.neighbour.post(posting(), call)).rejects.toMatchObject({ kind });
      expect(calls).toBe(1);
    },
  );

  it('with two replicas loses no call when one of them stops', async () => {
    const one = await ledger.serve();
    const other = await ledger.serve();
    const to = client(LedgerServiceClient, `ipv4:127.0.0.1:${one.port},127.0.0.1:${other.port}`);
    ledger.onPost = ok;
    const call = await ledger.callAs({ role: 'finance' });
    await to.post(posting(), call);
    const stopping = one.stop();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => to.post(posting(), { ...call, deadlineMs: 10_000 })),
    );
    await stopping;
    expect(answers.every((answer) => answer.version === 1n)).toBe(true);
    to.close();
    await other.stop();
  });
});

describe('a connection that breaks under a call', () => {
  const grpc = { ':status': 200, 'content-type': 'application/grpc+proto' };
  const byError = (stream: ServerHttp2Stream): void =>
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  /** The answer has begun: grpc-js takes the call for answered and does not retry it itself. */
  const afterHeaders = (stream: ServerHttp2Stream): void => {
    stream.respond(grpc);
    setTimeout(() => stream.session?.destroy(), 50);
  };

  it.each([
    ['by an error', byError],
    ['after the headers of its answer', afterHeaders],
  ])('%s does not lose it: it is sent once more', async (_name, breakUnder) => {
    let calls = 0;
    const breaking = createHttp2Server().on('stream', (stream: ServerHttp2Stream) => {
      calls += 1;
      stream.on('error', () => undefined);
      if (calls === 1) breakUnder(stream);
      else stream.respond({ ...grpc, 'grpc-status': '5' }, { endStream: true });
    });
    await new Promise<void>((resolve) => breaking.listen(0, '127.0.0.1', resolve));
    const { port } = breaking.address() as AddressInfo;
    const neighbour = client(LedgerServiceClient, `127.0.0.1:${port}`);
    const call = await ledger.callAs({ role: 'finance' });
    await expect(neighbour.post(posting(), call)).rejects.toMatchObject({ kind: 'missing' });
    expect(calls).toBe(2);
    neighbour.close();
    breaking.close();
  });
});
