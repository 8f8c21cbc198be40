import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emit, topic } from './events.ts';
import { eventually } from './eventually.ts';
import type { Fault } from './fault.ts';
import {
  ledgerContract,
  LedgerServiceClient,
  LedgerServiceService,
  posting,
} from './fixture/ledger.ts';
import { consume } from './inbox.ts';
import { implement } from './rpc.ts';
import { defineService, startService } from './service.ts';
import { variablesOf } from './settings.ts';
import { testPlatform, type TestPlatform } from './testing.ts';

type LedgerEvent = { event?: { $case: 'postingMade'; value: { postingId: string } } | undefined };

const ledgerTopic = topic<LedgerEvent>('ledger', {
  encode: (message) => ({ finish: () => Buffer.from(JSON.stringify(message)) }),
  decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as LedgerEvent,
});

const contract = ledgerContract();
/** Postings that the ledger's own inbox has heard of. */
const heard: string[] = [];

const ledger = defineService({
  name: 'ledger',
  contract,
  clients: { self: LedgerServiceClient },
  wire: ({ db, clients }) => ({
    rpc: [
      implement(LedgerServiceService, {
        post: async (request, call) => {
          const about = { aggregateId: request.postingId, at: call.at };
          await db.tenant(call.caller.orgId, (tx) =>
            emit(tx, ledgerTopic, about, [
              { $case: 'postingMade', value: { postingId: request.postingId } },
            ]),
          );
          return { postingId: request.postingId, version: 1n };
        },
        // Asked by a service it answers, asked by it again it asks itself on.
        sum: async (request, call) => {
          if (request.currency === '') return { callerName: call.caller.userName };
          return clients.self.sum({ currency: '' }, call);
        },
      }),
    ],
    inbox: [
      consume({
        name: 'ledger',
        topic: ledgerTopic,
        handle: async (_tx, event) => {
          heard.push(event.value.postingId);
        },
      }),
    ],
  }),
});

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform();
}, 60_000);
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
    await first.client(LedgerServiceClient).post(posting(), call);
    await eventually(() => expect(heard).toEqual([posting().postingId]));
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
  }, 30_000);
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
