import type { Bus } from '@recourse/kit/bus.ts';
import { actorOf } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import { brokenConstraint } from '@recourse/kit/postgres.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type CreateViewRequest,
  DeleteViewResponse,
  type View,
  ViewColumns,
  type ViewsServiceServer,
} from '@recourse/proto/cases/v1/views.ts';
import { deleteView, mayDelete, shareView } from '../domain/team-view.ts';
import { addView, dropView, findView, type TeamViewRow, viewsOf } from '../store/team-views.ts';
import type { Rooms } from './rooms.ts';

type ViewRooms = Pick<Rooms, 'db'> & { bus: Bus };

function message(row: TeamViewRow, { caller }: Call): View {
  const { viewId, place, name, query, madeBy, madeAt } = row;
  const columns = row.columns === null ? undefined : ViewColumns.fromJSON(row.columns);
  return { viewId, place, name, query, columns, madeBy, madeAt, mayDelete: mayDelete(row, caller) };
}

function tell({ bus }: ViewRooms, tx: Tx, id: string, change: string): void {
  const { orgId } = tx;
  tx.afterCommit(() => bus.live([orgId], { noun: 'view', id, change }));
}

async function create(
  rooms: ViewRooms,
  tx: Tx,
  request: CreateViewRequest,
  call: Call,
): Promise<View> {
  const { viewId, place, query } = request;
  const name = request.name.normalize('NFKC').trim();
  const hash = contentHash(request);
  const known = await findView(tx, viewId);
  if (known?.contentHash === hash) return message(known, call);
  if (known !== undefined) throw fault('exists', 'view_exists_with_other_content', { viewId });
  shareView({ name }, await viewsOf(tx, place));
  const columns = request.columns === undefined ? undefined : ViewColumns.toJSON(request.columns);
  const made = { madeBy: actorOf(call.caller), madeAt: call.at, contentHash: hash };
  await addView(tx, { viewId, place, name, query, columns, ...made });
  tell(rooms, tx, viewId, 'shared');
  const row = await findView(tx, viewId);
  if (row === undefined) throw fault('internal', 'view_not_written', { viewId });
  return message(row, call);
}

async function remove(rooms: ViewRooms, tx: Tx, viewId: string, call: Call): Promise<void> {
  const view = await findView(tx, viewId, 'FOR UPDATE');
  if (view === undefined) throw fault('missing', 'view_unknown', { viewId });
  deleteView(view, call.caller);
  await dropView(tx, viewId);
  tell(rooms, tx, viewId, 'deleted');
}

/** Two at once under one name: the second finds it taken when it writes. */
function takenName(thrown: unknown, { name }: CreateViewRequest): unknown {
  if (brokenConstraint(thrown) !== 'team_view_name') return thrown;
  return fault('exists', 'view_name_taken', { name });
}

/**
 * Views that a team shares. Faults: `exists` view_exists_with_other_content, view_name_taken;
 * `exhausted` views_full; `missing` view_unknown; `denied` view_of_another.
 */
export function teamViewHandlers(rooms: ViewRooms): Handlers<ViewsServiceServer> {
  const here = <T>(call: Call, work: (tx: Tx) => Promise<T>): Promise<T> =>
    rooms.db.tenant(call.caller.orgId, work);
  return {
    listViews: ({ place }, call) =>
      here(call, async (tx) => ({
        views: (await viewsOf(tx, place)).map((row) => message(row, call)),
      })),

    createView: (request, call) =>
      here(call, async (tx) => ({ view: await create(rooms, tx, request, call) })).catch(
        (thrown: unknown) => {
          throw takenName(thrown, request);
        },
      ),

    deleteView: ({ requestId, viewId }, call) =>
      here(call, (tx) =>
        onceOrNow(tx, { requestId, content: { viewId } }, DeleteViewResponse, async () => {
          await remove(rooms, tx, viewId, call);
          return {};
        }),
      ),
  };
}
