import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import { jobs } from '@recourse/kit/jobs.ts';
import { PlacementState } from '@recourse/proto/agencies/v1/placements.ts';
import { CaseOutcome } from '@recourse/proto/cases/v1/cases.ts';
import { type Books, cny, type Deal, openBooks } from './deal.ts';
import { openDesk } from './desk.ts';
import { settle } from './inbox.ts';
import { measureRecord } from './jobs.ts';
import { setStage, type Stage } from './stage.ts';

let stage: Stage;
let books: Books;

beforeAll(async () => {
  stage = await setStage();
  books = openBooks(stage);
});

afterAll(() => stage.stop());

const closed = ({ caseId }: { caseId: string }) => ({
  $case: 'caseClosed' as const,
  value: { caseId, debtorId: randomUUIDv7(), outcome: CaseOutcome.PAID },
});
const reopened = ({ caseId }: { caseId: string }) => ({
  $case: 'caseReopened' as const,
  value: { caseId, debtorId: randomUUIDv7(), paymentId: randomUUIDv7() },
});

async function stands(made: Deal, state: PlacementState): Promise<void> {
  const desk = openDesk(stage, made.creditor, made.agency);
  await eventually(async () =>
    expect(await desk.seenBy(made.agency, made.placementId)).toMatchObject({ state }),
  );
}

/** A deal whose case was paid in full and closed, so that the placement is complete. */
async function completed(more: Parameters<Books['deal']>[0] = {}) {
  const made = await books.deal(more);
  const paid = { paymentId: randomUUIDv7(), minor: 33_333n };
  await books.pay(made, paid);
  await stage.tell(made.creditor, made.caseId, closed(made));
  await stands(made, PlacementState.COMPLETED);
  return { made, paid };
}

describe('a case that was paid and closed, when the payment bounces', () => {
  it('gives the agency its placement back under the frozen terms', async () => {
    const { made, paid } = await completed();
    const { creditor, agency, placementId } = made;
    await books.bounce(made, paid);
    await stage.tell(creditor, made.caseId, reopened(made));
    await stands(made, PlacementState.ACTIVE);
    const desk = openDesk(stage, creditor, agency);
    expect(await desk.seenBy(agency, placementId)).toMatchObject({
      masked: false,
      endReason: '',
      endedAt: undefined,
      recovered: cny(0n),
    });
    expect(await desk.load()).toMatchObject({ offered: 0, active: 1 });
    const told = (await desk.told(placementId)).map((one) => one.type);
    expect(told).toContain('placementResumed');
    // Long after the tail of the first ending: 1,000.00 × 12.5 %.
    const receivedOn = Temporal.Now.plainDateISO('Asia/Shanghai').add({ days: 200 }).toString();
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 100_000n, receivedOn });
    await books.untilLines(made, 3);
    const lines = await books.lines(made);
    expect(lines.map((line) => line.commission?.minor)).toContain(12_500n);
  });

  it('lets it earn on what was paid before the reopening was told', async () => {
    const { made } = await completed();
    const receivedOn = Temporal.Now.plainDateISO('Asia/Shanghai').add({ days: 200 }).toString();
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 100_000n, receivedOn });
    await books.settled(made);
    expect(await books.lines(made)).toHaveLength(1);
    await stage.tell(made.creditor, made.caseId, reopened(made));
    await books.untilLines(made, 2);
  });

  it('is an offer again when nobody had answered it', async () => {
    const { made } = await completed({ accepts: false });
    await stage.tell(made.creditor, made.caseId, reopened(made));
    await stands(made, PlacementState.OFFERED);
    await books.accept(made);
    await stands(made, PlacementState.ACTIVE);
    expect(await openDesk(stage, made.creditor, made.agency).load()).toMatchObject({ active: 1 });
  });

  it('may be placed anew when the placement had been recalled before the closing', async () => {
    const made = await books.deal();
    const { caseId, creditor, agency, placementId } = made;
    const desk = openDesk(stage, creditor, agency);
    await desk.recall([placementId]);
    await stage.tell(creditor, caseId, closed(made));
    await eventually(async () => {
      const told = 'SELECT FROM case_standing WHERE case_id = $1 AND closed_at IS NOT NULL';
      expect(await stage.service.ownerQuery(told, [caseId])).toHaveLength(1);
    });
    await expect(desk.placed({ caseId })).rejects.toMatchObject({ reason: 'case_not_open' });
    await stage.tell(creditor, caseId, reopened(made));
    await eventually(() => desk.placed({ caseId }));
    await stands(made, PlacementState.RECALLED);
  });

  it('is closed again by the next full payment', async () => {
    const { made } = await completed();
    await stage.tell(made.creditor, made.caseId, reopened(made));
    await stands(made, PlacementState.ACTIVE);
    await stage.tell(made.creditor, made.caseId, closed(made));
    await stands(made, PlacementState.COMPLETED);
    expect(await openDesk(stage, made.creditor, made.agency).load()).toMatchObject({ active: 0 });
  });

  it('stands the same when the reopening is heard of before the closing', async () => {
    const made = await books.deal();
    const { caseId, creditor } = made;
    const measuring = { jobs, measure: measureRecord(stage.service.db) };
    const at = Temporal.Now.instant();
    const envelope = { id: '', orgId: creditor.orgId, type: '', aggregateId: caseId, at };
    const news = [
      { event: reopened(made), envelope: { ...envelope, version: 3, audience: [] } },
      { event: closed(made), envelope: { ...envelope, version: 2, audience: [] } },
    ];
    await stage.service.db.tenant(creditor.orgId, (tx) => settle(tx, news, measuring));
    await stands(made, PlacementState.ACTIVE);
    expect(await openDesk(stage, made.creditor, made.agency).load()).toMatchObject({ active: 1 });
  });
});
