import type { Tx } from '@recourse/kit/db.ts';
import type { Fault } from '@recourse/kit/fault.ts';
import { PackItem as PackItemMessage } from '@recourse/proto/agencies/v1/packs.ts';
import type { PlacementResult } from '@recourse/proto/agencies/v1/placements.ts';
import {
  emptyPackFile,
  type Pack,
  type PackItem,
  packItems,
  packOf,
  type PackPolicy,
} from '../domain/pack.ts';
import { creditorDay } from '../domain/placement.ts';
import { packRule, type PackRule, ruleOn } from '../domain/rules.ts';
import {
  type LiaisonSeal,
  ownPackPolicy,
  packFiles,
  packPapers,
  unopened,
} from '../store/packs.ts';

export function packRuleAt(at: Temporal.Instant): PackRule {
  return ruleOn(packRule, creditorDay(at));
}

/** The policy in force of the transaction's organisation: its own, else the one that ships. */
export async function packPolicy(
  tx: Tx,
  seal: LiaisonSeal,
  at: Temporal.Instant,
): Promise<PackPolicy> {
  const { required } = packRuleAt(at);
  const shipped = { required, liaison: undefined, floorBps: undefined, version: 0n };
  return (await ownPackPolicy(tx, seal)) ?? shipped;
}

type Reading = { seal: LiaisonSeal; at: Temporal.Instant; placer: string };

/** The packs of these cases of the transaction's organisation, by case. */
export async function readPacks(
  tx: Tx,
  caseIds: readonly string[],
  { seal, at, placer }: Reading,
): Promise<Map<string, Pack>> {
  const asked = [...new Set(caseIds)];
  const policy = await packPolicy(tx, seal, at);
  const files = await packFiles(tx, seal, asked);
  const papers = await packPapers(tx, asked);
  const { floorBps } = packRuleAt(at);
  return new Map(
    asked.map((caseId) => {
      const file = files.get(caseId) ?? emptyPackFile;
      return [caseId, packOf(file, papers.get(caseId) ?? [], policy, { floorBps, placer })];
    }),
  );
}

/** What the packs of cases lack that are placed or about to be, by case. */
export async function missingItems(
  tx: Tx,
  caseIds: readonly string[],
  at: Temporal.Instant,
): Promise<Map<string, PackItem[]>> {
  if (caseIds.length === 0) return new Map();
  // Whoever places them answers for them, so somebody is always named.
  const packs = await readPacks(tx, caseIds, { seal: unopened, at, placer: '-' });
  return new Map([...packs].map(([caseId, { missing }]) => [caseId, missing]));
}

export function itemMessages(items: readonly PackItem[]): PackItemMessage[] {
  return items.map((item) => PackItemMessage[item]);
}

/** What came of one placement that was refused, with what its pack lacks if that is why. */
export function refusedResult(
  of: { placementId: string; caseId: string },
  { reason, facts }: Fault,
): PlacementResult {
  const told = reason === 'pack_incomplete' ? String(facts['missing']).split(' ') : [];
  const missing = itemMessages(packItems.filter((item) => told.includes(item)));
  return { ...of, done: false, reason, missing };
}
