import { addDays, type Day, instantAt, isBefore } from '@recourse/kit/day.ts';
import { type Case, CaseState, Handling } from '@recourse/proto/cases/v1/cases.ts';
import { introduce } from './agencies.ts';
import { type Book, book, type Payer } from './book.ts';
import { agencies, creditors, type DemoAgency, type DemoCreditor } from './cast.ts';
import { deliver } from './deliveries.ts';
import { settleMonth } from './month.ts';
import { type Chance, chance } from './random.ts';
import { reportWeek } from './reports.ts';
import { type Stage, unlessRefused, until } from './stage.ts';
import { workWeek } from './work.ts';

const zone = 'Asia/Shanghai';
const months = 18;
const reportWeeks = 10;

type Theatre = {
  stage: Stage;
  by: Chance;
  today: Day;
  books: ReadonlyMap<string, Book>;
  payers: ReadonlyMap<string, Payer>;
  agencyByOrg: ReadonlyMap<string, DemoAgency>;
  orgByAgency: ReadonlyMap<string, string>;
  /** When each creditor's last delivery was. */
  delivered: Map<string, Day>;
};

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
        states: [CaseState.OPEN], tiers: [], overdueClasses: [], handlings, agencyId: '',
        assigneeId: '', query: '', currency: '', minOpen: undefined, sort: 'number', dueBy: '',
        page: { size: 200, cursor },
      },
      call,
    );
    found.push(...answer.cases);
    cursor = answer.page?.nextCursor ?? '';
  } while (cursor !== '');
  return found;
}

async function openCases(t: Theatre, creditor: DemoCreditor, on: Day): Promise<void> {
  const call = await t.stage.as(creditor.director);
  await t.stage.cases.openCases(
    {
      requestId: t.stage.id('open'), asOf: on.toString(), minOverdue: undefined,
      minDaysOverdue: 25, preview: false, debtorIds: [],
    },
    call,
  );
}

/** A director gives some of the unplaced cases to the agencies that suit them; two days to answer. */
async function place(t: Theatre, creditor: DemoCreditor): Promise<void> {
  const free = await allCases(t.stage, creditor.director, [Handling.INTERNAL]);
  const byAgency = new Map<DemoAgency, Case[]>();
  for (const file of free) {
    if (file.daysOverdue < 35 || !t.by.happens(0.35)) continue;
    const fit = agencies.map((agency) => {
      const near = agency.regions.includes(file.region) ? 3 : 1;
      return [agency, near * (agency.sectors.includes(file.industry) ? 3 : 1)] as const;
    });
    const chosen = t.by.weighted(fit);
    byAgency.set(chosen, [...(byAgency.get(chosen) ?? []), file]);
  }
  for (const [agency, files] of byAgency) {
    const call = await t.stage.as(creditor.director);
    await t.stage.placements.placeCases(
      {
        agencyId: t.orgByAgency.get(agency.user) ?? '', terms: undefined, note: '请按约定周报跟进。',
        placements: files.slice(0, 100).map(({ caseId }) => ({ caseId, placementId: t.stage.id('placement') })),
      },
      call,
    );
  }
}

async function answerOffers(t: Theatre, agency: DemoAgency): Promise<void> {
  const call = await t.stage.as(`${agency.user}.manager`);
  const { placements } = await t.stage.placements.listPlacements(
    {
      states: ['PLACEMENT_STATE_OFFERED'], caseId: '', agencyId: '', creditorId: '', sort: '',
      page: { size: 200, cursor: '' },
    },
    call,
  );
  const taken: string[] = [];
  const left: string[] = [];
  for (const { placementId } of placements) (t.by.happens(0.94) ? taken : left).push(placementId);
  if (taken.length > 0) {
    await t.stage.placements.acceptPlacements({ placementIds: taken, requestId: t.stage.id('accept') }, call);
  }
  if (left.length > 0) {
    const reason = '当前区域人手不足，暂不承接。';
    await t.stage.placements.declinePlacements(
      { placementIds: left, reason, requestId: t.stage.id('decline') },
      call,
    );
  }
  await until(`${agency.user} to see its cases`, async () => {
    const seen = await allCases(t.stage, `${agency.user}.manager`, []);
    return taken.length === 0 || seen.length >= taken.length ? true : undefined;
  });
}

async function workCases(t: Theatre, creditor: DemoCreditor, friday: Day): Promise<void> {
  for (const file of await allCases(t.stage, creditor.director, [Handling.INTERNAL, Handling.PLACED])) {
    const agency = t.agencyByOrg.get(file.agencyId);
    const payer = t.payers.get(file.debtorName) ?? 'troubled';
    const placed = agency !== undefined && file.handling === Handling.PLACED;
    const worker = placed ? `${agency.user}.agent` : creditor.collector;
    const worked = { file, worker, strength: placed ? agency.strength : 0.8, payer };
    const payment = await workWeek(t.stage, t.by, worked, friday);
    if (payment !== undefined && t.by.happens(0.015)) {
      const call = await t.stage.as(creditor.director);
      const reason = '支票退票，银行通知余额不足。';
      await unlessRefused(['case_closed'], () =>
        t.stage.work.reversePayment({ ...payment, reason, requestId: t.stage.id('reverse') }, call),
      );
    }
  }
}

async function monday(t: Theatre, on: Day): Promise<void> {
  await t.stage.moveTo(at(on, 10));
  const quarterly = addDays(t.today, -150);
  for (const creditor of creditors) {
    const last = t.delivered.get(creditor.prefix);
    const wait = isBefore(on, quarterly) ? 84 : 28;
    if (last !== undefined && isBefore(on, addDays(last, wait))) continue;
    await deliver(t.stage, creditor, t.books.get(creditor.prefix) ?? noBook, last, on);
    t.delivered.set(creditor.prefix, on);
    await openCases(t, creditor, on);
    await place(t, creditor);
  }
  for (const agency of agencies) await answerOffers(t, agency);
  if (isBefore(on, addDays(t.today, -7 * reportWeeks))) return;
  for (const agency of agencies) {
    for (const creditor of creditors) await reportWeek(t.stage, t.by, agency, creditor, on);
  }
}

const noBook: Book = { customers: [], receivables: [] };

async function monthEnd(t: Theatre, month: Temporal.PlainYearMonth): Promise<void> {
  const closes = Temporal.PlainYearMonth.compare(month, t.today.toPlainYearMonth().subtract({ months: 1 })) < 0;
  for (const creditor of creditors) {
    for (const agencyId of t.orgByAgency.values()) {
      await settleMonth(t.stage, creditor.finance, agencyId, month.toString(), closes);
    }
  }
}

async function setScene(stage: Stage, today: Day): Promise<Theatre> {
  const by = chance(20_260_101);
  const from = today.subtract({ months });
  const books = new Map(
    creditors.map((creditor) => {
      const { prefix } = creditor;
      const plan = { ...creditor, documentPrefix: `${prefix}-`, numberPrefix: prefix, from, to: today };
      return [prefix, book(by, plan)];
    }),
  );
  const customers = [...books.values()].flatMap((one) => one.customers);
  await stage.moveTo(at(from, 9));
  const agencyByOrg = new Map<string, DemoAgency>();
  for (const agency of agencies) agencyByOrg.set(await introduce(stage, agency, today), agency);
  return {
    stage, by, today, books, agencyByOrg,
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
  // Nothing is overdue in the first weeks of the books.
  let week = addDays(today.subtract({ months: months - 4 }), 0);
  week = addDays(week, 1 - week.dayOfWeek);
  while (isBefore(addDays(week, 4), today)) {
    const friday = addDays(week, 4);
    await monday(t, week);
    await stage.moveTo(at(friday, 16));
    for (const creditor of creditors) await workCases(t, creditor, friday);
    const next = addDays(week, 7);
    if (next.month !== week.month) {
      say(`demo history: ${week.toPlainYearMonth().toString()}`);
      await stage.moveTo(at(addDays(week, 6), 12));
      await monthEnd(t, week.toPlainYearMonth());
    }
    week = next;
  }
  await stage.moveTo(undefined);
}
