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
  /** Of the login that manages organisations and people at the identity provider. */
  directoryClientSecret: string;
  /** Of the administrator that a real Keycloak is started with. */
  keycloakAdminPassword: string;
};

/** Reads the secrets; those that an older version did not know are made and added. */
export function keepSecrets(file: string): Secrets {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  const secrets: Secrets = {
    keyEncryptionKey: randomBytes(32).toString('base64'),
    databasePassword: randomBytes(24).toString('hex'),
    machineClientSecret: randomBytes(24).toString('hex'),
    directoryClientSecret: randomBytes(24).toString('hex'),
    keycloakAdminPassword: randomBytes(24).toString('hex'),
    ...kept,
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
