import type { Tx } from '@recourse/kit/db.ts';
import { dayIn } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { money } from '@recourse/kit/money.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type AskWhatIfRequest,
  type AskWhatIfResponse,
  type GetRatingResponse,
  type ListRatingsRequest,
  RateCustomerResponse,
  RatingCause,
  type RatingServiceServer,
  SettleWarningResponse,
  WarningSeverity,
} from '@recourse/proto/credit/v1/ratings.ts';
import { defaultTimeZone } from '../domain/customer.ts';
import { answerable, behaviourFacts, type Facts, mainBehaviour } from '../domain/facts.ts';
import { usedBps } from '../domain/warning.ts';
import { type Basis, basesOf, policyOf, rateCustomers, ratingOf, scoringsOf } from '../rerating.ts';
import { behavioursIfPaid } from '../store/behaviours.ts';
import { ratedCustomers } from '../store/rated-list.ts';
import { gradeCounts, presentRating, ratingHistory } from '../store/ratings.ts';
import { listWarnings, saveWarning, warningForUpdate } from '../store/warnings.ts';
import { admissionHandlers } from './admissions.ts';
import { fileHandlers } from './files.ts';
import { policyHandlers } from './policies.ts';
import { mustKnow, occasionOf, pageInfo, pageOf, type Rooms } from './rooms.ts';

function today(call: Call): string {
  return dayIn(defaultTimeZone, call.at).toString();
}

async function readRating(tx: Tx, customerId: string, call: Call): Promise<GetRatingResponse> {
  await mustKnow(tx, customerId);
  const present = await presentRating(tx, customerId);
  const [basis] = await basesOf(tx, [customerId], call.at);
  const exposure = basis?.exposure ?? money(0n, 'CNY');
  const filter = { severity: WarningSeverity.UNSPECIFIED, code: '', settled: false, customerId };
  const { warnings } = await listWarnings(tx, filter, { size: 50, cursor: '' });
  const limit = present?.rating.limit;
  return {
    rating: present?.rating,
    exposure,
    usedBps: usedBps(exposure, limit),
    overLimit: present?.isOverLimit ?? false,
    warnings,
  };
}

/**
 * Characteristics as they were asked to be. Faults: `invalid` characteristic_unknown,
 * value_is_no_number.
 */
function givenOf(values: AskWhatIfRequest['values'], present: Facts): Facts {
  const given: Record<string, number | string | undefined> = {};
  for (const { code, value } of values) {
    if (!answerable.has(code)) throw fault('invalid', 'characteristic_unknown', { code });
    const isCode = code === 'registry_status' || code === 'ownership';
    const number = Number(value);
    if (value !== '' && !isCode && Number.isNaN(number)) {
      const known = present[code] ?? null;
      throw fault('invalid', 'value_is_no_number', { code, value, present: known });
    }
    given[code] = value === '' ? undefined : isCode ? value : number;
  }
  return given;
}

/**
 * The basis as it would be. What is overdue and paid today is paid late: that the customer owes
 * less raises the score, that it was late counts against it, as it will when it pays in truth.
 */
async function otherwise(
  tx: Tx,
  basis: Basis,
  request: AskWhatIfRequest,
  day: string,
): Promise<Basis> {
  const { overduePaid } = request;
  const given = givenOf(request.values, basis.facts);
  const main = overduePaid
    ? mainBehaviour(await behavioursIfPaid(tx, basis.customerId, day))
    : undefined;
  const facts: Record<string, number | string | undefined> = {
    ...basis.facts,
    ...behaviourFacts(main),
    ...given,
  };
  for (const code of request.flagsGone) delete facts[code];
  const exposure = main === undefined ? basis.exposure : money(main.exposureMinor, main.currency);
  return { ...basis, facts, exposure, otherwise: { overduePaid, given } };
}

async function whatIf(tx: Tx, request: AskWhatIfRequest, call: Call): Promise<AskWhatIfResponse> {
  await mustKnow(tx, request.customerId);
  const [basis] = await basesOf(tx, [request.customerId], call.at);
  if (basis === undefined) throw fault('missing', 'customer_unknown');
  const policy = await policyOf(tx, today(call));
  const other = await otherwise(tx, basis, request, today(call));
  const [first, second] = await scoringsOf(tx, [basis, other], today(call));
  if (first === undefined || second === undefined) throw fault('internal', 'nothing_scored');
  const occasion = occasionOf(call);
  const cause = RatingCause.ASKED;
  const present = ratingOf(basis, first, { policy, before: undefined, cause, occasion });
  const then = ratingOf(other, second, { policy, before: present, cause, occasion });
  // oxlint-disable-next-line no-thenable -- the contract's word; it is a message, no function
  return { present, then, pointsGained: then.score - present.score };
}

/** A page of rated customers as it is answered; the screen and the export read the same. */
export async function ratingsPage(tx: Tx, { page, ...filter }: ListRatingsRequest) {
  const found = await ratedCustomers(tx, filter, pageOf(page));
  return { customers: found.customers, page: pageInfo(found) };
}

/** Ratings, warnings and policy over gRPC. */
export function ratingHandlers(rooms: Rooms): Handlers<RatingServiceServer> {
  const { db } = rooms;
  return {
    ...fileHandlers(rooms),
    ...admissionHandlers(rooms),

    getRating: ({ customerId }, call) =>
      db.tenant(call.caller.orgId, (tx) => readRating(tx, customerId, call)),

    listCustomerRatings: ({ customerId, page }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        await mustKnow(tx, customerId);
        const found = await ratingHistory(tx, customerId, pageOf(page));
        return { ratings: found.ratings, page: pageInfo(found) };
      }),

    rateCustomer: ({ customerId, requestId }, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        await mustKnow(tx, customerId);
        const command = { requestId, content: { customerId } };
        return onceOrNow(tx, command, RateCustomerResponse, async () => {
          const asked = [{ customerId, cause: RatingCause.ASKED }];
          const [rating] = await rateCustomers(tx, asked, occasionOf(call));
          return { rating };
        });
      }),

    askWhatIf: (request, call) => db.tenant(call.caller.orgId, (tx) => whatIf(tx, request, call)),

    listRatings: (request, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        const found = await ratingsPage(tx, request);
        return { ...found, grades: await gradeCounts(tx) };
      }),

    listWarnings: ({ page, ...filter }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        const found = await listWarnings(tx, filter, pageOf(page));
        return { warnings: found.warnings, page: pageInfo(found) };
      }),

    settleWarning: ({ warningId, requestId, note }, call) =>
      db.tenant(call.caller.orgId, (tx) => {
        const command = { requestId, content: { warningId, note } };
        return onceOrNow(tx, command, SettleWarningResponse, async () => {
          const before = await warningForUpdate(tx, warningId);
          if (before === undefined) throw fault('missing', 'warning_unknown', { warningId });
          if (before.settled) throw fault('refused', 'warning_already_settled', { warningId });
          const { at, actor } = occasionOf(call);
          const settled = { settledAt: at.toString(), settledBy: actor, settledNote: note };
          const warning = { ...before, ...settled, settled: true };
          await saveWarning(tx, warning);
          return { warning };
        });
      }),

    ...policyHandlers(rooms),
  };
}
