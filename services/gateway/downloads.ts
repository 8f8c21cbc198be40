import { pipeline } from 'node:stream/promises';
import { isUuid } from '@recourse/kit/check.ts';
import type { Contract } from '@recourse/kit/contract.ts';
import { fault } from '@recourse/kit/fault.ts';
import { FindPackPaperRequest, FindPackPaperResponse } from '@recourse/proto/agencies/v1/packs.ts';
import { CheckFileRequest } from '@recourse/proto/blacklist/v1/listings.ts';
import type { FileStore } from './broker.ts';
import { fileRoles } from './file-roles.ts';
import type { Forwarder } from './forward.ts';
import type { Arrival, Route } from './route.ts';

/** RFC 6266: a plain name for old readers, the true one for all others. */
export function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w .()-]/g, '_');
  const encoded = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const checkFile = '/recourse.blacklist.v1.ListingsService/CheckFile';
const findPackPaper = '/recourse.agencies.v1.PacksService/FindPackPaper';

/**
 * `GET /v1/files/{file_id}`: a file of the caller's organisation, always as an attachment. What an
 * association holds are mostly its members' papers, so blacklist says which steward may open which;
 * an agency opens the papers of handover packs where they lie, while it works a case of theirs.
 */
export function downloadRoute(contract: Contract, files: FileStore, forwarder: Forwarder): Route {
  const mayOpen = forwarder.to(contract.method(checkFile));
  const ownerOf = forwarder.to(contract.method(findPackPaper));

  /** Whose room of the store it is looked for in. */
  async function holderOf({ caller, exchange, signal }: Arrival, fileId: string): Promise<string> {
    const { requestId, trace } = exchange;
    const { traceparent } = trace;
    const call = { caller, requestId, traceparent, signal };
    if (caller.orgKind === 'association') {
      await mayOpen(CheckFileRequest.encode({ fileId }).finish(), call);
    } else if (caller.orgKind === 'agency') {
      const asked = FindPackPaperRequest.encode({ paperId: fileId }).finish();
      const { orgId } = FindPackPaperResponse.decode(await ownerOf(asked, call));
      if (orgId !== '') return orgId;
    }
    return caller.orgId;
  }

  async function handle(arrival: Arrival): Promise<void> {
    const { request, response, params, signal } = arrival;
    const fileId = params['file_id'] ?? '';
    // What is not an id cannot be a file's: the same answer as for one that is not there.
    if (!isUuid(fileId)) throw fault('missing', 'file_not_found', { fileId });
    const { meta, stream } = await files.get(await holderOf(arrival, fileId), fileId);
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
