import { readFileSync } from 'node:fs';
import {
  type ChannelCredentials,
  credentials,
  experimental,
  ServerCredentials,
} from '@grpc/grpc-js';
import { Fault } from './fault.ts';

/** Files of this process's certificate; PEM, as cert-manager writes them into a secret. */
export type TlsFiles = {
  TLS_CERT_FILE: string | undefined;
  TLS_KEY_FILE: string | undefined;
  TLS_CA_FILE: string | undefined;
};

/** How gRPC is spoken with the neighbours, as their server and as their client. */
export type Transport = { server: ServerCredentials; channel: ChannelCredentials };

/** A renewed certificate is taken up within this time, without a restart. */
const refreshMs = 30_000;

/** Names what is missing or unreadable at the start, not at the first call. */
function violationsOf(files: TlsFiles): { field: string; rule: string; repair: string }[] {
  return Object.entries(files).flatMap(([field, file]) => {
    if (file === undefined) {
      return [{ field, rule: 'required', repair: 'Give all three TLS files or none.' }];
    }
    try {
      readFileSync(file);
      return [];
    } catch {
      return [{ field, rule: 'file_unreadable', repair: 'Name a file that can be read.' }];
    }
  });
}

/**
 * Plain text when no file is given, else mutual TLS: both sides show a certificate of the same
 * authority, and the server's must name the host it was called by. Files are read again while the
 * process runs. Throws `invalid: configuration` when files are missing or cannot be read.
 */
export function transportOf(given: TlsFiles): Transport {
  const files: TlsFiles = {
    TLS_CERT_FILE: given.TLS_CERT_FILE,
    TLS_KEY_FILE: given.TLS_KEY_FILE,
    TLS_CA_FILE: given.TLS_CA_FILE,
  };
  if (Object.values(files).every((file) => file === undefined)) {
    return { server: ServerCredentials.createInsecure(), channel: credentials.createInsecure() };
  }
  const violations = violationsOf(files);
  const { TLS_CERT_FILE: certificateFile, TLS_KEY_FILE: privateKeyFile } = files;
  const { TLS_CA_FILE: caCertificateFile } = files;
  if (
    violations.length > 0 ||
    certificateFile === undefined ||
    privateKeyFile === undefined ||
    caCertificateFile === undefined
  ) {
    const variables = violations.map((one) => one.field).join(', ');
    throw new Fault('invalid', 'configuration', { variables }, { violations });
  }
  const provider = new experimental.FileWatcherCertificateProvider({
    certificateFile,
    privateKeyFile,
    caCertificateFile,
    refreshIntervalMs: refreshMs,
  });
  return {
    server: experimental.createCertificateProviderServerCredentials(provider, provider, true),
    channel: experimental.createCertificateProviderChannelCredentials(provider, provider),
  };
}
