import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerAt, createBus } from './bus.ts';
import { freePort, startNats } from './parts.ts';
import { startTrial, type Trial, until } from './trial.ts';

let trial: Trial;

beforeAll(async () => {
  trial = await startTrial();
});

afterAll(() => trial.stop());

describe('a bus whose broker is not there yet', () => {
  it('is made all the same, says so, and connects when the broker comes', async () => {
    const port = await freePort();
    const url = `nats://127.0.0.1:${port}`;
    const bus = await createBus({ url, service: 'trial', log: trial.log });
    expect(bus.isConnected()).toBe(false);
    expect(() => bus.jsm).toThrow('broker_unavailable');
    let told = 0;
    bus.onReconnect(() => {
      told += 1;
    });
    const nats = await startNats({ dir: trial.natsDir, port, durable: false });
    await until(async () => bus.isConnected(), 'connected');
    expect(told).toBe(1);
    expect((await bus.ensureStream('late')).config.name).toBe('LATE');
    await bus.stop();
    await nats.stop();
  });

  it('is connected by any of several servers', async () => {
    const url = `nats://127.0.0.1:${await freePort()},${await trial.nats()}`;
    const bus = await createBus({ url, service: 'trial', log: trial.log });
    expect(bus.isConnected()).toBe(true);
    await bus.stop();
  });

  it('can be stopped before the broker has come', async () => {
    const url = `nats://127.0.0.1:${await freePort()}`;
    const bus = await createBus({ url, service: 'trial', log: trial.log });
    await expect(bus.stop()).resolves.toBeUndefined();
  });
});

describe('the address of the broker', () => {
  it.each([
    ['nats://one:4222', { servers: ['nats://one:4222'] }],
    ['nats://one:4222, tls://two', { servers: ['nats://one:4222', 'tls://two'] }],
    ['nats://me:p%40ss@one:4222', { servers: ['nats://one:4222'], user: 'me', pass: 'p@ss' }],
  ])('%s is read', (url, read) => {
    expect(brokerAt(url)).toEqual(read);
  });
});

describe("a service's stream", () => {
  it('is brought to what is wanted when it was made otherwise', async () => {
    const url = await trial.nats();
    const first = await createBus({ url, service: 'trial', log: trial.log });
    await first.ensureStream('grown');
    const second = await createBus({ url, service: 'trial', log: trial.log, maxBytes: 1_000_000 });
    const { config } = await second.ensureStream('grown');
    expect(config).toMatchObject({
      name: 'GROWN',
      subjects: ['recourse.grown.>'],
      max_bytes: 1_000_000,
      discard: 'new',
      retention: 'limits',
      storage: 'file',
    });
    await first.stop();
    await second.stop();
  });
});
