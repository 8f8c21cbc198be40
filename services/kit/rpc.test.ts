import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import { createVerifier } from './caller.ts';
import { fault, Fault } from './fault.ts';
import { LedgerServiceService, type Posted, posting } from './fixture/ledger.ts';
import { ok, type Serving, startServing } from './fixture/serving.ts';
import { type Call, implement, serveRpc } from './rpc.ts';

let ledger: Serving;
beforeAll(async () => {
  ledger = await startServing();
});
afterAll(() => ledger.stop());

describe('a call that may be made', () => {
  it('is answered', async () => {
    ledger.onPost = ok;
    const answer = await ledger.neighbour.post(posting(), await ledger.callAs({ role: 'finance' }));
    expect(answer).toEqual({ postingId: posting().postingId, version: 1n });
  });

  it('brings caller, request id, trace and time left to the handler', async () => {
    let seen: Call | undefined;
    ledger.onPost = (request, call) => {
      seen = call;
      return ok(request);
    };
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const call = await ledger.callAs(
      { role: 'finance', name: 'Li Na' },
      { traceparent, deadlineMs: 60_000 },
    );
    const askedAt = Date.now();
    await ledger.neighbour.post(posting(), call);
    expect(seen?.caller).toMatchObject({ userName: 'Li Na', roles: ['finance'] });
    expect(seen?.caller.token).toBe(call.caller.token);
    expect(seen?.requestId).toBe(call.requestId);
    expect(seen?.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    expect(seen?.traceparent).not.toBe(traceparent);
    expect(seen?.deadlineMs).toBeGreaterThan(30_000);
    expect(seen?.deadlineMs).toBeLessThanOrEqual(60_000);
    const seenAt = seen?.at.epochMilliseconds ?? 0;
    expect([seenAt >= askedAt, seenAt <= Date.now()]).toEqual([true, true]);
  });

  it('logs under its request id, trace and method', async () => {
    ledger.onPost = (request, call) => {
      call.log.info({ token: 'secret', deep: { phone: '13800138000' } }, 'posted');
      return ok(request);
    };
    const call = await ledger.callAs({ role: 'finance' });
    await ledger.neighbour.post(posting(), call);
    const line = JSON.parse(ledger.lines.find((one) => one.includes('"posted"')) ?? '{}');
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
    ledger.onPost = ok;
    await ledger.neighbour.post(posting(), await ledger.callAs({ role: 'finance' }));
    expect(await ledger.metrics.registry.metrics()).toMatch(
      /recourse_rpc_seconds_count\{service="ledger",method="\S+Post",outcome="ok"\} [1-9]/,
    );
  });
});

describe('a call that may not be made', () => {
  const never_ = async (): Promise<Posted> => {
    throw new Error('the handler was reached');
  };

  it('without a good token is unauthenticated', async () => {
    ledger.onPost = never_;
    const call = await ledger.callAs({ role: 'finance' });
    const forged = { ...call, caller: { ...call.caller, token: `${call.caller.token}x` } };
    await expect(ledger.neighbour.post(posting(), forged)).rejects.toMatchObject({
      kind: 'unauthenticated',
      reason: 'token_signature',
    });
  });

  it('without any token is unauthenticated', async () => {
    const bare = new Client(`127.0.0.1:${ledger.server.port}`, credentials.createInsecure());
    const { post } = LedgerServiceService;
    const code = await new Promise((resolve) => {
      bare.makeUnaryRequest(
        post.path,
        post.requestSerialize,
        post.responseDeserialize,
        posting(),
        new Metadata(),
        { deadline: Date.now() + 60_000 },
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
  ] as const)(
    'with the wrong role is denied, before its fields are looked at: %j',
    async (claims) => {
      ledger.onPost = never_;
      const call = await ledger.callAs(claims);
      await expect(
        ledger.neighbour.post(posting({ postingId: 'bad' }), call),
      ).rejects.toMatchObject({
        kind: 'denied',
        reason: 'role_not_allowed',
      });
    },
  );

  it('to an internal method is denied to people and open to services', async () => {
    await expect(
      ledger.neighbour.sum({ currency: '' }, await ledger.callAs({ role: 'director' })),
    ).rejects.toMatchObject({ kind: 'denied' });
    const machine = await ledger.callAs({ role: 'service', name: 'agencies' });
    expect(await ledger.neighbour.sum({ currency: '' }, machine)).toEqual({
      callerName: 'agencies',
    });
  });

  it('with wrong fields is invalid, with all of them named', async () => {
    ledger.onPost = never_;
    const call = await ledger.callAs({ role: 'finance' });
    const wrong = posting({ postingId: 'P-1', shareBps: -1 });
    await expect(ledger.neighbour.post(wrong, call)).rejects.toMatchObject({
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
    ledger.onPost = async () => {
      throw new Fault('refused', 'case_closed', { caseId: 'c-1', minor: 5n });
    };
    await expect(
      ledger.neighbour.post(posting(), await ledger.callAs({ role: 'finance' })),
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
    ledger.onPost = handler;
    const call = await ledger.callAs({ role: 'finance' });
    const failed = await ledger.neighbour.post(posting(), call).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ kind: 'internal', reason: 'unexpected_error', facts: {} });
    expect(String((failed as Fault).cause)).not.toContain('hunter2');
    expect(ledger.lines.join('')).toContain(call.requestId);
  });

  it('with an answer that cannot be written still answers', async () => {
    ledger.onPost = async () => ({
      postingId: 'x',
      version: Symbol('no') as never,
      toJSON: () => bad(),
    });
    const bad = (): never => {
      throw new Error('no JSON');
    };
    await expect(
      ledger.neighbour.post(posting(), await ledger.callAs({ role: 'finance' })),
    ).rejects.toMatchObject({ kind: 'internal' });
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
        verify: createVerifier({ issuer: ledger.issuer.issuer, audience: ledger.issuer.audience }),
        log: ledger.log,
        metrics: ledger.metrics,
        contract: ledger.contract,
      }),
    ).rejects.toMatchObject({ reason: 'contract_unfit', violations: [{ rule: 'access_missing' }] });
  });

  it('answers health without a token', async () => {
    const bare = new Client(`127.0.0.1:${ledger.server.port}`, credentials.createInsecure());
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
    const bare = new Client(`127.0.0.1:${ledger.server.port}`, credentials.createInsecure());
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
