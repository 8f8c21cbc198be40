import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import { keepAccess } from './store/access.ts';
import { agenciesTopic } from './topic.ts';

/**
 * Who may act for an organisation, as the keeper of the directory tells: calendars are read without
 * a login, so nothing else would end them with a suspension.
 */
export function accessInbox(): Consumer {
  return consume({
    name: 'litigation',
    topic: agenciesTopic,
    handles: ['accessDecided'],
    handle: async (tx, event, { version }) => {
      if (event.$case === 'accessDecided') await keepAccess(tx, { ...event.value, version });
    },
  });
}
