import { now } from '@recourse/kit/clock.ts';
import { dayIn } from '@recourse/kit/day.ts';
import { exportJobs } from '@recourse/kit/export-job.ts';
import { implement } from '@recourse/kit/rpc.ts';
import { defineService } from '@recourse/kit/service.ts';
import { AgenciesServiceService } from '@recourse/proto/agencies/v1/agencies.ts';
import { ConflictsServiceService } from '@recourse/proto/agencies/v1/conflicts.ts';
import { CommissionServiceService } from '@recourse/proto/agencies/v1/commission.ts';
import { CommissionExportsServiceService } from '@recourse/proto/agencies/v1/exports.ts';
import { PacksServiceService } from '@recourse/proto/agencies/v1/packs.ts';
import { PlacementsServiceService } from '@recourse/proto/agencies/v1/placements.ts';
import { RankingServiceService } from '@recourse/proto/agencies/v1/ranking.ts';
import { ReportsServiceService } from '@recourse/proto/agencies/v1/reports.ts';
import { TendersServiceService } from '@recourse/proto/agencies/v1/tenders.ts';
import { CasesServiceClient } from '@recourse/proto/cases/v1/cases.ts';
import * as ranking from './domain/ranking/rules.ts';
import * as work from './domain/rules.ts';
import { tellAccess } from './access.ts';
import { codesInbox } from './codes.ts';
import { exportedLists } from './exports/lists.ts';
import { agenciesInbox } from './inbox.ts';
import { agenciesJobs, measureRecord } from './jobs.ts';
import { measureLedger } from './ledger-gauge.ts';
import { mattersInbox } from './matters.ts';
import { makeRankings, rankingInbox } from './ranking.ts';
import { agenciesHandlers } from './rpc/agencies.ts';
import { conflictsHandlers } from './rpc/conflicts.ts';
import { commissionHandlers } from './rpc/commission.ts';
import { commissionExportHandlers } from './rpc/exports.ts';
import { packsHandlers } from './rpc/packs.ts';
import { placementsHandlers } from './rpc/placements.ts';
import { rankingHandlers } from './rpc/ranking.ts';
import { reportsHandlers } from './rpc/reports.ts';
import { tendersHandlers } from './rpc/tenders.ts';
import { AgencyRow } from './store/agencies.ts';
import { namedFiles } from './store/named-files.ts';
import { liaisonSeals } from './store/packs.ts';

export const agencies = defineService({
  name: 'agencies',
  migrations: new URL('./migrations/', import.meta.url),
  rules: { work, ranking },
  namedFiles,
  keepsDirectory: true,
  tellAccess,
  entities: [AgencyRow],
  clients: { cases: CasesServiceClient },
  wire: ({ db, bus, crypto, files, jobs, clients, metrics }) => {
    measureLedger(metrics, db);
    const measure = measureRecord(db);
    const measuring = { jobs, measure };
    const making = { jobs, make: makeRankings(db, bus) };
    const seals = liaisonSeals(crypto);
    const rooms = { db, files, seals, cases: clients.cases, measuring };
    const zone = work.ruleOn(work.creditorZone, dayIn('UTC', now()));
    const exports = exportJobs({ db, files, lists: exportedLists, zone });
    return {
      rpc: [
        implement(AgenciesServiceService, agenciesHandlers(rooms)),
        implement(ConflictsServiceService, conflictsHandlers(rooms)),
        implement(PlacementsServiceService, placementsHandlers(rooms)),
        implement(PacksServiceService, packsHandlers(rooms, bus)),
        implement(TendersServiceService, tendersHandlers(rooms)),
        implement(ReportsServiceService, reportsHandlers(rooms)),
        implement(CommissionServiceService, commissionHandlers(rooms)),
        implement(
          CommissionExportsServiceService,
          commissionExportHandlers({ db, jobs, task: exports.write }),
        ),
        implement(RankingServiceService, rankingHandlers({ db, making })),
      ],
      inbox: [agenciesInbox(measuring), rankingInbox(), mattersInbox(), ...codesInbox()],
      jobs: [measure, making.make, ...agenciesJobs(db, bus), exports.write, exports.sweep],
    };
  },
});
