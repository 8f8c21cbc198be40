import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { client } from './client.ts';
import { eventually } from './eventually.ts';
import type { Fault } from './fault.ts';
import { contract, heard, ledger, read } from './fixture/ledger-service.ts';
import { LedgerServiceClient, LedgerServiceService, posting } from './fixture/ledger.ts';
import { implement } from './rpc.ts';
import { defineService, startService } from './service.ts';
import { variablesOf } from './settings.ts';
import { testPlatform, type TestPlatform } from './testing.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.stop());

async function started() {
  const address = await platform.addressOf('ledger');
  return platform.startService(ledger, { variables: { LEDGER_ADDRESS: address } });
}

describe('a service', () => {
  it('answers, tells its events, hears them, and starts again where it stopped', async () => {
    const address = await platform.addressOf('ledger');
    const variables = { LEDGER_ADDRESS: address };
    const first = await platform.startService(ledger, { variables });
    const call = await platform.call({ role: 'finance' });
    await first.client(LedgerServiceClient).post(posting({ memo: '工资' }), call);
    await eventually(() => expect(heard).toEqual([posting().postingId]));
    await eventually(() => expect(read).toEqual(['工资']));
    await first.stop();

    const second = await platform.startService(ledger, { variables, database: first.database });
    expect(await second.ownerQuery('SELECT id FROM outbox')).toHaveLength(1);
    await second.stop();
    expect(heard).toHaveLength(1);
  });

  it('calls its neighbours as the one who called it', async () => {
    const service = await started();
    const machine = await platform.call({ role: 'service', name: 'nightly' });
    const answer = await service.client(LedgerServiceClient).sum({ currency: 'CNY' }, machine);
    expect(answer).toEqual({ callerName: 'nightly' });
    await service.stop();
  });

  it('is ready when it serves, and shows its measurements', async () => {
    const service = await started();
    const health = `http://127.0.0.1:${service.healthPort}`;
    const ready = await fetch(`${health}/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        ready: true,
        probes: [
          { name: 'database', required: true, ok: true },
          { name: 'broker', required: false, ok: true },
        ],
      },
    ]);
    const page = await (await fetch(`${health}/metrics`)).text();
    expect(page).toContain('recourse_outbox_age_seconds{service="ledger"} 0');
    expect(page).toContain('recourse_broker_connected{service="ledger"} 1');
    expect(page).toMatch(/recourse_inbox_lag\{consumer="ledger:ledger",service="ledger"\} \d/);
    expect(page).toContain('recourse_parked_events{service="ledger"} 0');
    expect(page).toMatch(/recourse_db_connections\{role="app",state="idle",service="ledger"\} \d/);
    await service.stop();
  });

  it('serves on while the broker is away, and tells what happened afterwards', async () => {
    const service = await started();
    await platform.nats().kill();
    const id = '01956f3e-0000-7000-8000-00000000d0d0';
    const call = await platform.call({ role: 'finance' });
    await service.client(LedgerServiceClient).post(posting({ postingId: id }), call);
    expect((await fetch(`http://127.0.0.1:${service.healthPort}/ready`)).status).toBe(200);
    expect(heard).not.toContain(id);
    await platform.restartNats();
    await eventually(() => expect(heard).toContain(id));
    await service.stop();
  });
});

describe('a service that cannot start', () => {
  it('names every variable that is missing, its neighbours’ too', async () => {
    const failed = await startService(ledger, { source: {} }).catch((thrown: unknown) => thrown);
    const names = (failed as Fault).violations.map((one) => one.field);
    expect(names).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'NATS_URL', 'KEY_ENCRYPTION_KEY', 'LEDGER_ADDRESS']),
    );
    expect(names).not.toContain('CASES_ADDRESS');
    expect(Object.keys(variablesOf(ledger))).toContain('LEDGER_ADDRESS');
  });

  it('because its contract is unfit stops what it had started', async () => {
    const { post } = LedgerServiceService;
    const undeclared = { ...post, path: '/fixture.ledger.v1.UnfitService/Undeclared' };
    const unfit = defineService({
      name: 'unfit',
      contract,
      wire: () => ({
        rpc: [implement({ undeclared }, { undeclared: () => Promise.reject(new Error('no')) })],
      }),
    });
    await expect(platform.startService(unfit)).rejects.toMatchObject({ reason: 'contract_unfit' });
  });
});

type Process = { child: ChildProcess; lines(): string; ended: Promise<number | null> };

/** Runs the ledger's main as a process of its own, as `scripts/start` and a pod do. */
function run(variables: Readonly<Record<string, string>>, ...args: string[]): Process {
  const main = join(import.meta.dirname, 'fixture', 'ledger-main.ts');
  const env = { PATH: process.env['PATH'], ...variables };
  const child = spawn(process.execPath, [main, ...args], { env });
  let written = '';
  child.stdout.on('data', (chunk) => {
    written += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    written += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { child, lines: () => written, ended };
}

describe('a service in a process of its own', () => {
  it('migrates when told to and does nothing else', async () => {
    const { variables, database } = await platform.variables('ledger');
    const ledgerProcess = run(variables, 'migrate');
    expect([await ledgerProcess.ended, ledgerProcess.lines()]).toEqual([0, expect.any(String)]);
    const tables = await database.ownerQuery(`SELECT FROM pg_tables WHERE tablename = 'outbox'`);
    expect(tables).toHaveLength(1);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('serves until %s, then ends in order', async (signal) => {
    const { variables } = await platform.variables('ledger');
    const address = await platform.addressOf('ledger');
    const ledgerProcess = run({ ...variables, LOG_LEVEL: 'info', LEDGER_ADDRESS: address });
    await eventually(() => expect(ledgerProcess.lines()).toContain('"serving"'), 60_000);
    const to = client(LedgerServiceClient, address);
    const answer = await to.post(posting(), await platform.call({ role: 'finance' }));
    expect(answer.version).toBe(1n);
    to.close();
    ledgerProcess.child.kill(signal);
    expect(await ledgerProcess.ended).toBe(0);
    expect(ledgerProcess.lines()).toContain('"stopping"');
  });

  it('that is told nothing says what is missing and ends with 1', async () => {
    const ledgerProcess = run({});
    expect(await ledgerProcess.ended).toBe(1);
    const line = JSON.parse(ledgerProcess.lines());
    expect(line).toMatchObject({ level: 'fatal', msg: 'service did not start' });
    expect(JSON.stringify(line.err.violations)).toContain('Set DATABASE_URL.');
  });
});
