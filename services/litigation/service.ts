import { exportJobs } from '@recourse/kit/export-job.ts';
import { implement } from '@recourse/kit/rpc.ts';
import { defineService } from '@recourse/kit/service.ts';
import { CasesServiceClient } from '@recourse/proto/cases/v1/cases.ts';
import { CalculatorsServiceService } from '@recourse/proto/litigation/v1/calculators.ts';
import { DeadlinesServiceService } from '@recourse/proto/litigation/v1/deadlines.ts';
import { MatterExportsServiceService } from '@recourse/proto/litigation/v1/exports.ts';
import { LimitationServiceService } from '@recourse/proto/litigation/v1/limitation.ts';
import { MattersServiceService } from '@recourse/proto/litigation/v1/matters.ts';
import { MatterMoneyServiceService } from '@recourse/proto/litigation/v1/money.ts';
import { PapersServiceService } from '@recourse/proto/litigation/v1/papers.ts';
import { accessInbox } from './access.ts';
import { creditorZone } from './domain/clock-zone.ts';
import { exportedLists } from './exports/lists.ts';
import { litigationInbox } from './inbox.ts';
import { morningJob } from './jobs.ts';
import { calculatorsHandlers } from './rpc/calculators.ts';
import { deadlinesHandlers } from './rpc/deadlines.ts';
import { matterExportHandlers } from './rpc/exports.ts';
import { limitationHandlers } from './rpc/limitation.ts';
import { mattersHandlers } from './rpc/matters.ts';
import { moneyHandlers } from './rpc/money.ts';
import { papersHandlers } from './rpc/papers.ts';
import { checklists } from './rules/evidence.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { holidayTable } from './rules/law/holiday-table.ts';
import { law } from './rules/law/law.ts';
import { tracks } from './rules/tracks.ts';
import { namedFiles } from './store/named-files.ts';

/** The litigation service: matters, the limitation of debts, deadlines, papers and money. */
export const litigation = defineService({
  name: 'litigation',
  migrations: new URL('./migrations/', import.meta.url),
  namedFiles,
  rules: { law, holidays: holidayTable(prcCalendar()), tracks, checklists },
  clients: { cases: CasesServiceClient },
  wire: ({ db, bus, files, crypto, jobs, clients }) => {
    const exports = exportJobs({ db, files, lists: exportedLists, zone: creditorZone });
    const rooms = { db, files, crypto, cases: clients.cases };
    return {
      rpc: [
        implement(MattersServiceService, mattersHandlers(rooms)),
        implement(LimitationServiceService, limitationHandlers(rooms)),
        implement(DeadlinesServiceService, deadlinesHandlers(rooms)),
        implement(PapersServiceService, papersHandlers(rooms)),
        implement(MatterMoneyServiceService, moneyHandlers(rooms)),
        implement(CalculatorsServiceService, calculatorsHandlers()),
        implement(
          MatterExportsServiceService,
          matterExportHandlers({ db, jobs, task: exports.write }),
        ),
      ],
      inbox: [litigationInbox(), accessInbox()],
      jobs: [morningJob(db, bus), exports.write, exports.sweep],
    };
  },
});
