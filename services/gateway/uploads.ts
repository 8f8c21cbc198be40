import type { IncomingMessage } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { isUuid } from '@recourse/kit/check.ts';
import type { Contract } from '@recourse/kit/contract.ts';
import { Fault, fault } from '@recourse/kit/fault.ts';
import type { FileStore } from './broker.ts';
import { uploadRoles } from './file-roles.ts';
import type { Arrival, Route } from './route.ts';

/** A file on its way in: nothing of it is held but what flows. */
type Incoming = { content: AsyncIterable<Uint8Array>; fileName: string; mediaType: string };

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

function broken(cause: unknown): Fault {
  return cause instanceof Fault ? cause : new Fault('invalid', 'upload_broken_off', {}, { cause });
}

/**
 * What a stream brings. It is left open when reading stops early: destroying a request closes its
 * connection, and the sender would never hear why.
 */
async function* contentOf(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* stream.iterator({ destroyOnReturn: false });
  } catch (cause) {
    throw broken(cause);
  }
}

function rawFile(request: Request): Incoming {
  const mediaType = request.headers['content-type'] ?? 'application/octet-stream';
  const fileName = plainFileName(headerName(request));
  return { content: contentOf(request), fileName, mediaType };
}

function openForm(request: Request): Writable {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 10, fieldSize: 4096, parts: 20 },
    });
  } catch (cause) {
    throw new Fault('invalid', 'form_malformed', {}, { cause });
  }
}

type FormFileInfo = { filename: string; mimeType: string };

/** The first file of a form; what follows it is passed over. A form without one is refused. */
function formFile(request: Request): Promise<Incoming> {
  const form = openForm(request);
  const { promise, resolve, reject } = Promise.withResolvers<Incoming>();
  // These stay for the form's whole life: an error that nobody listens for ends the process.
  form.on('error', (cause: unknown) => reject(broken(cause)));
  form.once('close', () => reject(fault('invalid', 'form_without_file')));
  form.once('file', (_field: string, stream: Readable, info: FormFileInfo) => {
    stream.on('error', () => undefined); // Whoever reads it hears of it.
    request.once('close', () => {
      if (!request.complete) stream.destroy(broken(new Error('the sender went away')));
    });
    const fileName = plainFileName(info.filename);
    resolve({ content: contentOf(stream), fileName, mediaType: info.mimeType });
  });
  request.pipe(form);
  return promise;
}

function isForm(request: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
}

/** A sender who says nothing for this long has gone. */
const silenceMs = 60_000;

/** Says no before half a gigabyte has come in; what claims less is still counted as it flows. */
function checkLength(request: IncomingMessage, mostBytes: number): void {
  const length = Number(request.headers['content-length'] ?? 0);
  // The parts of a form take some bytes more than the file.
  if (length > mostBytes + 65_536) throw fault('invalid', 'file_too_large', { mostBytes });
}

/** How long a refused sender may go on before the connection is cut. */
const lingerMs = 1_000;

/**
 * The sender of a refused file must hear the refusal, but need not be listened to until its end.
 * Cutting at once would throw the answer away with what is still on its way here.
 */
function stopReading({ request, response }: Arrival): void {
  if (request.complete) return;
  request.unpipe();
  request.resume();
  response.once('finish', () => {
    const timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy();
    }, lingerMs);
    timer.unref();
  });
}

/**
 * `PUT /v1/uploads/{upload_id}`: a file as it is or as a form, straight into the store. A repeat
 * with the same content is answered the same; a broken one leaves nothing behind.
 */
export function uploadRoute(contract: Contract, files: FileStore, mostBytes: number): Route {
  async function store(arrival: Arrival): Promise<void> {
    const { request, response, caller, params } = arrival;
    const uploadId = params['upload_id'] ?? '';
    if (!isUuid(uploadId)) throw fault('invalid', 'file_id_is_not_a_uuid');
    checkLength(request, mostBytes);
    request.setTimeout(silenceMs, () => request.destroy());
    const file = isForm(request) ? await formFile(request) : rawFile(request);
    const { fileName, mediaType } = file;
    const o = { fileName, mediaType, maxBytes: mostBytes };
    const { sizeBytes, sha256 } = await files.put(caller.orgId, uploadId, file.content, o);
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
