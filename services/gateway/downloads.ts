import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isUuid } from '@recourse/kit/check.ts';
import type { Contract } from '@recourse/kit/contract.ts';
import { fault } from '@recourse/kit/fault.ts';
import { fileRoles } from './file-roles.ts';
import type { Arrival, Route } from './route.ts';

/** The kit's files, as far as the gateway needs them. Keys carry the organisation: nobody reads others'. */
export type FileStore = {
  /** Stores a stream whole or not at all. */
  put(
    orgId: string,
    fileId: string,
    stream: Readable,
    o: { fileName: string; mediaType: string; maxBytes: number },
  ): Promise<{ sizeBytes: number; sha256: string }>;
  /** Throws `missing` when the organisation has no such file. */
  get(
    orgId: string,
    fileId: string,
  ): Promise<{ meta: { fileName: string; mediaType: string; sizeBytes: number }; stream: Readable }>;
};

/** An id out of the path; what is not one cannot be a file's. */
export function fileIdOf(params: Arrival['params'], name: string): string {
  const id = params[name] ?? '';
  if (!isUuid(id)) throw fault('missing', 'file_missing');
  return id;
}

/** RFC 6266: a plain name for old readers, the true one for all others. */
export function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w .()-]/g, '_');
  const encoded = encodeURIComponent(fileName).replaceAll(/['()*]/g, (one) =>
    `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** `GET /v1/files/{file_id}`: a file of the caller's organisation, always as an attachment. */
export function downloadRoute(contract: Contract, files: FileStore): Route {
  async function handle({ request, response, caller, params, signal }: Arrival): Promise<void> {
    const { meta, stream } = await files.get(caller.orgId, fileIdOf(params, 'file_id'));
    response.writeHead(200, {
      'content-type': meta.mediaType,
      'content-length': meta.sizeBytes,
      'content-disposition': attachment(meta.fileName),
      'cache-control': 'private, no-store',
    });
    if (request.method === 'HEAD') {
      stream.destroy();
      response.end();
      return;
    }
    await pipeline(stream, response, { signal });
  }
  return {
    verb: 'get',
    template: '/v1/files/{file_id}',
    roles: fileRoles(contract),
    rate: 'read',
    handle,
  };
}
