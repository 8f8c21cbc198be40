import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emit, type EventOf } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import type { TestService } from '@recourse/kit/testing.ts';
import type { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import { creditorCall, oneCase, type Rig, startRig } from './book-rig.ts';
import { litigationTopic } from './topic.ts';

let rig: Rig;
let litigation: TestService;

beforeAll(async () => {
  rig = await startRig();
  const teller = defineService({ name: 'litigation', wire: () => ({ rpc: [] }) });
  litigation = await rig.platform.startService(teller);
});

afterAll(() => rig.stop());

describe('a case with a matter', () => {
  it('is in litigation, then in asset recovery, and back when it is withdrawn', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 99 }]);
    const { caseId, debtorId } = file;
    const matter = { matterId: randomUUIDv7(), matterNumber: 'M-1', caseIds: [caseId], debtorId };
    const tell = (event: EventOf<LitigationEvent>) =>
      litigation.db.tenant(orgId, (tx) => {
        const about = { aggregateId: matter.matterId, at: Temporal.Now.instant() };
        return emit(tx, litigationTopic, about, [event]);
      });
    const call = await creditorCall(rig, orgId);
    const comesTo = (stage: string) =>
      eventually(async () => {
        const found = await rig.cases.getCase({ caseId }, call);
        expect(found.case?.stage).toBe(stage);
      }, 20_000);
    expect(file.stage).toBe('CASE_STAGE_SOFT_COLLECTION');
    await tell({ $case: 'matterOpened', value: { ...matter, claimed: undefined } });
    await comesTo('CASE_STAGE_LITIGATION');
    const moved = { proceedingId: randomUUIDv7(), stage: 'filed', on: '2026-11-01' };
    const procedure = 'PROCEDURE_ENFORCEMENT' as const;
    await tell({ $case: 'matterMoved', value: { ...matter, ...moved, procedure } });
    await comesTo('CASE_STAGE_ASSET_RECOVERY');
    const outcome = 'MATTER_OUTCOME_WITHDRAWN' as const;
    await tell({ $case: 'matterClosed', value: { ...matter, outcome } });
    await comesTo('CASE_STAGE_SOFT_COLLECTION');
  });
});
