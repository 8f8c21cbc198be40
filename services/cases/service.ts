import { exportJobs } from '@recourse/kit/export-job.ts';
import { counter } from '@recourse/kit/gauges.ts';
import { measures } from '@recourse/kit/measures.ts';
import { implement } from '@recourse/kit/rpc.ts';
import { defineService } from '@recourse/kit/service.ts';
import { CasesServiceService } from '@recourse/proto/cases/v1/cases.ts';
import { ClosingsServiceService } from '@recourse/proto/cases/v1/closings.ts';
import { DebtorCreditServiceService } from '@recourse/proto/cases/v1/debtor_credit.ts';
import { ExportsServiceService } from '@recourse/proto/cases/v1/exports.ts';
import { ImportsServiceService } from '@recourse/proto/cases/v1/imports.ts';
import { InsightServiceService } from '@recourse/proto/cases/v1/insight.ts';
import { LettersServiceService } from '@recourse/proto/cases/v1/letters.ts';
import { PlansServiceService } from '@recourse/proto/cases/v1/plans.ts';
import { ReceivablesServiceService } from '@recourse/proto/cases/v1/receivables.ts';
import { SettlementsServiceService } from '@recourse/proto/cases/v1/settlements.ts';
import { ViewsServiceService } from '@recourse/proto/cases/v1/views.ts';
import { WorkServiceService } from '@recourse/proto/cases/v1/work.ts';
import { exportedLists } from './exports/lists.ts';
import { casesInbox } from './inbox.ts';
import { defaultLimits } from './intake/limits.ts';
import { importJobs } from './jobs/imports.ts';
import { nightJob } from './jobs/night.ts';
import { accountHandlers } from './rpc/account.ts';
import { caseHandlers } from './rpc/cases.ts';
import { closingHandlers } from './rpc/closings.ts';
import { contactHandlers } from './rpc/contacts.ts';
import { dashboardHandlers } from './rpc/dashboard.ts';
import { debtorCreditHandlers } from './rpc/debtor-credit.ts';
import { casesExportHandlers } from './rpc/exports.ts';
import { importHandlers } from './rpc/imports.ts';
import { insightHandlers } from './rpc/insight.ts';
import { ledgerHandlers } from './rpc/ledger.ts';
import { letterHandlers } from './rpc/letters.ts';
import { openingHandlers } from './rpc/opening.ts';
import { paymentHandlers } from './rpc/payments.ts';
import { planHandlers } from './rpc/plans.ts';
import { promiseHandlers } from './rpc/promises.ts';
import { receivableHandlers } from './rpc/receivables.ts';
import { reversalHandlers } from './rpc/reversals.ts';
import { settlementHandlers } from './rpc/settlements.ts';
import { suitHandlers } from './rpc/suit.ts';
import { teamViewHandlers } from './rpc/team-views.ts';
import { creditorZone } from './rules/in-force.ts';
import * as authority from './rules/authority.ts';
import * as closings from './rules/closings.ts';
import * as conduct from './rules/conduct.ts';
import * as dunning from './rules/dunning.ts';
import * as matterCosts from './rules/matter-costs.ts';
import * as overdueClasses from './rules/overdue-classes.ts';
import * as plans from './rules/plans.ts';
import * as settlements from './rules/settlements.ts';
import * as tiers from './rules/tiers.ts';
import * as work from './rules/work.ts';
import { contactSeal } from './store/contact-seal.ts';
import { namedFiles } from './store/named-files.ts';

export const cases = defineService({
  name: 'cases',
  migrations: new URL('./migrations/', import.meta.url),
  namedFiles,
  rules: {
    authority,
    closings,
    conduct,
    dunning,
    matterCosts,
    overdueClasses,
    plans,
    settlements,
    tiers,
    work,
  },
  wire: ({ db, bus, crypto, files, jobs, metrics }) => {
    const refusals = counter(metrics, measures.contactRefusals);
    const rooms = { db, contacts: contactSeal(crypto) };
    const tasks = importJobs({ ...rooms, bus, files, limits: defaultLimits }, jobs);
    const exports = exportJobs({ db, files, lists: exportedLists, zone: creditorZone });
    return {
      rpc: [
        implement(CasesServiceService, {
          ...caseHandlers(rooms),
          ...openingHandlers(rooms),
          ...dashboardHandlers(rooms),
          ...suitHandlers(rooms),
        }),
        implement(InsightServiceService, insightHandlers(rooms)),
        implement(ImportsServiceService, importHandlers({ db, files, jobs, tasks })),
        implement(ExportsServiceService, casesExportHandlers({ db, jobs, task: exports.write })),
        implement(ReceivablesServiceService, receivableHandlers(rooms)),
        implement(LettersServiceService, letterHandlers({ db, files })),
        implement(DebtorCreditServiceService, debtorCreditHandlers(rooms)),
        implement(PlansServiceService, planHandlers(rooms)),
        implement(SettlementsServiceService, settlementHandlers(rooms)),
        implement(ClosingsServiceService, closingHandlers(rooms)),
        implement(ViewsServiceService, teamViewHandlers({ db, bus })),
        implement(WorkServiceService, {
          ...contactHandlers(rooms, (rule) => refusals.inc({ rule })),
          ...promiseHandlers(rooms),
          ...paymentHandlers(rooms),
          ...ledgerHandlers(rooms),
          ...accountHandlers({ db, files }),
          ...reversalHandlers(rooms),
        }),
      ],
      inbox: casesInbox(bus),
      jobs: [
        nightJob(db),
        tasks.analyse,
        tasks.check,
        tasks.commit,
        tasks.undo,
        exports.write,
        exports.sweep,
      ],
    };
  },
});
