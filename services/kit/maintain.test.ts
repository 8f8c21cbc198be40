import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startMaintenance } from './maintain.ts';
import { creditor, type EventRig, paid, startRig } from './rig.ts';
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

describe('maintenance', () => {
  it('removes old published events and receipts, and keeps what may still be needed', async () => {
    const relay = rig.relay();
    await rig.tell(creditor, 'old', paid(1), paid(2));
    await rig.untilPublished();
    await relay.stop();
    await rig.tell(creditor, 'waiting', paid(3));
    await rig.place.ask(`UPDATE outbox SET created_at = now() - interval '9 days'`);
    await rig.tell(creditor, 'new', paid(4));
    await rig.place.ask(
      `INSERT INTO inbox_receipt (org_id, consumer, event_id, received_at)
       SELECT $1, 'one', uuidv7(), now() - make_interval(days => n)
         FROM unnest('{10,29,31,40}'::int[]) AS n`,
      [creditor],
    );
    const maintenance = startMaintenance({ db: rig.place.db, log: trial.log });
    const removed = await maintenance.run();
    await maintenance.stop();
    expect(removed).toMatchObject({ outbox: 2, inbox_receipt: 2 });
    const left = (await rig.outbox()).map((row) => row.aggregate_id);
    expect(left.toSorted()).toEqual(['new', 'waiting']);
  });
});
