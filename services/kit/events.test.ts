import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { emit, emitAll, typeWords } from './events.ts';
import { at, closed, creditor, type EventRig, other, paid, startRig } from './rig.ts';
import { startTrial, type Trial } from './trial.ts';

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

describe('emitting', () => {
  it('gives versions without gap per organisation and aggregate', async () => {
    await rig.tell(creditor, 'case-1', paid(1), paid(2));
    await rig.tell(creditor, 'case-2', paid(1));
    await rig.tell(other, 'case-1', paid(1));
    await rig.tell(creditor, 'case-1', closed('done'));
    const rows = await rig.place.ask(
      'SELECT org_id, aggregate_id, version FROM outbox ORDER BY position',
    );
    expect(rows).toEqual([
      { org_id: creditor, aggregate_id: 'case-1', version: 1n },
      { org_id: creditor, aggregate_id: 'case-1', version: 2n },
      { org_id: creditor, aggregate_id: 'case-2', version: 1n },
      { org_id: other, aggregate_id: 'case-1', version: 1n },
      { org_id: creditor, aggregate_id: 'case-1', version: 3n },
    ]);
  });

  it('gives them in order of commit when many write at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => rig.tell(creditor, 'case-1', paid(n))));
    const rows = await rig.outbox();
    expect(rows.map((row) => row.version)).toEqual(rows.map((_, n) => BigInt(n + 1)));
  });

  it('tells many aggregates in one statement, in the order told', async () => {
    await rig.place.db.tenant(creditor, (tx) =>
      emitAll(tx, rig.source, [
        { about: { aggregateId: 'x', at }, events: [paid(1), paid(2)] },
        { about: { aggregateId: 'y', at }, events: [paid(3)] },
        { about: { aggregateId: 'x', at }, events: [paid(4)] },
      ]),
    );
    const rows = await rig.outbox();
    expect(rows.map((row) => [row.aggregate_id, row.version])).toEqual([
      ['x', 1n],
      ['x', 2n],
      ['y', 1n],
      ['x', 3n],
    ]);
  });

  it('leaves nothing behind when the transaction does not commit', async () => {
    const work = rig.place.db.tenant(creditor, async (tx) => {
      await emit(tx, rig.source, { aggregateId: 'case-1', at }, [paid(1)]);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await rig.tell(creditor, 'case-1', paid(2));
    expect(await rig.outbox()).toMatchObject([{ version: 1n }]);
  });

  it('refuses an event that the broker would refuse', async () => {
    await expect(rig.tell(creditor, 'case-1', closed('x'.repeat(1_000_000)))).rejects.toMatchObject(
      {
        reason: 'event_too_large',
      },
    );
  });

  it.each([
    ['paymentRecorded', 'payment', 'recorded'],
    ['bulkOfferMade', 'bulk_offer', 'made'],
  ])('speaks of %s as %s %s', (type, noun, verb) => {
    expect(typeWords(type)).toEqual({ noun, verb });
  });
});
