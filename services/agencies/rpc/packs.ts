import { actorOf } from '@recourse/kit/caller.ts';
import type { Bus } from '@recourse/kit/bus.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type AddPackPaperRequest,
  type Liaison as LiaisonMessage,
  type Pack as PackMessage,
  PackItem as PackItemMessage,
  type PackPaper as PackPaperMessage,
  type PackPolicy as PackPolicyMessage,
  type PacksServiceServer,
} from '@recourse/proto/agencies/v1/packs.ts';
import {
  isPaperItem,
  type Liaison,
  type Pack,
  packItems,
  type PackPaper,
  type PackPolicy,
} from '../domain/pack.ts';
import {
  addPaper,
  enclose,
  type LiaisonSeal,
  paperOwner,
  placementOver,
  savePackFile,
  savePackPolicy,
  takeOut,
} from '../store/packs.ts';
import { askBases } from './bases.ts';
import { itemMessages, packPolicy, packRuleAt, readPacks } from './pack-reading.ts';
import { type Rooms, sideOf, wordsOf } from './rooms.ts';

const byOf = ({ caller, at }: Call) => ({ actor: actorOf(caller), at });

function liaisonOf(told: LiaisonMessage | undefined): Liaison | undefined {
  if (told === undefined) return undefined;
  const { name, phone, email, authority } = told;
  return { name: name.trim(), phone: phone.trim(), email: email.trim(), authority };
}

function paperMessage({ paperId, title, file, addedBy, addedAt, item }: PackPaper) {
  const added = { addedBy, addedAt: addedAt.toString() };
  return { paperId, title, file, ...added, item: PackItemMessage[item] } satisfies PackPaperMessage;
}

function packMessage(caseId: string, pack: Pack): PackMessage {
  const { background, liaison, liaisonIsOwn, floorBps, floorIsOwn, version } = pack;
  return {
    caseId,
    background,
    liaison,
    liaisonIsOwn,
    floorBps,
    floorIsOwn,
    version,
    papers: pack.papers.map(paperMessage),
    present: itemMessages(pack.present),
    required: itemMessages(pack.required),
    missing: itemMessages(pack.missing),
    masked: false,
  };
}

/** Before it has accepted, an agency learns which items there are and nothing of them. */
function masked(pack: PackMessage): PackMessage {
  const { caseId, present, required, missing } = pack;
  return {
    caseId,
    present,
    required,
    missing,
    background: '',
    liaison: undefined,
    liaisonIsOwn: false,
    floorBps: 0,
    floorIsOwn: false,
    papers: [],
    masked: true,
    version: 0n,
  };
}

function policyMessage(policy: PackPolicy, at: Temporal.Instant): PackPolicyMessage {
  const { required, liaison, floorBps, version, changedBy, changedAt } = policy;
  return {
    liaison,
    version,
    changedBy,
    required: itemMessages(required),
    floorBps: floorBps ?? packRuleAt(at).floorBps,
    changedAt: changedAt?.toString(),
  };
}

/** Only cases of the caller's have packs: `missing` case_missing; `unavailable` as asked. */
async function checkOwnCases(rooms: Rooms, caseIds: readonly string[], call: Call): Promise<void> {
  const bases = await askBases(rooms, caseIds, call);
  const unknown = caseIds.find((caseId) => !bases.has(caseId));
  if (unknown !== undefined) throw fault('missing', 'case_missing', { caseId: unknown });
}

async function readPack(
  rooms: Rooms,
  of: { orgId: string; caseId: string; placer: string },
  call: Call,
): Promise<PackMessage> {
  const { orgId, caseId, placer } = of;
  const seal = await rooms.seals(orgId);
  const reading = { seal, placer, at: call.at };
  const packs = await rooms.db.tenant(orgId, (tx) => readPacks(tx, [caseId], reading));
  const pack = packs.get(caseId);
  if (pack === undefined) throw fault('internal', 'nothing_was_read');
  return packMessage(caseId, pack);
}

async function packFor(rooms: Rooms, caseId: string, call: Call): Promise<PackMessage> {
  const { caller } = call;
  if (sideOf(caller) === 'creditor') {
    await checkOwnCases(rooms, [caseId], call);
    return readPack(rooms, { orgId: caller.orgId, caseId, placer: caller.userName }, call);
  }
  const over = await rooms.db.tenant(caller.orgId, (tx) => placementOver(tx, caseId));
  if (over === undefined) throw fault('missing', 'case_missing', { caseId });
  const { creditorId, creditorName: placer } = over;
  const pack = await readPack(rooms, { orgId: creditorId, caseId, placer }, call);
  return over.isActive ? pack : masked(pack);
}

async function keptPaper(
  rooms: Rooms,
  request: AddPackPaperRequest,
  call: Call,
): Promise<PackPaper> {
  const { orgId } = call.caller;
  const [item] = wordsOf(PackItemMessage, [request.item]);
  if (item === undefined || !isPaperItem(item)) throw fault('invalid', 'pack_item_is_no_paper');
  const { fileName, mediaType, sizeBytes } = await rooms.files.keep(orgId, request.uploadId);
  const { actor, at } = byOf(call);
  return {
    paperId: request.uploadId,
    item,
    title: request.title.trim(),
    file: { fileId: request.uploadId, fileName, mediaType, sizeBytes: BigInt(sizeBytes) },
    addedBy: actor,
    addedAt: at,
  };
}

function policyOf(told: PackPolicyMessage): PackPolicy {
  const required = wordsOf(PackItemMessage, told.required);
  return {
    required: packItems.filter((item) => required.includes(item)),
    liaison: liaisonOf(told.liaison),
    floorBps: told.floorBps,
    version: told.version,
  };
}

/**
 * Handover packs. Faults: `missing` case_missing, file_not_found, pack_paper_unknown; `stale`
 * pack_changed, pack_policy_changed; `invalid` pack_item_is_no_paper; `exists`
 * pack_paper_exists_with_other_content; `unavailable` cases_unavailable.
 */
export function packsHandlers(rooms: Rooms, bus: Bus): Handlers<PacksServiceServer> {
  const { db } = rooms;
  const sealFor = (call: Call): Promise<LiaisonSeal> => rooms.seals(call.caller.orgId);
  const note = (call: Call, caseIds: readonly string[]): void => {
    for (const id of caseIds)
      bus.live([call.caller.orgId], { noun: 'pack', id, change: 'changed' });
  };
  return {
    getPack: async ({ caseId }, call) => ({ pack: await packFor(rooms, caseId, call) }),

    putPack: async ({ caseId, expectedVersion, ...said }, call) => {
      await checkOwnCases(rooms, [caseId], call);
      const seal = await sealFor(call);
      const { background, floorBps } = said;
      const liaison = liaisonOf(said.liaison);
      const file = { background, liaison, floorBps, version: expectedVersion };
      const by = byOf(call);
      const isSaved = await db.tenant(call.caller.orgId, (tx) =>
        savePackFile(tx, seal, caseId, file, by),
      );
      if (!isSaved) throw fault('stale', 'pack_changed', { caseId });
      note(call, [caseId]);
      return { pack: await packFor(rooms, caseId, call) };
    },

    addPackPaper: async (request, call) => {
      const caseIds = [...new Set(request.caseIds)];
      await checkOwnCases(rooms, caseIds, call);
      const wanted = await keptPaper(rooms, request, call);
      const paper = await db.tenant(call.caller.orgId, async (tx) => {
        const kept = await addPaper(tx, wanted);
        if (kept.item !== wanted.item || kept.title !== wanted.title) {
          throw fault('exists', 'pack_paper_exists_with_other_content');
        }
        await enclose(tx, kept.paperId, caseIds, call.at);
        return kept;
      });
      note(call, caseIds);
      return { paper: paperMessage(paper) };
    },

    removePackPaper: async ({ caseId, paperId }, call) => {
      const by = byOf(call);
      const was = await db.tenant(call.caller.orgId, (tx) => takeOut(tx, { caseId, paperId }, by));
      if (!was) throw fault('missing', 'pack_paper_unknown', { paperId });
      note(call, [caseId]);
      return { pack: await packFor(rooms, caseId, call) };
    },

    getPackPolicy: async (_request, call) => {
      const seal = await sealFor(call);
      const read = await db.tenant(call.caller.orgId, (tx) => packPolicy(tx, seal, call.at));
      return { policy: policyMessage(read, call.at) };
    },

    putPackPolicy: async ({ policy: told }, call) => {
      if (told === undefined) throw fault('invalid', 'pack_policy_missing');
      const seal = await sealFor(call);
      const by = byOf(call);
      return db.tenant(call.caller.orgId, async (tx) => {
        const isSaved = await savePackPolicy(tx, seal, policyOf(told), by);
        if (!isSaved) throw fault('stale', 'pack_policy_changed');
        return { policy: policyMessage(await packPolicy(tx, seal, call.at), call.at) };
      });
    },

    findPackPaper: ({ paperId }, call) =>
      db.tenant(call.caller.orgId, async (tx) => ({ orgId: await paperOwner(tx, paperId) })),
  };
}
