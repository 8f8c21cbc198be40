import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencies } from '@recourse/agencies/service.ts';
import { cases } from '@recourse/cases/service.ts';
import { countRefusals } from '@recourse/kit/count-refusals.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { type Fault, fault } from '@recourse/kit/fault.ts';
import { createMetrics } from '@recourse/kit/health.ts';
import { measures } from '@recourse/kit/measures.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { Attitude, Channel, ContactResult, Excuse, Party } from '@recourse/proto/cases/v1/work.ts';
import { commissionLines } from './flows/books.ts';
import { type Business, openBusiness } from './flows/business.ts';
import { openTown, type Town } from './flows/town.ts';
import { readPage, scrape, type Series, valueOf } from './observability/page.ts';

let platform: TestPlatform;
let town: Town;
let business: Business;
let services: { cases: TestService; agencies: TestService };

beforeAll(async () => {
  platform = await testPlatform();
  services = {
    cases: await platform.startService(cases),
    agencies: await platform.startService(agencies),
  };
  town = await openTown(platform);
  business = await openBusiness(town);
});

afterAll(async () => {
  await town?.stop();
  await platform.stop();
});

const pageOf = (service: 'cases' | 'agencies'): Promise<Series[]> =>
  scrape(services[service].healthPort);

const { ledgerImbalance, contactRefusals, tokenRefusals, jobs, jobWait, outboxAge } = measures;

describe('Services that are at work', () => {
  it('show every metric that they are known by, each with its labels and no other', async () => {
    const [paid] = business.draw(1);
    if (paid === undefined) throw new Error('nothing was drawn');
    await business.pay(paid);
    await eventually(async () => {
      expect(await commissionLines(services.agencies.database)).not.toHaveLength(0);
    }, 30_000);
    const shown = [...(await pageOf('cases')), ...(await pageOf('agencies'))];
    for (const { name, kind, labels } of Object.values(measures)) {
      if (kind === 'counter') continue;
      const own = shown.filter((one) => one.name === (kind === 'gauge' ? name : `${name}_count`));
      expect({ name, count: own.length }).not.toEqual({ name, count: 0 });
      const labelled = new Set(own.flatMap((one) => Object.keys(one.labels)));
      expect([...labelled].toSorted()).toEqual([...labels, 'service'].toSorted());
    }
    const ours = new Set(shown.map(({ name }) => name.replace(/_(bucket|sum|count)$/, '')));
    const known: readonly string[] = Object.values(measures).map(({ name }) => name);
    expect(
      [...ours].filter((name) => name.startsWith('recourse_') && !known.includes(name)),
    ).toEqual([]);
  });

  it('count every job by its state, also those of which there are none', async () => {
    const page = await pageOf('agencies');
    const named = page.filter(({ name }) => name === jobs.name);
    expect(new Set(named.map(({ labels }) => labels['state']))).toEqual(
      new Set(['waiting', 'running', 'failed']),
    );
    expect(new Set(named.map(({ labels }) => labels['queue'])).size).toBeGreaterThan(2);
    expect(valueOf(page, jobWait.name)).toBeGreaterThanOrEqual(0);
    expect(valueOf(page, outboxAge.name)).toBeGreaterThanOrEqual(0);
  });
});

describe('A contact that the governor refuses', () => {
  it('is counted once by its rule, however often it is sent', async () => {
    const [contract] = business.contracts;
    const file = { caseId: contract?.caseId ?? '', contactId: randomUUIDv7() };
    const words = { note: '不还钱就让你坐牢', companion: '', happenedAt: undefined };
    const request = {
      ...file,
      ...words,
      channel: Channel.LETTER,
      party: Party.DEBTOR,
      result: ContactResult.SENT,
      attitude: Attitude.UNSPECIFIED,
      excuse: Excuse.UNSPECIFIED,
    };
    const agencyId = contract?.agencyId ?? '';
    const call = await platform.call({ role: 'agency_agent', orgId: agencyId });
    await town.work.recordContact(request, call);
    const { contact } = await town.work.recordContact(request, call);
    expect(contact?.verdict?.rule).toBe('forbidden_phrase');
    const rule = { rule: 'forbidden_phrase' };
    expect(valueOf(await pageOf('cases'), contactRefusals.name, rule)).toBe(1);
  });
});

describe('A token that is refused', () => {
  it('is counted by the reason, and a call with a good one is not', async () => {
    const good = await platform.call({ role: 'director', orgId: randomUUIDv7() });
    await town.cases.getCase({ caseId: randomUUIDv7() }, good).catch(() => undefined);
    const bad = { ...good, caller: { ...good.caller, token: 'not.a.token' } };
    await expect(town.cases.getCase({ caseId: randomUUIDv7() }, bad)).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    const page = await pageOf('cases');
    expect(valueOf(page, tokenRefusals.name, { reason: 'token_malformed' })).toBe(1);
    expect(valueOf(page, tokenRefusals.name)).toBe(1);
  });

  it('is not counted when only the keys cannot be read', async () => {
    const metrics = createMetrics('trial', { process: false });
    const refuse = (thrown: Fault) => async (): Promise<void> => {
      throw thrown;
    };
    const away = countRefusals(metrics, refuse(fault('unavailable', 'identity_unavailable')));
    const bad = countRefusals(metrics, refuse(fault('unauthenticated', 'token_expired')));
    await expect(away()).rejects.toMatchObject({ reason: 'identity_unavailable' });
    await expect(bad()).rejects.toMatchObject({ reason: 'token_expired' });
    const page = readPage(await metrics.registry.metrics());
    expect(page.filter(({ name }) => name === tokenRefusals.name)).toEqual([
      { name: tokenRefusals.name, labels: { reason: 'token_expired', service: 'trial' }, value: 1 },
    ]);
  });
});

describe('The ledger', () => {
  const read = async () => valueOf(await pageOf('agencies'), ledgerImbalance.name);

  it('is balanced', async () => {
    expect(await read()).toBe(0);
  });

  it('shows what went around its constraints', async () => {
    const { ownerQuery, database, stop } = services.agencies;
    await stop();
    await ownerQuery(`DO $$ BEGIN
        SET LOCAL session_replication_role = replica;
        UPDATE ledger_line SET debit_minor = debit_minor + 7 WHERE debit_minor > 0;
      END $$`);
    services.agencies = await platform.startService(agencies, { database });
    const [row] = await ownerQuery<{ lines: bigint }>(
      'SELECT count(*) AS lines FROM ledger_line WHERE debit_minor > 0',
    );
    expect(await read()).toBe(7 * Number(row?.lines));
  });
});
