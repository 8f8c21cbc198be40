import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { Actor, FileRef } from '@recourse/proto/type/v1/type.ts';
import {
  type Liaison,
  type PackFile,
  type PackItem,
  type PackPaper,
  type PackPolicy,
} from '../domain/pack.ts';

/** Opens and seals how the liaisons of one organisation are reached. */
export type LiaisonSeal = {
  seal(liaison: Liaison | undefined): string;
  open(liaison: SaidLiaison | null, sealed: string): Liaison | undefined;
};

export type LiaisonSeals = (orgId: string) => Promise<LiaisonSeal>;

type SaidLiaison = { name: string; authority: string };

export function liaisonSeals(crypto: Crypto): LiaisonSeals {
  return async (orgId) => {
    const sealer = await crypto.sealer(orgId);
    return {
      seal: (liaison) => {
        if (liaison === undefined) return '';
        const { phone, email } = liaison;
        return phone === '' && email === '' ? '' : sealer.seal(JSON.stringify({ phone, email }));
      },
      open: (said, sealed) => {
        if (said === null) return undefined;
        const reach = sealed === '' ? { phone: '', email: '' } : JSON.parse(sealer.open(sealed));
        return { ...said, ...(reach as { phone: string; email: string }) };
      },
    };
  };
}

/** For whoever asks only whether somebody is named. */
export const unopened: LiaisonSeal = {
  seal: () => '',
  open: (said) => (said === null ? undefined : { ...said, phone: '', email: '' }),
};

function saidOf(liaison: Liaison | undefined): string | null {
  if (liaison === undefined) return null;
  const { name, authority } = liaison;
  return JSON.stringify({ name, authority });
}

type PolicyRow = {
  required: PackItem[];
  liaison: SaidLiaison | null;
  reachSealed: string;
  floorBps: number | null;
  version: bigint;
  changedBy: unknown;
  changedAt: string;
};

/** The transaction's organisation's policy; undefined when it has written none. */
export async function ownPackPolicy(tx: Tx, seal: LiaisonSeal): Promise<PackPolicy | undefined> {
  const [row] = await tx.query<PolicyRow>(
    `SELECT required, liaison, reach_sealed AS "reachSealed", floor_bps AS "floorBps", version,
            changed_by AS "changedBy", changed_at AS "changedAt"
       FROM pack_policy WHERE org_id = $1`,
    [tx.orgId],
  );
  return (
    row && {
      required: row.required,
      liaison: seal.open(row.liaison, row.reachSealed),
      floorBps: row.floorBps ?? undefined,
      version: row.version,
      changedBy: Actor.fromJSON(row.changedBy),
      changedAt: Temporal.Instant.from(row.changedAt),
    }
  );
}

/** Writes the policy when its version is still the one that was read; whether it was. */
export async function savePackPolicy(
  tx: Tx,
  seal: LiaisonSeal,
  policy: PackPolicy,
  by: { actor: Actor; at: Temporal.Instant },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO pack_policy AS p (org_id, required, liaison, reach_sealed, floor_bps, version,
       changed_by, changed_at)
     SELECT $1, $2, $3::jsonb, $4, $5, 1, $7::jsonb, $8
      WHERE $6 = 0 OR EXISTS (SELECT FROM pack_policy WHERE org_id = $1)
     ON CONFLICT (org_id) DO UPDATE SET required = excluded.required, liaison = excluded.liaison,
       reach_sealed = excluded.reach_sealed, floor_bps = excluded.floor_bps,
       version = p.version + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
     WHERE p.version = $6 RETURNING version`,
    [
      tx.orgId,
      policy.required,
      saidOf(policy.liaison),
      seal.seal(policy.liaison),
      policy.floorBps ?? null,
      policy.version,
      JSON.stringify(Actor.toJSON(by.actor)),
      by.at,
    ],
  );
  return rows.length > 0;
}

type FileRow = {
  caseId: string;
  background: string;
  liaison: SaidLiaison | null;
  reachSealed: string;
  floorBps: number | null;
  placedBy: string;
  version: bigint;
};

/** What was written for these cases, by case. */
export async function packFiles(
  tx: Tx,
  seal: LiaisonSeal,
  caseIds: readonly string[],
): Promise<Map<string, PackFile>> {
  const rows = await tx.query<FileRow>(
    `SELECT case_id AS "caseId", background, liaison, reach_sealed AS "reachSealed",
            floor_bps AS "floorBps", placed_by AS "placedBy", version
       FROM case_pack WHERE org_id = $1 AND case_id = ANY ($2::uuid[])`,
    [tx.orgId, caseIds],
  );
  return new Map(
    rows.map(({ caseId, liaison, reachSealed, floorBps, ...row }) => [
      caseId,
      { ...row, liaison: seal.open(liaison, reachSealed), floorBps: floorBps ?? undefined },
    ]),
  );
}

/** Writes what is said for a case when its version is still the one that was read; whether. */
export async function savePackFile(
  tx: Tx,
  seal: LiaisonSeal,
  caseId: string,
  file: Omit<PackFile, 'placedBy'>,
  by: { actor: Actor; at: Temporal.Instant },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO case_pack AS p (org_id, case_id, background, liaison, reach_sealed, floor_bps,
       version, changed_by, changed_at)
     SELECT $1, $2, $3, $4::jsonb, $5, $6, 1, $8::jsonb, $9
      WHERE $7 = 0 OR EXISTS (SELECT FROM case_pack WHERE org_id = $1 AND case_id = $2)
     ON CONFLICT (org_id, case_id) DO UPDATE SET background = excluded.background,
       liaison = excluded.liaison, reach_sealed = excluded.reach_sealed,
       floor_bps = excluded.floor_bps, version = p.version + 1, changed_by = excluded.changed_by,
       changed_at = excluded.changed_at
     WHERE p.version = $7 RETURNING version`,
    [
      tx.orgId,
      caseId,
      file.background,
      saidOf(file.liaison),
      seal.seal(file.liaison),
      file.floorBps ?? null,
      file.version,
      JSON.stringify(Actor.toJSON(by.actor)),
      by.at,
    ],
  );
  return rows.length > 0;
}

/** Who places cases answers for them while their packs name nobody. */
export async function notePlacer(tx: Tx, caseIds: readonly string[], name: string): Promise<void> {
  if (caseIds.length === 0) return;
  await tx.query(
    `INSERT INTO case_pack (org_id, case_id, placed_by)
     SELECT $1, id, $3 FROM unnest($2::uuid[]) AS id ORDER BY id
     ON CONFLICT (org_id, case_id) DO UPDATE SET placed_by = excluded.placed_by`,
    [tx.orgId, caseIds, name],
  );
}

type PaperRow = {
  caseId: string;
  paperId: string;
  item: PackItem;
  title: string;
  file: unknown;
  addedBy: unknown;
  addedAt: string;
};

/** The papers in the packs of these cases, by case, the first added first. */
export async function packPapers(
  tx: Tx,
  caseIds: readonly string[],
): Promise<Map<string, PackPaper[]>> {
  const rows = await tx.query<PaperRow>(
    `SELECT e.case_id AS "caseId", p.paper_id AS "paperId", p.item, p.title, p.file,
            p.added_by AS "addedBy", p.added_at AS "addedAt"
       FROM pack_enclosure e JOIN pack_paper p ON p.org_id = e.org_id AND p.paper_id = e.paper_id
      WHERE e.org_id = $1 AND e.case_id = ANY ($2::uuid[]) AND e.removed_at IS NULL
      ORDER BY p.added_at, p.paper_id`,
    [tx.orgId, caseIds],
  );
  const papers = new Map<string, PackPaper[]>();
  for (const { caseId, file, addedBy, addedAt, ...row } of rows) {
    const list = papers.get(caseId) ?? [];
    const added = { addedBy: Actor.fromJSON(addedBy), addedAt: Temporal.Instant.from(addedAt) };
    list.push({ ...row, ...added, file: FileRef.fromJSON(file) });
    papers.set(caseId, list);
  }
  return papers;
}

/** Keeps a paper unless it is kept already; what is kept under its id now. */
export async function addPaper(tx: Tx, paper: PackPaper): Promise<PackPaper> {
  await tx.query(
    `INSERT INTO pack_paper (org_id, paper_id, item, title, file, added_by, added_at)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7) ON CONFLICT DO NOTHING`,
    [
      tx.orgId,
      paper.paperId,
      paper.item,
      paper.title,
      JSON.stringify(FileRef.toJSON(paper.file)),
      JSON.stringify(Actor.toJSON(paper.addedBy)),
      paper.addedAt,
    ],
  );
  const [row] = await tx.query<Omit<PaperRow, 'caseId'>>(
    `SELECT paper_id AS "paperId", item, title, file, added_by AS "addedBy", added_at AS "addedAt"
       FROM pack_paper WHERE org_id = $1 AND paper_id = $2`,
    [tx.orgId, paper.paperId],
  );
  if (row === undefined) return paper;
  const { file, addedBy, addedAt, ...rest } = row;
  const added = { addedBy: Actor.fromJSON(addedBy), addedAt: Temporal.Instant.from(addedAt) };
  return { ...rest, ...added, file: FileRef.fromJSON(file) };
}

/** Puts a kept paper into the packs of these cases, also where it had been taken out. */
export async function enclose(
  tx: Tx,
  paperId: string,
  caseIds: readonly string[],
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `INSERT INTO pack_enclosure AS e (org_id, case_id, paper_id, enclosed_at)
     SELECT $1, id, $2, $4 FROM unnest($3::uuid[]) AS id ORDER BY id
     ON CONFLICT (org_id, case_id, paper_id) DO UPDATE SET enclosed_at = excluded.enclosed_at,
       removed_by = NULL, removed_at = NULL WHERE e.removed_at IS NOT NULL`,
    [tx.orgId, paperId, caseIds, at],
  );
}

/** Takes a paper out of a case's pack; whether it was ever there. */
export async function takeOut(
  tx: Tx,
  paper: { caseId: string; paperId: string },
  by: { actor: Actor; at: Temporal.Instant },
): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE pack_enclosure SET removed_by = coalesce(removed_by, $4::jsonb),
            removed_at = coalesce(removed_at, $5)
      WHERE org_id = $1 AND case_id = $2 AND paper_id = $3 RETURNING paper_id`,
    [tx.orgId, paper.caseId, paper.paperId, JSON.stringify(Actor.toJSON(by.actor)), by.at],
  );
  return rows.length > 0;
}

/** Whose paper it is, of those that the transaction's organisation may see; '' when none. */
export async function paperOwner(tx: Tx, paperId: string): Promise<string> {
  const rows = await tx.query<{ orgId: string }>(
    'SELECT org_id AS "orgId" FROM pack_enclosure WHERE paper_id = $1 LIMIT 1',
    [paperId],
  );
  return rows[0]?.orgId ?? '';
}

export type Over = { creditorId: string; creditorName: string; isActive: boolean };

/** Whose case an agency works or is offered, and which of the two; read in the agency's name. */
export async function placementOver(tx: Tx, caseId: string): Promise<Over | undefined> {
  const [row] = await tx.query<Over>(
    `SELECT org_id AS "creditorId", creditor_name AS "creditorName", state = 'ACTIVE' AS "isActive"
       FROM placement
      WHERE agency_id = $1 AND case_id = $2 AND state IN ('OFFERED', 'ACTIVE') LIMIT 1`,
    [tx.orgId, caseId],
  );
  return row;
}
