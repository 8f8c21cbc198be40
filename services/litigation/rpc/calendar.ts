import type { Crypto } from '@recourse/kit/crypto.ts';
import { isUuid } from '@recourse/kit/check.ts';
import { fault } from '@recourse/kit/fault.ts';
import { sha256 } from '@recourse/kit/hash.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Handlers } from '@recourse/kit/rpc.ts';
import {
  type CalendarFeed,
  type DeadlinesServiceServer,
  RevokeCalendarFeedResponse,
} from '@recourse/proto/litigation/v1/deadlines.ts';
import { calendarEntries } from '../store/deadlines.ts';
import { type Feed, feedsOf, getFeed, saveFeed } from '../store/feeds.ts';
import { calendarText } from '../store/ics.ts';
import { type Rooms } from './rooms.ts';

function feedMessage({ feedId, name, madeAt, revokedAt }: Feed): CalendarFeed {
  return { feedId, name, madeAt, revokedAt };
}

/**
 * `<organisation>.<feed>.<secret>`. The secret is a keyed hash under the organisation's own key, so
 * a repeated request gets the same token although only its hash is kept.
 */
async function tokenOf(crypto: Crypto, orgId: string, feedId: string): Promise<string> {
  const sealer = await crypto.sealer(orgId);
  return `${orgId}.${feedId}.${sealer.blindIndex(`calendar feed ${feedId}`)}`;
}

/** How long a hearing that was stays in calendars. */
const pastDays = 30;

/** Feeds and what is read through them. A wrong, an unknown and a revoked token look the same. */
export function calendarPart({ db, crypto }: Rooms) {
  return {
    listCalendarFeeds: (_request, { caller }) =>
      db.tenant(caller.orgId, async (tx) => ({
        feeds: (await feedsOf(tx, caller.userId)).map(feedMessage),
      })),

    putCalendarFeed: async ({ feedId, name }, { caller, at }) => {
      const token = await tokenOf(crypto, caller.orgId, feedId);
      return db.tenant(caller.orgId, async (tx) => {
        const before = await getFeed(tx, feedId);
        if (before !== undefined) {
          const same = before.userId === caller.userId && before.name === name;
          if (!same) throw fault('exists', 'feed_exists_with_other_content');
          return { feed: feedMessage(before), token };
        }
        const { userId } = caller;
        const made = { feedId, userId, name, tokenHash: sha256(token), madeAt: at.toString() };
        const feed: Feed = { ...made, revokedAt: undefined };
        await saveFeed(tx, feed);
        return { feed: feedMessage(feed), token };
      });
    },

    revokeCalendarFeed: ({ feedId, requestId }, { caller, at }) =>
      db.tenant(caller.orgId, (tx) => {
        const command = { requestId, content: { verb: 'revoke', feedId } };
        return onceOrNow(tx, command, RevokeCalendarFeedResponse, async () => {
          const before = await getFeed(tx, feedId);
          if (before?.userId !== caller.userId) throw fault('missing', 'feed_unknown', { feedId });
          const feed = { ...before, revokedAt: before.revokedAt ?? at.toString() };
          await saveFeed(tx, feed);
          return { feed: feedMessage(feed) };
        });
      }),

    getCalendar: async ({ token }, { at }) => {
      const [orgId = '', feedId = ''] = token.split('.');
      if (!isUuid(orgId) || !isUuid(feedId)) throw fault('missing', 'calendar_unknown');
      return db.tenant(orgId, async (tx) => {
        const feed = await getFeed(tx, feedId);
        const known = feed?.tokenHash === sha256(token) && feed.revokedAt === undefined;
        if (!known) throw fault('missing', 'calendar_unknown');
        const since = at.subtract({ hours: 24 * pastDays });
        return { ics: calendarText(feed.name, await calendarEntries(tx, since)) };
      });
    },
  } satisfies Partial<Handlers<DeadlinesServiceServer>>;
}
