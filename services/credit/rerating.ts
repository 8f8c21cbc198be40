import { randomUUIDv7 } from 'node:crypto';
import { dayIn, day, daysBetween } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { type Money, money } from '@recourse/kit/money.ts';
import type { CreditEvent } from '@recourse/proto/credit/v1/events.ts';
import {
  type CreditFile,
  type CreditPolicy,
  type CreditWarning,
  Rating,
  type RatingCause,
} from '@recourse/proto/credit/v1/ratings.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import type { Behaviour } from './domain/behaviour.ts';
import { defaultTimeZone } from './domain/customer.ts';
import { inForce, rulesOf, type Scoring, scoreByCard } from './domain/expert.ts';
import { type Facts, factsOf, mainBehaviour } from './domain/facts.ts';
import { type Invoice, lateColumns, lateFacts } from './domain/fitting/late-payment.ts';
import { columnsOf } from './domain/fitting/model.ts';
import { scoreByModel } from './domain/model-scoring.ts';
import { unusualOrders } from './domain/orders.ts';
import { isOther, isTold, pdBpsOf, rate } from './domain/rating.ts';
import { isOverLimit, type Sign, signsOf } from './domain/warning.ts';
import { shippedPolicies } from './rules/credit-policy.ts';
import { expertCards } from './rules/expert-card.ts';
import { orderWatches } from './rules/order-watch.ts';
import { presentBehavioursOf } from './store/behaviours.ts';
import { customerNames } from './store/customers.ts';
import { brokenPromises, creditFiles } from './store/credit-files.ts';
import { invoices } from './store/invoices.ts';
import { activeModel } from './store/models.ts';
import { orderHistories } from './store/orders.ts';
import { ownPolicy } from './store/policies.ts';
import { type Made, presentForUpdate, saveRatings } from './store/ratings.ts';
import { clearWarnings, raiseWarnings } from './store/warnings.ts';
import { creditTopic } from './topic.ts';

export type Asked = { customerId: string; cause: RatingCause };

export type Occasion = { at: Temporal.Instant; actor?: Actor };

/** What a rating is made of, for one customer. */
export type Basis = {
  customerId: string;
  facts: Facts;
  file: CreditFile;
  exposure: Money;
  equity: Money | undefined;
  /** Of a basis as it would be: what was asked to be otherwise. */
  otherwise?: { overduePaid: boolean; given: Facts };
};

/** The day's policy: the organisation's own, else the shipped one in force. */
export async function policyOf(tx: Tx, today: string): Promise<CreditPolicy> {
  return (await ownPolicy(tx, today)) ?? inForce(shippedPolicies, today);
}

function basisOf(
  customerId: string,
  file: CreditFile,
  behaviours: readonly Behaviour[],
  told: { broken: number; today: string },
): Basis {
  const main = mainBehaviour(behaviours);
  const [newest] = file.statements;
  const { registry, answers, flags, statements } = file;
  const known = { behaviours, brokenPromises: told.broken, registry, answers, flags, statements };
  const currency = main?.currency ?? newest?.currency ?? 'CNY';
  return {
    customerId,
    file,
    facts: factsOf(known, told.today),
    exposure: money(main?.exposureMinor ?? 0n, currency),
    equity: newest && money(newest.equityMinor, newest.currency),
  };
}

/** Everything known of these customers, those that are not known left out. */
export async function basesOf(
  tx: Tx,
  customerIds: readonly string[],
  at: Temporal.Instant,
): Promise<Basis[]> {
  const known = [...(await customerNames(tx, customerIds)).keys()];
  const files = await creditFiles(tx, known);
  const broken = await brokenPromises(tx, known, at);
  const today = dayIn(defaultTimeZone, at).toString();
  const behaviours = await presentBehavioursOf(tx, known, today);
  return known.flatMap((customerId) => {
    const file = files.get(customerId);
    if (file === undefined) return [];
    const told = { broken: broken.get(customerId) ?? 0, today };
    return basisOf(customerId, file, behaviours.get(customerId) ?? [], told);
  });
}

/** As it would be had it been paid, when it is overdue: only what was settled before is known. */
function ifPaid(invoice: Invoice, today: number): Invoice {
  const isOverdue = invoice.settledDay === undefined && invoice.dueDay < today;
  return isOverdue ? { ...invoice, settledDay: today - 1 } : invoice;
}

/** A customer's invoices, and the one of the usual size and terms that would be written today. */
function withNext(earlier: readonly Invoice[], customer: string, today: number): Invoice[] {
  const count = Math.max(earlier.length, 1);
  const size = earlier.reduce((total, one) => total + one.size, 0) / count;
  const terms = earlier.reduce((total, one) => total + one.dueDay - one.invoicedDay, 0) / count;
  const dueDay = today + Math.round(terms || 30);
  const next = { invoicedDay: today, dueDay, settledDay: undefined, size, isDisputed: false };
  return [...earlier, next].map((one) => ({ ...one, customer }));
}

/** What would be known of an invoice of the usual size and terms, written today. */
async function withLateFacts(tx: Tx, bases: readonly Basis[], today: string): Promise<Facts[]> {
  const own = await invoices(
    tx,
    bases.map((basis) => basis.customerId),
  );
  const byCustomer = Map.groupBy(own, (one) => one.customer);
  const written = daysBetween(day('1970-01-01'), day(today));
  // By place, since a customer may stand beside itself as it would be.
  const each = bases.map(({ customerId, otherwise }, at) => {
    const told = byCustomer.get(customerId) ?? [];
    const isPaid = otherwise?.overduePaid === true;
    const earlier = isPaid ? told.map((one) => ifPaid(one, written)) : told;
    return withNext(earlier, String(at), written);
  });
  const columns = lateColumns(each.flat());
  let last = -1;
  return bases.map(({ facts, otherwise }, at) => {
    last += each[at]?.length ?? 0;
    const late = columns.map(({ name, values }) => {
      const value = values[last];
      return [name, value === undefined || Number.isNaN(value) ? undefined : value];
    });
    return { ...facts, ...(Object.fromEntries(late) as Facts), ...otherwise?.given };
  });
}

/** Points for every customer: by the model in use, else by the shipped card. */
export async function scoringsOf(
  tx: Tx,
  bases: readonly Basis[],
  today: string,
): Promise<Scoring[]> {
  const active = await activeModel(tx);
  if (active === undefined) {
    const card = inForce(expertCards, today);
    return bases.map(({ facts }) => {
      const made = scoreByCard(card, facts);
      return { ...made, pdBps: pdBpsOf(made.score) };
    });
  }
  const late = new Set<string>(lateFacts);
  const asksLate = columnsOf(active.fitted).some((name) => late.has(name));
  const facts = asksLate
    ? await withLateFacts(tx, bases, today)
    : bases.map((basis) => basis.facts);
  return scoreByModel(active, facts);
}

/** A rating of a basis, not kept. */
export function ratingOf(
  basis: Basis,
  scoring: Scoring,
  o: { policy: CreditPolicy; before: Rating | undefined; cause: RatingCause; occasion: Occasion },
): Rating {
  const today = dayIn(defaultTimeZone, o.occasion.at).toString();
  const made = {
    customerId: basis.customerId,
    scoring,
    rules: rulesOf(inForce(expertCards, today), basis.facts),
    equity: basis.equity,
    currency: basis.exposure.currency,
  };
  return rate(made, o.policy, o.before, {
    ratingId: randomUUIDv7(),
    cause: o.cause,
    at: o.occasion.at.toString(),
    today,
  });
}

type Outcome = {
  made: Made;
  signs: Sign[];
  before: Rating | undefined;
  wasOverLimit: boolean;
};

function warningOf(outcome: Outcome, sign: Sign, at: string): CreditWarning {
  return {
    warningId: randomUUIDv7(),
    customerId: outcome.made.rating.customerId,
    customerName: '',
    ...sign,
    raisedAt: at,
    settled: false,
    settledNote: '',
    settledAt: undefined,
    settledBy: undefined,
    exposure: outcome.made.exposure,
  };
}

type Emitted = NonNullable<CreditEvent['event']>;

function eventsOf(outcome: Outcome, raised: readonly CreditWarning[]): Emitted[] {
  const { made, before } = outcome;
  const { rating, exposure } = made;
  const { customerId, ratingId, grade, pdBps, limit, cause } = rating;
  const events: Emitted[] = [];
  if (isTold(before, rating)) {
    const gradeBefore = before?.grade ?? 'GRADE_UNSPECIFIED';
    const value = { customerId, ratingId, gradeBefore, grade, pdBps, limit, cause };
    events.push({ $case: 'ratingChanged', value });
  }
  if (made.isOverLimit && !outcome.wasOverLimit) {
    events.push({ $case: 'limitExceeded', value: { customerId, exposure, limit } });
  }
  for (const { warningId, code, severity } of raised) {
    events.push({ $case: 'warningRaised', value: { customerId, warningId, code, severity } });
  }
  return events;
}

async function keep(tx: Tx, outcomes: readonly Outcome[], occasion: Occasion): Promise<void> {
  const { at, actor } = occasion;
  await saveRatings(
    tx,
    outcomes.map((outcome) => outcome.made),
  );
  const wanted = outcomes.flatMap((outcome) =>
    outcome.signs.map((sign) => warningOf(outcome, sign, at.toString())),
  );
  await clearWarnings(
    tx,
    outcomes.map(({ made }) => made.rating.customerId),
    wanted,
    at,
  );
  const raised = await raiseWarnings(tx, wanted);
  for (const outcome of outcomes) {
    const { customerId } = outcome.made.rating;
    const own = raised.filter((one) => one.customerId === customerId);
    const events = eventsOf(outcome, own);
    if (events.length === 0) continue;
    const about = { aggregateId: customerId, at, ...(actor === undefined ? {} : { actor }) };
    await emit(tx, creditTopic, about, events);
  }
}

/** What the orders of customers say, by customer. */
async function orderSigns(
  tx: Tx,
  bases: readonly Basis[],
  today: string,
): Promise<Map<string, Sign>> {
  const watch = inForce(orderWatches, today);
  const asked = bases.map(({ customerId, exposure }) => ({
    customerId,
    currency: exposure.currency,
  }));
  const histories = await orderHistories(tx, asked, today, watch);
  const signs = [...histories].flatMap(([customerId, history]): [string, Sign][] => {
    const sign = unusualOrders(history, watch);
    return sign === undefined ? [] : [[customerId, sign]];
  });
  return new Map(signs);
}

/**
 * Rates customers from what is known now, keeps what is new, raises and clears warnings and tells
 * what moved. Customers that are not known are passed over. The same facts again change nothing
 * but the day of the next review.
 */
export async function rateCustomers(
  tx: Tx,
  asked: readonly Asked[],
  occasion: Occasion,
): Promise<Rating[]> {
  if (asked.length === 0) return [];
  const today = dayIn(defaultTimeZone, occasion.at).toString();
  const causes = new Map(asked.map(({ customerId, cause }) => [customerId, cause]));
  const present = await presentForUpdate(tx, [...causes.keys()]);
  const bases = await basesOf(tx, [...causes.keys()], occasion.at);
  const policy = await policyOf(tx, today);
  const scorings = await scoringsOf(tx, bases, today);
  const orders = await orderSigns(tx, bases, today);
  const outcomes = bases.flatMap((basis, at): Outcome[] => {
    const scoring = scorings[at];
    if (scoring === undefined) return [];
    const known = present.get(basis.customerId);
    const before = known?.rating;
    const cause = causes.get(basis.customerId) ?? 'RATING_CAUSE_ASKED';
    const fresh = ratingOf(basis, scoring, { policy, before, cause, occasion });
    const isNew = isOther(before, fresh);
    const renewed = { ...before, reviewOn: fresh.reviewOn };
    const rating = isNew || before === undefined ? fresh : Rating.fromPartial(renewed);
    const { facts, exposure } = basis;
    const { flags } = basis.file;
    const alarmBps = policy.limitAlarmBps;
    return [
      {
        made: { rating, exposure, isOverLimit: isOverLimit(exposure, rating.limit), isNew },
        signs: signsOf({
          facts,
          flags,
          before,
          rating,
          exposure,
          alarmBps,
          orders: orders.get(basis.customerId),
        }),
        before,
        wasOverLimit: known?.isOverLimit ?? false,
      },
    ];
  });
  await keep(tx, outcomes, occasion);
  return outcomes.map(({ made }) => made.rating);
}
