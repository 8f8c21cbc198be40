import type { Bus } from '@recourse/kit/bus.ts';
import { now } from '@recourse/kit/clock.ts';
import { dayIn } from '@recourse/kit/day.ts';
import type { Db } from '@recourse/kit/db.ts';
import { consume, type Consumer, type Read } from '@recourse/kit/inbox.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { creditorDay } from './domain/placement.ts';
import { monthOf } from './domain/ranking/window.ts';
import { creditorZone, ruleOn } from './domain/rules.ts';
import { type CountedContact, countContacts } from './store/ranking/facts.ts';
import { isMade, type MakeData, makeRanking } from './store/ranking/making.ts';
import { casesTopic } from './topic.ts';

/**
 * Makes rankings. By the clock: every night that of the running month, and once more that of a
 * month that has ended, of its end; looked after every hour, so that a creditor's first ranking
 * does not wait for a night. Asked for by name: at once.
 */
export function makeRankings(db: Db, bus: Bus): Job<MakeData> {
  return {
    name: 'ranking-make',
    width: 1,
    schedule: { cron: '40 * * * *', zone: ruleOn(creditorZone, creditorDay(now())) },
    run: async ({ orgId, data, signal }) => {
      const at = now();
      const today = creditorDay(at);
      const months =
        data.month === undefined
          ? [monthOf(today.subtract({ months: 1 })), monthOf(today)]
          : [data.month];
      for (const month of months) {
        if (signal.aborted) return;
        const agencies = await db.tenant(orgId, async (tx) => {
          if (data.month === undefined && (await isMade(tx, month, at))) return 0;
          return makeRanking(tx, month, at);
        });
        if (agencies > 0) bus.live([orgId], { noun: 'ranking', id: month, change: 'made' });
      }
    },
  };
}

/** The contact that an event tells of, when an agency made it. */
function contactOf({ event, envelope }: Read<CasesEvent>): CountedContact[] {
  if (event.$case !== 'contactLogged' || event.value.agencyId === '') return [];
  const { agencyId, refused, happenedAt } = event.value;
  const at = happenedAt === undefined ? envelope.at : Temporal.Instant.from(happenedAt);
  const zone = ruleOn(creditorZone, creditorDay(at));
  return [{ agencyId, day: dayIn(zone, at).toString(), refused }];
}

/** Contacts that agencies made or were refused; a sum, so it is the same in any order. */
export function rankingInbox(): Consumer {
  return consume({
    name: 'agencies-ranking',
    topic: casesTopic,
    handles: ['contactLogged'],
    handle: (tx, event, envelope) => countContacts(tx, contactOf({ event, envelope })),
    handleAll: (tx, read) => countContacts(tx, read.flatMap(contactOf)),
  });
}
