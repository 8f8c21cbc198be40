import type { Colleague } from '@recourse/proto/web/platform/v1/directory';
import type { Caller } from '../session/caller';
import { roleNames } from '../shell/role-names';

/** A person of the organisation to whom work can be given, and what they are there. */
export type Person = { userId: string; name: string; note: string };

/** Whoever may record what was done on a case may be given one: the roles of `RecordContact`. */
export const workers = ['collector', 'supervisor', 'director'] as const;

/** The organisation's people as the directory lists them. */
export function listedPeople(colleagues: readonly Colleague[]): Person[] {
  return colleagues.map((one) => ({
    userId: one.userId,
    name: one.name || one.login,
    note: roleNames(one.roles),
  }));
}

/**
 * The people whom the caller's book knows, by name, for when the directory does not answer: the
 * caller, and who holds a case already.
 */
export function knownPeople(
  caller: Pick<Caller, 'userId' | 'userName'>,
  holders: readonly { assigneeId: string; assigneeName: string }[],
): Person[] {
  const byId = new Map<string, string>([[caller.userId, caller.userName]]);
  for (const { assigneeId, assigneeName } of holders) {
    if (assigneeId !== '') byId.set(assigneeId, assigneeName);
  }
  return [...byId]
    .map(([userId, name]) => ({ userId, name, note: '' }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
}
