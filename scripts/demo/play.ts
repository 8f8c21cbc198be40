import { addDays, type Day, instantAt, isBefore, weekStart } from '@recourse/kit/day.ts';
import { type Case, CaseState, Handling } from '@recourse/proto/cases/v1/cases.ts';
import { agreedTerms, introduce } from './agencies.ts';
import { type Book, book, type Payer } from './book.ts';
import { assignCases } from './cases.ts';
import { agencies, creditors, type DemoAgency, type DemoCreditor } from './cast.ts';
import { deliver } from './deliveries.ts';
import { postNow, weeklyLetters } from './letters.ts';
import { settleMonth } from './month.ts';
import { takeOverOldDebts } from './old-debts.ts';
import { everyNight, nightOf } from './nights.ts';
import { plot } from './plot.ts';
import { type Chance, chance } from './random.ts';
import { reportWeek } from './reports.ts';
import { type Stage, unlessRefused, until } from './stage.ts';
import { takeBack, tenderCases } from './tenders.ts';
import { workWeek } from './work.ts';

const zone = 'Asia/Shanghai';
const months = 18;

/** The agency whose part the first steps in the README ask people to play. */
const toTry = 'ruiheng';

/** What one creditor or agency plays with: its own chance and ids, so that acts may run at once. */
type Act = { stage: Stage; by: Chance; post: Chance };

type Theatre = {
  stage: Stage;
  acts: ReadonlyMap<string, Act>;
  today: Day;
  books: ReadonlyMap<string, Book>;
  payers: ReadonlyMap<string, Payer>;
  agencyByOrg: ReadonlyMap<string, DemoAgency>;
  orgByAgency: ReadonlyMap<string, string>;
  /** When each creditor's last delivery was. */
  delivered: Map<string, Day>;
};

function actOf(t: Pick<Theatre, 'acts'>, name: string): Act {
  const act = t.acts.get(name);
  if (act === undefined) throw new Error(`${name} has no part in the demo`);
  return act;
}

function at(on: Day, hour: number): Temporal.Instant {
  return instantAt(on, Temporal.PlainTime.from({ hour }), zone);
}

async function allCases(stage: Stage, user: string, handlings: Handling[]): Promise<Case[]> {
  const found: Case[] = [];
  let cursor = '';
  do {
    const call = await stage.as(user);
    const answer = await stage.cases.listCases(
      {
        states: [CaseState.OPEN],
        tiers: [],
        stages: [],
        overdueClasses: [],
        handlings,
        agencyId: '',
        assigneeId: '',
        query: '',
        currency: '',
        minOpen: undefined,
        sort: 'number',
        dueBy: '',
        page: { size: 200, cursor },
      },
      call,
    );
    found.push(...answer.cases);
    cursor = answer.page?.nextCursor ?? '';
  } while (cursor !== '');
  return found;
}

async function openCases(stage: Stage, creditor: DemoCreditor, on: Day): Promise<void> {
  const call = await stage.as(creditor.director);
  await stage.cases.openCases(
    {
      requestId: stage.id('open'),
      asOf: on.toString(),
      minOverdue: undefined,
      minDaysOverdue: 25,
      preview: false,
      debtorIds: [],
    },
    call,
  );
}

/**
 * A director gives some of the unplaced cases to the agencies that suit them; two days to answer.
 */
async function place(t: Theatre, creditor: DemoCreditor): Promise<void> {
  const { stage, by } = actOf(t, creditor.prefix);
  const free = await allCases(stage, creditor.director, [Handling.INTERNAL]);
  const byAgency = new Map<DemoAgency, Case[]>();
  for (const file of free) {
    if (file.daysOverdue < 35 || !by.happens(0.35)) continue;
    const fit = agencies
      .filter(({ regions }) => regions.length === 0 || regions.includes(file.region))
      .map((agency) => {
        const near = agency.regions.includes(file.region) ? 3 : 1;
        return [agency, near * (agency.sectors.includes(file.industry) ? 3 : 1)] as const;
      });
    if (fit.length === 0) continue;
    const chosen = by.weighted(fit);
    byAgency.set(chosen, [...(byAgency.get(chosen) ?? []), file]);
  }
  for (const [agency, files] of byAgency) await offer(t, creditor, agency, files.slice(0, 100));
}

async function offer(
  t: Theatre,
  creditor: DemoCreditor,
  agency: DemoAgency,
  files: readonly Case[],
): Promise<void> {
  const { stage } = actOf(t, creditor.prefix);
  const byCurrency = Map.groupBy(files, (file) => file.open?.currency ?? '');
  for (const [currency, those] of byCurrency) {
    await stage.placements.placeCases(
      {
        agencyId: t.orgByAgency.get(agency.user) ?? '',
        terms: agreedTerms(agency, currency),
        note: '请按约定周报跟进。',
        placements: those.map(({ caseId }) => ({ caseId, placementId: stage.id('placement') })),
      },
      await stage.as(creditor.director),
    );
  }
}

/** Offers that wait for an answer, for who tries the agency's part. */
async function offerToTry(t: Theatre, creditor: DemoCreditor, files: readonly Case[]) {
  const agency = agencies.find(({ user }) => user === toTry);
  const fitting = files.filter(
    ({ region, daysOverdue }) =>
      daysOverdue >= 35 && daysOverdue < 365 && agency?.regions.includes(region) === true,
  );
  if (agency === undefined || fitting.length === 0) return;
  await offer(t, creditor, agency, fitting.slice(0, 3));
}

/** Some of what is with agencies that bring little is taken back and tendered. */
async function tenderAnew(t: Theatre, { prefix, director }: DemoCreditor): Promise<void> {
  const { stage } = actOf(t, prefix);
  const weak = ['chuanxin', 'yuecheng'].map((name) => t.orgByAgency.get(name));
  const placed = await allCases(stage, director, [Handling.PLACED]);
  const tried = placed.filter(({ agencyId }) => weak.includes(agencyId)).slice(0, 12);
  const free = (): Promise<Case[]> => allCases(stage, director, [Handling.INTERNAL]);
  await tenderCases(stage, await takeBack(stage, tried, free), t.today);
}

async function answerOffers(t: Theatre, agency: DemoAgency): Promise<void> {
  const { stage, by } = actOf(t, agency.user);
  const call = await stage.as(`${agency.user}.manager`);
  const { placements } = await stage.placements.listPlacements(
    {
      states: ['PLACEMENT_STATE_OFFERED'],
      caseId: '',
      agencyId: '',
      creditorId: '',
      sort: '',
      page: { size: 200, cursor: '' },
    },
    call,
  );
  const taken: string[] = [];
  const left: string[] = [];
  for (const { placementId } of placements) (by.happens(0.94) ? taken : left).push(placementId);
  if (taken.length > 0) {
    await stage.placements.acceptPlacements(
      { placementIds: taken, requestId: stage.id('accept') },
      call,
    );
  }
  if (left.length > 0) {
    const reason = '当前区域人手不足，暂不承接。';
    await stage.placements.declinePlacements(
      { placementIds: left, reason, requestId: stage.id('decline') },
      call,
    );
  }
  await until(`${agency.user} to see its cases`, async () => {
    const seen = await allCases(stage, `${agency.user}.manager`, []);
    return taken.length === 0 || seen.length >= taken.length ? true : undefined;
  });
}

async function workCases(t: Theatre, creditor: DemoCreditor, friday: Day): Promise<void> {
  const { stage, by, post } = actOf(t, creditor.prefix);
  const files = await allCases(stage, creditor.director, [Handling.INTERNAL, Handling.PLACED]);
  const own = files.filter(({ handling }) => handling === Handling.INTERNAL);
  await weeklyLetters(stage, post, { files: own, user: creditor.collector, friday });
  for (const file of files) {
    const agency = t.agencyByOrg.get(file.agencyId);
    const payer = t.payers.get(file.debtorName) ?? 'troubled';
    const placed = agency !== undefined && file.handling === Handling.PLACED;
    const worker = placed ? `${agency.user}.agent` : creditor.collector;
    const worked = { file, worker, strength: placed ? agency.strength : 0.8, payer };
    const payment = await workWeek(stage, by, worked, friday);
    if (payment !== undefined && by.happens(0.015)) {
      const call = await stage.as(creditor.director);
      const reason = '支票退票，银行通知余额不足。';
      await unlessRefused(['case_closed'], () =>
        stage.work.reversePayment({ ...payment, reason, requestId: stage.id('reverse') }, call),
      );
    }
  }
}

async function monday(t: Theatre, on: Day): Promise<void> {
  await t.stage.moveTo(at(on, 10));
  await Promise.all(creditors.map((creditor) => delivery(t, creditor, on)));
  await Promise.all(agencies.map((agency) => answerOffers(t, agency)));
  await Promise.all(agencies.map((agency) => reports(t, agency, on)));
}

/** Every quarter at first, every four weeks of late: an export, new cases, some of them placed. */
async function delivery(t: Theatre, creditor: DemoCreditor, on: Day): Promise<void> {
  const { stage } = actOf(t, creditor.prefix);
  const last = t.delivered.get(creditor.prefix);
  const wait = isBefore(on, addDays(t.today, -150)) ? 84 : 28;
  if (last !== undefined && isBefore(on, addDays(last, wait))) return;
  await deliver(stage, creditor, t.books.get(creditor.prefix) ?? noBook, last, on);
  t.delivered.set(creditor.prefix, on);
  await openCases(stage, creditor, on);
  const { director, workers } = creditor;
  await assignCases(stage, director, workers, await allCases(stage, director, [Handling.INTERNAL]));
  await place(t, creditor);
}

async function reports(t: Theatre, agency: DemoAgency, on: Day): Promise<void> {
  const { stage, by } = actOf(t, agency.user);
  for (const creditor of creditors) await reportWeek(stage, by, agency, creditor, on);
}

const noBook: Book = { customers: [], receivables: [] };

async function monthEnd(t: Theatre, month: Temporal.PlainYearMonth): Promise<void> {
  const closes =
    Temporal.PlainYearMonth.compare(month, t.today.toPlainYearMonth().subtract({ months: 1 })) < 0;
  await Promise.all(
    creditors.map(async (creditor) => {
      const { stage } = actOf(t, creditor.prefix);
      for (const agencyId of t.orgByAgency.values()) {
        await settleMonth(stage, creditor.finance, agencyId, month.toString(), closes);
      }
    }),
  );
}

async function setScene(stage: Stage, today: Day): Promise<Theatre> {
  const names = [...creditors.map(({ prefix }) => prefix), ...agencies.map(({ user }) => user)];
  const acts = new Map(
    names.map((name, at) => {
      const act = { stage: stage.act(name), by: chance(20_260_101 + at) };
      return [name, { ...act, post: chance(20_270_101 + at) }];
    }),
  );
  const t = { acts };
  const from = today.subtract({ months });
  const books = new Map(
    creditors.map((creditor) => {
      const { prefix } = creditor;
      const plan = {
        ...creditor,
        documentPrefix: `${prefix}-`,
        numberPrefix: prefix,
        from,
        to: today,
      };
      return [prefix, book(actOf(t, prefix).by, plan)];
    }),
  );
  const customers = [...books.values()].flatMap((one) => one.customers);
  await stage.moveTo(at(from, 9));
  const agencyByOrg = new Map<string, DemoAgency>();
  for (const agency of agencies) agencyByOrg.set(await introduce(stage, agency, today), agency);
  return {
    stage,
    acts,
    today,
    books,
    agencyByOrg,
    payers: new Map(customers.map((customer) => [customer.name, customer.payer])),
    orgByAgency: new Map([...agencyByOrg].map(([orgId, agency]) => [agency.user, orgId])),
    delivered: new Map(),
  };
}

/**
 * Plays eighteen months of business through the real services, week by week on a moved clock: what
 * the portal then shows came about as it would have in life, and the ledger is what the rules made.
 */
export async function play(stage: Stage, today: Day, say: (line: string) => void): Promise<void> {
  const t = await setScene(stage, today);
  const story = plot(stage, t.payers, today);
  // Nothing is overdue in the first weeks of the books.
  let week = weekStart(today.subtract({ months: months - 4 }));
  while (isBefore(addDays(week, 4), today)) {
    const friday = addDays(week, 4);
    await monday(t, week);
    await story.until(week);
    await stage.moveTo(at(friday, 16));
    await Promise.all(creditors.map((creditor) => workCases(t, creditor, friday)));
    const next = addDays(week, 7);
    if (next.month !== week.month) {
      say(`demo history: ${week.toPlainYearMonth().toString()}`);
      await stage.moveTo(at(addDays(week, 6), 1));
      await nightOf(stage, 'cases', 'cases-night');
      await stage.moveTo(at(addDays(week, 6), 12));
      await monthEnd(t, week.toPlainYearMonth());
    }
    week = next;
  }
  if (isBefore(week, today)) {
    // This week's Monday is over: all have reported but the one whose part is to be tried.
    await stage.moveTo(at(week, 10));
    const prompt = agencies.filter(({ user }) => user !== toTry);
    await Promise.all(prompt.map((agency) => reports(t, agency, week)));
  }
  await stage.moveTo(undefined);
  await story.until(today, true);
  await lastDay(t);
}

/** What is as of today: debts taken over late, tenders, how the agencies rank this month. */
async function lastDay(t: Theatre): Promise<void> {
  const [creditor] = creditors;
  if (creditor === undefined) return;
  const { stage, by, post } = actOf(t, creditor.prefix);
  await takeOverOldDebts(stage, by, creditor, t.today);
  const files = await allCases(stage, creditor.director, [Handling.INTERNAL]);
  const file = files.find(({ daysOverdue }) => daysOverdue > 3 * 365 - 60 && daysOverdue < 3 * 365);
  const user = creditor.collector;
  if (file !== undefined) await postNow(stage, post, { file, user, today: t.today });
  await offerToTry(t, creditor, files);
  await tenderAnew(t, creditor);
  await everyNight(stage);
  const month = t.today.toPlainYearMonth().toString();
  const asked = { month, requestId: stage.id('ranking') };
  await stage.ranking.refreshRanking(asked, await stage.as(creditor.director));
}
