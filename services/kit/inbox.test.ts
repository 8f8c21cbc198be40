import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createBus } from './bus.ts';
import { headersOf, subjectOf } from './envelope.ts';
import { emit } from './events.ts';
import { fault } from './fault.ts';
import { consume } from './inbox.ts';
import { discardParked, retryParked } from './parked.ts';
import { at, closed, creditor, type EventRig, other, paid, startRig, writer } from './rig.ts';
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

describe('the way from commit to effect', () => {
  it('applies each event once with its envelope, in order of its aggregate', async () => {
    rig.relay();
    rig.inbox(writer(rig.source, 'one'));
    for (let n = 1; n <= 20; n += 1)
      await rig.tell(n % 2 ? creditor : other, `case-${n % 5}`, paid(n), paid(n));
    await rig.untilEffects('one', 40);
    const rows = await rig.effects('one');
    const perCase = Map.groupBy(rows, (row) => `${row.org_id} ${row.aggregate_id}`);
    for (const of of perCase.values()) {
      const versions = of.map((row) => row.version);
      expect(versions).toEqual(versions.toSorted((x, y) => Number(x - y)));
    }
    expect(rows).toHaveLength(40);
  });

  it('hands on actor, audience, time and trace', async () => {
    rig.relay();
    const seen: unknown[] = [];
    const actor = { userId: creditor, name: '王小明', orgId: creditor, orgName: '甲公司' };
    const about = {
      aggregateId: 'case/1 中',
      at,
      actor,
      audience: [creditor, other],
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    rig.inbox(
      consume({
        name: 'seer',
        topic: rig.source,
        handle: async (_tx, event, envelope) => void seen.push({ event, envelope }),
      }),
    );
    await rig.place.db.tenant(creditor, (tx) => emit(tx, rig.source, about, [paid(7)]));
    await until(async () => seen.length > 0, 'seen');
    const { traceparent, audience, aggregateId } = about;
    expect(seen).toMatchObject([
      {
        event: paid(7),
        envelope: {
          orgId: creditor,
          type: 'paymentRecorded',
          version: 1,
          actor,
          audience,
          aggregateId,
          traceparent,
        },
      },
    ]);
  });

  it('tells the screens of the audience', async () => {
    const notes: unknown[] = [];
    const sub = rig.bus.nc.subscribe('recourse.live.*', {
      callback: (_err, message) => void notes.push([message.subject, message.json()]),
    });
    await rig.bus.nc.flush();
    rig.relay();
    const about = { aggregateId: 'case-1', at, audience: [creditor, other] };
    await rig.place.db.tenant(creditor, (tx) => emit(tx, rig.source, about, [paid(7)]));
    await until(async () => notes.length === 2, 'notes');
    sub.unsubscribe();
    const note = { noun: 'payment', id: 'case-1', change: 'recorded', at: expect.any(String) };
    expect(notes).toEqual([
      [`recourse.live.${creditor}`, note],
      [`recourse.live.${other}`, note],
    ]);
  });

  it('shares the lanes among replicas without double or reordered publishing', async () => {
    const others = await Promise.all(
      [1, 2].map(async () =>
        createBus({ url: await trial.nats(), service: 'trial', log: trial.log }),
      ),
    );
    const relays = [rig.relay(), ...others.map((other) => rig.relay(other))];
    for (let round = 0; round < 30; round += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          rig.tell(creditor, `case-${n}`, paid(round), paid(round)),
        ),
      );
    }
    await rig.untilPublished();
    const rows = await rig.outbox();
    const stored = await rig.storedIds();
    expect(stored).toHaveLength(1200);
    expect(new Set(stored).size).toBe(1200);
    const versions = new Map(rows.map((row) => [row.id, row]));
    const last = new Map<string, bigint>();
    for (const id of stored) {
      const row = versions.get(id);
      expect(row?.version).toBe((last.get(row?.aggregate_id ?? '') ?? 0n) + 1n);
      if (row) last.set(row.aggregate_id, row.version);
    }
    expect(relays.map((one) => one.published()).reduce((x, y) => x + y)).toBe(1200);
    await Promise.all(relays.map((one) => one.stop()));
    await Promise.all(others.map((other) => other.stop()));
  });

  it('works a crowd off side by side, nothing of an aggregate beside itself', async () => {
    rig.relay();
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, n) => rig.tell(creditor, `case-${n}`, paid(round))),
      );
    }
    await rig.untilPublished();
    const atWork = new Set<string>();
    const seen: [aggregateId: string, version: number][] = [];
    let most = 0;
    rig.inbox(
      consume({
        name: 'crowd',
        topic: rig.source,
        handle: async (_tx, _event, { aggregateId, version }) => {
          if (atWork.has(aggregateId)) throw new Error(`${aggregateId} is at work`);
          atWork.add(aggregateId);
          most = Math.max(most, atWork.size);
          await sleep(2);
          atWork.delete(aggregateId);
          seen.push([aggregateId, version]);
        },
      }),
    );
    await until(async () => seen.length === 200, 'all of the crowd');
    expect(most).toBeGreaterThan(1);
    for (const ofOne of Map.groupBy(seen, ([aggregateId]) => aggregateId).values()) {
      expect(ofOne.map(([, version]) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  });

  it('gathers a steady flow, longer where nobody waits', async () => {
    rig.relay();
    const transactions = { eager: 0, patient: 0 };
    const handled = { eager: 0, patient: 0 };
    const counting = (name: 'eager' | 'patient', unhurried: boolean) =>
      consume({
        name,
        topic: rig.source,
        unhurried,
        handle: async () => {
          transactions[name] += 1;
          handled[name] += 1;
        },
        handleAll: async (_tx, read) => {
          transactions[name] += 1;
          handled[name] += read.length;
        },
      });
    rig.inbox(counting('eager', false), counting('patient', true));
    for (let n = 0; n < 60; n += 1) {
      await rig.tell(creditor, `case-${n}`, paid(n));
      await sleep(10);
    }
    await until(async () => handled.eager === 60 && handled.patient === 60, 'all events');
    expect(transactions.patient).toBeLessThan(transactions.eager);
  });

  it('handles a case only where it is cared for', async () => {
    rig.relay();
    rig.inbox(writer(rig.source, 'one'));
    await rig.tell(creditor, 'case-1', closed('x'), paid(1), closed('y'));
    await rig.untilEffects('one', 1);
    expect(await rig.effects('one')).toMatchObject([{ version: 2n }]);
    expect(await rig.parked()).toEqual([]);
  });

  it('leaves with the broker what nobody cares for', async () => {
    rig.relay();
    const inbox = rig.inbox(writer(rig.source, 'one'));
    await rig.tell(creditor, 'case-1', closed('x'), paid(1), closed('y'), closed('z'));
    await rig.untilEffects('one', 1);
    await rig.untilPublished();
    const { delivered, num_pending } = await rig.bus.jsm.consumers.info(rig.stream, 'one');
    expect([delivered.consumer_seq, num_pending]).toEqual([1, 0]);
    await until(async () => [...(await inbox.lag()).values()].every((lag) => lag === 0), 'no lag');
  });

  it('widens what is delivered, and never narrows it for the version before', async () => {
    const subjects = async (): Promise<string[]> => {
      const { config } = await rig.bus.jsm.consumers.info(rig.stream, 'one');
      return (config.filter_subjects ?? []).map((subject) => subject.split('.').slice(-2).join());
    };
    const heard: string[] = [];
    const hearing = (...handles: ('paymentRecorded' | 'caseClosed')[]) =>
      consume({
        name: 'one',
        topic: rig.source,
        handles,
        handle: async (_tx, { $case }) => void heard.push($case),
      });
    rig.relay();
    await rig.bus.ensureStream(rig.source.service);
    // As a version made it that had all delivered and left out what it did not want.
    await rig.bus.jsm.consumers.add(rig.stream, { durable_name: 'one', ack_policy: 'explicit' });
    const before = rig.inbox(hearing('caseClosed'));
    await rig.tell(creditor, 'case-1', paid(1), closed('x'));
    await until(async () => heard.length === 1, 'the closing was heard');
    expect(await subjects()).toEqual(['case,closed']);
    await before.stop();
    const after = rig.inbox(hearing('caseClosed', 'paymentRecorded'));
    await until(async () => (await subjects()).length === 2, 'the subjects grew');
    await rig.tell(creditor, 'case-1', paid(2), closed('y'));
    await until(async () => heard.length === 3, 'both were heard');
    await after.stop();
    const again = rig.inbox(hearing('caseClosed'));
    await rig.tell(creditor, 'case-2', closed('z'));
    await until(async () => heard.length === 4, 'the last was heard');
    expect((await subjects()).toSorted()).toEqual(['case,closed', 'payment,recorded']);
    await again.stop();
  });
});

describe('an event that cannot be handled', () => {
  const poison = (reasons: { of: 'refused' | 'nothing' }) =>
    writer(rig.source, 'one', {
      before: async (cents) => {
        if (cents === 13 && reasons.of === 'refused') throw fault('refused', 'unlucky', { cents });
      },
    });

  it('is parked with its reason while the others go on, and can be retried', async () => {
    const reasons = { of: 'refused' as 'refused' | 'nothing' };
    rig.relay();
    rig.inbox(poison(reasons));
    for (const cents of [1, 13, 2, 3]) await rig.tell(creditor, `case-${cents}`, paid(cents));
    await rig.untilEffects('one', 3);
    await until(async () => (await rig.parked())[0]?.state === 'parked', 'parked');
    const [parked] = await rig.parked();
    expect(parked).toMatchObject({
      consumer: `one:${rig.source.service}`,
      reason: 'unlucky',
      aggregateId: 'case-13',
      attempts: 5,
      type: 'paymentRecorded',
      detail: 'refused: unlucky · cents=13',
    });
    expect(await rig.effects('one')).toHaveLength(3);
    reasons.of = 'nothing';
    const id = parked?.eventId ?? '';
    await rig.place.db.tenant(creditor, (tx) => retryParked(tx, parked?.consumer ?? '', id));
    await rig.untilEffects('one', 4);
    expect(await rig.parked()).toEqual([]);
  });

  it('has no effect once it is discarded, even when it is delivered again', async () => {
    const reasons = { of: 'refused' as 'refused' | 'nothing' };
    rig.relay();
    const first = rig.inbox(poison(reasons));
    await rig.tell(creditor, 'case-13', paid(13));
    await until(async () => (await rig.parked())[0]?.state === 'parked', 'parked');
    const [parked] = await rig.parked();
    await rig.place.db.tenant(creditor, (tx) =>
      discardParked(tx, parked?.consumer ?? '', parked?.eventId ?? ''),
    );
    await first.stop();
    await rig.bus.jsm.consumers.delete(rig.stream, 'one');
    reasons.of = 'nothing';
    const second = rig.inbox(poison(reasons));
    await until(async () => second.settled() > 0, 'delivered again');
    expect(await rig.effects('one')).toEqual([]);
  });

  it('is tried again until a passing trouble is over', async () => {
    let tries = 0;
    rig.relay();
    rig.inbox(
      writer(rig.source, 'one', {
        before: async () => {
          tries += 1;
          if (tries < 4) throw fault('unavailable', 'neighbour_unavailable');
        },
      }),
    );
    await rig.tell(creditor, 'case-1', paid(1));
    await rig.untilEffects('one', 1);
    expect(await rig.parked()).toEqual([]);
  });

  it('is parked when its bytes make no sense', async () => {
    rig.relay();
    rig.inbox(writer(rig.source, 'one'));
    await rig.tell(creditor, 'case-1', paid(1));
    await rig.untilEffects('one', 1);
    await rig.place.ask(
      `INSERT INTO outbox
      (org_id, lane, aggregate_id, version, type, payload, audience, at)
      VALUES ($1, 1, 'case-2', 1, 'paymentRecorded', '\\xff00', '{}', now())`,
      [creditor],
    );
    await until(async () => (await rig.parked())[0]?.state === 'parked', 'parked');
    expect(await rig.parked()).toMatchObject([{ reason: 'event_is_malformed' }]);
  });
});

describe('a gated consumer', () => {
  it('applies version n only after n − 1, whatever order they arrive in', async () => {
    await rig.bus.ensureStream(rig.source.service);
    const rows: { id: string; version: number }[] = [];
    const order = [3, 1, 4, 2, 5];
    for (const version of order) rows.push({ id: crypto.randomUUID(), version });
    rig.inbox(writer(rig.source, 'gate', { gated: true }));
    for (const { id, version } of rows) {
      const headers = headersOf(id, {
        org_id: creditor,
        aggregate_id: 'case-1',
        version: BigInt(version),
        type: 'paymentRecorded',
        audience: [],
        actor: null,
        traceparent: null,
        at: at.toString(),
      });
      const bytes = Buffer.from(JSON.stringify({ event: paid(version) }));
      await rig.bus.js.publish(subjectOf(rig.source.service, 'paymentRecorded'), bytes, {
        msgID: id,
        headers,
      });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await rig.untilEffects('gate', 5);
    expect((await rig.effects('gate')).map((row) => row.version)).toEqual([1n, 2n, 3n, 4n, 5n]);
  });

  it('counts events that it does not care for', async () => {
    rig.relay();
    rig.inbox(writer(rig.source, 'gate', { gated: true }));
    await rig.tell(creditor, 'case-1', closed('x'), paid(1), closed('y'), paid(2));
    await rig.untilEffects('gate', 2);
    expect((await rig.effects('gate')).map((row) => row.version)).toEqual([2n, 4n]);
  });
});
