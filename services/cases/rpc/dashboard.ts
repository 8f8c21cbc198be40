import { addDays, type Day, day, daysBetween, instantAt } from '@recourse/kit/day.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import { sharedRuns } from '@recourse/kit/shared-run.ts';
import {
  type CasesServiceServer,
  CaseState,
  type GetDashboardResponse,
  Handling,
  PriorityTier,
} from '@recourse/proto/cases/v1/cases.ts';
import { dsoTenths } from '../domain/dso.ts';
import { lastMonths, monthFigures } from '../domain/months.ts';
import { creditorZone } from '../rules/in-force.ts';
import { activityOf, creditorsHeld, placementBases } from '../store/activity.ts';
import type { Sight } from '../store/cases.ts';
import {
  bookFigures,
  type BookFigure,
  type CaseFigure,
  caseFigures,
  dueCases,
  type MonthRow,
  placedByMonth,
  promiseFigures,
  recoveredByMonth,
  recoveredForAgency,
} from '../store/dashboard.ts';
import { newlyOverdueDebtors } from '../store/newly-overdue.ts';
import { dayAndRules, dayOr, type Rooms, sightOf } from './rooms.ts';

const months = 12;

async function book(tx: Tx, sight: Sight, asOf: Day, call: Call): Promise<BookFigure[]> {
  if (sight.kind === 'agency') return [];
  const { today, rules } = dayAndRules(call.at);
  return bookFigures(tx, asOf, today, rules.dso.value.windowDays);
}

function sumBy<R>(rows: readonly R[], keyOf: (row: R) => string, minorOf: (row: R) => bigint) {
  const sums = new Map<string, bigint>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0n) + minorOf(row));
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}

function countBy(rows: readonly CaseFigure[], counts: (row: CaseFigure) => bigint): bigint {
  return rows.reduce((sum, row) => sum + counts(row), 0n);
}

function tierFigures(cases: readonly CaseFigure[]): GetDashboardResponse['tiers'] {
  return (['HIGH', 'MEDIUM', 'LOW'] as const).flatMap((tier) => {
    const own = cases.filter((row) => row.tier === tier);
    return sumBy(
      own,
      (row) => row.currency,
      (row) => row.openMinor,
    ).map((open) => ({
      tier: PriorityTier[tier],
      cases: countBy(own, (row) => (row.currency === open.currency ? row.count : 0n)),
      open,
    }));
  });
}

/** A year further back, for the comparison of each month with the same one before. */
const firstCompared = (asOf: Day): Day => lastMonths(asOf, 2 * months).first;

const midnight = Temporal.PlainTime.from('00:00');

/**
 * What came in while the agency held the cases, creditor by creditor: each answers for its own
 * rows, since those of an ended placement are closed to the agency.
 */
async function recoveredElsewhere(db: Db, agencyId: string, asOf: Day): Promise<MonthRow[]> {
  const from = firstCompared(asOf);
  const since = instantAt(from, midnight, creditorZone);
  const creditors = await db.tenant(agencyId, (tx) => creditorsHeld(tx, agencyId, since));
  const sums = new Map<string, MonthRow>();
  for (const orgId of creditors) {
    const rows = await db.tenant(orgId, (tx) => recoveredForAgency(tx, agencyId, from, asOf));
    for (const row of rows) {
      const key = `${row.month} ${row.currency}`;
      sums.set(key, { ...row, minor: row.minor + (sums.get(key)?.minor ?? 0n) });
    }
  }
  return [...sums.values()];
}

async function dashboard(
  tx: Tx,
  sight: Sight,
  asOf: Day,
  call: Call,
  earned: readonly MonthRow[],
): Promise<GetDashboardResponse> {
  const { rules, today } = dayAndRules(call.at);
  const span = lastMonths(asOf, months);
  const isOwn = sight.kind === 'creditor';
  // Asked together, they travel together.
  const [cases, due, promises, recovered, placed, books, newlyOverdue] = await Promise.all([
    caseFigures(tx, sight),
    dueCases(tx, sight, asOf),
    promiseFigures(tx, sight, asOf),
    isOwn ? recoveredByMonth(tx, firstCompared(asOf), asOf) : earned,
    placedByMonth(tx, sight, span.first, asOf, creditorZone),
    book(tx, sight, asOf, call),
    isOwn ? newlyOverdueDebtors(tx, asOf, today) : 0n,
  ]);
  const main = books[0];
  const currency = main?.currency ?? cases[0]?.currency ?? 'CNY';
  const thisMonth = recovered.filter((row) => row.month === span.months.at(-1));
  return {
    asOf: asOf.toString(),
    dueToday: due,
    promisesDue: promises.due,
    promisesBroken: promises.broken,
    openCases: countBy(cases, (row) => row.count),
    placedCases: countBy(cases, (row) => (row.handling === 'PLACED' ? row.count : 0n)),
    tiers: tierFigures(cases),
    months: monthFigures(span.months, recovered, placed, currency),
    overdue: isOwn
      ? books.map((row) => ({ currency: row.currency, minor: row.overdueMinor }))
      : sumBy(
          cases,
          (row) => row.currency,
          (row) => row.overdueMinor,
        ),
    recoveredMonth: sumBy(
      thisMonth,
      (row) => row.currency,
      (row) => row.minor,
    ),
    newlyOverdue,
    dsoTenths: dsoTenths(main?.openMinor ?? 0n, main?.salesMinor ?? 0n, rules.dso.value.windowDays),
  };
}

/**
 * The first page, and what the agencies service asks; cases that are not the caller's are left out.
 */
export function dashboardHandlers({
  db,
}: Rooms): Pick<
  Handlers<CasesServiceServer>,
  'getDashboard' | 'getPlacementBasis' | 'getActivity'
> {
  // The whole department opens it at nine; it sums all of the book.
  const share = sharedRuns<GetDashboardResponse>({ rest: 3 });
  return {
    getDashboard: async (request, call) => {
      const { today } = dayAndRules(call.at);
      const asOf = dayOr(request.asOf, today);
      const { orgId } = call.caller;
      const sight = sightOf(call.caller);
      return share([orgId, sight.kind, asOf, today].join(' '), async () => {
        const earned = sight.kind === 'agency' ? await recoveredElsewhere(db, orgId, asOf) : [];
        return db.tenant(orgId, (tx) => dashboard(tx, sight, asOf, call, earned));
      });
    },

    getPlacementBasis: async (request, call) => {
      const { today } = dayAndRules(call.at);
      const ids = [...new Set(request.caseIds)];
      const rows = await db.tenant(call.caller.orgId, (tx) => placementBases(tx, ids));
      const bases = rows.map(({ currency, openMinor, placementId, ...row }) => ({
        ...row,
        open: { currency, minor: openMinor },
        daysOverdue: daysBetween(day(row.oldestDueDate), today),
        state: CaseState[row.state],
        handling: Handling[row.handling],
        placementId: placementId ?? '',
        tier: PriorityTier[row.tier],
      }));
      return { bases };
    },

    getActivity: async (request, call) => {
      const { creditorId, period } = request;
      const agencyId = call.caller.orgId;
      const { today } = dayAndRules(call.at);
      const lastDay = period?.lastDay ?? today.toString();
      const firstDay = period?.firstDay ?? addDays(today, -6).toString();
      const scope = { agencyId, creditorId, firstDay, lastDay, zone: creditorZone };
      const since = instantAt(day(firstDay), midnight, creditorZone);
      const held = await db.tenant(agencyId, (tx) => creditorsHeld(tx, agencyId, since));
      if (!held.includes(creditorId)) return { activities: [] };
      const rows = await db.tenant(creditorId, (tx) => activityOf(tx, scope));
      const activities = rows.map(({ currency, receivedMinor, openMinor, ...row }) => ({
        ...row,
        received: receivedMinor === 0n ? [] : [{ currency, minor: receivedMinor }],
        open: { currency, minor: openMinor },
        lastAttitude: row.lastAttitude ?? '',
        lastNote: row.lastNote ?? '',
        nextPromiseDay: row.nextPromiseDay ?? '',
      }));
      return { activities };
    },
  };
}
