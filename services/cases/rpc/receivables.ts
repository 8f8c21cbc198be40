import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type Aging,
  OverdueClass,
  type ReceivablesServiceServer,
} from '@recourse/proto/cases/v1/receivables.ts';
import { receivablesPage } from '../lists.ts';
import type { Rules } from '../rules/in-force.ts';
import { agingOf, type ClassBounds, exposuresOf } from '../store/aging.ts';
import { getReceivable } from '../store/receivables.ts';
import { receivableMessage } from './receivable-message.ts';
import { dayAndRules, dayOr, type Rooms } from './rooms.ts';

const defaultExposures = 20;

function boundsOf(rules: Rules): ClassBounds[] {
  return rules.overdueClasses.value.map(({ overdueClass, fromDays, toDays }) => ({
    overdueClass,
    fromDays: fromDays ?? null,
    toDays: toDays ?? null,
  }));
}

type Sums = Awaited<ReturnType<typeof agingOf>>;

/** Every class in the order of the rule, empty ones too. */
function agingMessages(sums: Sums, rules: Rules): Aging[] {
  const byName = [...sums.totals].sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return byName.map(({ currency, count, minor, debtors }) => ({
    currency,
    total: { currency, minor },
    count,
    debtors,
    buckets: rules.overdueClasses.value.map(({ overdueClass, fromDays, toDays }) => {
      const found = sums.buckets.find(
        (one) => one.currency === currency && one.overdueClass === overdueClass,
      );
      return {
        overdueClass: OverdueClass[overdueClass],
        fromDays: fromDays ?? 0,
        toDays: toDays ?? 0,
        count: found?.count ?? 0n,
        amount: { currency, minor: found?.minor ?? 0n },
      };
    }),
  }));
}

/** The receivables of a creditor. Faults: `missing` receivable_unknown. */
export function receivableHandlers({ db }: Rooms): Handlers<ReceivablesServiceServer> {
  const inBook = <T>(
    asOf: string,
    call: Call,
    work: (tx: Tx, days: { asOf: Day; today: Day }, rules: Rules) => Promise<T>,
  ): Promise<T> => {
    const { today, rules } = dayAndRules(call.at);
    const days = { asOf: dayOr(asOf, today), today };
    return db.tenant(call.caller.orgId, (tx) => work(tx, days, rules));
  };
  return {
    listReceivables: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => receivablesPage(tx, { request, at: call.at })),

    getReceivable: (request, call) =>
      inBook('', call, async (tx, { today }, rules) => ({
        receivable: receivableMessage(await getReceivable(tx, request.receivableId), today, rules),
      })),

    getAging: (request, call) =>
      inBook(request.asOf, call, async (tx, { asOf, today }, rules) => {
        const sums = await agingOf(tx, asOf, today, boundsOf(rules), request.debtorId);
        return { asOf: asOf.toString(), agings: agingMessages(sums, rules) };
      }),

    listExposures: (request, call) =>
      inBook(request.asOf, call, async (tx, { asOf, today }) => {
        const limit = request.limit === 0 ? defaultExposures : request.limit;
        const rows = await exposuresOf(tx, asOf, today, request.currency, limit);
        const exposures = rows.map(({ currency, openMinor, overdueMinor, caseId, ...rest }) => ({
          ...rest,
          open: { currency, minor: openMinor },
          overdue: { currency, minor: overdueMinor },
          caseId: caseId ?? '',
        }));
        return { exposures, asOf: asOf.toString() };
      }),
  };
}
