import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { Attitude, ContactResult, Excuse } from '@recourse/proto/cases/v1/work.ts';
import type { Channel, Party } from '../domain/contact.ts';
import type { Deeds } from '../domain/next-action.ts';
import type { Why } from '../domain/rule.ts';
import type { Standing } from '../domain/standing.ts';

/** Contacts as they are kept: every attempt with the verdict it got. */

export type VerdictRow = {
  permitted: boolean;
  rule: string;
  why: Why;
  nextPermittedAt: string | null;
  phrase: string;
};

export type ContactRow = {
  contactId: string;
  caseId: string;
  channel: Channel;
  party: Party;
  result: keyof typeof ContactResult;
  attitude: keyof typeof Attitude;
  excuse: keyof typeof Excuse;
  note: string;
  happenedAt: string;
  actor: Actor;
  verdict: VerdictRow;
  contentHash: string;
};

const columns = `
  contact_id AS "contactId", case_id AS "caseId", channel, party, result, attitude, excuse, note,
  happened_at AS "happenedAt", actor, verdict, content_hash AS "contentHash"`;

export async function findContact(tx: Tx, contactId: string): Promise<ContactRow | undefined> {
  const [row] = await tx.query<ContactRow>(
    `SELECT ${columns} FROM contact WHERE org_id = $1 AND contact_id = $2`,
    [tx.orgId, contactId],
  );
  return row;
}

/**
 * Contacts permitted on days of the debtor's calendar, letters among them, over all its cases and
 * everybody who works them, and whether a third party wants no more. The debtor's row is to be
 * locked when a contact follows.
 */
export async function contactCounts(
  tx: Tx,
  debtorId: string,
  days: { that: Day; today: Day },
): Promise<{ usedThatDay: number; usedToday: number; thirdPartyRefused: boolean }> {
  const [row] = await tx.query<{ that: bigint; today: bigint; refused: boolean }>(
    `SELECT count(*) FILTER (WHERE on_day = $3) AS that,
            count(*) FILTER (WHERE on_day = $4) AS today,
            EXISTS (SELECT FROM contact WHERE org_id = $1 AND debtor_id = $2
              AND party = 'THIRD_PARTY' AND attitude = 'REFUSING') AS refused
       FROM (SELECT contact_day AS on_day FROM contact
              WHERE org_id = $1 AND debtor_id = $2 AND contact_day IN ($3, $4) AND permitted
             UNION ALL
             SELECT sent_on FROM letter
              WHERE org_id = $1 AND debtor_id = $2 AND sent_on IN ($3, $4) AND permitted) made`,
    [tx.orgId, debtorId, days.that, days.today],
  );
  return {
    usedThatDay: Number(row?.that ?? 0n),
    usedToday: Number(row?.today ?? 0n),
    thirdPartyRefused: row?.refused ?? false,
  };
}

export type NewContact = ContactRow & {
  debtorId: string;
  agencyId: string | undefined;
  companion: string;
  contactDay: Day;
  recordedAt: Temporal.Instant;
};

export async function addContact(tx: Tx, contact: NewContact): Promise<void> {
  await tx.query(
    `INSERT INTO contact (org_id, contact_id, case_id, debtor_id, agency_id, channel, party, result,
            attitude, excuse, note, companion, happened_at, contact_day, permitted, verdict, actor,
            recorded_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      tx.orgId,
      contact.contactId,
      contact.caseId,
      contact.debtorId,
      contact.agencyId ?? null,
      contact.channel,
      contact.party,
      contact.result,
      contact.attitude,
      contact.excuse,
      contact.note,
      contact.companion,
      contact.happenedAt,
      contact.contactDay,
      contact.verdict.permitted,
      JSON.stringify(contact.verdict),
      JSON.stringify(contact.actor),
      contact.recordedAt,
      contact.contentHash,
    ],
  );
}

/** What a permitted contact changes on its case. */
export async function saveContacted(
  tx: Tx,
  caseId: string,
  contacted: { lastContactAt: string; missedCalls: number; deeds: Deeds; standing: Standing },
): Promise<void> {
  const { lastContactAt, missedCalls, deeds, standing } = contacted;
  await tx.query(
    `UPDATE case_file SET last_contact_at = $3, missed_calls = $4, next_step = $5, next_day = $6,
            next_why = $7, deeds = $8, version = version + 1
      WHERE org_id = $1 AND case_id = $2`,
    [
      tx.orgId,
      caseId,
      lastContactAt,
      missedCalls,
      standing.nextStep,
      standing.nextDay,
      JSON.stringify(standing.nextWhy),
      JSON.stringify(deeds),
    ],
  );
}
