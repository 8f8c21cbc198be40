import { setImmediate } from 'node:timers/promises';
import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Db } from '@recourse/kit/db.ts';
import { matcher } from '../domain/match/matcher.ts';
import type { SubjectKind } from '../domain/listing.ts';
import type { Candidate } from '../domain/screening.ts';
import { nameWords } from '../rules/names/words.ts';

type NameIndex = ReturnType<ReturnType<typeof matcher>['nameIndex']>;

/** Looks names up in the memory of this process. */
export type NameSearch = {
  /**
   * Up to `limit` entries of like names per association, under `<reporter>:<listing>`. The database
   * has the last word on which of them the asker may see.
   */
  candidates(
    associationIds: readonly string[],
    name: string,
    kind: SubjectKind,
  ): Promise<Map<string, Candidate>>;
  /** Reads what has changed since, at most once a second. */
  freshen(): Promise<void>;
  /** Reads all that was committed before the call: a job overlooks nothing. */
  catchUp(): Promise<void>;
};

type Row = {
  orgId: string;
  listingId: string;
  associationId: string;
  shown: boolean;
  kind: SubjectKind;
  name: string;
  aliases: string[];
  changedAt: string;
};

/** What is committed late still carries the clock of its statement: look back this far. */
const lookBack = "interval '60 seconds'";
const freshMs = 1_000;
const candidatesMost = 20;
const pageSize = 5_000;
/** Other work of the process waits no longer than this for a big list to be laid out. */
const breathMs = 15;
/** Entries laid out anew at once: a few milliseconds. */
const compactedAtOnce = 200;

/** Where reading goes on: entries in the order of their change. */
type Place = { readonly changedAt: string; readonly listingId: string };

const noListing = '00000000-0000-0000-0000-000000000000';

/** From where the read after this one must begin, so that it misses nothing committed late. */
async function placeOfNext(db: Db): Promise<Place> {
  const [row] = await db.system((tx) =>
    tx.query<{ at: string }>(`SELECT clock_timestamp() - ${lookBack} AS at`),
  );
  return { changedAt: row?.at ?? '-infinity', listingId: noListing };
}

async function readPage(db: Db, after: Place): Promise<Row[]> {
  return db.system((tx) =>
    tx.query<Row>(
      `SELECT org_id AS "orgId", listing_id AS "listingId", association_id AS "associationId",
              shown, kind, name, aliases, changed_at AS "changedAt"
         FROM entry WHERE (changed_at, listing_id) > ($1::timestamptz, $2::uuid)
        ORDER BY changed_at, listing_id LIMIT ${pageSize}`,
      [after.changedAt, after.listingId],
    ),
  );
}

/**
 * Entries changed after a place, page by page. One that changes meanwhile comes again at the end.
 * Gives way to other work of the process now and then.
 */
async function* changedAfter(db: Db, from: Place): AsyncGenerator<Row> {
  let rested = performance.now();
  for (let after: Place | undefined = from; after !== undefined;) {
    const rows: Row[] = await readPage(db, after);
    for (const row of rows) {
      if (performance.now() - rested > breathMs) {
        await setImmediate();
        rested = performance.now();
      }
      yield row;
    }
    after = rows.length < pageSize ? undefined : rows.at(-1);
  }
}

async function openNames(crypto: Crypto, row: Row): Promise<string[]> {
  const names = [row.name, ...row.aliases];
  if (row.kind !== 'PERSON') return names;
  const sealer = await crypto.sealer(row.associationId);
  return names.map((one) => sealer.open(one));
}

/**
 * An index of all shown entries, one part per association, made from the database before the
 * process is ready and kept by reading what has changed: several replicas find the same without
 * telling each other.
 */
export function nameSearch(db: Db, crypto: Crypto): NameSearch {
  const { nameIndex } = matcher(nameWords);
  const parts = new Map<string, NameIndex>();
  let from: Place = { changedAt: '-infinity', listingId: noListing };
  /** By id, when those read last were changed: looking back meets them again. */
  let recent = new Map<string, string>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  let compacting: Promise<void> | undefined;

  const partOf = (associationId: string): NameIndex => {
    const known = parts.get(associationId) ?? nameIndex();
    parts.set(associationId, known);
    return known;
  };

  const apply = async (id: string, row: Row): Promise<void> => {
    const part = partOf(row.associationId);
    if (!row.shown) part.remove(id);
    else {
      const names = await openNames(crypto, row);
      part.add({ id, names, kind: row.kind === 'PERSON' ? 'person' : 'company' });
    }
  };

  /** Beside everything else: who asks is answered from what lies there meanwhile. */
  const compactAll = async (): Promise<void> => {
    for (const part of parts.values()) while (part.compact(compactedAtOnce)) await setImmediate();
  };

  const read = async (): Promise<void> => {
    const began = performance.now();
    const next = await placeOfNext(db);
    const met = new Map<string, string>();
    for await (const row of changedAfter(db, from)) {
      const id = `${row.orgId}:${row.listingId}`;
      if (recent.get(id) !== row.changedAt) await apply(id, row);
      if (row.changedAt >= next.changedAt) met.set(id, row.changedAt);
    }
    [from, recent, readAt] = [next, met, began];
    compacting ??= compactAll().finally(() => {
      compacting = undefined;
    });
  };

  const readOnce = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };

  const freshen = async (): Promise<void> => {
    if (performance.now() - readAt >= freshMs) await readOnce();
  };

  const catchUp = async (): Promise<void> => {
    // One that runs already may have begun before the last commit.
    if (reading !== undefined) await reading;
    await readOnce();
  };

  return {
    freshen,
    catchUp,
    candidates: async (associationIds, name, kind) => {
      await freshen();
      const found = new Map<string, Candidate>();
      const asked = kind === 'PERSON' ? 'person' : 'company';
      for (const associationId of associationIds) {
        const part = parts.get(associationId);
        const best = part?.search(name, { kind: asked, limit: candidatesMost }) ?? [];
        for (const one of best) {
          if (one.verdict === 'strong' || one.verdict === 'possible') found.set(one.id, one);
        }
      }
      return found;
    },
  };
}
