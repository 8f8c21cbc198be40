import { randomUUIDv7 } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import pino from 'pino';
import { createVerifier } from './caller.ts';
import { client, type ClientCall, type Promised } from './client.ts';
import { fault, Fault } from './fault.ts';
import {
  ledgerContract,
  LedgerServiceClient,
  LedgerServiceService,
  type Posted,
  type Posting,
  posting,
} from './fixture/ledger.ts';
import { createMetrics } from './health.ts';
import { type Issuer, startIssuer, type TokenClaims } from './issuer.ts';
import { createLog } from './log.ts';
import { type Call, implement, serveRpc } from './rpc.ts';

const ledger = ledgerContract();
const metrics = createMetrics('ledger', { process: false });
const lines: string[] = [];
const log = createLog(
  'ledger',
  'debug',
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  }),
);

/** What the `post` handler does in the test at hand. */
let onPost: (request: Posting, call: Call) => Promise<Posted>;
let issuer: Issuer;
let server: Awaited<ReturnType<typeof serveRpc>>;
let neighbour: Promised<LedgerServiceClient>;

function implementation() {
  return implement(LedgerServiceService, {
    post: (request, call) => onPost(request, call),
    sum: async (_request, call) => ({ callerName: call.caller.userName }),
  });
}

function serve(options: { port?: number } = {}) {
  return serveRpc({
    implementations: [implementation()],
    port: options.port ?? 0,
    verify: createVerifier({ issuer: issuer.issuer, audience: issuer.audience }),
    log,
    metrics,
    contract: ledger,
  });
}

async function callAs(claims: TokenClaims, more: Partial<ClientCall> = {}): Promise<ClientCall> {
  const token = await issuer.token(claims);
  return {
    caller: {
      userId: 'u',
      userName: 'U',
      orgId: 'o',
      orgName: 'O',
      orgKind: 'creditor',
      roles: [],
      token,
    },
    requestId: randomUUIDv7(),
    signal: new AbortController().signal,
    ...more,
  };
}

beforeAll(async () => {
  issuer = await startIssuer();
  server = await serve();
  neighbour = client(LedgerServiceClient, `127.0.0.1:${server.port}`);
});
afterAll(async () => {
  neighbour.close();
  await server.stop();
  await issuer.stop();
});

const ok = async (request: Posting): Promise<Posted> => ({
  postingId: request.postingId,
  version: 1n,
});

describe('a call that may be made', () => {
  it('is answered', async () => {
    onPost = ok;
    const answer = await neighbour.post(posting(), await callAs({ role: 'finance' }));
    expect(answer).toEqual({ postingId: posting().postingId, version: 1n });
  });

  it('brings caller, request id, trace and time left to the handler', async () => {
    let seen: Call | undefined;
    onPost = (request, call) => {
      seen = call;
      return ok(request);
    };
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const call = await callAs({ role: 'finance', name: 'Li Na' }, { traceparent, deadlineMs: 2_000 });
    await neighbour.post(posting(), call);
    expect(seen?.caller).toMatchObject({ userName: 'Li Na', roles: ['finance'] });
    expect(seen?.caller.token).toBe(call.caller.token);
    expect(seen?.requestId).toBe(call.requestId);
    expect(seen?.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    expect(seen?.traceparent).not.toBe(traceparent);
    expect(seen?.deadlineMs).toBeGreaterThan(1_000);
    expect(seen?.deadlineMs).toBeLessThanOrEqual(2_000);
    expect(Math.abs(Date.now() - (seen?.at.epochMilliseconds ?? 0))).toBeLessThan(2_000);
  });

  it('logs under its request id, trace and method', async () => {
    onPost = (request, call) => {
      call.log.info({ token: 'secret', deep: { phone: '13800138000' } }, 'posted');
      return ok(request);
    };
    const call = await callAs({ role: 'finance' });
    await neighbour.post(posting(), call);
    const line = JSON.parse(lines.find((one) => one.includes('"posted"')) ?? '{}');
    expect(line).toMatchObject({
      service: 'ledger',
      level: 'info',
      requestId: call.requestId,
      method: '/fixture.ledger.v1.LedgerService/Post',
      token: '[redacted]',
      deep: { phone: '[redacted]' },
    });
    expect(line.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is measured by method and outcome', async () => {
    onPost = ok;
    await neighbour.post(posting(), await callAs({ role: 'finance' }));
    expect(await metrics.registry.metrics()).toMatch(
      /recourse_rpc_seconds_count\{service="ledger",method="\S+Post",outcome="ok"\} [1-9]/,
    );
  });
});

describe('a call that may not be made', () => {
  const never_ = async (): Promise<Posted> => {
    throw new Error('the handler was reached');
  };

  it('without a good token is unauthenticated', async () => {
    onPost = never_;
    const call = await callAs({ role: 'finance' });
    const forged = { ...call, caller: { ...call.caller, token: `${call.caller.token}x` } };
    await expect(neighbour.post(posting(), forged)).rejects.toMatchObject({
      kind: 'unauthenticated',
      reason: 'token_signature',
    });
  });

  it('without any token is unauthenticated', async () => {
    const bare = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure());
    const { post } = LedgerServiceService;
    const code = await new Promise((resolve) => {
      bare.makeUnaryRequest(
        post.path,
        post.requestSerialize,
        post.responseDeserialize,
        posting(),
        new Metadata(),
        { deadline: Date.now() + 5_000 },
        (error) => resolve(error?.code),
      );
    });
    bare.close();
    expect(code).toBe(status.UNAUTHENTICATED);
  });

  it.each([
    [{ role: 'collector' }],
    [{ role: 'org_admin', orgKind: 'creditor' }],
    [{ roles: [] }],
    [{ role: 'finance', orgKind: 'agency' }],
  ] as const)('with the wrong role is denied, before its fields are looked at: %j', async (claims) => {
    onPost = never_;
    const call = await callAs(claims);
    await expect(neighbour.post(posting({ postingId: 'bad' }), call)).rejects.toMatchObject({
      kind: 'denied',
      reason: 'role_not_allowed',
    });
  });

  it('to an internal method is denied to people and open to services', async () => {
    await expect(
      neighbour.sum({ currency: '' }, await callAs({ role: 'director' })),
    ).rejects.toMatchObject({ kind: 'denied' });
    const machine = await callAs({ role: 'service', name: 'agencies' });
    expect(await neighbour.sum({ currency: '' }, machine)).toEqual({ callerName: 'agencies' });
  });

  it('with wrong fields is invalid, with all of them named', async () => {
    onPost = never_;
    const call = await callAs({ role: 'finance' });
    const wrong = posting({ postingId: 'P-1', shareBps: -1 });
    await expect(neighbour.post(wrong, call)).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'fields_invalid',
      violations: [
        { field: '/postingId', rule: 'not_a_uuid' },
        { field: '/shareBps', rule: 'out_of_range' },
      ],
    });
  });
});

describe('a handler that fails', () => {
  it('hands its fault to the caller as it was', async () => {
    onPost = async () => {
      throw new Fault('refused', 'case_closed', { caseId: 'c-1', minor: 5n });
    };
    await expect(
      neighbour.post(posting(), await callAs({ role: 'finance' })),
    ).rejects.toMatchObject({
      kind: 'refused',
      reason: 'case_closed',
      facts: { caseId: 'c-1', minor: 5n },
    });
  });

  it.each<[string, () => Promise<Posted>]>([
    ['rejects', () => Promise.reject(new Error('password=hunter2'))],
    [
      'throws before it returns a promise',
      () => {
        throw new TypeError('password=hunter2');
      },
    ],
    ['rejects with no error at all', () => Promise.reject(undefined)],
    [
      'throws a named internal fault',
      () => Promise.reject(fault('internal', 'unexpected_error', { secret: 'hunter2' })),
    ],
  ])('unexpectedly (%s) tells nothing of why', async (_way, handler) => {
    onPost = handler;
    const call = await callAs({ role: 'finance' });
    const failed = await neighbour.post(posting(), call).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ kind: 'internal', reason: 'unexpected_error', facts: {} });
    expect(String((failed as Fault).cause)).not.toContain('hunter2');
    expect(lines.join('')).toContain(call.requestId);
  });

  it('with an answer that cannot be written still answers', async () => {
    onPost = async () => ({ postingId: 'x', version: Symbol('no') as never, toJSON: () => bad() });
    const bad = (): never => {
      throw new Error('no JSON');
    };
    await expect(
      neighbour.post(posting(), await callAs({ role: 'finance' })),
    ).rejects.toMatchObject({ kind: 'internal' });
  });
});

describe('time', () => {
  const hang = (): Promise<Posted> => new Promise(() => undefined);

  it('ends a handler that hangs at the deadline', async () => {
    onPost = hang;
    const call = await callAs({ role: 'finance' }, { deadlineMs: 150 });
    const startedMs = Date.now();
    await expect(neighbour.post(posting(), call)).rejects.toMatchObject({ kind: 'expired' });
    expect(Date.now() - startedMs).toBeLessThan(1_000);
  });

  it('tells the handler when its caller has gone', async () => {
    const gone = Promise.withResolvers<unknown>();
    const reached = Promise.withResolvers<void>();
    onPost = (_request, call) => {
      call.signal.addEventListener('abort', () => gone.resolve(call.signal.reason));
      reached.resolve();
      return hang();
    };
    const abort = new AbortController();
    const call = await callAs({ role: 'finance' }, { signal: abort.signal });
    const answer = neighbour.post(posting(), call);
    await reached.promise;
    abort.abort();
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await gone.promise).toMatchObject({ kind: 'cancelled' });
  });

  it('that is up already makes no call at all', async () => {
    onPost = ok;
    const call = await callAs({ role: 'finance' });
    await expect(neighbour.post(posting(), { ...call, deadlineMs: 0 })).rejects.toMatchObject({
      kind: 'expired',
    });
    await expect(
      neighbour.post(posting(), { ...call, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('left of a call bounds the calls that its handler makes', async () => {
    const inner = Promise.withResolvers<Fault>();
    onPost = async (request, call) => {
      onPost = hang;
      await neighbour.post(request, call).catch(inner.resolve);
      return ok(request);
    };
    const call = await callAs({ role: 'finance' }, { deadlineMs: 300 });
    await expect(neighbour.post(posting(), call)).rejects.toMatchObject({ kind: 'expired' });
    expect((await inner.promise).kind).toMatch(/expired|cancelled/);
  });
});

describe('a neighbour', () => {
  it('that is away is unavailable by name', async () => {
    const away = client(LedgerServiceClient, '127.0.0.1:1');
    await expect(away.post(posting(), await callAs({ role: 'finance' }))).rejects.toMatchObject({
      kind: 'unavailable',
      reason: 'ledger_unavailable',
    });
    away.close();
  });

  it('that stops finishes the calls it has', async () => {
    const other = await serve();
    const to = client(LedgerServiceClient, `127.0.0.1:${other.port}`);
    const reached = Promise.withResolvers<void>();
    onPost = async (request) => {
      reached.resolve();
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
      return ok(request);
    };
    const answer = to.post(posting(), await callAs({ role: 'finance' }));
    await reached.promise;
    await other.stop();
    expect(await answer).toMatchObject({ version: 1n });
    to.close();
  });

  it('that comes back on its port is reached again', async () => {
    onPost = ok;
    const first = await serve();
    const to = client(LedgerServiceClient, `127.0.0.1:${first.port}`);
    const call = await callAs({ role: 'finance' });
    await to.post(posting(), call);
    await first.stop();
    await expect(to.post(posting(), call)).rejects.toMatchObject({ kind: 'unavailable' });
    const second = await serve({ port: first.port });
    const deadline = Date.now() + 5_000;
    let answer: Posted | undefined;
    while (answer === undefined && Date.now() < deadline) {
      answer = await to.post(posting(), call).catch(() => undefined);
    }
    expect(answer).toMatchObject({ version: 1n });
    to.close();
    await second.stop();
  });
});

describe('a server', () => {
  it('refuses to start with a method that declares no access', async () => {
    const { post } = LedgerServiceService;
    const undeclared = { ...post, path: '/fixture.ledger.v1.UnfitService/Undeclared' };
    await expect(
      serveRpc({
        implementations: [implement({ undeclared }, { undeclared: ok })],
        port: 0,
        verify: createVerifier({ issuer: issuer.issuer, audience: issuer.audience }),
        log: pino({ level: 'silent' }),
        metrics,
        contract: ledger,
      }),
    ).rejects.toMatchObject({ reason: 'contract_unfit', violations: [{ rule: 'access_missing' }] });
  });

  it('answers health without a token', async () => {
    const bare = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure());
    const answer = await new Promise<Buffer | undefined>((resolve, reject) => {
      bare.makeUnaryRequest(
        '/grpc.health.v1.Health/Check',
        (value: Buffer) => value,
        (value: Buffer) => value,
        Buffer.alloc(0),
        (error, value) => (error === null ? resolve(value) : reject(error)),
      );
    });
    bare.close();
    expect(answer).toEqual(Buffer.from([8, 1])); // HealthCheckResponse { status = 1 SERVING }
  });

  it('describes its services to tools', async () => {
    const bare = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure());
    const stream = bare.makeBidiStreamRequest(
      '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
      (value: Buffer) => value,
      (value: Buffer) => value,
    );
    // ServerReflectionRequest { list_services = 7: "" }
    stream.write(Buffer.from([0x3a, 0]));
    const answer = await new Promise<Buffer>((resolve, reject) => {
      stream.once('data', resolve);
      stream.once('error', reject);
    });
    stream.end();
    bare.close();
    expect(answer.toString('latin1')).toContain('fixture.ledger.v1.LedgerService');
  });
});
