import { spawn, type ChildProcess } from 'node:child_process';
import { once as emitted } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { creditor, type Effect, type EventRig, paid, startRig, writer } from './rig.ts';
import { startTrial, type Trial, until } from './trial.ts';

let trial: Trial;
let rig: EventRig;

beforeAll(async () => {
  trial = await startTrial();
});

beforeEach(async () => {
  rig = await startRig(trial);
});

afterEach(() => rig.stop());
afterAll(() => trial.stop());

/** Effects in all, and different ones: equal when none is there twice. */
function tally(effects: Effect[]): { effects: number; different: number } {
  const seen = effects.map((row) => `${row.aggregate_id} ${row.version}`);
  return { effects: seen.length, different: new Set(seen).size };
}

const once = (count: number) => ({ effects: count, different: count });

const untilWhole = (count: number) =>
  until(async () => new Set(await rig.storedIds()).size === count, 'the stream is whole');

describe('a broker that loses what it had', () => {
  it('by a wiped store is told again: nothing lost, nothing twice', async () => {
    rig.relay();
    rig.reconciler();
    rig.inbox(writer(rig.source, 'one'));
    await rig.spread(10, 20);
    await rig.untilEffects('one', 200);
    await trial.killNats();
    await rig.spread(10, 2);
    rmSync(trial.natsDir, { recursive: true });
    await trial.nats();
    await rig.spread(10, 2);
    await rig.untilEffects('one', 240);
    await rig.untilPublished();
    await untilWhole(240);
    expect(tally(await rig.effects('one'))).toEqual(once(240));
  });

  it('by a store rolled back to an earlier copy is told again what came after', async () => {
    rig.relay();
    rig.reconciler();
    rig.inbox(writer(rig.source, 'one'));
    await rig.spread(5, 10);
    await rig.untilEffects('one', 50);
    await trial.killNats();
    const copy = `${trial.natsDir}-copy`;
    cpSync(trial.natsDir, copy, { recursive: true });
    await trial.nats();
    await rig.spread(5, 10);
    await rig.untilEffects('one', 100);
    await trial.killNats();
    rmSync(trial.natsDir, { recursive: true });
    cpSync(copy, trial.natsDir, { recursive: true });
    rmSync(copy, { recursive: true });
    await rig.spread(5, 1);
    await trial.nats();
    await rig.untilEffects('one', 105);
    await untilWhole(105);
    expect(tally(await rig.effects('one'))).toEqual(once(105));
  });

  it('by a stream deleted while it runs is told again', async () => {
    rig.relay();
    const reconciler = rig.reconciler();
    rig.inbox(writer(rig.source, 'one'));
    await rig.spread(5, 10);
    await rig.untilEffects('one', 50);
    await rig.bus.jsm.streams.delete(rig.stream);
    await rig.spread(5, 2);
    await rig.untilEffects('one', 60);
    await reconciler.check();
    await untilWhole(60);
    expect(tally(await rig.effects('one'))).toEqual(once(60));
  });

  it('by removed messages is told those again', async () => {
    rig.relay();
    const reconciler = rig.reconciler();
    await rig.spread(5, 4);
    await rig.untilPublished();
    await rig.bus.jsm.streams.purge(rig.stream, { seq: 8 });
    await rig.bus.jsm.streams.deleteMessage(rig.stream, 15);
    expect(await reconciler.check()).toBe(8);
    await until(async () => (await rig.storedIds()).length === 20, 'the stream is whole');
    expect(new Set(await rig.storedIds()).size).toBe(20);
    expect(await reconciler.check()).toBe(0);
  });

  it('is told nothing when it has everything', async () => {
    rig.relay();
    const reconciler = rig.reconciler();
    await rig.spread(5, 4);
    await rig.untilPublished();
    expect(await reconciler.check()).toBe(0);
  });
});

describe('a broker that is away', () => {
  it('delays events and loses none', async () => {
    rig.relay();
    rig.inbox(writer(rig.source, 'one'));
    await rig.tell(creditor, 'case-0', paid(1));
    await rig.untilEffects('one', 1);
    await trial.killNats();
    for (let n = 2; n <= 10; n += 1) await rig.tell(creditor, 'case-0', paid(n));
    await trial.nats();
    await rig.untilEffects('one', 10);
    expect(tally(await rig.effects('one'))).toEqual(once(10));
  });
});

describe('a database that is away', () => {
  it('delays effects and parks nothing', async () => {
    rig.relay();
    rig.inbox(writer(rig.source, 'one'));
    const end = () =>
      rig.place.ask(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND usename IN ('trial_app', 'trial_system')`,
      );
    const tellSurely = async (n: number): Promise<void> => {
      for (let told = false; !told;) {
        told = await rig.tell(creditor, `case-${n}`, paid(n)).then(
          () => true,
          () => false,
        );
      }
    };
    const telling = (async () => {
      for (let n = 1; n <= 60; n += 1) await tellSurely(n);
    })();
    for (let n = 0; n < 10; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      await end();
    }
    await telling;
    const count = (await rig.outbox()).length;
    await rig.untilEffects('one', count);
    const effects = await rig.effects('one');
    expect(new Set(effects.map((row) => row.aggregate_id)).size).toBe(60);
    expect(effects).toHaveLength(count);
    expect(await rig.parked()).toEqual([]);
  });
});

const workers: ChildProcess[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
});

/** A process that does nothing but relay and consume, and can be killed like any other. */
function startWorker(): ChildProcess {
  const { url, systemUrl } = rig.place;
  const worker = new URL('./fixture/event-worker.ts', import.meta.url).pathname;
  const given = { url, systemUrl, natsUrl: rig.bus.nc.getServer(), service: rig.source.service };
  const made = spawn(process.execPath, [worker, JSON.stringify(given)], { stdio: 'inherit' });
  workers.push(made);
  return made;
}

describe('processes that are killed in the middle', () => {
  it('lose no event and repeat no effect', async () => {
    let worker = startWorker();
    const telling = rig.spread(20, 50);
    for (let kills = 0; kills < 6; kills += 1) {
      await new Promise((resolve) => setTimeout(resolve, 700 + Math.random() * 400));
      worker.kill('SIGKILL');
      await emitted(worker, 'exit');
      worker = startWorker();
    }
    await telling;
    await rig.untilEffects('one', 1000);
    await rig.untilPublished();
    worker.kill('SIGKILL');
    await emitted(worker, 'exit');
    expect(tally(await rig.effects('one'))).toEqual(once(1000));
    const waiting = (await rig.parked()).filter(({ state }) => state === 'parked');
    expect(waiting).toEqual([]);
  });
});
