import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import type { Contract } from '@recourse/kit/contract.ts';
import { Fault, fault } from '@recourse/kit/fault.ts';
import { fileIdOf, type FileStore } from './downloads.ts';
import { uploadRoles } from './file-roles.ts';
import type { Arrival, Route } from './route.ts';

/** A file on its way in: nothing of it is held but what flows. */
type Incoming = { stream: Readable; fileName: string; mediaType: string };

const longestName = 255;

/** A name is shown and offered for saving, never used as a path. */
export function plainFileName(given: string): string {
  const base = given.split(/[\\/]/).at(-1) ?? '';
  const shown = [...base].filter((one) => !/[\p{Cc}\p{Cf}]/u.test(one)).slice(0, longestName);
  return shown.join('').trim() || 'upload';
}

function headerName(request: IncomingMessage): string {
  const given = request.headers['x-file-name'];
  if (typeof given !== 'string') return '';
  try {
    return decodeURIComponent(given);
  } catch {
    throw fault('invalid', 'file_name_malformed');
  }
}

function rawFile(request: Request): Incoming {
  const mediaType = request.headers['content-type'] ?? 'application/octet-stream';
  return { stream: request, fileName: plainFileName(headerName(request)), mediaType };
}

/** The first file of a form. What follows it is not read; a form without one is refused. */
function formFile(request: Request): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const form = busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 10, fieldSize: 4096, parts: 20 },
    });
    form.once('file', (_field: string, stream: Readable, info: FormFileInfo) => {
      // A form that ends in the middle must end the file as broken, not as complete.
      form.once('error', (cause: unknown) => stream.destroy(broken(cause)));
      request.once('error', (cause: unknown) => stream.destroy(broken(cause)));
      resolve({ stream, fileName: plainFileName(info.filename), mediaType: info.mimeType });
    });
    form.once('error', (cause: unknown) => reject(broken(cause)));
    form.once('close', () => reject(fault('invalid', 'form_without_file')));
    request.pipe(form);
  });
}

type FormFileInfo = { filename: string; mimeType: string };

function broken(cause: unknown): Fault {
  return cause instanceof Fault ? cause : new Fault('invalid', 'upload_broken_off', {}, { cause });
}

function isForm(request: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
}

/** Says no before half a gigabyte has come in; what claims less is still counted as it flows. */
function checkLength(request: IncomingMessage, mostBytes: number): void {
  const length = Number(request.headers['content-length'] ?? 0);
  // The parts of a form take some bytes more than the file.
  if (length > mostBytes + 65_536) throw fault('invalid', 'file_too_large', { mostBytes });
}

/** How long a refused sender may go on before the connection is cut. */
const lingerMs = 1_000;

/** The sender of a refused file hears the refusal, but need not be listened to until the end. */
function stopReading({ request, response }: Arrival): void {
  if (request.readableEnded) return;
  response.setHeader('connection', 'close');
  response.once('finish', () => setTimeout(() => request.socket.destroy(), lingerMs).unref());
}

/**
 * `PUT /v1/uploads/{upload_id}`: a file as it is or as a form, straight into the store. A repeat with the
 * same content is answered the same; a broken one leaves nothing behind.
 */
export function uploadRoute(contract: Contract, files: FileStore, mostBytes: number): Route {
  async function store(arrival: Arrival): Promise<void> {
    const { request, response, caller, params } = arrival;
    const uploadId = fileIdOf(params, 'upload_id');
    checkLength(request, mostBytes);
    const file = isForm(request) ? await formFile(request) : rawFile(request);
    const { fileName, mediaType } = file;
    const o = { fileName, mediaType, maxBytes: mostBytes };
    const { sizeBytes, sha256 } = await files.put(caller.orgId, uploadId, file.stream, o);
    const answer = { uploadId, fileName, sizeBytes: String(sizeBytes), sha256 };
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer));
  }

  async function handle(arrival: Arrival): Promise<void> {
    try {
      await store(arrival);
    } catch (thrown) {
      stopReading(arrival);
      throw thrown;
    }
  }

  return {
    verb: 'put',
    template: '/v1/uploads/{upload_id}',
    roles: uploadRoles(contract),
    rate: 'upload',
    handle,
  };
}
