import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@recourse/kit/log.ts';
import { freePort } from '@recourse/kit/parts.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { readRealm } from './realm.ts';
import { type Identity, startIdentity } from './server.ts';
import { signIn } from './sign-in.ts';

/** A service that keeps the directory, over an embedded provider with the demo's people. */
export type DirectoryRig = {
  identity: Identity;
  platform: TestPlatform;
  service: TestService;
  /** Signs somebody of the demo in, as the portal does. */
  signIn(username: string): ReturnType<typeof signIn>;
  stop(): Promise<void>;
};

const portal = 'http://localhost:9998';
const password = 'Correct-Horse-2026';

/** Starts provider and service; for tests. `administrators` administer besides the demo’s. */
export async function directoryRig(
  spec: Parameters<TestPlatform['startService']>[0],
  o: { administrators?: readonly string[] } = {},
): Promise<DirectoryRig> {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-directory-'));
  const read = readRealm(join(import.meta.dirname, '../../deploy/keycloak/realm.json'), {
    PORTAL_URL: portal,
    DEMO_USERS: 'true',
    DEMO_PASSWORD: password,
    MACHINE_CLIENT_SECRET: 'machine',
    DIRECTORY_CLIENT: 'true',
    DIRECTORY_CLIENT_SECRET: 'directory',
  });
  const users = read.users.map((user) => {
    const more = o.administrators?.includes(user.username) === true ? ['org_admin'] : [];
    return { ...user, realmRoles: [...user.realmRoles, ...more] };
  });
  const realm = { ...read, users };
  const port = await freePort();
  const log = createLog('identity', 'silent');
  const origin = `http://localhost:${port}`;
  const identity = await startIdentity({ realm, origin, port, dir, log });
  const platform = await testPlatform();
  const service = await platform.startService(spec, {
    variables: { DIRECTORY_URL: identity.issuer, DIRECTORY_CLIENT_SECRET: 'directory' },
  });
  return {
    identity,
    platform,
    service,
    signIn: (username) => {
      const { issuer } = identity;
      const about = { clientId: 'recourse-portal', redirectUri: `${portal}/` };
      return signIn({ issuer, ...about, username, password });
    },
    stop: async () => {
      await platform.stop();
      await identity.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
