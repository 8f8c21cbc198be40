import { serviceVariables } from '@recourse/kit/config.ts';

/** What the embedded identity provider is told. */
export const identityVariables = {
  NODE_ENV: serviceVariables.NODE_ENV,
  LOG_LEVEL: serviceVariables.LOG_LEVEL,
  BIND_HOST: serviceVariables.BIND_HOST,
  IDENTITY_PORT: { kind: 'port', fallback: '8081', doc: 'Port of the provider.' },
  IDENTITY_URL: {
    kind: 'url',
    fallback: 'http://localhost:8081',
    doc: 'Where browsers and services reach it; the issuer is this and `/realms/recourse`.',
  },
  IDENTITY_DIR: { kind: 'text', doc: 'Folder of the signing key and the sessions.' },
  PORTAL_URL: {
    kind: 'url',
    fallback: 'http://localhost:8080',
    doc: 'Origin of the portal; fills the realm file’s redirect addresses.',
  },
  DEMO_PASSWORD: { kind: 'secret', doc: 'Password of every demo login of the realm file.' },
  MACHINE_CLIENT_SECRET: { kind: 'secret', doc: 'Secret of the client recourse-machine.' },
  DIRECTORY_CLIENT_SECRET: {
    kind: 'secret',
    optional: true,
    doc: 'Secret of the client recourse-directory, which is disabled without it.',
  },
} as const;
