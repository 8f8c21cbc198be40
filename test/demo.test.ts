import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBus, type Bus } from '@recourse/kit/bus.ts';
import type { Promised } from '@recourse/kit/client.ts';
import { moveClock } from '@recourse/kit/clock.ts';
import { addDays, instantAt, weekStart } from '@recourse/kit/day.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { createLog } from '@recourse/kit/log.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { ListListingsRequest } from '@recourse/proto/blacklist/v1/listings.ts';
import { ListAlertsRequest, ListLookUpsRequest } from '@recourse/proto/blacklist/v1/screening.ts';
import { LimitationServiceClient } from '@recourse/proto/litigation/v1/limitation.ts';
import { ListWarningsRequest } from '@recourse/proto/credit/v1/ratings.ts';
import { book } from '../scripts/demo/book.ts';
import { longestOverdue } from '../scripts/demo/cases.ts';
import { agencies as demoAgencies, creditors, type DemoCreditor } from '../scripts/demo/cast.ts';
import { deliver } from '../scripts/demo/deliveries.ts';
import { takeOverOldDebts } from '../scripts/demo/old-debts.ts';
import { introduce } from '../scripts/demo/agencies.ts';
import { plot } from '../scripts/demo/plot.ts';
import { chance } from '../scripts/demo/random.ts';
import { openStage, type Stage } from '../scripts/demo/stage.ts';
import { tenderCases } from '../scripts/demo/tenders.ts';
import { agencies } from '../services/agencies/service.ts';
import { blacklist } from '../services/blacklist/service.ts';
import { night } from '../services/cases/jobs/night.ts';
import { cases } from '../services/cases/service.ts';
import { credit } from '../services/credit/service.ts';
import { litigation } from '../services/litigation/service.ts';
import { demoPeople } from './demo/people.ts';

let platform: TestPlatform;
let stage: Stage;
let debtsOf: Promised<LimitationServiceClient>;
let bus: Bus;
let lists: TestService;
let ranks: TestService;
let books: TestService;
const today = Temporal.Now.plainDateISO('Asia/Shanghai');

beforeAll(async () => {
  platform = await testPlatform();
  await platform.startService(credit);
  books = await platform.startService(cases);
  ranks = await platform.startService(agencies);
  lists = await platform.startService(blacklist);
  const suits = await platform.startService(litigation);
  debtsOf = suits.client(LimitationServiceClient);
  bus = await createBus({
    url: platform.natsUrl,
    service: 'demo',
    log: createLog('demo', 'fatal'),
  });
  const files = createFiles({ bus });
  const opened = await openStage({
    creditAddress: await platform.addressOf('credit'),
    casesAddress: await platform.addressOf('cases'),
    agenciesAddress: await platform.addressOf('agencies'),
    blacklistAddress: await platform.addressOf('blacklist'),
    litigationAddress: await platform.addressOf('litigation'),
    gatewayUrl: '',
    natsUrl: platform.natsUrl,
    person: demoPeople(platform),
  });
  const upload: Stage['upload'] = async ({ orgId }, fileName, content) => {
    const uploadId = opened.id(`upload ${fileName}`);
    const about = { fileName, mediaType: 'text/csv', maxBytes: 50_000_000 };
    await files.put(orgId, uploadId, Readable.from([content]), about);
    return uploadId;
  };
  const moveTo: Stage['moveTo'] = async (at) => moveClock(at, false);
  const act: Stage['act'] = (name) => ({ ...opened.act(name), upload, moveTo });
  stage = { ...opened, upload, moveTo, act };
});

afterAll(async () => {
  moveClock(undefined, false);
  await stage.stop();
  await bus.stop();
  await platform.stop();
});

function jinggong(): DemoCreditor {
  const found = creditors.find((one) => one.prefix === 'JG');
  if (found === undefined) throw new Error('the demo has no such creditor');
  return found;
}

/** A small book, delivered nine weeks ago and made into cases. */
async function openBook(): Promise<void> {
  const start = weekStart(addDays(today, -63));
  await stage.moveTo(instantAt(start, Temporal.PlainTime.from('09:00'), 'Asia/Shanghai'));
  const creditor = { ...jinggong(), customers: 120, receivables: 1_200 };
  const named = { documentPrefix: 'JG-', numberPrefix: 'JG', from: addDays(today, -500) };
  const written = book(chance(1), { ...creditor, ...named, to: start });
  await deliver(stage, creditor, written, undefined, start);
  const terms = { minOverdue: undefined, minDaysOverdue: 25, preview: false, debtorIds: [] };
  const asked = { requestId: stage.id('open'), asOf: start.toString(), ...terms };
  await stage.cases.openCases(asked, await stage.as(creditor.director));
}

const page = { size: 100, cursor: '' };

describe('The demo', () => {
  it('plays its last weeks before courts, stewards and the credit manager', async () => {
    await openBook();
    const story = plot(stage, new Map(), today);
    for (let week = weekStart(addDays(today, -56)); week.until(today).sign > 0;) {
      await stage.moveTo(instantAt(week, Temporal.PlainTime.from('10:00'), 'Asia/Shanghai'));
      await story.until(week);
      week = addDays(week, 7);
    }
    await stage.moveTo(undefined);
    await story.until(today, true);
    await takeOverOldDebts(stage.act('last'), chance(2), jinggong(), today);
    const call = await stage.as('jinggong.legal_officer');
    await eventually(async () => {
      const asked = ListListingsRequest.fromPartial({ page });
      const { listings } = await stage.listings.listListings(asked, call);
      expect(listings.map((one) => one.state.replace('LISTING_STATE_', '')).toSorted()).toEqual([
        'DRAFT',
        'NOTICED',
        'OBJECTED',
        'PUBLISHED',
        'REMOVED',
        'SUBMITTED',
      ]);
    }, 30_000);
  });

  it('has matters in different procedures, with hearings and deadlines near', async () => {
    const call = await stage.as('jinggong.legal_officer');
    const none = { states: [], procedures: [], caseId: '', debtorId: '', query: '' };
    const { matters } = await stage.matters.listMatters({ ...none, page }, call);
    const stages = matters.flatMap((one) =>
      one.proceedings.map(({ procedure, stage: at }) => `${procedure.slice(10)} ${at}`),
    );
    expect(stages.toSorted()).toEqual([
      'ENFORCEMENT accepted',
      'ORDINARY effective',
      'ORDINARY served',
      'PAYMENT_ORDER served',
      'SUMMARY judgment_served',
    ]);
    const range = { matterId: '', fromDay: '', toDay: '' };
    const { hearings } = await stage.deadlines.listHearings({ ...range, page }, call);
    expect(hearings).toHaveLength(1);
  });

  it('has tenders: one awarded to the best bid, one open with bids under seal', async () => {
    const call = await stage.as('jinggong.director');
    for (const agency of demoAgencies) await introduce(stage, agency, today);
    const free = (await longestOverdue(stage, 'jinggong.director')).filter(
      ({ handling }) => handling === 'HANDLING_INTERNAL',
    );
    await tenderCases(stage, free, today);
    const all = { states: [], deadlineTo: undefined, unanswered: false, sort: '-published_at' };
    const { tenders } = await stage.tenders.listTenders({ ...all, page }, call);
    expect(tenders.map(({ state, bids }) => [state.replace('TENDER_STATE_', ''), bids])).toEqual([
      ['OPEN', 2],
      ['AWARDED', 3],
    ]);
    const awarded = await stage.tenders.listBids({ tenderId: tenders[1]?.tenderId ?? '' }, call);
    expect(awarded.bids.map(({ bid }) => bid?.state.replace('BID_STATE_', ''))).toEqual([
      'WON',
      'LOST',
      'LOST',
    ]);
  });

  it('has plans: one paid so far, one that begins, and one broken by the night', async () => {
    const call = await stage.as('jinggong.director');
    await night(books.db, call.caller.orgId, Temporal.Now.instant(), AbortSignal.timeout(60_000));
    const found: string[] = [];
    for (const { caseId } of await longestOverdue(stage, 'jinggong.director')) {
      const { plans } = await stage.plans.listPlans({ caseId }, call);
      found.push(
        ...plans.map(({ state, instalments, confirmedOn }) => {
          const [first] = instalments.map((one) => one.state.replace('INSTALMENT_STATE_', ''));
          const paper = confirmedOn === '' ? 'outstanding' : 'confirmed';
          return `${state.replace('PLAN_STATE_', '')} ${first} ${paper}`;
        }),
      );
    }
    expect(found.toSorted()).toEqual([
      'ACTIVE MET confirmed',
      'ACTIVE PENDING outstanding',
      'BROKEN MISSED confirmed',
    ]);
  });

  it('has settlements: paid, refused, approved, and one that waits for a decision', async () => {
    const found = await books.ownerQuery<{ state: string; outcome: string }>(
      `SELECT s.state, coalesce(c.outcome, 'OPEN') AS outcome FROM settlement s
         JOIN case_file c ON c.org_id = s.org_id AND c.case_id = s.case_id ORDER BY s.state`,
    );
    expect(found.map(({ state, outcome }) => `${state} ${outcome}`)).toEqual([
      'APPROVED OPEN',
      'FULFILLED SETTLED',
      'PROPOSED OPEN',
      'REFUSED OPEN',
    ]);
    const call = await stage.as('jinggong.general_manager');
    const { settlements } = await stage.settlements.listWaitingSettlements({}, call);
    expect(settlements).toHaveLength(1);
  });

  it('has a debt written off, some sold together, and a proposal that waits', async () => {
    const found = await books.ownerQuery<{ kind: string; state: string; cases: string }>(
      `SELECT k.kind, k.state, string_agg(coalesce(c.outcome, 'OPEN'), ' ') AS cases FROM closing k
         JOIN closing_case i ON i.org_id = k.org_id AND i.closing_id = k.closing_id
         JOIN case_file c ON c.org_id = i.org_id AND c.case_id = i.case_id
        GROUP BY k.closing_id, k.kind, k.state ORDER BY k.kind, k.state`,
    );
    expect(found.map(({ kind, state, cases }) => `${kind} ${state} ${cases}`)).toEqual([
      'SALE APPROVED SOLD SOLD SOLD',
      'WRITE_OFF APPROVED WRITTEN_OFF',
      'WRITE_OFF PROPOSED OPEN',
    ]);
    const call = await stage.as('jinggong.general_manager');
    const { closings } = await stage.closings.listWaitingClosings({}, call);
    expect(closings).toHaveLength(1);
  });

  it('has ratings with their early warnings, and an admission that waits', async () => {
    const call = await stage.as('jinggong.credit_manager');
    const asked = ListWarningsRequest.fromPartial({ page });
    const { warnings } = await stage.ratings.listWarnings(asked, call);
    const codes = new Set(warnings.map((one) => one.code));
    expect([...codes]).toEqual(expect.arrayContaining(['asset_transfer', 'tax_arrears']));
    const wanted = { state: 'ADMISSION_STATE_ASKED' as const, customerId: '', page };
    expect((await stage.ratings.listAdmissions(wanted, call)).admissions).toHaveLength(1);
  });

  it('has debts whose limitation runs out, each at an alarm of its own', async () => {
    const call = await stage.as('jinggong.legal_officer');
    const until = addDays(today, 180).toString();
    const asked = { expiresBy: until, matterId: '', query: '', includeClosed: false, page };
    await eventually(async () => {
      const { debts } = await debtsOf.listDebts(asked, call);
      // The day of the three years moves on by a holiday, so it is a little more at most.
      const left = debts.map((one) => one.clock?.daysLeft ?? 0);
      expect(left.map((days) => [30, 90, 180].findIndex((most) => days <= most))).toEqual([
        0, 0, 1, 2,
      ]);
      expect(debts[0]?.clock?.state).toBe('LIMITATION_STATE_EXPIRED');
    }, 20_000);
  });

  it('has look-ups with their verdicts, and a member that is told of its customer', async () => {
    const haishu = await stage.as('haishu.director');
    const wanted = ListLookUpsRequest.fromPartial({ page });
    const { lookUps } = await stage.screening.listLookUps(wanted, haishu);
    expect(lookUps.map((one) => one.answer?.verdict)).toEqual([
      'VERDICT_LISTED',
      'VERDICT_POSSIBLE',
    ]);
    const xinqi = await stage.as('xinqi.owner');
    const sql = `INSERT INTO job (org_id, id, name, data)
                 VALUES ($1, gen_random_uuid(), 'customers-watch', '{}')`;
    await lists.ownerQuery(sql, [xinqi.caller.orgId]);
    await eventually(async () => {
      const asked = ListAlertsRequest.fromPartial({ page });
      const { alerts } = await stage.screening.listAlerts(asked, xinqi);
      expect(alerts).toMatchObject([{ state: 'ALERT_STATE_CONFIRMED' }]);
    }, 30_000);
  });

  it('ranks the agencies of this month, whoever has a record by then', async () => {
    const month = today.toPlainYearMonth().toString();
    const call = await stage.as('jinggong.director');
    const asked = { month, requestId: stage.id('ranking') };
    const { jobId } = await stage.ranking.refreshRanking(asked, call);
    await eventually(async () => {
      const sql = 'SELECT state, reason FROM job WHERE id = $1';
      expect(await ranks.ownerQuery(sql, [jobId])).toEqual([{ state: 'done', reason: '' }]);
    }, 30_000);
  });
});
