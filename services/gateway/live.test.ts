import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import { type Bus, createBus } from '@recourse/kit/bus.ts';
import { claimsFor } from '@recourse/kit/issuer.ts';
import { createLog } from '@recourse/kit/log.ts';
import { type Nats, startNats } from '@recourse/kit/parts.ts';
import { type Broker, openBroker } from './broker.ts';
import { startTrial, type Trial } from './trial.ts';

const orgA = '01956f3e-0000-7000-8000-00000000000a';
const orgB = '01956f3e-0000-7000-8000-00000000000b';
const log = createLog('gateway', 'silent');

let dir: string;
let nats: Nats;
let broker: Broker;
let teller: Bus;
let trial: Trial;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'recourse-live-'));
  nats = await startNats({ dir, durable: false });
  broker = openBroker({ url: nats.url, log });
  teller = await createBus({ url: nats.url, service: 'cases', log });
  while (!broker.isConnected()) await wait(10);
  trial = await startTrial({ live: broker.live, env: { LIVE_STREAMS_PER_PERSON: '3' } });
});
afterAll(async () => {
  await trial.stop();
  await teller.stop();
  await broker.stop();
  await nats.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** A stream as a browser has it; `text` is what has come so far. */
type Stream = { status: number; type: string; text(): string; ended: Promise<void>; close(): void };

const opened: Stream[] = [];
afterEach(async () => {
  for (const stream of opened.splice(0)) stream.close();
  await until(() => trial.gateway.live().streams === 0);
});

const until = (holds: () => boolean) => eventually(() => expect(holds()).toBe(true));

async function open(o: { orgId?: string; userId?: string; token?: string }): Promise<Stream> {
  const token = o.token ?? (await trial.issuer.token({ role: 'auditor', ...o }));
  const controller = new AbortController();
  const response = await fetch(`${trial.url}/api/live`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: controller.signal,
  });
  let text = '';
  const decoder = new TextDecoder();
  const ended = (async () => {
    try {
      for await (const part of response.body ?? []) text += decoder.decode(part, { stream: true });
    } catch {
      // Cut off by the test or by the gateway: the same to the reader.
    }
  })();
  const stream = {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: () => text,
    ended,
    close: () => controller.abort(),
  };
  opened.push(stream);
  return stream;
}

function note(id: string) {
  return {
    noun: 'import',
    id,
    change: 'progressed',
    progress: { stage: 'writing', done: 1, total: 2 },
  };
}

/** The parsed data of each event so far. */
function notesIn(text: string): { id?: string }[] {
  return [...text.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? ''));
}

/** Tells until it is heard: a subscription takes a moment to reach the broker. */
async function tell(orgId: string, id: string, heard: () => boolean): Promise<void> {
  await eventually(() => {
    teller.live([orgId], note(id));
    expect(heard()).toBe(true);
  });
}

describe('a live stream', () => {
  it('brings the notes of its own organisation and no other', async () => {
    const a = await open({ orgId: orgA });
    const b = await open({ orgId: orgB });
    expect([a.status, a.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await tell(orgA, 'of-a', () => notesIn(a.text()).length > 0);
    await tell(orgB, 'of-b', () => notesIn(b.text()).length > 0);
    expect(notesIn(a.text())[0]).toMatchObject(note('of-a'));
    expect(a.text()).not.toContain('of-b');
    expect(b.text()).not.toContain('of-a');
  });

  it('shares one subscription with all others of its organisation', async () => {
    const users = ['1', '2', '3', '4'].map((n) => `01956f3e-0000-7000-8000-00000000100${n}`);
    const streams = await Promise.all(users.map((userId) => open({ orgId: orgA, userId })));
    await until(() => trial.gateway.live().streams === 4);
    expect(trial.gateway.live()).toEqual({ streams: 4, subscriptions: 1 });
    await tell(orgA, 'shared', () => streams.every((one) => one.text().includes('shared')));
    for (const stream of streams) stream.close();
    await until(() => trial.gateway.live().subscriptions === 0);
  });

  it('needs a token, a role and a person with fewer than the most streams', async () => {
    expect((await trial.send('GET', '/api/live', { role: '' })).status).toBe(401);
    const nobody = await trial.issuer.token({ roles: [], orgKind: 'creditor' });
    expect((await trial.send('GET', '/api/live', { token: nobody })).status).toBe(403);
    const userId = '01956f3e-0000-7000-8000-000000002001';
    const held = await Promise.all([1, 2, 3].map(() => open({ orgId: orgA, userId })));
    expect(held.map((one) => one.status)).toEqual([200, 200, 200]);
    const refused = await open({ orgId: orgA, userId });
    expect(refused.status).toBe(429);
    await refused.ended;
    expect(refused.text()).toContain('live_streams_exhausted');
    held[0]?.close();
    await until(() => trial.gateway.live().streams === 2);
    expect((await open({ orgId: orgA, userId })).status).toBe(200);
  });

  it('is not opened by asking for its headers', async () => {
    const answered = await trial.send('HEAD', '/api/live');
    expect(answered.status).toBe(200);
    expect(trial.gateway.live().streams).toBe(0);
  });

  it('ends when its token does', async () => {
    const claims = claimsFor({ role: 'auditor', orgId: orgA }, trial.issuer.issuer);
    const exp = Math.floor(Date.now() / 1000) + 1;
    const stream = await open({ token: await trial.issuer.sign({ ...claims, exp }) });
    expect(stream.status).toBe(200);
    await stream.ended;
    expect(Date.now() / 1000).toBeGreaterThanOrEqual(exp);
  });

  it('that is not read is cut, while the others go on', async () => {
    const good = await open({ orgId: orgA });
    const token = await trial.issuer.token({ role: 'auditor', orgId: orgA });
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const socket: Socket = connect(trial.gateway.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`GET /api/live HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`);
    await new Promise((heard) => {
      socket.once('data', heard);
    });
    socket.pause();
    await until(() => trial.gateway.live().streams === 2);
    const big = { ...note('flood'), change: 'x'.repeat(100_000) };
    for (let count = 0; count < 400 && trial.gateway.live().streams === 2; count += 1) {
      teller.live([orgA], big);
      await wait(5);
    }
    await until(() => trial.gateway.live().streams === 1);
    socket.once('close', () => resolve()).resume();
    await gone;
    await tell(orgA, 'after-the-flood', () => good.text().includes('after-the-flood'));
    expect(trial.gateway.live().streams).toBe(1);
  });

  it('ends when the broker comes back, so that the screen reads again', async () => {
    const stream = await open({ orgId: orgA });
    const { port } = nats;
    await nats.kill();
    while (broker.isConnected()) await wait(10);
    expect((await trial.send('GET', '/api/live')).json).toMatchObject({
      status: 503,
      reason: 'live_unavailable',
    });
    nats = await startNats({ dir, durable: false, port });
    await stream.ended;
    const again = await open({ orgId: orgA });
    await tell(orgA, 'back', () => again.text().includes('back'));
  });
});

describe('a heartbeat', () => {
  it('keeps a quiet stream open', async () => {
    const quick = await startTrial({ live: broker.live, heartbeatMs: 20 });
    try {
      const token = await quick.issuer.token({ role: 'auditor' });
      const response = await fetch(`${quick.url}/api/live`, {
        headers: { authorization: `Bearer ${token}` },
      });
      let text = '';
      for await (const part of response.body ?? []) {
        text += Buffer.from(part).toString();
        if (text.split('\n: \n').length > 2) break;
      }
      expect(text).toMatch(/^retry: 2000\n\n: \n\n: \n\n/);
    } finally {
      await quick.stop();
    }
  });
});

describe('a gateway that stops', () => {
  it('ends its streams first and does not wait for them', async () => {
    const ending = await startTrial({ live: broker.live });
    const token = await ending.issuer.token({ role: 'auditor' });
    const response = await fetch(`${ending.url}/api/live`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const started = performance.now();
    const [text] = await Promise.all([response.text(), ending.stop()]);
    expect(text).toBe('retry: 2000\n\n');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
