import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import {
  type Answer,
  type Candidate,
  type EntrySeen,
  isSearchable,
  judge,
  type Question,
} from '../domain/screening.ts';
import { findEntries } from './entries.ts';
import type { NameSearch } from './names.ts';

export type ScreeningRooms = { db: Db; crypto: Crypto; names: NameSearch };

/**
 * The associations whose entries an organisation may come to see: its own as an active member, and
 * those that have an agreement with one of them.
 */
export async function associationsOf(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ associationId: string }>(
    `WITH mine AS (SELECT org_id FROM member WHERE member_id = $1 AND state = 'ACTIVE')
     SELECT org_id AS "associationId" FROM mine
     UNION SELECT a.partner_id FROM agreement a JOIN mine ON mine.org_id = a.org_id
            WHERE a.state = 'ACTIVE'
     UNION SELECT a.org_id FROM agreement a JOIN mine ON mine.org_id = a.partner_id
            WHERE a.state = 'ACTIVE'`,
    [tx.orgId],
  );
  return rows.map((row) => row.associationId);
}

/** The same, for one who asks. Fault: `refused` not_a_member. */
export async function associationsOrRefuse(tx: Tx): Promise<string[]> {
  const found = await associationsOf(tx);
  if (found.length === 0) throw fault('refused', 'not_a_member');
  return found;
}

/** An ID number as each association keeps it; the number itself is never kept. */
export async function idHashesOf(
  crypto: Crypto,
  associationIds: readonly string[],
  idNumber: string,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  if (idNumber === '') return hashes;
  for (const associationId of associationIds) {
    const sealer = await crypto.sealer(associationId);
    hashes.set(associationId, sealer.blindIndex(idNumber));
  }
  return hashes;
}

/** A question with what was looked up for it outside of the transaction. */
export type Prepared = {
  question: Question;
  candidates: Map<string, Candidate>;
  idHashes: Map<string, string>;
};

/** Looks the name up in memory and hashes the number, before any transaction is open. */
export async function prepare(
  rooms: ScreeningRooms,
  associationIds: readonly string[],
  question: Question,
): Promise<Prepared> {
  const idHashes = await idHashesOf(rooms.crypto, associationIds, question.idNumber);
  return prepareHashed(rooms, associationIds, question, idHashes);
}

/** The same of a number of which only the hashes are known. */
export async function prepareHashed(
  rooms: ScreeningRooms,
  associationIds: readonly string[],
  question: Question,
  idHashes: Map<string, string>,
): Promise<Prepared> {
  const { name, kind } = question;
  const candidates = isSearchable(name)
    ? await rooms.names.candidates(associationIds, name, kind)
    : new Map<string, Candidate>();
  return { question, candidates, idHashes };
}

/** Entries that a prepared question may mean. */
export function entriesFor(
  tx: Tx,
  crypto: Crypto,
  prepared: readonly Prepared[],
): Promise<EntrySeen[]> {
  return findEntries(tx, crypto, {
    creditCodes: prepared.map((one) => one.question.creditCode).filter((code) => code !== ''),
    idHashes: prepared.flatMap((one) => [...one.idHashes.values()]),
    candidates: [...new Set(prepared.flatMap((one) => [...one.candidates.keys()]))],
  });
}

/** Answers prepared questions with one read of the entries. */
export async function answerAll(
  tx: Tx,
  crypto: Crypto,
  prepared: readonly Prepared[],
): Promise<Answer[]> {
  const entries = await entriesFor(tx, crypto, prepared);
  return prepared.map(({ question, candidates, idHashes }) =>
    judge(question, entries, candidates, idHashes),
  );
}
