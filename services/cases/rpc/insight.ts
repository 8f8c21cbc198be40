import { addDays, type Day, isBefore } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import { sharedRuns } from '@recourse/kit/shared-run.ts';
import {
  FunnelStage,
  type GetInsightMonthsResponse,
  type GetInsightRequest,
  type GetInsightResponse,
  type InsightServiceServer,
} from '@recourse/proto/cases/v1/insight.ts';
import { bookMonths, dayBefore, yearTo } from '../domain/book-months.ts';
import { currenciesByCases, funnelSteps } from '../domain/funnel.ts';
import {
  endedMonths,
  type InsightPeriod,
  insightPeriod,
  monthEnd,
} from '../domain/insight-period.ts';
import { yearBefore } from '../domain/months.ts';
import { vintageCurves } from '../domain/vintage.ts';
import { creditorZone } from '../rules/in-force.ts';
import { bookEnds, salesByDay } from '../store/book-ends.ts';
import { recoveredByMonth } from '../store/dashboard.ts';
import { contactHours, funnelRows, openedVintages, placedVintages } from '../store/insight.ts';
import { badDebtByMonth, givenUpByMonth } from '../store/write-downs.ts';
import { dayAndRules, dayOr, type Rooms } from './rooms.ts';

type Asked = InsightPeriod & { today: Day };

function askedOf({ period }: Pick<GetInsightRequest, 'period'>, call: Call): Asked {
  const { today } = dayAndRules(call.at);
  const named = period && {
    first: dayOr(period.firstDay, today),
    last: dayOr(period.lastDay, today),
  };
  return { ...insightPeriod(named, today), today };
}

function understood({ first, last, today }: Asked) {
  const period = { firstDay: first.toString(), lastDay: last.toString() };
  return { asOf: today.toString(), period };
}

async function insight(tx: Tx, asked: Asked): Promise<GetInsightResponse> {
  const opened = await openedVintages(tx, asked, creditorZone);
  const placed = await placedVintages(tx, asked, creditorZone);
  const funnel = funnelSteps(await funnelRows(tx, asked, creditorZone));
  return {
    ...understood(asked),
    vintages: vintageCurves(opened.bases, opened.money, asked.today),
    placedVintages: vintageCurves(placed.bases, placed.money, asked.today),
    funnel: funnel.map((step) => ({ ...step, stage: FunnelStage[step.stage] })),
    contactHours: await contactHours(tx, asked),
    currencies: currenciesByCases([...opened.bases, ...placed.bases]),
  };
}

async function insightMonths(tx: Tx, asked: Asked, call: Call): Promise<GetInsightMonthsResponse> {
  const { windowDays, days: dsoTargetDays } = dayAndRules(call.at).rules.dso.value;
  const months = endedMonths(asked, asked.today);
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) {
    return { ...understood(asked), months: [], dsoTargetDays };
  }
  const ends = months.map(monthEnd);
  const to = monthEnd(last);
  const compared = addDays(dayBefore(yearBefore(first)), 1);
  const year = addDays(dayBefore(yearTo(first)[0] ?? first), 1);
  const figures = bookMonths(months, {
    ends: await bookEnds(tx, [dayBefore(first), ...ends]),
    sales: await salesByDay(tx, earlier(addDays(monthEnd(first), -windowDays), year), to),
    recovered: await recoveredByMonth(tx, compared, to),
    givenUp: await givenUpByMonth(tx, addDays(dayBefore(first), 1), to),
    badDebt: await badDebtByMonth(tx, year, to),
    windowDays,
  });
  return { ...understood(asked), months: figures, dsoTargetDays };
}

function earlier(a: Day, b: Day): Day {
  return isBefore(a, b) ? a : b;
}

/**
 * How a creditor's cases go over time. Faults: `day_out_of_range`, `period_backwards`,
 * `period_too_long`.
 */
export function insightHandlers({ db }: Rooms): Handlers<InsightServiceServer> {
  // Both sum all of the book, and a department looks at the same figures.
  const share = sharedRuns<GetInsightResponse>({ rest: 3 });
  const shareMonths = sharedRuns<GetInsightMonthsResponse>({ rest: 3 });
  const keyOf = ({ first, last, today }: Asked, call: Call): string =>
    [call.caller.orgId, first, last, today].join(' ');
  return {
    getInsight: async (request, call) => {
      const asked = askedOf(request, call);
      return share(keyOf(asked, call), () =>
        db.tenant(call.caller.orgId, (tx) => insight(tx, asked)),
      );
    },

    getInsightMonths: async (request, call) => {
      const asked = askedOf(request, call);
      return shareMonths(keyOf(asked, call), () =>
        db.tenant(call.caller.orgId, (tx) => insightMonths(tx, asked, call)),
      );
    },
  };
}
