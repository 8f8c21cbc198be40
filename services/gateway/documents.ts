import { createHash, randomBytes } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { Contract } from '@recourse/kit/contract.ts';
import { faultKinds } from '@recourse/kit/fault.ts';
import { namesTag } from './answer.ts';
import { type Armour, noncePlaceholder, wear } from './armour.ts';
import { createOpenApi } from './openapi.ts';
import { createPage } from './page.ts';
import { realmOf } from './session.ts';

export type DocumentsOptions = {
  contract: Contract;
  armour: Armour;
  issuer: string;
  /** The client that people sign in with. */
  clientId: string;
  version: string;
};

function sendJson(request: Request, response: Response, text: string): void {
  const etag = `"${createHash('sha1').update(text).digest('base64url')}"`;
  response.setHeader('etag', etag);
  response.setHeader('cache-control', 'no-cache');
  if (namesTag(request.headers['if-none-match'], etag)) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(text);
}

/**
 * Everything that needs no token: the portal's settings, the API's description, what problems mean.
 */
export function createDocuments(o: DocumentsOptions): Router {
  const api = createOpenApi(o.contract, { issuer: o.issuer, version: o.version });
  const openapi = JSON.stringify(api);
  const page = createPage(api);
  const { url, realm } = realmOf(o.issuer);
  const config = JSON.stringify({ url, realm, clientId: o.clientId, version: o.version });
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/config.json', (request, response) => sendJson(request, response, config));
  router.get('/api/openapi.json', (request, response) => sendJson(request, response, openapi));
  router.get('/api', (_request, response) => {
    const nonce = randomBytes(16).toString('base64');
    wear(response, o.armour.page, nonce);
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    });
    response.end(page.replaceAll(noncePlaceholder, nonce));
  });
  // The `type` of a problem leads here.
  for (const kind of faultKinds) {
    router.get(`/api/problems/${kind}`, (_request, response) => {
      response.writeHead(303, { location: `/api#problem-${kind}` }).end();
    });
  }
  return router;
}
