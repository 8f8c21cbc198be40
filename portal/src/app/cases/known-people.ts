import type { Caller } from '../session/caller';

/** A person of the organisation to whom work can be given. */
export type Person = { userId: string; name: string };

/** Who did something, as the contract's `Actor`. */
export type Known = { userId: string; name: string; orgId: string };

/**
 * The people of the caller's organisation that its book knows, by name: the caller, who holds a
 * case already, and who made a promise or an import. No service lists an organisation's people to
 * the organisation itself.
 */
export function knownPeople(
  caller: Pick<Caller, 'userId' | 'userName' | 'orgId'>,
  holders: readonly { assigneeId: string; assigneeName: string }[],
  actors: readonly (Known | undefined)[],
): Person[] {
  const byId = new Map<string, string>([[caller.userId, caller.userName]]);
  for (const one of actors) {
    if (one !== undefined && one.orgId === caller.orgId) byId.set(one.userId, one.name);
  }
  for (const { assigneeId, assigneeName } of holders) {
    if (assigneeId !== '') byId.set(assigneeId, assigneeName);
  }
  return [...byId]
    .map(([userId, name]) => ({ userId, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
}
