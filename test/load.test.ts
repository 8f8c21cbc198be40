import { randomUUIDv7 } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LoadHouse, seedCases } from '../scripts/loading/book.ts';
import { findK6 } from '../scripts/loading/k6.ts';
import { runScenario, scenarios } from '../scripts/loading/run.ts';
import { type House, openHouse } from './access/house.ts';

const say = (words: string): void => void process.stderr.write(`${words}\n`);
const found = findK6(join(import.meta.dirname, '../.data/tools'), say);

describe('The load scenarios', () => {
  it('are those of an ordinary month, and all of them at once', () => {
    expect(scenarios).toEqual([
      'agency-phones',
      'creditor-morning',
      'import-storm',
      'mixed',
      'month-end',
      'sign-in-rush',
    ]);
  });
});

describe('Under k6, for some seconds', () => {
  if ('why' in found) {
    say(`\nSKIPPED: load by k6: ${found.why}\n`);
    it('is left out for a reason that says what can be done', () => {
      expect(found.why).toMatch(/k6 is not on PATH|was not built/);
    });
    return;
  }
  const { k6 } = found;
  let house: House | undefined;
  let load: LoadHouse;

  beforeAll(async () => {
    const opened = await openHouse();
    house = opened;
    const [creditor, agency] = [randomUUIDv7(), randomUUIDv7()];
    const as = (role: string, orgId: string): Promise<string> =>
      opened.platform.token({ role, orgId });
    load = {
      address: opened.url,
      agencyId: agency,
      tokens: {
        director: await as('director', creditor),
        collector: await as('collector', creditor),
        finance: await as('finance', creditor),
        manager: await as('agency_manager', agency),
        agent: await as('agency_agent', agency),
      },
    };
    await seedCases(load, 40);
  }, 120_000);

  afterAll(() => house?.stop(), 60_000);

  it('every kind of work at once is answered, without one failure', async () => {
    const ran = await runScenario({ k6, scenario: 'mixed', profile: 'smoke', house: load });
    expect({ said: ran.said, code: ran.code }).toEqual({ said: expect.any(String), code: 0 });
    expect(ran.requests).toBeGreaterThan(50);
    expect(ran.failedShare).toBe(0);
    expect(ran.said).toContain('an import is committed');
  }, 120_000);

  it('a threshold that does not hold is told by the exit code', async () => {
    const tokens = { ...load.tokens, director: 'no.token.atall' };
    const spoilt = { ...load, tokens };
    const ran = await runScenario({
      k6,
      scenario: 'sign-in-rush',
      profile: 'smoke',
      house: spoilt,
    });
    expect(ran.code).not.toBe(0);
    expect(ran.failedShare).toBeGreaterThan(0);
  }, 60_000);
});
