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

async function readChanged(db: Db, since: string | undefined): Promise<Row[]> {
  return db.system((tx) =>
    tx.query<Row>(
      `SELECT org_id AS "orgId", listing_id AS "listingId", association_id AS "associationId",
              shown, kind, name, aliases, changed_at AS "changedAt"
         FROM entry WHERE $1::timestamptz IS NULL OR changed_at > $1::timestamptz - ${lookBack}`,
      [since ?? null],
    ),
  );
}

async function openNames(crypto: Crypto, row: Row): Promise<string[]> {
  const names = [row.name, ...row.aliases];
  if (row.kind !== 'PERSON') return names;
  const sealer = await crypto.sealer(row.associationId);
  return names.map((one) => sealer.open(one));
}

/**
 * An index of all shown entries, one part per association, made from the database at first use and
 * kept by reading what has changed: several replicas find the same without telling each other.
 */
export function nameSearch(db: Db, crypto: Crypto): NameSearch {
  const { nameIndex } = matcher(nameWords);
  const parts = new Map<string, NameIndex>();
  let since: string | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const partOf = (associationId: string): NameIndex => {
    const known = parts.get(associationId) ?? nameIndex();
    parts.set(associationId, known);
    return known;
  };

  const apply = async (row: Row): Promise<void> => {
    const part = partOf(row.associationId);
    const id = `${row.orgId}:${row.listingId}`;
    if (!row.shown) part.remove(id);
    else {
      const names = await openNames(crypto, row);
      part.add({ id, names, kind: row.kind === 'PERSON' ? 'person' : 'company' });
    }
    if (since === undefined || row.changedAt > since) since = row.changedAt;
  };

  const read = async (): Promise<void> => {
    const began = performance.now();
    for (const row of await readChanged(db, since)) await apply(row);
    readAt = began;
  };

  const freshen = async (): Promise<void> => {
    if (performance.now() - readAt < freshMs) return;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    await reading;
  };

  return {
    freshen,
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
