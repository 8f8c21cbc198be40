import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { emit } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { Purpose, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import {
  CreditServiceClient,
  CustomerKind,
  PutCustomerRequest,
} from '@recourse/proto/credit/v1/credit.ts';
import { CreditEvent } from '@recourse/proto/credit/v1/events.ts';
import {
  AskAdmissionRequest,
  DecideAdmissionRequest,
  RatingServiceClient,
} from '@recourse/proto/credit/v1/ratings.ts';
import { credit } from './service.ts';
import { blacklistTopic } from './topic.ts';

let platform: TestPlatform;
let service: TestService;
let blacklist: TestService;
let ratings: Promised<RatingServiceClient>;
const orgId = randomUUIDv7();
const customerId = randomUUIDv7();

const manager = (userId = randomUUIDv7()) =>
  platform.call({ role: 'credit_manager', orgId, userId });
const director = () => platform.call({ role: 'director', orgId, userId: randomUUIDv7() });

beforeAll(async () => {
  platform = await testPlatform();
  blacklist = await platform.startService(
    defineService({ name: 'blacklist', wire: () => ({ rpc: [] }) }),
  );
  service = await platform.startService(credit);
  ratings = service.client(RatingServiceClient);
  const name = '宁波远达贸易有限公司';
  const customer = { customerId, kind: CustomerKind.COMPANY, name };
  await service
    .client(CreditServiceClient)
    .putCustomer(PutCustomerRequest.fromPartial(customer), await manager());
});

afterAll(() => platform.stop());

describe('an admission', () => {
  const admissionId = randomUUIDv7();
  const asker = randomUUIDv7();

  /** Blacklist tells that the customer was looked up. */
  function screened(more: { purpose: Purpose; verdict: Verdict; hits: number }): Promise<void> {
    const at = Temporal.Now.instant();
    const lookUpId = randomUUIDv7();
    const value = {
      customerId,
      lookUpId,
      at: at.toString(),
      unasked: '',
      admissionId: '',
      ...more,
    };
    const event = { $case: 'customerScreened' as const, value };
    const about = { aggregateId: customerId, at };
    return blacklist.db.tenant(orgId, (tx) => emit(tx, blacklistTopic, about, [event]));
  }

  it('proposes a lower limit than was asked', async () => {
    const { admission } = await ratings.askAdmission(
      AskAdmissionRequest.fromPartial({
        admissionId,
        customerId,
        askedLimit: { currency: 'CNY', minor: 90_000_000_00n },
      }),
      await manager(asker),
    );
    expect(admission).toMatchObject({ state: 'ADMISSION_STATE_ASKED' });
    expect(admission?.conditions).toContain('limit_lowered');
  });

  it('is not decided by who asked, and is by another', async () => {
    const decision = (): DecideAdmissionRequest =>
      DecideAdmissionRequest.fromPartial({ admissionId, requestId: randomUUIDv7(), admit: true });
    await expect(ratings.decideAdmission(decision(), await manager(asker))).rejects.toMatchObject({
      reason: 'own_request_decided',
    });
    await expect(ratings.decideAdmission(decision(), await director())).rejects.toMatchObject({
      reason: 'look_up_outstanding',
    });
    const asked = await service.ownerQuery<{ payload: Buffer }>(
      'SELECT payload FROM outbox WHERE aggregate_id = $1',
      [admissionId],
    );
    expect(asked.map(({ payload }) => CreditEvent.decode(payload).event?.value)).toEqual([
      { admissionId, customerId, name: '宁波远达贸易有限公司', creditCode: '', person: false },
    ]);
    await screened({ purpose: Purpose.MONITORING, verdict: Verdict.LISTED, hits: 1 });
    await screened({ purpose: Purpose.ONBOARDING, verdict: Verdict.CLEAR, hits: 0 });
    const known = await eventually(async () => {
      const found = await ratings.getAdmission({ admissionId }, await director());
      if (found.admission?.lookUp === undefined) throw new Error('not yet');
      return found.admission;
    });
    expect(known.lookUp).toMatchObject({ verdict: 'clear', unasked: '' });
    expect(known.conditions).not.toContain('look_up_outstanding');
    const { admission } = await ratings.decideAdmission(decision(), await director());
    expect(admission).toMatchObject({ state: 'ADMISSION_STATE_ADMITTED', withoutLookUp: false });
    await expect(ratings.decideAdmission(decision(), await director())).rejects.toMatchObject({
      reason: 'admission_already_decided',
    });
  });
});
