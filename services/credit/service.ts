import { defineService } from '@recourse/kit/service.ts';
import { implement } from '@recourse/kit/rpc.ts';
import { CreditServiceService } from '@recourse/proto/credit/v1/credit.ts';
import { creditInbox } from './inbox.ts';
import { dayJob, refreshJob } from './jobs.ts';
import { creditHandlers } from './rpc.ts';
import { contactSeals } from './store/contacts.ts';
import { CustomerRow } from './store/customers.ts';

/** The credit service: customers and how they pay. */
export const credit = defineService({
  name: 'credit',
  migrations: new URL('./migrations/', import.meta.url),
  entities: [CustomerRow],
  wire: ({ db, crypto }) => {
    const contacts = contactSeals(crypto);
    return {
      rpc: [implement(CreditServiceService, creditHandlers({ db, contacts }))],
      inbox: [creditInbox(contacts)],
      jobs: [refreshJob(db), dayJob(db)],
    };
  },
});
