import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import type { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import type { EventOf } from '@recourse/kit/events.ts';
import { creditorDay } from './domain/placement.ts';
import { accrueDue } from './store/accruing.ts';
import { keepMatter, type ToldMatter } from './store/matters.ts';
import { lockEarners } from './store/payments.ts';
import { litigationTopic } from './topic.ts';

/**
 * A matter without assets may be enforced again at any time (终本), so it goes on; as cases keeps it.
 */
const endless = 'MATTER_OUTCOME_NO_ASSETS';

function toldOf(event: EventOf<LitigationEvent>, at: Temporal.Instant): ToldMatter | undefined {
  const on = creditorDay(at);
  switch (event.$case) {
    case 'matterOpened':
      return { ...event.value, openedOn: on };
    case 'matterClosed':
      return event.value.outcome === endless ? undefined : { ...event.value, closedOn: on };
    default:
      return undefined;
  }
}

/**
 * Whether a case is in court when a payment comes in, for terms that then give more. Told after the
 * payment it earns the difference by a further line.
 */
export function mattersInbox(): Consumer {
  return consume({
    name: 'agencies-matters',
    topic: litigationTopic,
    handles: ['matterOpened', 'matterClosed'],
    handle: async (tx, event, { at }) => {
      const told = toldOf(event, at);
      if (told === undefined || told.caseIds.length === 0) return;
      const earners = await lockEarners(tx, told.caseIds);
      await keepMatter(tx, told);
      await accrueDue(tx, earners, [], at);
    },
  });
}
