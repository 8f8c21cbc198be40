import { emit } from '@recourse/kit/events.ts';
import type { TellAccess } from '@recourse/kit/platform-decisions.ts';
import { agenciesTopic } from './topic.ts';

/** Tells who was suspended or let in again, as the keeper of the directory. */
export const tellAccess: TellAccess = async (tx, { orgId, userId, allowed, by, at }) => {
  const about = { aggregateId: userId ?? orgId, at, actor: by.actor };
  const value = { userId: userId ?? '', allowed };
  await emit(tx, agenciesTopic, about, [{ $case: 'accessDecided', value }]);
};
