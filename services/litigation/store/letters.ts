import type { Tx } from '@recourse/kit/db.ts';
import type { SentLetter } from '../domain/letter-act.ts';

/** Keeps a letter that was sent; of one whose delivery was told before, the delivery stays. */
export async function keepSentLetter(tx: Tx, letter: SentLetter): Promise<void> {
  await tx.query(
    `INSERT INTO letter (org_id, letter_id, debt_id, kind, party, means, tracking_number, sent_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (org_id, letter_id) DO UPDATE SET kind = excluded.kind, party = excluded.party,
       means = excluded.means, tracking_number = excluded.tracking_number,
       sent_on = excluded.sent_on WHERE letter.sent_on IS NULL`,
    [
      tx.orgId,
      letter.letterId,
      letter.debtId,
      letter.kind,
      letter.party,
      letter.means,
      letter.trackingNumber,
      letter.sentOn,
    ],
  );
}

/** Keeps that something is known of a letter's fate, whether its sending was told or not. */
export async function keepSettledLetter(
  tx: Tx,
  { letterId, debtId }: Pick<SentLetter, 'letterId' | 'debtId'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO letter (org_id, letter_id, debt_id, settled) VALUES ($1, $2, $3, true)
     ON CONFLICT (org_id, letter_id) DO UPDATE SET settled = true WHERE NOT letter.settled`,
    [tx.orgId, letterId, debtId],
  );
}

/** Letters of debts that are under way, the oldest first; one that was struck by hand is none. */
export async function lettersUnderWay(tx: Tx, debtIds: readonly string[]): Promise<SentLetter[]> {
  return tx.query<SentLetter>(
    `SELECT l.letter_id AS "letterId", l.debt_id AS "debtId", l.kind, l.party, l.means,
            l.tracking_number AS "trackingNumber", l.sent_on AS "sentOn"
       FROM letter l
      WHERE l.org_id = $1 AND l.debt_id = ANY ($2::uuid[]) AND l.sent_on IS NOT NULL
        AND NOT l.settled
        AND NOT EXISTS (SELECT FROM limitation_event e WHERE e.org_id = l.org_id
             AND e.event_id = l.letter_id AND e.struck)
      ORDER BY l.sent_on, l.letter_id`,
    [tx.orgId, debtIds],
  );
}
