import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { AgenciesEvent } from '@recourse/proto/agencies/v1/events.ts';
import { tellAccess } from './access.ts';

let platform: TestPlatform;
let service: TestService;

beforeAll(async () => {
  platform = await testPlatform();
  service = await platform.startService(
    defineService({ name: 'agencies', wire: () => ({ rpc: [] }) }),
  );
});

afterAll(() => platform.stop());

describe('a suspension', () => {
  it('is told in the organisation it is about, person by person or of all', async () => {
    const [orgId, platformId, userId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    const actor = { userId: randomUUIDv7(), name: 'Ops', orgId: platformId, orgName: '' };
    const by = { orgId: platformId, actor, requestId: randomUUIDv7(), reason: 'left' };
    const at = Temporal.Now.instant();
    for (const who of [userId, undefined]) {
      const told = { orgId, userId: who, allowed: false, by, at };
      await service.db.tenant(orgId, (tx) => tellAccess(tx, told));
    }
    const rows = await service.ownerQuery<{ aggregate_id: string; payload: Buffer }>(
      'SELECT aggregate_id, payload FROM outbox WHERE org_id = $1 ORDER BY position',
      [orgId],
    );
    expect(rows.map((row) => [row.aggregate_id, AgenciesEvent.decode(row.payload).event])).toEqual([
      [userId, { $case: 'accessDecided', value: { userId, allowed: false } }],
      [orgId, { $case: 'accessDecided', value: { userId: '', allowed: false } }],
    ]);
  });
});
