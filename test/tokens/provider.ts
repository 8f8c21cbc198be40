import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { refresh, signIn, type SignedIn, type Tokens } from '@recourse/identity/sign-in.ts';

/** The portal that the realm is imported for; nothing listens there. */
export const portalUrl = 'http://localhost:9999';
export const demoPassword = 'Correct-Horse-2026';
export const machineSecret = 'machine-secret-of-the-tests';
export const directorySecret = 'directory-secret-of-the-tests';

/** The key that the provider signs access tokens with, private part and all. */
export type SigningKey = { kid: string; privateKey: KeyObject };

/** A provider of the realm, embedded or real, with what only its keeper can do. */
export type Provider = {
  issuer: string;
  /** Its present signing key. */
  key(): SigningKey;
  /** Signs with a new key from now on; the old one is served no more. */
  rotate(): Promise<void>;
  /** A good token of somebody else: another realm, another server. */
  foreignToken(): Promise<string>;
  stop(): Promise<void>;
};

type Person = { password?: string; redirectUri?: string };

export function signInAt(
  provider: Provider,
  username: string,
  more: Person = {},
): Promise<SignedIn> {
  return signIn({
    issuer: provider.issuer,
    clientId: 'recourse-portal',
    redirectUri: `${portalUrl}/`,
    password: demoPassword,
    username,
    ...more,
  });
}

export function refreshAt(provider: Provider, tokens: Tokens): Promise<Tokens> {
  return refresh({ issuer: provider.issuer, clientId: 'recourse-portal' }, tokens.refreshToken);
}

export function endpoint(provider: Provider, name: string): string {
  return `${provider.issuer}/protocol/openid-connect/${name}`;
}

/** What the token endpoint answers to a form. */
export async function askToken(
  provider: Provider,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; said: Record<string, string | undefined> }> {
  const answer = await fetch(endpoint(provider, 'token'), {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  return { status: answer.status, said: (await answer.json()) as Record<string, string> };
}

export function askMachineToken(
  provider: Provider,
  secret = machineSecret,
  client = 'recourse-machine',
) {
  const authorization = `Basic ${btoa(`${client}:${secret}`)}`;
  return askToken(provider, { grant_type: 'client_credentials' }, { authorization });
}

export type Claims = Record<string, unknown>;

export function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

export function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A token with any header and claims at all, signed with the key, by RS256 unless told. */
export function mint(key: SigningKey, claims: Claims, header: object = {}): string {
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header })}.${part(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key.privateKey).toString('base64url')}`;
}

type Jwk = { kid: string; n?: string };

/** The id under which the provider serves the public half of a key. Throws when it does not. */
export async function servedKeyId(issuer: string, privateKey: KeyObject): Promise<string> {
  const { n } = createPublicKey(privateKey).export({ format: 'jwk' });
  const answer = await fetch(`${issuer}/protocol/openid-connect/certs`);
  const { keys } = (await answer.json()) as { keys: Jwk[] };
  const served = keys.find((key) => key.n === n);
  if (served === undefined) throw new Error('the provider does not serve its signing key');
  return served.kid;
}
