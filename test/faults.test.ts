/**
 * Money through process deaths and a lost broker. Cases (with the relay that publishes) and
 * agencies (with the consumer that accrues) are processes of their own and are killed in the middle
 * of the work; what must come out is computed from payments and contracts alone.
 */
import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import type { TestDatabase } from '@recourse/kit/test-cluster.ts';
import { testPlatform, type TestPlatform } from '@recourse/kit/testing.ts';
import { type Contract, inOrder, linesDue, type Paid } from './flows/expected.ts';
import { expectBooks, commissionLines, countOf } from './flows/books.ts';
import { type Business, openBusiness } from './flows/business.ts';
import { serviceProcess, type ServiceProcess } from './flows/process.ts';
import { openTown, patiently, type Town } from './flows/town.ts';

const services = ['cases', 'agencies'] as const;
type Service = (typeof services)[number];

let platform: TestPlatform;
let town: Town;
let business: Business;
const processes = new Map<Service, ServiceProcess>();
const databases = new Map<Service, TestDatabase>();
const payments: Paid[] = [];

function processOf(service: Service): ServiceProcess {
  const found = processes.get(service);
  if (found === undefined) throw new Error(`${service} is not there`);
  return found;
}

function databaseOf(service: Service): TestDatabase {
  const found = databases.get(service);
  if (found === undefined) throw new Error(`${service} has no database`);
  return found;
}

beforeAll(async () => {
  platform = await testPlatform();
  for (const service of services) {
    const { variables, database } = await platform.variables(service);
    databases.set(service, database);
    processes.set(service, serviceProcess(service, variables));
    processOf(service).start();
  }
  town = await openTown(platform);
  business = await openBusiness(town);
});

afterAll(async () => {
  for (const one of processes.values()) await one.kill();
  await town.stop();
  await platform.stop();
});

/** Who dies after so many payments were answered; the second of each pair is dead for a while. */
const deaths: readonly { after: number; who: readonly Service[]; downMs: number }[] = [
  { after: 120, who: ['agencies'], downMs: 0 },
  { after: 260, who: ['cases'], downMs: 0 },
  { after: 400, who: ['cases', 'agencies'], downMs: 0 },
  { after: 560, who: ['agencies'], downMs: 700 },
  { after: 700, who: ['cases'], downMs: 300 },
  { after: 860, who: ['agencies', 'cases'], downMs: 0 },
];

async function die({ who, downMs }: (typeof deaths)[number]): Promise<void> {
  await Promise.all(who.map((service) => processOf(service).kill()));
  await sleep(downMs);
  for (const service of who) processOf(service).start();
}

const callersAtOnce = 12;

/** Records payments side by side; each is repeated under its id until there is an answer. */
async function record(wanted: readonly Paid[], onAnswer: (answered: number) => void) {
  const queue = [...wanted];
  let answered = 0;
  const caller = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const paid = next;
      await patiently(() => business.pay(paid));
      answered += 1;
      onAnswer(answered);
    }
  };
  await Promise.all(Array.from({ length: callersAtOnce }, caller));
  payments.push(...wanted);
}

async function reverse(some: readonly Paid[]): Promise<void> {
  for (const paid of some) {
    const requestId = randomUUIDv7();
    await patiently(() => business.reverse(paid, requestId));
    paid.reversed = true;
  }
}

function expected(contracts: readonly Contract[]): string[] {
  return inOrder(linesDue(contracts, payments));
}

/** Waits until there are as many lines as there must be, then compares every one of them. */
async function untilExact(): Promise<string[]> {
  const must = expected(business.contracts);
  await eventually(async () => {
    const count = await countOf(databaseOf('agencies'), 'commission_line');
    if (count < must.length) throw new Error(`${count} of ${must.length} lines`);
  }, 180_000);
  const lines = inOrder(await commissionLines(databaseOf('agencies')));
  expect(lines).toEqual(must);
  return lines;
}

function everyone(): string {
  return [...processes.values()].map((one) => one.said()).join('\n');
}

describe('A thousand payments', () => {
  it('earn exactly their commission, once each, though both sides are killed', async () => {
    const killing: Promise<void>[] = [];
    await record(business.draw(1_000), (answered) => {
      const death = deaths.find(({ after }) => after === answered);
      if (death !== undefined) killing.push(die(death));
    }).catch((thrown: unknown) => {
      throw new Error(`payments ended: ${String(thrown)}\n${everyone()}`);
    });
    await Promise.all(killing);
    expect(processOf('cases').kills() + processOf('agencies').kills()).toBe(8);
    await untilExact();
    expect(new Set(business.contracts.map(({ rateBps }) => rateBps)).size).toBeGreaterThan(2);
  }, 300_000);

  it('are taken back to the cent where they are reversed', async () => {
    const killing = processOf('agencies').kill();
    await reverse(payments.filter((_, place) => place % 25 === 0));
    await killing;
    processOf('agencies').start();
    const lines = await untilExact();
    expect(lines.filter((line) => line.includes('CLAW_BACK')).length).toBeGreaterThan(20);
  });

  it('leave both books in balance, with no event lost or applied twice', async () => {
    await expectBooks(databaseOf('cases'), databaseOf('agencies'));
  });
});

describe('A broker that is stopped and loses its store', () => {
  it('delays events and loses none; services go on and nothing that was changes', async () => {
    const before = await untilExact();
    await platform.nats().stop();
    await record(business.draw(20), () => {});
    const waiting = 'SELECT count(*)::int AS rows FROM outbox WHERE published_at IS NULL';
    const [row] = await databaseOf('cases').ownerQuery<{ rows: number }>(waiting);
    expect(row?.rows).toBe(20);
    expect(inOrder(await commissionLines(databaseOf('agencies')))).toEqual(before);
    await platform.restartNats({ wiped: true });
    const after = await untilExact();
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('has all of them again, and new payments still earn', async () => {
    await record(business.draw(20), () => {});
    await untilExact();
    for (const service of services) {
      await eventually(async () => {
        const stored = await town.bus.jsm.streams.info(service.toUpperCase());
        const told = await countOf(databaseOf(service), 'outbox');
        expect({ service, told: stored.state.messages }).toEqual({ service, told });
      }, 120_000);
    }
    await expectBooks(databaseOf('cases'), databaseOf('agencies'));
  });
});
