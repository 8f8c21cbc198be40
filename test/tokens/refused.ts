import {
  constants,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import type { SignedIn } from '@recourse/identity/sign-in.ts';
import { type Claims, mint, part, type Provider, type SigningKey } from './provider.ts';

/** What a forger has to work with: a good token's claims, and all that the provider publishes. */
export type Material = { provider: Provider; good: Claims; person: SignedIn };

type Bad = [what: string, reason: string, make: (m: Material) => string | Promise<string>];

const later = () => Math.floor(Date.now() / 1000) + 3600;
const earlier = () => Math.floor(Date.now() / 1000) - 120;
const stranger: KeyObject = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** Signed by the provider's own key, so that only the claims can be what is wrong. */
function changed(changes: () => Claims): (m: Material) => string {
  return ({ provider, good }) => mint(provider.key(), { ...good, ...changes() });
}

/** Properties that are undefined are left out of JSON. */
const without = (name: string) => changed(() => ({ [name]: undefined }));

function hmac(header: object, claims: Claims, secret: string | Buffer): string {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function publicPem({ privateKey }: SigningKey): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
}

/** By the right key, but another algorithm than the realm's. */
function byOther(alg: string, hash: string, isPss: boolean): (m: Material) => string {
  return ({ provider, good }) => {
    const { kid, privateKey } = provider.key();
    const text = `${part({ alg, typ: 'JWT', kid })}.${part(good)}`;
    const padding = isPss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
    const saltLength = isPss ? constants.RSA_PSS_SALTLEN_DIGEST : undefined;
    const key = { key: privateKey, padding, ...(saltLength === undefined ? {} : { saltLength }) };
    return `${text}.${sign(hash, Buffer.from(text), key).toString('base64url')}`;
  };
}

const claims: Bad[] = [
  ['expired', 'token_expired', changed(() => ({ exp: earlier() }))],
  ['that never expires', 'token_incomplete', without('exp')],
  ['that expires at a text', 'token_incomplete', changed(() => ({ exp: 'never' }))],
  ['not valid yet', 'token_not_yet_valid', changed(() => ({ nbf: later() }))],
  ['issued in the future', 'token_not_yet_valid', changed(() => ({ iat: later() }))],
  ['issued never', 'token_incomplete', without('iat')],
  ['for nobody', 'token_for_another_audience', without('aud')],
  ['for another service', 'token_for_another_audience', changed(() => ({ aud: ['account'] }))],
  [
    'for an audience that only begins like ours',
    'token_for_another_audience',
    changed(() => ({ aud: 'recourse-api.evil.example' })),
  ],
  [
    'of another issuer',
    'token_of_another_issuer',
    changed(() => ({ iss: 'https://evil.example/realms/recourse' })),
  ],
  [
    'of another realm of the same server',
    'token_of_another_issuer',
    ({ provider, good }) =>
      mint(provider.key(), { ...good, iss: provider.issuer.replace(/recourse$/, 'master') }),
  ],
  [
    'of the issuer with a slash more',
    'token_of_another_issuer',
    ({ provider, good }) => mint(provider.key(), { ...good, iss: `${provider.issuer}/` }),
  ],
  ['of no issuer', 'token_of_another_issuer', without('iss')],
  ['of no user', 'token_incomplete', without('sub')],
  ['typed as ID token', 'token_not_bearer', changed(() => ({ typ: 'ID' }))],
  ['typed as refresh token', 'token_not_bearer', changed(() => ({ typ: 'Refresh' }))],
  ['without a type', 'token_not_bearer', without('typ')],
  ['without an organisation', 'token_without_organisation', without('org_id')],
  [
    'of an organisation that is no UUID',
    'token_without_organisation',
    changed(() => ({ org_id: "' or 1=1" })),
  ],
  ['without a kind of organisation', 'token_without_organisation', without('org_kind')],
  [
    'of an unknown kind of organisation',
    'token_without_organisation',
    changed(() => ({ org_kind: 'bank' })),
  ],
];

const forged: Bad[] = [
  [
    'unsigned, algorithm none',
    'token_algorithm',
    ({ good }) => `${part({ alg: 'none', typ: 'JWT' })}.${part(good)}.`,
  ],
  [
    'unsigned, algorithm None, under our key id',
    'token_algorithm',
    ({ provider, good }) => `${part({ alg: 'None', kid: provider.key().kid })}.${part(good)}.`,
  ],
  [
    'by HS256 with the public key as secret',
    'token_algorithm',
    ({ provider, good }) =>
      hmac({ alg: 'HS256', kid: provider.key().kid }, good, publicPem(provider.key())),
  ],
  [
    'by HS256 with an empty secret',
    'token_algorithm',
    ({ provider, good }) => hmac({ alg: 'HS256', kid: provider.key().kid }, good, ''),
  ],
  ['by RS512 with the right key', 'token_algorithm', byOther('RS512', 'RSA-SHA512', false)],
  ['by PS256 with the right key', 'token_algorithm', byOther('PS256', 'RSA-SHA256', true)],
  [
    'by a stranger under our key id',
    'token_signature',
    ({ provider, good }) => mint({ kid: provider.key().kid, privateKey: stranger }, good),
  ],
  [
    'by a key that the provider does not have',
    'token_key_unknown',
    ({ good }) => mint({ kid: 'evil', privateKey: stranger }, good),
  ],
  [
    'that brings its own key',
    'token_signature',
    ({ provider, good }) => {
      const jwk = createPublicKey(stranger).export({ format: 'jwk' });
      return mint({ kid: provider.key().kid, privateKey: stranger }, good, { jwk });
    },
  ],
  [
    'that says where its key is',
    'token_signature',
    ({ provider, good }) => {
      const key = { kid: provider.key().kid, privateKey: stranger };
      return mint(key, good, { jku: 'http://127.0.0.1:1/keys' });
    },
  ],
  [
    'with a critical header that nobody knows',
    'token_malformed',
    ({ provider, good }) => mint(provider.key(), good, { crit: ['x'], x: 1 }),
  ],
  [
    'whose role was changed',
    'token_signature',
    ({ person, good }) => {
      const [head, , signature] = person.accessToken.split('.');
      const body = part({ ...good, realm_access: { roles: ['general_manager'] } });
      return `${head}.${body}.${signature}`;
    },
  ],
  [
    'whose organisation was changed',
    'token_signature',
    ({ person, good }) => {
      const [head, , signature] = person.accessToken.split('.');
      return `${head}.${part({ ...good, org_id: good['sub'] })}.${signature}`;
    },
  ],
  [
    'whose signature was changed',
    'token_signature',
    ({ person }) => {
      const [head, body, signature = ''] = person.accessToken.split('.');
      return `${head}.${body}.${signature.split('').toReversed().join('')}`;
    },
  ],
  [
    'whose signature was taken away',
    'token_signature',
    ({ person }) => `${person.accessToken.split('.').slice(0, 2).join('.')}.`,
  ],
  ['of noise', 'token_malformed', () => 'noise'],
  ['of three empty parts', 'token_malformed', () => '..'],
];

const real: Bad[] = [
  ['that is really an ID token', 'token_for_another_audience', ({ person }) => person.idToken],
  ['that is really a refresh token', 'token_algorithm', ({ person }) => person.refreshToken],
  ['that somebody else issued', 'token_key_unknown', ({ provider }) => provider.foreignToken()],
];

/** Every way to make a token that opens nothing, with the reason that the services name. */
export const refused: readonly Bad[] = [...claims, ...forged, ...real];
