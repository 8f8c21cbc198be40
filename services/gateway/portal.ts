import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import { fault } from '@recourse/kit/fault.ts';
import { type Armour, noncePlaceholder, wear } from './armour.ts';
import { exchangeOf } from './exchange.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

const compressible = /^(?:text\/|application\/(?:json|manifest)|image\/svg)/;
/**
 * The builder writes eight characters of the content's hash into a name: `main-YI4WDKTS.js`,
 * `chunk-1qIS-_mL.js`. Only for what the builder names itself: a picture called `icon-download.svg`
 * must not be kept for ever.
 */
const hashedName = /-[\w-]{8}\.(?:js|css|woff2)$/;

type Encoding = 'br' | 'gzip' | 'identity';

/** One file, read once; its compressed forms are made when first asked for. */
type Asset = {
  type: string;
  isPage: boolean;
  cacheControl: string;
  bodies: Map<Encoding, Promise<Buffer>>;
};

type Tree = { stamp: number; assets: ReadonlyMap<string, Asset> };

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Above 5 brotli takes seconds for the portal's scripts and saves a few percent more. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

function assetOf(file: string): Asset {
  const extension = extname(file);
  const isPage = extension === '.html';
  const isHashed = !isPage && hashedName.test(file);
  return {
    type: mediaTypes[extension] ?? 'application/octet-stream',
    isPage,
    cacheControl: isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    bodies: new Map([['identity', Promise.resolve(readFileSync(file))]]),
  };
}

/**
 * Every file below a folder by its address. Only these can be asked for: no path is ever put
 * together.
 */
function readTree(dir: string): Tree {
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const address = file.slice(dir.length).replaceAll(sep, '/');
    const isHidden = address.split('/').some((part) => part.startsWith('.'));
    if (entry.isFile() && !isHidden) assets.set(address, assetOf(file));
  }
  return { stamp: stampOf(dir), assets };
}

/** The builder writes the index last, so a new one means that the rest is there. */
function stampOf(dir: string): number {
  return statSync(join(dir, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function encodingFor(request: Request, asset: Asset): Encoding {
  if (asset.isPage || !compressible.test(asset.type)) return 'identity';
  const wanted = request.headers['accept-encoding'];
  const accepted = typeof wanted === 'string' ? wanted : '';
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(accepted) ? 'gzip' : 'identity';
}

function bodyOf(asset: Asset, encoding: Encoding): Promise<Buffer> {
  const known = asset.bodies.get(encoding);
  if (known !== undefined) return known;
  const made = (async () => {
    const plain = await bodyOf(asset, 'identity');
    return encoding === 'br' ? brotli(plain, brotliOptions) : zip(plain);
  })();
  asset.bodies.set(encoding, made);
  return made;
}

/** A person going to a page, not a script or a picture that is missing. */
function isNavigation(request: Request, path: string): boolean {
  const mode = request.headers['sec-fetch-mode'];
  if (typeof mode === 'string' && mode !== 'navigate') return false;
  const accept = request.headers.accept ?? '';
  return accept.includes('text/html') && extname(path) === '';
}

async function sendAsset(
  request: Request,
  response: Response,
  asset: Asset,
  armour: Armour,
): Promise<void> {
  const encoding = encodingFor(request, asset);
  let body = await bodyOf(asset, encoding);
  let nonce: string | undefined;
  if (asset.isPage) {
    nonce = randomBytes(16).toString('base64');
    body = Buffer.from(body.toString('utf8').replaceAll(noncePlaceholder, nonce));
  }
  wear(response, armour.page, nonce);
  if (compressible.test(asset.type) && !asset.isPage) response.vary('Accept-Encoding');
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.writeHead(200, {
    'content-type': asset.type,
    'cache-control': asset.isPage ? 'no-cache' : asset.cacheControl,
    'content-length': body.length,
  });
  response.end(body);
}

/**
 * Serves the built portal: hashed files for ever, pages never from a cache and each with a nonce of
 * its own, and the index for any address that a person navigates to, since the portal routes by
 * itself. Throws `invalid: portal_not_built` when the folder has no index.html.
 */
export function createPortal(dir: string, armour: Armour): RequestHandler {
  if (stampOf(dir) === 0) throw fault('invalid', 'portal_not_built', { dir });
  let tree = readTree(dir);

  function find(request: Request): Asset | undefined {
    const path = decoded(request.path);
    const isIndex = path === '/' || path === '/index.html';
    const isPage = isIndex || isNavigation(request, path);
    // Only a request for a page looks whether the portal was built anew: the rest follows from it.
    if (isPage && stampOf(dir) !== tree.stamp) tree = readTree(dir);
    const exact = isIndex ? undefined : tree.assets.get(path);
    return exact ?? (isPage ? tree.assets.get('/index.html') : undefined);
  }

  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const asset = find(request);
    if (asset === undefined) return next(fault('missing', 'route_unknown'));
    exchangeOf(request).route = 'portal';
    sendAsset(request, response, asset, armour).catch(next);
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
