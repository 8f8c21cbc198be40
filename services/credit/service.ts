import { exportJobs } from '@recourse/kit/export-job.ts';
import { defineService } from '@recourse/kit/service.ts';
import { implement } from '@recourse/kit/rpc.ts';
import { CreditServiceService } from '@recourse/proto/credit/v1/credit.ts';
import { CustomerExportsServiceService } from '@recourse/proto/credit/v1/exports.ts';
import { ModelServiceService } from '@recourse/proto/credit/v1/models.ts';
import { RatingServiceService } from '@recourse/proto/credit/v1/ratings.ts';
import { defaultTimeZone } from './domain/customer.ts';
import { exportedLists } from './exports/lists.ts';
import { fittingJob } from './fitting.ts';
import { creditInbox } from './inbox.ts';
import { dayJob, refreshJob } from './jobs.ts';
import { outsideInboxes } from './outside.ts';
import { creditHandlers } from './rpc.ts';
import { customerExportHandlers } from './rpc/exports.ts';
import { modelHandlers } from './rpc/models.ts';
import { ratingHandlers } from './rpc/ratings.ts';
import { shippedPolicies } from './rules/credit-policy.ts';
import { expertCards } from './rules/expert-card.ts';
import { orderWatches } from './rules/order-watch.ts';
import { contactSeals } from './store/contacts.ts';
import { CustomerRow } from './store/customers.ts';
import { namedFiles } from './store/named-files.ts';

/** The credit service: customers, how they pay, and what they are worth. */
export const credit = defineService({
  name: 'credit',
  migrations: new URL('./migrations/', import.meta.url),
  namedFiles,
  rules: { policy: shippedPolicies, scorecard: expertCards, orderWatch: orderWatches },
  entities: [CustomerRow],
  wire: ({ db, crypto, files, jobs }) => {
    const contacts = contactSeals(crypto);
    const fitting = fittingJob({ db, files });
    const exports = exportJobs({ db, files, lists: exportedLists, zone: defaultTimeZone });
    const refresh = refreshJob(db);
    const rooms = { db, files, jobs, fitting, refresh };
    return {
      rpc: [
        implement(CreditServiceService, creditHandlers({ db, contacts })),
        implement(
          CustomerExportsServiceService,
          customerExportHandlers({ db, jobs, task: exports.write }),
        ),
        implement(RatingServiceService, ratingHandlers(rooms)),
        implement(ModelServiceService, modelHandlers(rooms)),
      ],
      inbox: [creditInbox(contacts), ...outsideInboxes()],
      jobs: [refresh, dayJob(db), fitting, exports.write, exports.sweep],
    };
  },
});
