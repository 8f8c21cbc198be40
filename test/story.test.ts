import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import { LineKind } from '@recourse/proto/agencies/v1/commission.ts';
import { PlacementState } from '@recourse/proto/agencies/v1/placements.ts';
import { ReportState } from '@recourse/proto/agencies/v1/reports.ts';
import { ListingState } from '@recourse/proto/blacklist/v1/listings.ts';
import { AlertState } from '@recourse/proto/blacklist/v1/screening.ts';
import { Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import { CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { CalculateInterestRequest } from '@recourse/proto/litigation/v1/calculators.ts';
import { DebtType, MatterOutcome, Procedure } from '@recourse/proto/litigation/v1/matters.ts';
import { accept, introduce, offer, openAll, type Placed } from './flows/placing.ts';
import { getPromise, reportWeek } from './story/agency.ts';
import {
  askAdmission,
  cny,
  debtor,
  namesake,
  ratingOf,
  sell,
  writeFile,
} from './story/customer.ts';
import { draft, fresh, found, object, reject, screen, serve } from './story/listing.ts';
import { onDay, type Person, setStage, type Stage } from './story/stage.ts';
import { claimsOf, deadlineOf, walk } from './story/suit.ts';

let stage: Stage;
let creditor: Person;
let agency: Person;
let member: Person;
let house: Person;

let customerId = '';
let caseId = '';
let placed: Placed[] = [];
let listingId = '';
/** The debtor as the other member knows it, and its rating there before the listing. */
let ownId = '';
let before: Awaited<ReturnType<typeof ratingOf>>;
const matterId = randomUUIDv7();
const suit = { matterId, proceedingId: randomUUIDv7() };
const enforcement = { matterId, proceedingId: randomUUIDv7() };
/** What the judgment gives: the claims and the court's fee. */
const [principal, interest, fee] = [500_000_00n, 76_109_59n, 9_561_10n];

beforeAll(async () => {
  onDay('2023-05-08');
  stage = await setStage();
  creditor = stage.org('creditor', '远望机电');
  agency = stage.org('agency', '正信资产');
  member = stage.org('creditor', '新联电气');
  house = stage.org('association', '长三角机电协会');
});

afterAll(() => stage.stop());

const officer = () => creditor.as('legal_officer');

/** Waits until the debtor is rated so: credit makes good within a minute what events left stale. */
function expectRating(expected: object, of = { org: creditor, customerId }): Promise<void> {
  return eventually(async () => {
    expect(await ratingOf(stage, of.org, of.customerId)).toMatchObject(expected);
  }, 100_000);
}

async function expectCase(expected: object): Promise<void> {
  const call = await creditor.as('collector');
  await eventually(async () => {
    const answer = await stage.town.cases.getCase({ caseId }, call);
    expect(answer.case).toMatchObject(expected);
  }, 30_000);
}

describe('A customer', () => {
  it('is rated by what its file says, each point from the shipped card', async () => {
    const invoice = { number: 'HT-1', invoicedOn: '2023-05-01', dueOn: '2023-06-30' };
    customerId = await sell(stage, creditor, { ...invoice, amount: '500000.00' });
    await writeFile(stage, creditor, customerId);
    // 600 − 2 nothing settled + 4 never late + 8 nothing overdue + 8 current ratio 3 + 6 debt 40 %
    // + 8 margin 10 % + 3 integrity 4 + 5 founded 2009 + 2 active = 642,
    // odds 50 × 2^(42/20) = 214.4.
    // Grade A grants 3,000,000, capped at 15 % of the equity of 6,000,000.
    const rated = { score: 642, pdBps: 46, grade: 'GRADE_A', limit: 900_000_00n, warnings: [] };
    await expectRating(rated);
  });

  it('is admitted as asked, by somebody other than who asked', async () => {
    const { admission, decide } = await askAdmission(stage, creditor, customerId, 600_000_00n);
    expect(admission).toMatchObject({ proposal: 'ADMISSION_PROPOSAL_ADMIT', conditions: [] });
    await expect(decide('credit_manager')).rejects.toMatchObject({ reason: 'own_request_decided' });
    expect(await decide('director')).toMatchObject({
      state: 'ADMISSION_STATE_ADMITTED',
      limit: cny(600_000_00n),
      terms: { netDays: 60 },
    });
  });
});

describe('The customer that has stopped paying', () => {
  it('is rated down as its invoice ages, becomes a case and is placed', async () => {
    onDay('2023-08-15');
    await stage.run('credit', 'credit-day', creditor);
    // 46 days late: −6 instead of +4; everything overdue: −24 instead of +8. Odds 50 : 1.
    await expectRating({ score: 600, pdBps: 196, grade: 'GRADE_BBB' });
    const [file] = await openAll(stage.town, creditor);
    caseId = file?.caseId ?? '';
    expect(file).toMatchObject({ debtorName: debtor.name, open: cny(principal) });
    const terms = { model: { $case: 'flat' as const, value: { rateBps: 1_250 } } };
    await introduce(stage.town, agency, { ...terms, vatBps: 600, tailDays: 0 });
    placed = await offer(stage.town, creditor, agency, [caseId]);
    await accept(stage.town, agency, placed);
    await expectCase({ handling: 'HANDLING_PLACED', agencyId: agency.orgId });
  });

  it('promises to the agency, which reports its week', async () => {
    onDay('2023-10-10');
    const promise = { minor: 200_000_00n, dueDay: '2023-10-20' };
    await getPromise(stage, agency, caseId, promise);
    onDay('2023-10-16');
    const { drafted, read } = await reportWeek(stage, agency, creditor, '2023-10-09');
    const line = { contacts: 1, promisesMade: 1, open: cny(principal) };
    expect(drafted?.lines).toMatchObject([{ debtorName: debtor.name, ...line }]);
    expect(read).toMatchObject({ state: ReportState.ACKNOWLEDGED });
  });

  it('breaks the promise: its rating falls and it is warned of', async () => {
    onDay('2023-10-21');
    await stage.run('credit', 'credit-day', creditor);
    // 113 days late: −25 instead of −6. Odds 50 × 2^(−19/20) = 25.9.
    await expectRating({ score: 581, pdBps: 372, grade: 'GRADE_BB', limit: 600_000_00n });
    await stage.run('cases', 'cases-night', creditor);
    // −8 for one broken promise. Odds 50 × 2^(−27/20) = 19.6; grade B grants 300,000.
    await expectRating({
      score: 573,
      pdBps: 485,
      grade: 'GRADE_B',
      limit: 300_000_00n,
      warnings: ['grade_fell', 'limit_exceeded', 'promise_broken'],
    });
  });
});

describe('The debt', () => {
  it('is alarmed of 180 days before it expires, which a call and a word do not stop', async () => {
    onDay('2026-01-05');
    await stage.run('litigation', 'litigation-morning', creditor);
    const { debt } = await stage.limitation.getDebt({ debtId: caseId }, await officer());
    // 民法典 188: three years from the due day, 30 June 2023. The call and the promise of October
    // 2023 are only the agency's word (时效规定 8, 14: a demand or a consent has to be proved).
    expect(debt).toMatchObject({ alarmsTold: [180], dueDay: '2023-06-30' });
    expect(debt?.events.map((event) => event.kind).toSorted()).toEqual([
      'acknowledgement',
      'demand',
    ]);
    expect(debt?.clock).toMatchObject({
      state: 'LIMITATION_STATE_RUNNING',
      expiresOn: '2026-06-30',
      absoluteEnd: '2043-06-30',
      daysLeft: 176,
      nextAct: { act: 'data_message_demand', cost: cny(0n) },
    });
  });

  it('is claimed with interest by the contract, at fees by the schedule', async () => {
    onDay('2026-01-12');
    await stage.run('credit', 'credit-day', creditor);
    // The broken promise is more than a year old: + 8. Overdue for 180 days: no better than C.
    await expectRating({ score: 581, grade: 'GRADE_C' });
    const term = { fromDay: '2023-07-01', until: '2026-01-12', fixedBps: 600 };
    const asked = CalculateInterestRequest.fromPartial({ amount: cny(principal), ...term });
    const accrued = await stage.calculators.calculateInterest(asked, await officer());
    // 500,000 × 6 % × 926 days from 1 July 2023 to 12 January 2026 / 365.
    expect(accrued.interest).toEqual(cny(interest));
    const about = { matterId, caseIds: [caseId], title: '', province: '上海市' };
    const debtType = DebtType.SALE_OF_GOODS;
    await stage.matters.openMatter({ ...about, debtType }, await officer());
    const claims = claimsOf(caseId, principal, interest);
    await stage.matters.setClaims({ matterId, claims, ...fresh() }, await officer());
    const amount = cny(principal + interest);
    const { fees } = await stage.calculators.calculateFees({ amount }, await officer());
    const exact = Object.fromEntries(fees.map((one) => [one.name, one.fee?.exact?.minor]));
    // 诉讼费用交纳办法, legal.md 2.1 and 2.2, on 576,109.59:
    expect(exact).toMatchObject({
      // art. 13(1), 500,000 to 1,000,000: 0.01 x + 3,800 = 9,561.0959.
      acceptance: fee,
      // art. 14: a third of it.
      payment_order: 3_187_03n,
      // art. 14: 0.005 x + 520 = 3,400.54795, below the cap of 5,000.
      preservation: 3_400_55n,
      // art. 14: 0.01 x + 2,400 = 8,161.0959.
      enforcement: 8_161_10n,
    });
    // A suit is open: −10.
    await expectRating({ score: 571, grade: 'GRADE_C' });
  });

  it('is sued for: the filing holds the limitation, the fee is owed on the case', async () => {
    onDay('2026-03-30');
    const court = '上海市浦东新区人民法院';
    const begun = { ...suit, procedure: Procedure.ORDINARY, court, on: '2026-01-13' };
    await stage.matters.openProceeding(begun, await officer());
    const filed = [['filed', '2026-01-14'] as const, ['docketed', '2026-01-19'] as const];
    const matter = await walk(stage, creditor, suit, filed);
    expect(matter?.proceedings).toMatchObject([{ fee: { exact: cny(fee), prepaid: true } }]);
    const { debt } = await stage.limitation.getDebt({ debtId: caseId }, await officer());
    expect(debt?.clock?.state).toBe('LIMITATION_STATE_PENDING');
    const cost = { what: 'acceptance_fee', amount: cny(fee), paidOn: '2026-01-20' };
    const asked = { matterId, costId: randomUUIDv7(), ...cost, reference: '', note: '' };
    await stage.money.recordCost(asked, await officer());
    await expectCase({ open: cny(principal + fee) });
  });

  it('is judged; the last day to appeal follows, confirmed by another person', async () => {
    await walk(stage, creditor, suit, [
      ['served', '2026-01-22'],
      ['heard', '2026-02-10'],
      ['judgment_made', '2026-03-10'],
      ['judgment_served', '2026-03-12'],
    ]);
    const appeal = await deadlineOf(stage, creditor, matterId, 'appeal_judgment');
    // 民诉法 171: fifteen days from service, the day of service not counted.
    expect(appeal).toMatchObject({ dueDay: '2026-03-27', fatal: true });
    const { deadlineId = '' } = appeal ?? {};
    const confirm = { matterId, deadlineId, dueDay: '2026-03-27' };
    const own = stage.deadlines.confirmDeadline({ ...confirm, ...fresh() }, await officer());
    await expect(own).rejects.toMatchObject({ reason: 'confirmed_by_same_person' });
    const director = await creditor.as('director');
    await stage.deadlines.confirmDeadline({ ...confirm, ...fresh() }, director);
    await walk(stage, creditor, suit, [['effective', '2026-03-28']]);
    const sums = { principal: cny(principal), interest: cny(interest), costs: cny(fee) };
    const days = { decidedOn: '2026-03-10', effectiveOn: '2026-03-28', performBy: '2026-04-07' };
    const named = { ...suit, judgmentId: randomUUIDv7(), form: 'judgment', generalInterest: '' };
    const judgment = { ...named, ...sums, ...days, docketNumber: '(2026)沪0115民初1号' };
    await stage.matters.recordJudgment(judgment, await officer());
    // A court's debtor: −25.
    await expectRating({ score: 546, grade: 'GRADE_C' });
  });

  it('is enforced, at the fee that the debtor bears', async () => {
    onDay('2026-04-20');
    // 民诉法 250: two years from the last day to perform.
    const end = await deadlineOf(stage, creditor, matterId, 'apply_for_enforcement');
    expect(end).toMatchObject({ dueDay: '2028-04-07', fatal: true });
    const begun = { ...enforcement, procedure: Procedure.ENFORCEMENT, court: '', on: '' };
    await stage.matters.openProceeding(begun, await officer());
    const filed = [['filed', '2026-04-20'] as const, ['accepted', '2026-04-20'] as const];
    const matter = await walk(stage, creditor, enforcement, filed);
    const opened = matter?.proceedings.find((one) => one.followsId === suit.proceedingId);
    // 交纳办法 20, 38: not prepaid.
    expect(opened?.fee).toMatchObject({ exact: cny(8_161_10n), prepaid: false });
  });
});

describe('The debtor', () => {
  it('buys from another member, which rates it by the little it knows', async () => {
    onDay('2026-04-21');
    const invoice = { number: 'XL-7', invoicedOn: '2026-05-04', dueOn: '2026-08-31' };
    ownId = await sell(stage, member, { ...invoice, amount: '80000.00' });
    expect(ownId).not.toBe(customerId);
    // 600 − 2 − 3 − 3 − 2 for what is not known, + 4 never late, + 8 nothing overdue, − 2 − 2.
    await expectRating({ score: 598 }, { org: member, customerId: ownId });
    before = await ratingOf(stage, member, ownId);
  });

  it('is listed only after notice, its objection and two stewards', async () => {
    onDay('2026-04-22');
    await found(stage, house, [creditor, member]);
    const claim = { caseId, debtorId: customerId, from: '2023-06-30', until: '2026-03-28' };
    listingId = await draft(stage, house, creditor, claim);
    await stage.listings.submitListing({ listingId, ...fresh() }, await officer());
    await serve(stage, house, listingId, '2026-04-22');
    onDay('2026-04-27');
    const objected = await object(stage, house, listingId, '2026-04-27');
    // 征信业管理条例 25: answered within twenty days.
    expect(objected).toMatchObject({
      state: ListingState.OBJECTED,
      notice: { objectBy: '2026-05-07' },
      disputes: [{ answerBy: '2026-05-17', late: false }],
    });
    const vote = async (name: string) => {
      const asked = { listingId, agrees: true, reason: '证据充分', ...fresh() };
      return stage.listings.decideListing(asked, await house.as('steward', name));
    };
    await expect(vote('赵')).rejects.toMatchObject({ reason: 'objection_open' });
    const disputeId = objected?.disputes[0]?.disputeId ?? '';
    await reject(stage, house, { listingId, disputeId, steward: '钱' });
    await expect(vote('赵')).rejects.toMatchObject({ reason: 'notice_period_running' });
    onDay('2026-05-08');
    await vote('赵');
    await expect(vote('赵')).rejects.toMatchObject({ reason: 'steward_has_decided' });
    const { listing } = await vote('李');
    expect(listing).toMatchObject({ state: ListingState.PUBLISHED, expiresOn: '2029-03-28' });
  });

  it('is found by another member, whose rating of it falls; a namesake is not hurt', async () => {
    onDay('2026-05-11');
    await eventually(async () => {
      const byName = await screen(stage, member, { name: debtor.name, creditCode: '' });
      expect(byName).toMatchObject({
        verdict: Verdict.POSSIBLE,
        hits: [{ identified: false, asksFor: 'credit_code', entry: { listingId } }],
      });
    }, 20_000);
    expect(await screen(stage, member, debtor)).toMatchObject({
      verdict: Verdict.LISTED,
      hits: [{ identified: true, score: 100 }],
    });
    expect(await screen(stage, member, namesake)).toMatchObject({
      verdict: Verdict.CLEAR,
      hits: [],
      namesakesExcluded: 1,
    });
  });
});

describe('The other member', () => {
  async function alerts() {
    const asked = { state: AlertState.UNSPECIFIED, customerId: ownId, page: undefined };
    return (await stage.screening.listAlerts(asked, await member.as('credit_manager'))).alerts;
  }

  it('is told of the listing, and its rating of it falls by the card', async () => {
    await stage.run('blacklist', 'customers-watch', member);
    expect(await alerts()).toMatchObject([{ state: AlertState.CONFIRMED, hit: { score: 100 } }]);
    await expectRating({ score: 548, grade: 'GRADE_CC' }, { org: member, customerId: ownId });
  });

  it('has its rating back when the debtor has paid', async () => {
    onDay('2026-06-15');
    const paid = { what: 'deduction', receivedOn: '2026-06-15', reference: '', note: '' };
    // 法释〔2014〕8号 1: (500,000 + 9,561.10) × 0.0175 % × 69 days from 7 April = 6,152.95.
    const double = 6_152_95n;
    const amount = cny(principal + interest + fee + double);
    const asked = { matterId, recoveryId: randomUUIDv7(), amount, ...paid };
    const { entry } = await stage.money.recordRecovery(asked, await officer());
    expect(entry).toMatchObject({ toDoubleInterest: cny(double) });
    await expectCase({ state: CaseState.CLOSED, open: cny(0n), outcome: 'CASE_OUTCOME_PAID' });
    await eventually(async () => {
      const { listing } = await stage.listings.getListing({ listingId }, await officer());
      expect(listing).toMatchObject({ state: ListingState.REMOVED, endReason: 'paid' });
    }, 20_000);
    expect(await screen(stage, member, debtor)).toMatchObject({ verdict: Verdict.CLEAR });
    await stage.run('blacklist', 'customers-watch', member);
    expect(await alerts()).toMatchObject([{ state: AlertState.CLEARED }]);
    const { score, grade, limit } = before;
    // That it once fell stays to be seen until a person has settled it.
    const warnings = ['grade_fell'];
    await expectRating({ score, grade, limit, warnings }, { org: member, customerId: ownId });
  });
});

describe('The payment', () => {
  const total = 591_823_64n;

  it('settles costs, interest and principal, with nothing left as credit', async () => {
    const call = await creditor.as('finance');
    const { payments } = await stage.town.work.listPayments({ caseId, page: undefined }, call);
    // 民法典 561: costs, then interest, then principal.
    expect(payments).toMatchObject([
      {
        amount: cny(total),
        allocations: [
          { part: 'costs', amount: cny(fee) },
          { part: 'interest', amount: cny(interest + 6_152_95n) },
          { part: 'principal', amount: cny(principal) },
        ],
      },
    ]);
  });

  it('earns the agency its commission to the fen, and ends the placement', async () => {
    const call = await agency.as('agency_manager');
    const scope = { agencyId: '', creditorId: '', placementId: '', onlyUnstated: true };
    // 12.5 % of 591,823.64 is 73,977.955, half to even; 6 % of that is 4,438.6776.
    const due = { commission: cny(73_977_96n), vat: cny(4_438_68n), payment: cny(total) };
    await eventually(async () => {
      const asked = { ...scope, caseId, page: undefined };
      const { lines } = await stage.town.commission.listCommissionLines(asked, call);
      expect(lines).toMatchObject([{ kind: LineKind.ACCRUAL, rateBps: 1_250, ...due }]);
      const [{ placementId } = { placementId: '' }] = placed;
      const { placement } = await stage.town.placements.getPlacement({ placementId }, call);
      expect(placement).toMatchObject({ state: PlacementState.COMPLETED, recovered: cny(total) });
    }, 20_000);
  });

  it('lifts the rating, and once more when the matter is closed', async () => {
    // Paid 1,081 days late: 600 − 25 late share − 30 mean − 25 worst + 8 nothing overdue + 22 by
    // the statement + 10 by answers and registry − 10 suit − 25 judgment = 525, odds 3.7.
    await expectRating({ score: 525, pdBps: 2_120, grade: 'GRADE_CC' });
    const end = { outcome: MatterOutcome.PAID, reason: '执行完毕' };
    await stage.matters.closeMatter({ matterId, ...end, ...fresh() }, await officer());
    // Odds 50 × 2^(−40/20) = 12.5.
    await expectRating({ score: 560, pdBps: 741, grade: 'GRADE_B' });
  });
});
