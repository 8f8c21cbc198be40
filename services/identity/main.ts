/** The embedded OpenID provider of a laptop. In production a real Keycloak stands in its place. */
import { join } from 'node:path';
import { readConfig } from '@recourse/kit/config.ts';
import { fault } from '@recourse/kit/fault.ts';
import { createLog } from '@recourse/kit/log.ts';
import { readRealm } from './realm.ts';
import { startIdentity } from './server.ts';
import { identityVariables } from './variables.ts';

const config = readConfig(identityVariables);
const log = createLog('identity', config.LOG_LEVEL);

if (config.NODE_ENV === 'production') {
  const refusal = fault('refused', 'embedded_identity_in_production', {
    repair: 'run Keycloak with deploy/keycloak/realm.json and give OIDC_ISSUER',
  });
  log.fatal({ err: refusal }, 'the embedded identity provider is for demonstrations and tests');
  process.exit(1);
}

const realm = readRealm(join(import.meta.dirname, '../../deploy/keycloak/realm.json'), {
  PORTAL_URL: config.PORTAL_URL,
  DEMO_USERS: 'true',
  DEMO_PASSWORD: config.DEMO_PASSWORD,
  MACHINE_CLIENT_SECRET: config.MACHINE_CLIENT_SECRET,
  DIRECTORY_CLIENT: String(config.DIRECTORY_CLIENT_SECRET !== undefined),
  DIRECTORY_CLIENT_SECRET: config.DIRECTORY_CLIENT_SECRET ?? '',
});
const identity = await startIdentity({
  realm,
  log,
  origin: config.IDENTITY_URL,
  port: config.IDENTITY_PORT,
  dir: config.IDENTITY_DIR,
  host: config.BIND_HOST,
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    identity.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
