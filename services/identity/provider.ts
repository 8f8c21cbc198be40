/**
 * oidc-provider dressed as Keycloak: its paths, its claims, its token shapes, from the realm file.
 * Four things the provider does otherwise are done in `server.ts` and here (stack.md, Identity).
 */
import { randomBytes } from 'node:crypto';
import { errors, Provider, type Context, type Token } from 'oidc-provider';
import type { Keys } from './keys.ts';
import { errorPage, logoutPage, pickLanguage } from './page.ts';
import {
  isEnabled,
  mappedAudiences,
  mappedClaims,
  mayRedirect,
  serviceAccount,
  userById,
  type Realm,
  type RealmClient,
  type RealmUser,
} from './realm.ts';
import type { Sessions } from './sessions.ts';

/** The one thing tokens are for; its audiences come from the clients' mappers. */
const api = 'urn:recourse:api';
const scopes = 'openid profile email';

export const protocolPath = '/protocol/openid-connect';
export const loginPath = '/login-actions/authenticate';

/** Claims about a person as Keycloak's default scopes give them. */
export function personClaims(client: RealmClient, user: RealmUser): Record<string, unknown> {
  return {
    name: user.firstName,
    preferred_username: user.username,
    given_name: user.firstName,
    ...(user.email === undefined ? {} : { email: user.email, email_verified: true }),
    ...mappedClaims(client, user),
  };
}

type JwtParts = { header: object | undefined; payload: Record<string, unknown> };

/** Turns the provider's access token into Keycloak's. */
function dressToken(realm: Realm, token: Token, jwt: JwtParts): void {
  const client = realm.clients.find((one) => one.clientId === token.clientId);
  if (client === undefined) return;
  const user =
    token.accountId === undefined
      ? serviceAccount(realm, client.clientId)
      : userById(realm, token.accountId);
  // A machine that was suspended gets no token, as a person would get none.
  if (user === undefined) throw new errors.InvalidGrant('user is disabled');
  const claims = jwt.payload;
  delete claims['client_id'];
  Object.assign(claims, { typ: 'Bearer', azp: client.clientId, aud: mappedAudiences(client) });
  if (token.sessionUid !== undefined) claims['sid'] = token.sessionUid;
  if (token.accountId === undefined) claims['client_id'] = client.clientId;
  Object.assign(claims, personClaims(client, user), {
    sub: user.id,
    realm_access: { roles: user.realmRoles },
  });
  jwt.header = { ...jwt.header, typ: 'JWT' };
}

/** A client of the realm file in the words of OpenID registration. */
function registration(client: RealmClient): object {
  const common = { client_id: client.clientId, application_type: 'web' };
  if (client.publicClient) {
    const logout = client.attributes?.['post.logout.redirect.uris'] ?? '';
    return {
      ...common,
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: client.redirectUris ?? [],
      post_logout_redirect_uris: logout.split('##').filter((one) => one !== ''),
    };
  }
  return {
    ...common,
    client_secret: client.secret,
    grant_types: client.serviceAccountsEnabled ? ['client_credentials'] : [],
    response_types: [],
    redirect_uris: [],
  };
}

/** The person's consent is not asked: the portal is our own. */
async function ownGrant(ctx: Context) {
  const { client, session, provider, result } = ctx.oidc;
  if (client === undefined || session === undefined) return undefined;
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const kept = known === undefined ? undefined : await provider.Grant.find(known);
  if (kept !== undefined) return kept;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(scopes);
  grant.addResourceScope(api, scopes);
  await grant.save();
  return grant;
}

const routes = {
  authorization: `${protocolPath}/auth`,
  token: `${protocolPath}/token`,
  jwks: `${protocolPath}/certs`,
  userinfo: `${protocolPath}/userinfo`,
  end_session: `${protocolPath}/logout`,
  revocation: `${protocolPath}/revoke`,
  introspection: `${protocolPath}/token/introspect`,
};

/** Builds the provider of one realm at `origin`, for instance `http://localhost:8081`. */
export function createProvider(o: {
  origin: string;
  realm: Realm;
  keys: Keys;
  sessions: Sessions;
}): Provider {
  const { realm } = o;
  const issuer = `${o.origin}/realms/${realm.realm}`;
  const cookie = { httpOnly: true, overwrite: true, sameSite: 'lax', signed: true };
  const provider = new Provider(issuer, {
    adapter: o.sessions.adapter,
    jwks: { keys: [o.keys.signing] },
    clients: realm.clients
      .filter((one) => isEnabled(one) && one.bearerOnly !== true)
      .map(registration),
    routes,
    cookies: {
      keys: [o.keys.cookie],
      names: { session: 'recourse_session', interaction: 'auth_session', resume: 'auth_resume' },
      long: { ...cookie, path: `/realms/${realm.realm}/` },
      short: cookie,
    },
    ...behaviour(realm),
    ...lifetimes(realm),
  });
  asKeycloak(provider, realm);
  return provider;
}

function behaviour(realm: Realm): object {
  return {
    scopes: ['openid', 'profile', 'email'],
    claims: {
      openid: ['sub', 'org_id', 'org_kind', 'org_name'],
      profile: ['name', 'preferred_username', 'given_name'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx: Context, client: { grantTypeAllowed(type: string): boolean }) =>
      client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: ownGrant,
    findAccount: (ctx: Context, id: string) => account(realm, ctx, id),
    clientBasedCORS: () => false,
    interactions: {
      url: (_ctx: Context, interaction: { uid: string }) =>
        `/realms/${realm.realm}${loginPath}?execution=${interaction.uid}`,
    },
    formats: {
      customizers: {
        jwt: (_ctx: Context, token: Token, jwt: JwtParts) => dressToken(realm, token, jwt),
      },
    },
    renderError: (ctx: Context, out: { error: string; error_description?: string }) => {
      ctx.type = 'html';
      ctx.body = errorPage(pickLanguage(ctx.req), out.error_description ?? out.error);
    },
    features: features(realm),
  };
}

function account(realm: Realm, ctx: Context, id: string) {
  const user = userById(realm, id);
  const client = realm.clients.find((one) => one.clientId === ctx.oidc.client?.clientId);
  if (user === undefined) return undefined;
  return {
    accountId: user.id,
    claims: async () => ({
      sub: user.id,
      ...(client === undefined ? {} : personClaims(client, user)),
    }),
  };
}

function features(realm: Realm): object {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx: Context, form: string) => {
        ctx.body = logoutPage(pickLanguage(ctx.req), form);
      },
      postLogoutSuccessSource: (ctx: Context) => {
        ctx.body = logoutPage(pickLanguage(ctx.req), undefined);
      },
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => api,
      useGrantedResource: async () => true,
      getResourceServerInfo: async () => ({
        scope: scopes,
        audience: 'recourse-api',
        accessTokenTTL: realm.accessTokenLifespan,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  };
}

function lifetimes(realm: Realm): object {
  return {
    ttl: {
      AccessToken: realm.accessTokenLifespan,
      ClientCredentials: realm.accessTokenLifespan,
      IdToken: realm.accessTokenLifespan,
      AuthorizationCode: realm.accessCodeLifespan,
      Interaction: realm.accessCodeLifespanLogin,
      RefreshToken: realm.ssoSessionIdleTimeout,
      Session: realm.ssoSessionMaxLifespan,
      Grant: realm.ssoSessionMaxLifespan,
    },
  };
}

/** Redirect addresses by Keycloak's rule, and refresh tokens in the form keycloak-js decodes. */
function asKeycloak(provider: Provider, realm: Realm): void {
  const client = provider.Client.prototype;
  client['redirectUriAllowed'] = function (this: { redirectUris: string[] }, address: string) {
    return mayRedirect(this.redirectUris, address);
  };
  client['postLogoutRedirectUriAllowed'] = function (
    this: { postLogoutRedirectUris: string[] },
    address: string,
  ) {
    return mayRedirect(this.postLogoutRedirectUris, address);
  };
  // keycloak-js reads `exp` out of the refresh token, so its id is written as a JWT. It is still an
  // opaque name: what counts is that it is found in the store.
  provider.RefreshToken.prototype['generateTokenId'] = function (this: Token) {
    const now = Math.floor(Date.now() / 1000);
    const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
    const body = { typ: 'Refresh', iat: now, exp: now + this.expiration, azp: this.clientId };
    const head = { alg: 'HS512', typ: 'JWT', realm: realm.realm };
    return `${part(head)}.${part(body)}.${randomBytes(64).toString('base64url')}`;
  };
}
