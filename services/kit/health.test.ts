import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMetrics, type Probe, serveHealth } from './health.ts';

let serving = true;
let databaseUp = true;
let busUp = true;
const metrics = createMetrics('cases');

const up = async (isUp: boolean): Promise<void> => {
  if (!isUp) throw new Error('connection refused');
};
const probes: Probe[] = [
  { name: 'database', required: true, check: () => up(databaseUp) },
  { name: 'bus', required: false, check: () => up(busUp) },
];

let health: Awaited<ReturnType<typeof serveHealth>>;
beforeAll(async () => {
  health = await serveHealth({ port: 0, metrics, isServing: () => serving, probes });
});
afterAll(() => health.stop());

async function ask(path: string): Promise<{ code: number; body: string }> {
  const response = await fetch(`http://127.0.0.1:${health.port}${path}`);
  return { code: response.status, body: await response.text() };
}

describe('readiness', () => {
  it.each([
    ['everything is up', true, true, true, 200],
    ['the broker is away: events wait in the outbox', true, true, false, 200],
    ['the database is away', true, false, true, 503],
    ['the service is starting or stopping', false, true, true, 503],
  ])('when %s', async (_state, isServing, database, bus, code) => {
    [serving, databaseUp, busUp] = [isServing, database, bus];
    expect((await ask('/ready')).code).toBe(code);
  });

  it('tells which probe failed and nothing of why', async () => {
    [serving, databaseUp, busUp] = [true, false, true];
    const { body } = await ask('/ready');
    expect(JSON.parse(body)).toEqual({
      ready: false,
      probes: [
        { name: 'database', required: true, ok: false },
        { name: 'bus', required: false, ok: true },
      ],
    });
  });

  it('does not wait for a probe that hangs', async () => {
    const hanging: Probe = {
      name: 'database',
      required: true,
      check: () => new Promise(() => undefined),
    };
    const other = await serveHealth({
      port: 0,
      metrics,
      isServing: () => true,
      probes: [hanging],
    });
    const response = await fetch(`http://127.0.0.1:${other.port}/ready`);
    expect(response.status).toBe(503);
    await other.stop();
  });
});

describe('liveness', () => {
  it('asks no dependency', async () => {
    [serving, databaseUp, busUp] = [false, false, false];
    expect((await ask('/live')).code).toBe(200);
  });
});

describe('the measurements', () => {
  it('are in Prometheus’ text form, under the service’s name', async () => {
    metrics.rpcSeconds.observe({ method: '/x/Y', outcome: 'ok' }, 0.01);
    const { body } = await ask('/metrics');
    expect(body).toContain('recourse_rpc_seconds_count{service="cases",method="/x/Y"');
    expect(body).toContain('process_resident_memory_bytes');
  });
});

describe('any other path', () => {
  it('is not found', async () => {
    expect((await ask('/')).code).toBe(404);
  });
});
