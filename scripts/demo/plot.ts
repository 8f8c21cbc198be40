import { addDays, type Day, daysBetween } from '@recourse/kit/day.ts';
import type { Case } from '@recourse/proto/cases/v1/cases.ts';
import { Procedure } from '@recourse/proto/litigation/v1/matters.ts';
import type { Payer } from './book.ts';
import { longestOverdue } from './cases.ts';
import {
  judge,
  type Lawsuit,
  move,
  openMatter,
  pay,
  proceed,
  recover,
  setHearing,
} from './courts.ts';
import { askAdmissions, hearOfTrouble, knowCustomers } from './credit.ts';
import {
  draftListing,
  foundAssociation,
  handIn,
  lookUp,
  object,
  publish,
  sellTo,
  serve,
} from './lists.ts';
import { endSome } from './closings.ts';
import { type Agreed, agreePlan, payFirst, type Terms } from './plans.ts';
import { decideOffer, type Offer, offer, type Offered, payOffer } from './settlements.ts';
import { type Stage, unlessRefused } from './stage.ts';

/** What the last weeks of the demo bring before courts, stewards and the credit manager. */
export type Plot = {
  /** Plays whatever is due on this day; called week by week, and once when the weeks are over. */
  until(on: Day, isEnd?: boolean): Promise<void>;
};

type Chapter = { weeksLeft: number; play(on: Day): Promise<void> };

/** Everything the chapters share. */
type Memory = {
  stage: Stage;
  today: Day;
  debtors: Case[];
  suits: Map<string, Lawsuit>;
  listings: Map<string, string>;
  plans: Map<string, Agreed>;
  offers: Map<string, Offered>;
};

function debtor(m: Memory, place: number): Case {
  const found = m.debtors[place];
  if (found === undefined) throw new Error('the demo has too few cases for its plot');
  return found;
}

/** The suit of that name, where the case was still open when it was to begin. */
async function withSuit(m: Memory, name: string, act: (suit: Lawsuit) => Promise<unknown>) {
  const suit = m.suits.get(name);
  if (suit !== undefined) await act(suit);
}

async function sue(
  m: Memory,
  name: string,
  place: number,
  procedure: Procedure,
  steps: readonly (readonly [string, Day])[],
): Promise<void> {
  const matterId = await openMatter(m.stage, debtor(m, place));
  if (matterId !== undefined) m.suits.set(name, await proceed(m.stage, matterId, procedure, steps));
}

const lawyer = 'jinggong.legal_officer';

async function list(m: Memory, name: string, place: number, on: Day, papers?: number) {
  const listingId = await draftListing(m.stage, lawyer, debtor(m, place), on, papers);
  m.listings.set(name, listingId);
  return listingId;
}

/** Lists a debtor and tells it; what happens then is for later weeks. */
async function listAndServe(m: Memory, name: string, place: number, on: Day): Promise<void> {
  const listingId = await list(m, name, place, on);
  if (await handIn(m.stage, lawyer, listingId)) await serve(m.stage, listingId, on);
}

const listingOf = (m: Memory, name: string): string => m.listings.get(name) ?? '';

/** The debtor of a published listing pays all it owes: the listing is gone at once. */
async function payAll(m: Memory, place: number, on: Day): Promise<void> {
  const { caseId } = debtor(m, place);
  const call = await m.stage.as('jinggong.finance');
  const { case: file } = await m.stage.cases.getCase({ caseId }, call);
  if (file?.open === undefined || file.open.minor <= 0n) return;
  const about = { caseId, paymentId: m.stage.id('payment'), amount: file.open };
  const said = { means: 'bank_transfer', reference: '结清', note: '' };
  const payment = { ...about, ...said, receivedOn: on.toString() };
  await unlessRefused(['case_closed'], () => m.stage.work.recordPayment(payment, call));
}

/** Agrees a plan with a debtor whom no other chapter is about. */
async function agree(m: Memory, name: string, on: Day, terms: Terms): Promise<void> {
  const agreed = await agreePlan(m.stage, m.debtors.slice(11), on, terms);
  if (agreed !== undefined) m.plans.set(name, agreed);
}

/** Offers less to a debtor whom no other chapter is about, and whom no plan binds. */
async function offerLess(m: Memory, name: string, on: Day, terms: Offer): Promise<void> {
  const offered = await offer(m.stage, m.debtors.slice(16), on, terms);
  if (offered !== undefined) m.offers.set(name, offered);
}

async function withOffer(m: Memory, name: string, act: (offered: Offered) => Promise<void>) {
  const offered = m.offers.get(name);
  if (offered !== undefined) await act(offered);
}

/** Suits that are far on: one judged and enforced, one just judged, one before its hearing. */
async function beginSuits(m: Memory, on: Day): Promise<void> {
  const ago = (days: number) => addDays(on, -days);
  const toJudgment = (days: readonly number[]) =>
    ['filed', 'docketed', 'served', 'heard', 'judgment_made', 'judgment_served', 'effective']
      .slice(0, days.length)
      .map((name, at) => [name, ago(days[at] ?? 0)] as const);
  const { stage } = m;
  await sue(m, 'judged', 1, Procedure.ORDINARY, toJudgment([140, 135, 125, 90, 60, 55, 39]));
  await withSuit(m, 'judged', async (suit) => {
    await pay(stage, suit.matterId, 'acceptance_fee', 1_250_00n, ago(134));
    await pay(stage, suit.matterId, 'lawyer_fee', 8_000_00n, ago(130));
    await judge(stage, suit, ago(60), ago(39));
  });
  await sue(m, 'decided', 2, Procedure.SUMMARY, toJudgment([75, 70, 60, 20]));
  await sue(m, 'pending', 0, Procedure.ORDINARY, toJudgment([5]));
}

function chapters(m: Memory): Chapter[] {
  const { stage, today } = m;
  return [
    {
      weeksLeft: 8,
      play: async (on) => {
        await foundAssociation(stage);
        await knowCustomers(stage, on);
        await beginSuits(m, on);
      },
    },
    {
      weeksLeft: 7,
      play: async (on) => {
        await listAndServe(m, 'published', 1, on);
        await listAndServe(m, 'paid', 5, on);
        await withSuit(m, 'judged', async ({ matterId }) => {
          const steps = [['filed', on] as const, ['accepted', on] as const];
          const enforcement = await proceed(stage, matterId, Procedure.ENFORCEMENT, steps);
          m.suits.set('enforced', enforcement);
        });
        await withSuit(m, 'pending', (suit) => move(stage, suit, [['docketed', on]]));
      },
    },
    {
      weeksLeft: 4,
      play: async (on) => {
        await publish(stage, listingOf(m, 'published'));
        await publish(stage, listingOf(m, 'paid'));
        await sellTo(stage, 'xinqi.owner', debtor(m, 1));
        await agree(m, 'broken', on, { count: 3, firstInDays: 10, reference: 'JG-FQ-01' });
        await sue(m, 'order', 3, Procedure.PAYMENT_ORDER, [['filed', on]]);
        await withSuit(m, 'pending', async (suit) => {
          await move(stage, suit, [['served', on]]);
          await setHearing(stage, suit, addDays(today, 9));
        });
      },
    },
    {
      weeksLeft: 2,
      play: async (on) => {
        await hearOfTrouble(stage, on);
        await agree(m, 'running', on, { count: 4, firstInDays: 7, reference: 'JG-FQ-02' });
        await lookUp(stage, debtor(m, 1), debtor(m, 10));
        await listAndServe(m, 'objected', 6, on);
        await offerLess(m, 'kept', on, { inDays: 14, reason: '客户资金紧张，愿一次付清' });
        await offerLess(m, 'refused', on, { inDays: 30, reason: '质量争议，客户要求减免' });
        const yes = { approves: true, note: '同意，一次付清' };
        await withOffer(m, 'kept', (offered) => decideOffer(stage, offered, yes));
        await withSuit(m, 'order', (suit) =>
          move(stage, suit, [
            ['accepted', on],
            ['issued', on],
          ]),
        );
        await withSuit(m, 'enforced', ({ matterId }) => recover(stage, matterId, on));
      },
    },
    {
      weeksLeft: 1,
      play: async (on) => {
        await object(stage, listingOf(m, 'objected'), on);
        await listAndServe(m, 'noticed', 7, on);
        await handIn(stage, lawyer, await list(m, 'handed in', 8, on));
        await list(m, 'drafted', 9, on, 3);
        await payAll(m, 5, on);
        const running = m.plans.get('running');
        if (running !== undefined) await payFirst(stage, running);
        const inTwoDays = daysBetween(on, today) + 2;
        await agree(m, 'agreed', on, { count: 6, firstInDays: inTwoDays, reference: '' });
        await withOffer(m, 'kept', (offered) => payOffer(stage, offered, on));
        const no = { approves: false, note: '争议部分已有验收单，不予减免' };
        await withOffer(m, 'refused', (offered) => decideOffer(stage, offered, no));
        await offerLess(m, 'approved', on, { inDays: 21, reason: '账龄长，客户已停产' });
        const yes = { approves: true, note: '' };
        await withOffer(m, 'approved', (offered) => decideOffer(stage, offered, yes));
        await offerLess(m, 'waiting', on, { inDays: 28, reason: '客户重组，愿先还本金' });
        await endSome(stage, m.debtors.slice(11), on);
        await askAdmissions(stage);
        await withSuit(m, 'order', (suit) => move(stage, suit, [['served', on]]));
        const served = [['judgment_made', on] as const, ['judgment_served', on] as const];
        await withSuit(m, 'decided', (suit) => move(stage, suit, served));
        await openMatter(stage, debtor(m, 4));
      },
    },
  ];
}

/** Those who never pay by themselves come first; within them, the longest overdue. */
async function cast(stage: Stage, payers: ReadonlyMap<string, Payer>): Promise<Case[]> {
  const open = await longestOverdue(stage, 'jinggong.director');
  const isBad = (file: Case) => payers.get(file.debtorName) === 'defaulting';
  return [...open.filter(isBad), ...open.filter((file) => !isBad(file))];
}

export function plot(of: Stage, payers: ReadonlyMap<string, Payer>, today: Day): Plot {
  const stage = of.act('plot');
  const m: Memory = {
    stage,
    today,
    debtors: [],
    suits: new Map(),
    listings: new Map(),
    plans: new Map(),
    offers: new Map(),
  };
  const waiting = chapters(m);
  return {
    until: async (on, isEnd = false) => {
      const weeksLeft = isEnd ? 0 : Math.ceil(daysBetween(on, today) / 7);
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        if (next.weeksLeft < weeksLeft) return;
        if (m.debtors.length === 0) m.debtors = await cast(stage, payers);
        await next.play(on);
        waiting.shift();
      }
    },
  };
}
