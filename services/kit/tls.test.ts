import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createVerifier } from './caller.ts';
import { client } from './client.ts';
import type { Fault } from './fault.ts';
import { identity, type Identity } from './fixture/certificate.ts';
import { LedgerServiceClient, LedgerServiceService, posting } from './fixture/ledger.ts';
import { ok, type Server, type Serving, startServing } from './fixture/serving.ts';
import { implement, serveRpc } from './rpc.ts';
import { type TlsFiles, type Transport, transportOf } from './tls.ts';

const folder = mkdtempSync(join(tmpdir(), 'recourse-tls-'));
const none = { TLS_CERT_FILE: undefined, TLS_KEY_FILE: undefined, TLS_CA_FILE: undefined };

/** Writes a process's three files as cert-manager's secret is mounted. */
function filesOf(name: string, shown: Identity, authority: Identity): TlsFiles {
  const file = (what: string, text: string): string => {
    const path = join(folder, `${name}.${what}`);
    writeFileSync(path, text);
    return path;
  };
  return {
    TLS_CERT_FILE: file('crt', shown.certificate),
    TLS_KEY_FILE: file('key', shown.key),
    TLS_CA_FILE: file('ca', authority.certificate),
  };
}

function transport(name: string, shown: Identity, authority: Identity): Transport {
  return transportOf(filesOf(name, shown, authority));
}

function faultOf(files: TlsFiles): Fault | undefined {
  try {
    transportOf(files);
    return undefined;
  } catch (thrown) {
    return thrown as Fault;
  }
}

describe('a service with a certificate', () => {
  const house = identity('house', []);
  const stranger = identity('stranger', []);
  let ledger: Serving;
  let server: Server;
  beforeAll(async () => {
    ledger = await startServing();
    const { issuer, log, metrics, contract } = ledger;
    server = await serveRpc({
      implementations: [
        implement(LedgerServiceService, {
          post: ok,
          sum: async (_request, call) => ({ callerName: call.caller.userName }),
        }),
      ],
      port: 0,
      verify: createVerifier({ issuer: issuer.issuer, audience: issuer.audience }),
      log,
      metrics,
      contract,
      credentials: transport('ledger', identity('ledger', ['localhost'], house), house).server,
    });
  });
  afterAll(async () => {
    await server.stop();
    await ledger.stop();
    rmSync(folder, { recursive: true });
  });

  async function posted(secured?: Transport): Promise<unknown> {
    const call = await ledger.callAs({ role: 'finance' }, { deadlineMs: 4_000 });
    const address = `localhost:${server.port}`;
    const neighbour = client(LedgerServiceClient, address, secured?.channel);
    return neighbour.post(posting(), call).finally(() => neighbour.close());
  }

  it('answers a neighbour of the same authority', async () => {
    const shown = identity('cases', ['cases'], house);
    await expect(posted(transport('cases', shown, house))).resolves.toMatchObject({ version: 1n });
  });

  it('does not answer a neighbour of another authority', async () => {
    const shown = identity('thief', ['localhost'], stranger);
    await expect(posted(transport('thief', shown, house))).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });

  it('does not answer in plain text', async () => {
    await expect(posted()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('is not believed by a neighbour that trusts another authority', async () => {
    const shown = identity('cases', ['cases'], house);
    await expect(posted(transport('wary', shown, stranger))).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });

  it('is not believed under a name that its certificate does not hold', async () => {
    const secured = transport('named', identity('cases', ['cases'], house), house);
    const call = await ledger.callAs({ role: 'finance' }, { deadlineMs: 4_000 });
    const address = `127.0.0.1:${server.port}`;
    const neighbour = client(LedgerServiceClient, address, secured.channel);
    await expect(neighbour.post(posting(), call)).rejects.toMatchObject({ kind: 'unavailable' });
    neighbour.close();
  });
});

describe('the TLS files', () => {
  it('may all be absent', () => {
    expect(faultOf(none)).toBeUndefined();
  });

  it('are given all or none', () => {
    const thrown = faultOf({ ...none, TLS_CERT_FILE: import.meta.filename });
    expect(thrown?.facts).toEqual({ variables: 'TLS_KEY_FILE, TLS_CA_FILE' });
  });

  it('must be readable', () => {
    const file = import.meta.filename;
    const given = { TLS_CERT_FILE: file, TLS_KEY_FILE: file, TLS_CA_FILE: join(folder, 'no') };
    expect(faultOf(given)?.violations.map((one) => `${one.field} ${one.rule}`)).toEqual([
      'TLS_CA_FILE file_unreadable',
    ]);
  });
});
