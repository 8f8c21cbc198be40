import { day, instantAt } from '@recourse/kit/day.ts';
import type { Handlers } from '@recourse/kit/rpc.ts';
import type { ListInsightServiceServer } from '@recourse/proto/blacklist/v1/insight.ts';
import { Category } from '@recourse/proto/blacklist/v1/subject.ts';
import { listInsight, monthsUntil } from '../domain/list-insight.ts';
import { associationZone, dayAt } from '../rules/in-force.ts';
import { countedListings, looksByMonth } from '../store/list-insight.ts';
import type { Rooms } from './rooms.ts';

const usualMonths = 12;
const midnight = new Temporal.PlainTime();

/** How an association's list is kept over time. */
export function listInsightHandlers({ db }: Rooms): Handlers<ListInsightServiceServer> {
  return {
    getListInsight: async (request, { caller, at }) => {
      const today = dayAt(at);
      const months = monthsUntil(today, request.months || usualMonths);
      const firstDay = `${months[0] ?? today.toPlainYearMonth().toString()}-01`;
      const since = instantAt(day(firstDay), midnight, associationZone);
      return db.tenant(caller.orgId, async (tx) => {
        const { listings, waiting } = await countedListings(tx);
        const looks = await looksByMonth(tx, since, associationZone);
        const found = listInsight(listings, { months, today, zone: associationZone });
        return {
          ...found,
          asOf: today.toString(),
          period: { firstDay, lastDay: today.toString() },
          months: found.months.map((one) => ({
            month: one.month,
            submitted: BigInt(one.submitted),
            published: BigInt(one.published),
            refused: BigInt(one.refused),
            ended: BigInt(one.ended),
            disputes: BigInt(one.disputes),
            upheld: BigInt(one.upheld),
            answered: BigInt(one.answered),
            answeredLate: BigInt(one.answeredLate),
            looks: BigInt(looks.get(one.month) ?? 0),
          })),
          categories: found.categories.map((one) => ({
            category: Category[one.category],
            published: BigInt(one.published),
            disputed: BigInt(one.disputed),
          })),
          ends: found.ends.map(({ reason, count }) => ({ reason, count: BigInt(count) })),
          published: BigInt(found.published),
          waiting: BigInt(waiting),
          overdueAnswers: BigInt(found.overdueAnswers),
        };
      });
    },
  };
}
