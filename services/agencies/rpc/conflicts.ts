import { actorOf } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { onceForCaller } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type Conflict as ConflictMessage,
  ConflictKind,
  type ConflictsServiceServer,
  type DeclareConflictRequest,
  WithdrawConflictResponse,
} from '@recourse/proto/agencies/v1/conflicts.ts';
import type { Told } from '../domain/agency.ts';
import { type Conflict, declareConflict, withdrawConflict } from '../domain/conflict.ts';
import { knownAgencies } from '../store/agencies.ts';
import {
  addConflict,
  conflictForUpdate,
  listConflicts,
  saveWithdrawal,
} from '../store/conflicts.ts';
import { agenciesTopic } from '../topic.ts';
import { madeBy, type Rooms, wordsOf } from './rooms.ts';

function message(one: Conflict): ConflictMessage {
  const { orgId, declaredAt, withdrawnAt, ...said } = one;
  return {
    ...said,
    kind: ConflictKind[one.kind],
    byAgency: orgId === one.agencyId,
    declaredAt: declaredAt.toString(),
    withdrawnAt: withdrawnAt?.toString(),
  };
}

function byOf({ caller, at }: Pick<Call, 'caller' | 'at'>) {
  const isAgency = caller.orgKind === 'agency';
  return { orgId: caller.orgId, isAgency, actor: actorOf(caller), at };
}

/** The organisation that declares hears of it and nobody else: a creditor's are its own affair. */
async function tell(tx: Tx, one: Conflict, events: Told[], call: Call): Promise<void> {
  if (events.length === 0) return;
  await emit(tx, agenciesTopic, { ...madeBy(call), aggregateId: one.conflictId }, events);
}

function declare(rooms: Rooms, request: DeclareConflictRequest, call: Call): Promise<Conflict> {
  const [kind] = wordsOf(ConflictKind, [request.kind]);
  if (kind === undefined) throw fault('invalid', 'conflict_kind_unknown');
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const { agencyId, conflictId } = request;
    const found = await conflictForUpdate(tx, conflictId);
    const [agency] = await knownAgencies(tx, [agencyId]);
    const command = { ...request, kind };
    const { state, events } = declareConflict(found, agency?.profile, command, byOf(call));
    if (events.length === 0) return state;
    if (await addConflict(tx, state)) {
      await tell(tx, state, events, call);
      return state;
    }
    // Somebody else has just declared under this id: then it is a repeat, or refused as one.
    const now = await conflictForUpdate(tx, conflictId);
    return declareConflict(now, agency?.profile, command, byOf(call)).state;
  });
}

/**
 * Conflicts of interest. Faults: those of `declareConflict` and `withdrawConflict`; `invalid`
 * conflict_kind_unknown.
 */
export function conflictsHandlers(rooms: Rooms): Handlers<ConflictsServiceServer> {
  return {
    declareConflict: async (request, call) => ({
      conflict: message(await declare(rooms, request, call)),
    }),

    withdrawConflict: ({ requestId, ...content }, call) =>
      rooms.db.tenant(call.caller.orgId, (tx) =>
        onceForCaller(tx, call, { requestId, content }, WithdrawConflictResponse, async () => {
          const found = await conflictForUpdate(tx, content.conflictId);
          const { state, events } = withdrawConflict(found, content, byOf(call));
          if (events.length > 0) await saveWithdrawal(tx, state);
          await tell(tx, state, events, call);
          return { conflict: message(state) };
        }),
      ),

    listConflicts: ({ agencyId, withWithdrawn, page }, { caller }) =>
      rooms.db.tenant(caller.orgId, async (tx) => {
        const filter = { agencyId, withWithdrawn, isCreditor: caller.orgKind === 'creditor' };
        const found = await listConflicts(tx, filter, page);
        return { conflicts: found.conflicts.map(message), page: found.page };
      }),
  };
}
