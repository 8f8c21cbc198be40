import { actorOf } from '@recourse/kit/caller.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import { Readable } from 'node:stream';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash, namedUuid, sha256 } from '@recourse/kit/hash.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type Document,
  type DrawDocumentRequest,
  type PapersServiceServer,
  type PutEvidenceRequest,
  RemoveEvidenceResponse,
} from '@recourse/proto/litigation/v1/papers.ts';
import { creditorDay } from '../domain/clock-zone.ts';
import { checklistOf, laidOut } from '../domain/evidence.ts';
import { checkOpen, type Matter } from '../domain/matter.ts';
import { compose, type Template } from '../domain/paper.ts';
import { checkApplication } from '../domain/payment-order.ts';
import { proceedingOf, touched } from '../domain/proceeding.ts';
import { checklists } from '../rules/evidence.ts';
import { debtWords, templates } from '../rules/templates.ts';
import { printed } from '../store/docx.ts';
import { getMatter, matterForUpdate, saveMatter, tell } from '../store/matters.ts';
import {
  addDocument,
  addEvidence,
  documentsOf,
  evidenceOf,
  getEvidence,
  removeEvidence,
} from '../store/papers.ts';
import { madeBy, type Rooms } from './rooms.ts';
import { uploaded } from './uploaded.ts';

async function found(tx: Tx, matterId: string): Promise<Matter> {
  const matter = await getMatter(tx, matterId);
  if (matter === undefined) throw fault('missing', 'matter_unknown', { matterId });
  return matter;
}

async function touch(tx: Tx, present: Matter | undefined, what: string, call: Call) {
  const { state, events } = touched(present, what);
  await saveMatter(tx, state);
  await tell(tx, state.matterId, madeBy(call), events);
}

async function putEvidence(rooms: Rooms, request: PutEvidenceRequest, call: Call) {
  const { matterId, uploadId, ...said } = request;
  const hash = contentHash(request);
  const upload = await uploaded(rooms, call.caller.orgId, uploadId);
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const present = await matterForUpdate(tx, matterId);
    const before = await getEvidence(tx, matterId, request.evidenceId);
    if (before !== undefined) {
      const same = before.hash === hash && !before.removed;
      if (!same) throw fault('exists', 'evidence_exists_with_other_content');
      return { item: before.item };
    }
    checkOpen(present);
    const actor = actorOf(call.caller);
    const stored = { file: upload?.file, sha256: upload?.sha256 ?? '' };
    const item = { ...said, ...stored, actor, addedAt: call.at.toString() };
    await addEvidence(tx, matterId, item, hash);
    await touch(tx, present, 'evidence', call);
    return { item };
  });
}

function templateOf(kind: DrawDocumentRequest['kind']): Template {
  const template = templates.find((one) => one.kind === kind);
  if (template === undefined) throw fault('invalid', 'template_unknown', { kind });
  return template;
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const mostBytes = 16 * 1024 * 1024;

/** The document that was drawn up under this id before; undefined for a new id. */
async function drawnBefore(
  tx: Tx,
  request: DrawDocumentRequest,
  hash: string,
): Promise<Document | undefined> {
  const all = await documentsOf(tx, request.matterId);
  const known = all.find(({ document }) => document.documentId === request.documentId);
  if (known !== undefined && known.hash !== hash) {
    throw fault('exists', 'document_exists_with_other_content');
  }
  return known?.document;
}

/** What the document is made of, read in one transaction. */
async function material(rooms: Rooms, request: DrawDocumentRequest, call: Call, hash: string) {
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const matter = await found(tx, request.matterId);
    const before = await drawnBefore(tx, request, hash);
    const evidence = await evidenceOf(tx, [request.matterId]);
    return { matter, before, evidence: evidence.map(({ item }) => item.title) };
  });
}

function courtOf(matter: Matter, proceedingId: string): string {
  if (proceedingId !== '') return proceedingOf(matter, proceedingId).court;
  return matter.proceedings.findLast((one) => one.court !== '')?.court ?? '';
}

async function drawDocument(rooms: Rooms, request: DrawDocumentRequest, call: Call) {
  const { orgId } = call.caller;
  const { matterId, documentId, kind, facts, proceedingId } = request;
  const hash = contentHash(request);
  const template = templateOf(kind);
  const { matter, before, evidence } = await material(rooms, request, call, hash);
  if (before !== undefined) return { document: before };
  checkApplication(matter, kind, request.conditions);
  const { blocks, blanks } = compose(template, {
    matter,
    court: courtOf(matter, proceedingId),
    facts,
    evidence,
    debtWord: debtWords[matter.debtType],
    today: creditorDay(call.at),
  });
  const bytes = await printed(template.title, blocks);
  const digest = sha256(bytes);
  // Each printing has its own file; only the one that is recorded below is ever shown.
  const fileId = namedUuid(orgId, `${documentId} ${digest}`);
  const fileName = `${matter.number}-${template.title}.docx`;
  const about = { fileName, mediaType: docx, maxBytes: mostBytes };
  const { sizeBytes } = await rooms.files.put(orgId, fileId, Readable.from([bytes]), about);
  return rooms.db.tenant(orgId, async (tx) => {
    const present = await matterForUpdate(tx, matterId);
    const meanwhile = await drawnBefore(tx, request, hash);
    if (meanwhile !== undefined) return { document: meanwhile };
    const others = (await documentsOf(tx, matterId)).filter((one) => one.document.kind === kind);
    const document: Document = {
      documentId,
      matterId,
      kind,
      number: Math.max(0, ...others.map((one) => one.document.number)) + 1,
      file: { fileId, fileName, mediaType: docx, sizeBytes: BigInt(sizeBytes) },
      sha256: digest,
      templateVersion: template.version,
      actor: actorOf(call.caller),
      drawnAt: call.at.toString(),
      blanks,
    };
    await addDocument(tx, document, hash);
    await touch(tx, present, 'document', call);
    return { document };
  });
}

/**
 * Evidence and documents. Faults: `missing` matter_unknown, evidence_unknown, file_not_found;
 * `exists` evidence_exists_with_other_content, document_exists_with_other_content; `refused`
 * matter_closed; `invalid` template_unknown; those of `checkApplication`.
 */
export function papersHandlers(rooms: Rooms): Handlers<PapersServiceServer> {
  const { db } = rooms;
  return {
    getEvidence: ({ matterId }, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const matter = await found(tx, matterId);
        const items = (await evidenceOf(tx, [matterId])).map(({ item }) => item);
        const checklist = checklistOf(checklists, matter.debtType);
        const lines = laidOut(checklist, items);
        const gaps = lines.filter((line) => line.gap).length;
        const { effectiveFrom, source } = checklist;
        return { lines, gaps, effectiveFrom, source };
      }),

    putEvidence: (request, call) => putEvidence(rooms, request, call),

    removeEvidence: ({ matterId, evidenceId, reason, requestId }, call) => {
      const command = { requestId, content: { verb: 'remove', matterId, evidenceId, reason } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, command, RemoveEvidenceResponse, async () => {
          const present = await matterForUpdate(tx, matterId);
          const before = await getEvidence(tx, matterId, evidenceId);
          if (before === undefined || before.removed) throw fault('missing', 'evidence_unknown');
          await removeEvidence(tx, evidenceId, reason);
          await touch(tx, present, 'evidence', call);
          return { item: before.item };
        }),
      );
    },

    listDocuments: ({ matterId }, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        await found(tx, matterId);
        return { documents: (await documentsOf(tx, matterId)).map(({ document }) => document) };
      }),

    drawDocument: (request, call) => drawDocument(rooms, request, call),
  };
}
