/** What must outlive a restart: the signing key and the key of the cookies. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type SigningKey = { kty: string; kid: string; n: string; e: string; d: string };
export type Keys = { signing: SigningKey; cookie: string };

/** Reads the keys of a data folder, or makes them; readable by the owner of the process only. */
export function keepKeys(dir: string): Keys {
  const file = join(dir, 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(String(jwk['n'])).digest('base64url');
  const signing = { ...jwk, kid, use: 'sig', alg: 'RS256' };
  const made = { signing, cookie: randomBytes(32).toString('base64url') };
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return JSON.parse(JSON.stringify(made));
}
