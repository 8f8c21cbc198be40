import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { credit } from './service.ts';
import { presentForUpdate } from './store/ratings.ts';

let platform: TestPlatform;
let service: TestService;

beforeAll(async () => {
  platform = await testPlatform();
  service = await platform.startService(credit);
});

afterAll(() => platform.stop());

async function waiting(): Promise<number> {
  const rows = await service.ownerQuery<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.classid = 7201010
        AND NOT l.granted`,
  );
  return rows[0]?.count ?? 0;
}

describe('two first ratings of a customer at once', () => {
  it('wait for each other, so that the later knows what the earlier has written', async () => {
    const orgId = randomUUIDv7();
    const customerId = randomUUIDv7();
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const done: string[] = [];
    const first = service.db.tenant(orgId, async (tx) => {
      await presentForUpdate(tx, [customerId]);
      begun.resolve();
      await gate.promise;
      done.push('first');
    });
    await begun.promise;
    const second = service.db.tenant(orgId, async (tx) => {
      await presentForUpdate(tx, [customerId, randomUUIDv7()]);
      done.push('second');
    });
    await eventually(async () => expect(await waiting()).toBe(1));
    gate.resolve();
    await Promise.all([first, second]);
    expect(done).toEqual(['first', 'second']);
  });
});
