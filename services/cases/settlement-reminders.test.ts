import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { namedUuid } from '@recourse/kit/hash.ts';
import { Handling } from '@recourse/proto/cases/v1/cases.ts';
import { SettlementVerdict } from '@recourse/proto/cases/v1/settlements.ts';
import {
  agencyCall,
  creditorCall,
  dayFromToday,
  listOf,
  oneCase,
  type Rig,
  startRig,
} from './book-rig.ts';
import { night } from './jobs/night.ts';
import { contact, handlingIs, payment, placementOf, reversal, settlement } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

/** A creditor with a case of 1,000 minor units, and people who settle it. */
async function stage() {
  const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 731 }]);
  const { caseId } = file;
  const as = (role: string) => creditorCall(rig, orgId, role, { userId: namedUuid(orgId, role) });
  const [collector, supervisor] = [await as('collector'), await as('supervisor')];
  const propose = async (dueDays: number) => {
    const request = settlement(caseId, 800n, { dueDay: dayFromToday(dueDays) });
    await rig.settlements.proposeSettlement(request, collector);
    return request.settlementId;
  };
  const approve = (settlementId: string) => {
    const verdict = SettlementVerdict.APPROVE;
    const request = { caseId, settlementId, requestId: '', verdict, note: '' };
    return rig.settlements.decideSettlement(request, supervisor);
  };
  const approved = async (dueDays: number) => approve(await propose(dueDays));
  const next = async () =>
    (await rig.cases.getCase({ caseId }, collector)).case?.nextAction ?? undefined;
  const pay = (minor: bigint) => rig.work.recordPayment(payment(caseId, minor), supervisor);
  const nightIn = (days: number) => {
    const at = Temporal.Now.instant().add({ hours: 24 * days });
    return night(rig.service.db, orgId, at, AbortSignal.timeout(60_000));
  };
  const people = { collector, supervisor };
  return { ...people, caseId, file, propose, approve, approved, next, pay, nightIn };
}

describe('a settlement that is paid by a day', () => {
  it('is reminded of two days before once it is approved, and no more when it lapsed', async () => {
    const { propose, approve, next, pay, nightIn } = await stage();
    const settlementId = await propose(9);
    expect((await next())?.step).not.toContain('settlement');
    await approve(settlementId);
    expect(await next()).toMatchObject({
      step: 'settlement_reminder',
      dueDay: dayFromToday(7),
      why: { rule: 'dunning_schedule', facts: { settlement_due_day: dayFromToday(9) } },
    });
    await pay(300n);
    await nightIn(7);
    expect((await next())?.step).toBe('settlement_reminder');
    await nightIn(10);
    expect((await next())?.step).not.toContain('settlement');
  });

  it('is awaited once it was reminded of, and stands in the list of what is due', async () => {
    const { approved, next, caseId, collector } = await stage();
    await approved(2);
    const due = async (day: number) => {
      const asked = listOf({ dueBy: dayFromToday(day) });
      return (await rig.cases.listCases(asked, collector)).cases.map((one) => one.caseId);
    };
    expect(await due(0)).toEqual([caseId]);
    await rig.work.recordContact(contact(caseId), collector);
    expect(await next()).toMatchObject({ step: 'settlement_due', dueDay: dayFromToday(2) });
    expect(await due(1)).toEqual([]);
    expect(await due(2)).toEqual([caseId]);
  });

  it('is for the agency to remind of while it works the case', async () => {
    const { caseId, file, approved, next } = await stage();
    const placement = placementOf(rig, file);
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    await approved(5);
    const agent = await agencyCall(rig, placement.agencyId);
    const seen = await rig.cases.getCase({ caseId }, agent);
    expect(seen.case?.nextAction).toMatchObject({
      step: 'settlement_reminder',
      dueDay: dayFromToday(3),
    });
    expect((await next())?.step).toBe('settlement_reminder');
  });

  it('is reminded of again when the money that fulfilled it bounces', async () => {
    const { approved, pay, next, caseId, supervisor } = await stage();
    await approved(5);
    const { payment: paid } = await pay(800n);
    expect((await next())?.step ?? '').toBe('');
    await rig.work.reversePayment(reversal(caseId, paid?.paymentId ?? ''), supervisor);
    expect((await next())?.step).toBe('settlement_reminder');
  });
});
