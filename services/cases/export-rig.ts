/** What the tests of exports do again and again: ask, wait, fetch the file. */
import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { createFiles } from '@recourse/kit/files.ts';
import type {
  CreateExportRequest,
  ExportsServiceClient,
} from '@recourse/proto/cases/v1/exports.ts';
import {
  type Export,
  ExportFormat,
  type ExportLook,
  ExportState,
} from '@recourse/proto/type/v1/export.ts';
import { listOf, type Rig } from './book-rig.ts';

export type Exports = Promised<ExportsServiceClient>;

/** An export of cases as CSV in Chinese, except for what is named. */
export function exportOf(
  wanted: Partial<Omit<CreateExportRequest, 'look'>> & { look?: Partial<ExportLook> } = {},
): CreateExportRequest {
  return {
    exportId: randomUUIDv7(),
    list: { $case: 'cases', value: listOf({}) },
    ...wanted,
    look: { format: ExportFormat.CSV, columns: [], language: '', ...wanted.look },
  };
}

const working: readonly ExportState[] = [ExportState.WAITING, ExportState.WRITING];

/** Waits until it has ended one way or the other. */
export async function ended(exports: Exports, exportId: string, call: ClientCall): Promise<Export> {
  for (;;) {
    const { export: found } = await exports.getExport({ exportId }, call);
    if (found === undefined) throw new Error('no export');
    if (!working.includes(found.state)) return found;
    await sleep(25);
  }
}

export async function fileOf(rig: Rig, orgId: string, done: Export): Promise<Buffer> {
  const { stream } = await createFiles({ bus: rig.service.bus }).get(
    orgId,
    done.file?.fileId ?? '',
  );
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Asks for an export and answers it with its content. */
export async function exported(
  rig: Rig,
  exports: Exports,
  orgId: string,
  wanted: CreateExportRequest,
  call: ClientCall,
): Promise<{ done: Export; content: Buffer }> {
  await exports.createExport(wanted, call);
  const done = await ended(exports, wanted.exportId, call);
  if (done.state !== ExportState.DONE) throw new Error(`${done.state} ${done.failureReason}`);
  return { done, content: await fileOf(rig, orgId, done) };
}
