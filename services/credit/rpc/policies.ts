import { actorOf } from '@recourse/kit/caller.ts';
import { dayIn } from '@recourse/kit/day.ts';
import type { Handlers } from '@recourse/kit/rpc.ts';
import { CreditPolicy, type RatingServiceServer } from '@recourse/proto/credit/v1/ratings.ts';
import { defaultTimeZone } from '../domain/customer.ts';
import { nextPolicy } from '../domain/policy.ts';
import { policyOf } from '../rerating.ts';
import { shippedPolicies } from '../rules/credit-policy.ts';
import { newestForUpdate, policyHistory, savePolicy } from '../store/policies.ts';
import { rateAllAnew, type Rooms } from './rooms.ts';

/** The table from grade to limit and terms over gRPC: as it is, as it was, and a new version. */
export function policyHandlers(rooms: Rooms) {
  const { db } = rooms;
  return {
    getCreditPolicy: (_request, { caller, at }) =>
      db.tenant(caller.orgId, async (tx) => ({
        policy: await policyOf(tx, dayIn(defaultTimeZone, at).toString()),
      })),

    listCreditPolicies: (request, { caller, at }) =>
      db.tenant(caller.orgId, async (tx) => {
        const today = dayIn(defaultTimeZone, at).toString();
        const { rows, page } = await policyHistory(tx, request.page);
        const written = rows.map((row) => CreditPolicy.fromJSON(row.content));
        // What was before the first own version stands below it, on the last page.
        const shipped = page.nextCursor === '' ? shippedPolicies.toReversed() : [];
        const { policyVersion: inForce } = await policyOf(tx, today);
        return { policies: [...written, ...shipped], page, inForce };
      }),

    putCreditPolicy: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const newest = await newestForUpdate(tx);
        const today = dayIn(defaultTimeZone, call.at);
        const policy = nextPolicy(newest, request, {
          actor: actorOf(call.caller),
          at: call.at,
          today,
        });
        await savePolicy(tx, policy);
        await rateAllAnew(rooms, tx, call.at);
        return { policy };
      }),
  } satisfies Partial<Handlers<RatingServiceServer>>;
}
