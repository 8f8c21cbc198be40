import { implement } from '@recourse/kit/rpc.ts';
import { defineService } from '@recourse/kit/service.ts';
import { AssociationsServiceService } from '@recourse/proto/blacklist/v1/associations.ts';
import { ListInsightServiceService } from '@recourse/proto/blacklist/v1/insight.ts';
import { ListingsServiceService } from '@recourse/proto/blacklist/v1/listings.ts';
import { ScreeningServiceService } from '@recourse/proto/blacklist/v1/screening.ts';
import { casesInbox, creditInbox } from './inbox.ts';
import { admissionJob } from './jobs/admission.ts';
import { bulkJob } from './jobs/bulk.ts';
import { clockJob } from './jobs/clocks.ts';
import { nightJob, watchJob } from './jobs/screening.ts';
import { alertHandlers } from './rpc/alerts.ts';
import { associationsHandlers } from './rpc/associations.ts';
import { bulkHandlers } from './rpc/bulks.ts';
import { listInsightHandlers } from './rpc/list-insight.ts';
import { listingVerbs } from './rpc/listings.ts';
import { nightLookHandlers } from './rpc/night-looks.ts';
import { personWatchHandlers } from './rpc/person-watches.ts';
import { screeningHandlers } from './rpc/screening.ts';
import { listingReads } from './rpc/subject.ts';
import * as listing from './rules/listing.ts';
import * as screeningRules from './rules/screening.ts';
import { namedFiles } from './store/named-files.ts';
import { nameSearch } from './store/names.ts';

/** The blacklist service: who was listed, fairly, and who may know. */
export const blacklist = defineService({
  name: 'blacklist',
  migrations: new URL('./migrations/', import.meta.url),
  namedFiles,
  rules: { listing, screening: screeningRules },
  wire: ({ db, bus, files, crypto, jobs }) => {
    const names = nameSearch(db, crypto);
    const rooms = { db, crypto, files, jobs, names };
    const bulk = bulkJob(rooms);
    const admissions = admissionJob(rooms);
    const screening = {
      ...screeningHandlers(rooms),
      ...alertHandlers(rooms),
      ...bulkHandlers({ ...rooms, bulkJob: bulk }),
      ...personWatchHandlers(rooms),
      ...nightLookHandlers(rooms),
    };
    const listings = { ...listingReads(rooms), ...listingVerbs(rooms) };
    return {
      // A million names take a while: who asks first does not wait for them.
      prepare: () => names.freshen(),
      rpc: [
        implement(AssociationsServiceService, associationsHandlers(db)),
        implement(ListingsServiceService, listings),
        implement(ListInsightServiceService, listInsightHandlers(rooms)),
        implement(ScreeningServiceService, screening),
      ],
      inbox: [casesInbox(crypto), creditInbox({ jobs, admissions })],
      jobs: [bulk, admissions, clockJob(rooms, bus), watchJob(rooms), nightJob(rooms)],
    };
  },
});
