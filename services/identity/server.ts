/**
 * The identity server: oidc-provider under `/realms/<realm>`, with the sign-in page at Keycloak's
 * path and four differences evened out: CORS, userinfo, sign-out without a question, realm
 * information.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fault, faultFrom } from '@recourse/kit/fault.ts';
import type { Log } from '@recourse/kit/log.ts';
import { jwtVerify } from 'jose';
import type { Context, Provider } from 'oidc-provider';
import { adminPath, applyChanges, createAdmin } from './admin.ts';
import { createGuard } from './guard.ts';
import { keepKeys, type Keys } from './keys.ts';
import {
  contentPolicy,
  errorPage,
  expiredPage,
  loginPage,
  logoutPage,
  pickLanguage,
} from './page.ts';
import { createProvider, loginPath, personClaims, protocolPath } from './provider.ts';
import { isEnabled, mayRedirect, userById, type Realm } from './realm.ts';
import { openSessions, type Sessions } from './sessions.ts';

export type IdentityOptions = {
  realm: Realm;
  /** Where people reach it, `http://localhost:8081`; the issuer begins with it. */
  origin: string;
  /** Address to listen on; `127.0.0.1` unless it is behind a container's port. */
  host?: string;
  port: number;
  /** Folder of keys and sessions. */
  dir: string;
  log: Log;
};

export type Identity = { issuer: string; port: number; stop(): Promise<void> };

type House = {
  realm: Realm;
  base: string;
  provider: Provider;
  publicKey: KeyObject;
  issuer: string;
  log: Log;
  check: ReturnType<typeof createGuard>;
  origins: ReadonlySet<string>;
  admin: ReturnType<typeof createAdmin>;
};

/** Starts the provider. Throws `port_taken` when the port is in use. */
export async function startIdentity(o: IdentityOptions): Promise<Identity> {
  const keys = keepKeys(o.dir);
  const sessions = openSessions(`${o.dir}/sessions.sqlite`);
  applyChanges(o.realm, sessions);
  const house = furnish(o, keys, sessions, createProvider({ ...o, keys, sessions }));
  const handle = house.provider.callback();
  const server = createServer((req, res) => {
    answer(house, handle, req, res).catch((thrown: unknown) => {
      o.log.error({ err: faultFrom(thrown) }, 'request failed');
      if (!res.headersSent) res.statusCode = 500;
      res.end();
    });
  });
  const port = await listen(server, o.host ?? '127.0.0.1', o.port);
  o.log.info({ issuer: house.issuer, port }, 'identity is up');
  return {
    issuer: house.issuer,
    port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      sessions.close();
    },
  };
}

function furnish(o: IdentityOptions, keys: Keys, sessions: Sessions, provider: Provider): House {
  const { realm, log } = o;
  const publicKey = createPublicKey({ key: keys.signing, format: 'jwk' });
  const issuer = `${o.origin}/realms/${realm.realm}`;
  const clients = realm.clients.filter(isEnabled);
  for (const event of ['grant.error', 'authorization.error', 'server_error']) {
    provider.on(event, (_ctx, error) => log.warn({ event, why: String(error) }, 'refused'));
  }
  return {
    realm,
    base: `/realms/${realm.realm}`,
    provider,
    publicKey,
    issuer,
    log,
    check: createGuard(realm),
    origins: new Set(clients.flatMap((client) => client.webOrigins ?? [])),
    admin: createAdmin({ realm, sessions, publicKey, issuer, log }),
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(fault('unavailable', 'port_taken', { port, why: error.message })),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

async function answer(house: House, handle: Handle, req: IncomingMessage, res: ServerResponse) {
  const { pathname } = new URL(req.url ?? '/', house.issuer);
  if (pathname.startsWith(`${adminPath(house.realm)}/`)) {
    const { status, content } = await house.admin(req);
    return content === undefined ? void res.writeHead(status).end() : send(res, status, content);
  }
  if (!pathname.startsWith(`${house.base}/`) && pathname !== house.base) {
    return send(res, 404, { error: 'Realm does not exist' });
  }
  const path = pathname.slice(house.base.length);
  if (cors(house, req, res)) return;
  securityHeaders(house, res);
  switch (path) {
    case '':
    case '/':
      return send(res, 200, realmInformation(house));
    case loginPath:
      return signIn(house, req, res);
    case `${protocolPath}/userinfo`:
      return userinfo(house, req, res);
    case `${protocolPath}/logout`:
      if (await signOut(house, req, res)) return;
      break;
  }
  // The provider takes the rest; it finds out where it is mounted from these two.
  Object.assign(req, { originalUrl: req.url, url: (req.url ?? '').slice(house.base.length) });
  await handle(req, res);
}

/** The provider's own CORS gives no credentials and steps back when it finds the header set. */
function cors(house: House, req: IncomingMessage, res: ServerResponse): boolean {
  const { origin } = req.headers;
  if (origin === undefined || !house.origins.has(origin)) return false;
  res.setHeader('Access-Control-Allow-Origin', origin);
  res.setHeader('Access-Control-Allow-Credentials', 'true');
  res.setHeader('Vary', 'Origin');
  if (req.method !== 'OPTIONS') return false;
  res.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
  res.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  res.setHeader('Access-Control-Max-Age', '3600');
  res.statusCode = 204;
  res.end();
  return true;
}

function securityHeaders(house: House, res: ServerResponse): void {
  res.setHeader('Content-Security-Policy', contentPolicy([...house.origins]));
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'no-referrer');
}

function realmInformation(house: House): object {
  const key = house.publicKey.export({ type: 'spki', format: 'der' });
  return {
    realm: house.realm.realm,
    public_key: key.toString('base64'),
    'token-service': `${house.issuer}${protocolPath}`,
    'account-service': `${house.issuer}/account`,
    'tokens-not-before': 0,
  };
}

function send(res: ServerResponse, status: number, content: object | string): void {
  const isPage = typeof content === 'string';
  res.statusCode = status;
  res.setHeader('Content-Type', isPage ? 'text/html; charset=utf-8' : 'application/json');
  res.setHeader('Cache-Control', 'no-store');
  res.end(isPage ? content : JSON.stringify(content));
}

/** Form fields of a request; more than 16 kB is nobody's sign-in. */
async function formOf(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > 16_384) throw fault('invalid', 'form_too_large', { size });
    chunks.push(bytes);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

async function signIn(house: House, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const details = await house.provider.interactionDetails(req, res).catch(() => undefined);
  const language = pickLanguage(req, details?.params['ui_locales']);
  if (details === undefined) {
    const back = house.realm.clients.find((client) => client.publicClient)?.baseUrl ?? '/';
    return send(res, 400, expiredPage(language, back));
  }
  if (req.method !== 'GET' && req.method !== 'POST') {
    return send(res, 405, errorPage(language, 'method not allowed'));
  }
  const form = req.method === 'POST' ? await formOf(req) : new URLSearchParams();
  const user = form.get('username') ?? details.params['login_hint'] ?? '';
  if (req.method === 'POST') {
    const verdict = house.check(user, form.get('password') ?? '', Date.now());
    const event = { event: verdict.outcome === 'in' ? 'LOGIN' : 'LOGIN_ERROR', user };
    house.log.info({ ...event, why: verdict.outcome, from: req.socket.remoteAddress }, 'sign-in');
    if (verdict.outcome === 'in') {
      const result = { login: { accountId: verdict.user.id } };
      return house.provider.interactionFinished(req, res, result, {
        mergeWithLastSubmission: false,
      });
    }
  }
  const address = (chosen: string) =>
    `${house.base}${loginPath}?execution=${details.uid}&kc_locale=${chosen}`;
  const failed = req.method === 'POST';
  const other = language === 'en' ? 'zh-CN' : 'en';
  send(
    res,
    failed ? 401 : 200,
    loginPage({
      language,
      failed,
      user,
      action: address(language),
      otherAddress: address(other),
    }),
  );
}

/** The provider's own userinfo refuses tokens that name an audience; Keycloak's does not. */
async function userinfo(house: House, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const token = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
  try {
    const { payload } = await jwtVerify(token ?? '', house.publicKey, {
      issuer: house.issuer,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'sub'],
    });
    const user = userById(house.realm, payload.sub ?? '');
    const client = house.realm.clients.find((one) => one.clientId === payload['azp']);
    if (user === undefined || client === undefined) throw fault('unauthenticated', 'no_such_user');
    send(res, 200, { sub: user.id, ...personClaims(client, user) });
  } catch {
    res.setHeader('WWW-Authenticate', 'Bearer error="invalid_token"');
    send(res, 401, { error: 'invalid_token' });
  }
}

/** With the ID token as proof Keycloak signs out at once; without it the provider asks. */
async function signOut(house: House, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const query = new URL(req.url ?? '/', house.issuer).searchParams;
  const hint = query.get('id_token_hint');
  if (req.method !== 'GET' || hint === null) return false;
  const { payload } = await jwtVerify(hint, house.publicKey, {
    issuer: house.issuer,
    algorithms: ['RS256'],
    currentDate: new Date(0),
  }).catch(() => ({ payload: undefined }));
  const clientId = payload?.aud;
  const client = house.realm.clients.find((one) => one.clientId === clientId);
  if (payload === undefined || client === undefined) return false;
  const back = query.get('post_logout_redirect_uri');
  const allowed = client.attributes?.['post.logout.redirect.uris']?.split('##') ?? [];
  if (back !== null && !mayRedirect(allowed, back)) {
    send(res, 400, errorPage(pickLanguage(req), 'Invalid redirect uri'));
    return true;
  }
  await endSession(house.provider, house.provider.createContext(req, res), payload.sub);
  house.log.info({ event: 'LOGOUT', userId: payload.sub }, 'sign-out');
  if (back === null) {
    send(res, 200, logoutPage(pickLanguage(req), undefined));
    return true;
  }
  const address = new URL(back);
  const state = query.get('state');
  if (state !== null) address.searchParams.set('state', state);
  res.writeHead(302, { Location: address.href, 'Cache-Control': 'no-store' });
  res.end();
  return true;
}

/** Ends the browser's session with everything granted in it: refresh tokens fall with the grant. */
async function endSession(provider: Provider, ctx: Context, userId: string | undefined) {
  const session = await provider.Session.get(ctx);
  if (session.accountId === undefined || session.accountId !== userId) return;
  for (const { grantId } of Object.values(session.authorizations ?? {})) {
    if (grantId === undefined) continue;
    await provider.RefreshToken.adapter.revokeByGrantId(grantId);
    const grant = await provider.Grant.find(grantId);
    await grant?.destroy();
  }
  await session.destroy();
}
