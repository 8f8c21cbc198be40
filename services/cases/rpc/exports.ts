import { actorOf } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { exportHandlers, type ExportRooms } from '@recourse/kit/exports.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type { ExportsServiceServer } from '@recourse/proto/cases/v1/exports.ts';
import { exportedLists } from '../exports/lists.ts';
import { casesTopic } from '../topic.ts';

/** The trace of who takes which list out of the house. */
async function tell(tx: Tx, value: { exportId: string; list: string }, call: Call): Promise<void> {
  const about = { aggregateId: value.exportId, at: call.at, actor: actorOf(call.caller) };
  await emit(tx, casesTopic, about, [{ $case: 'exportAsked', value }]);
}

/** Lists of cases and receivables written to files; faults of `kit/exports.ts`. */
export function casesExportHandlers(
  rooms: Pick<ExportRooms, 'db' | 'jobs' | 'task'>,
): Handlers<ExportsServiceServer> {
  const exports = exportHandlers({ ...rooms, lists: exportedLists, tell });
  return {
    createExport: async (request, call) => {
      const { exportId, look, list } = request;
      return { export: await exports.create(exportId, look, list, call) };
    },
    getExport: async ({ exportId }, call) => ({ export: await exports.get(exportId, call) }),
    cancelExport: async ({ exportId }, call) => ({ export: await exports.cancel(exportId, call) }),
  };
}
