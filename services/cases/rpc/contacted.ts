import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import type { Verdict as VerdictMessage } from '@recourse/proto/cases/v1/work.ts';
import { missedCallsAfter, type Verdict } from '../domain/contact.ts';
import { deedsAfter } from '../domain/next-action.ts';
import { standingOf } from '../domain/standing.ts';
import { creditorZone } from '../rules/in-force.ts';
import type { CaseRow } from '../store/cases.ts';
import { type ContactRow, saveContacted, type VerdictRow } from '../store/contacts.ts';
import { earliestAwaited } from '../store/promises.ts';
import { workOf } from '../store/standing.ts';
import { dayAndRules } from './rooms.ts';

/** What contacts and letters have in common: the governor's verdict, and the case's next step. */

export function verdictRow({ nextPermittedAt, ...verdict }: Verdict): VerdictRow {
  return { ...verdict, nextPermittedAt: nextPermittedAt?.toString() ?? null };
}

export function verdictMessage(row: VerdictRow): VerdictMessage {
  return { ...row, nextPermittedAt: row.nextPermittedAt ?? undefined };
}

/** A permitted contact moves the case's next step. */
export async function contacted(
  tx: Tx,
  before: CaseRow,
  contact: Pick<ContactRow, 'channel' | 'result' | 'happenedAt'> & { letterKind?: string },
  call: Call,
): Promise<void> {
  const { today, rules } = dayAndRules(call.at);
  const missedCalls = missedCallsAfter(before.missedCalls, contact.channel, contact.result);
  const lastContactAt = later(before.lastContactAt, contact.happenedAt);
  const awaited = await earliestAwaited(tx, before.caseId);
  const on = dayIn(creditorZone, Temporal.Instant.from(contact.happenedAt));
  const deeds = deedsAfter(before.deeds, contact, on);
  const now = { ...before, lastContactAt, missedCalls, deeds };
  const work = workOf(now, awaited, creditorZone);
  const { currency, oldestDueDate } = before;
  const standing = standingOf(currency, before, work, oldestDueDate, today, rules.standing);
  await saveContacted(tx, before.caseId, { lastContactAt, missedCalls, deeds, standing });
}

function later(known: string, happened: string): string {
  if (known === '-infinity') return happened;
  const [a, b] = [Temporal.Instant.from(known), Temporal.Instant.from(happened)];
  return Temporal.Instant.compare(a, b) >= 0 ? known : happened;
}
