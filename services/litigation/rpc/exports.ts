import { actorOf } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { exportHandlers, type ExportRooms } from '@recourse/kit/exports.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type { MatterExportsServiceServer } from '@recourse/proto/litigation/v1/exports.ts';
import { exportedLists } from '../exports/lists.ts';
import { litigationTopic } from '../topic.ts';

/** The trace of who takes which list out of the house. */
async function tell(tx: Tx, value: { exportId: string; list: string }, call: Call): Promise<void> {
  const about = { aggregateId: value.exportId, at: call.at, actor: actorOf(call.caller) };
  await emit(tx, litigationTopic, about, [{ $case: 'exportAsked', value }]);
}

/** Lists of matters and debts written to files; faults of `kit/exports.ts`. */
export function matterExportHandlers(
  rooms: Pick<ExportRooms, 'db' | 'jobs' | 'task'>,
): Handlers<MatterExportsServiceServer> {
  const exports = exportHandlers({ ...rooms, lists: exportedLists, tell });
  return {
    createMatterExport: async (request, call) => {
      const { exportId, look, list } = request;
      return { export: await exports.create(exportId, look, list, call) };
    },
    getMatterExport: async ({ exportId }, call) => ({
      export: await exports.get(exportId, call),
    }),
    cancelMatterExport: async ({ exportId }, call) => ({
      export: await exports.cancel(exportId, call),
    }),
  };
}
