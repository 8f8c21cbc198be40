import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepKeys } from '@recourse/identity/keys.ts';
import { readRealm } from '@recourse/identity/realm.ts';
import { startIdentity } from '@recourse/identity/server.ts';
import { startIssuer } from '@recourse/kit/issuer.ts';
import { createLog } from '@recourse/kit/log.ts';
import { freePort } from '@recourse/kit/parts.ts';
import {
  demoPassword,
  directorySecret,
  machineSecret,
  portalUrl,
  type Provider,
  servedKeyId,
} from './provider.ts';

const realmFile = join(import.meta.dirname, '../../deploy/keycloak/realm.json');

/** The embedded provider in this process, its keys in a folder of its own. */
export async function openEmbedded(): Promise<Provider> {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-tokens-'));
  const port = await freePort();
  const log = createLog('identity', 'silent');
  const realm = readRealm(realmFile, {
    PORTAL_URL: portalUrl,
    DEMO_USERS: 'true',
    DEMO_PASSWORD: demoPassword,
    MACHINE_CLIENT_SECRET: machineSecret,
    DIRECTORY_CLIENT: 'true',
    DIRECTORY_CLIENT_SECRET: directorySecret,
  });
  const begin = () => startIdentity({ realm, origin: `http://localhost:${port}`, port, dir, log });
  const present = async (issuer: string) => {
    const privateKey = createPrivateKey({ key: keepKeys(dir).signing, format: 'jwk' });
    return { privateKey, kid: await servedKeyId(issuer, privateKey) };
  };
  let identity = await begin();
  let key = await present(identity.issuer);
  return {
    issuer: identity.issuer,
    key: () => key,
    async rotate() {
      await identity.stop();
      rmSync(join(dir, 'keys.json'));
      identity = await begin();
      // Kept-alive connections to the one that stopped fail once each.
      while ((await fetch(identity.issuer).catch(() => undefined)) === undefined);
      key = await present(identity.issuer);
    },
    async foreignToken() {
      const other = await startIssuer();
      const token = await other.token({ role: 'director' });
      await other.stop();
      return token;
    },
    async stop() {
      await identity.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
