/** Secrets of this machine's own run, made once and kept beside the data. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Secrets = {
  /** 32 bytes in base64: wraps each organisation's data key. */
  keyEncryptionKey: string;
  /** Of the roles that the services connect as. */
  databasePassword: string;
  machineClientSecret: string;
};

export function keepSecrets(file: string): Secrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const made: Secrets = {
    keyEncryptionKey: randomBytes(32).toString('base64'),
    databasePassword: randomBytes(24).toString('hex'),
    machineClientSecret: randomBytes(24).toString('hex'),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}
