/**
 * The whole system as processes under load: by k6 where it can be had; while each part is killed;
 * and while each part is replaced by a newer build. One fleet for all of it, in that order: it has
 * one replica of each part until the rollout, so that whoever is killed is away.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findK6 } from '../scripts/loading/k6.ts';
import { runScenario, scenarios } from '../scripts/loading/run.ts';
import { makeNextBuild, nextMigration, nextVersion, root } from './load/builds.ts';
import { nobodyToldYet, type Told, work } from './load/crowd.ts';
import { type Fleet, openFleet, type Part, parts, services, warm } from './load/fleet.ts';
import { openTown, type Town } from './load/town.ts';

const say = (words: string): void => void process.stderr.write(`${words}\n`);
const found = findK6(join(root, '.data/tools'), say);

let fleet: Fleet;
let town: Town;

beforeAll(async () => {
  [fleet] = await Promise.all([openFleet(), warm(root)]);
  // Two at a time: as many as the machine has hands.
  for (const some of [parts.slice(0, 2), parts.slice(2, 4), parts.slice(4)]) {
    await Promise.all(some.map((part) => fleet.pairs[part][0].start(root)));
  }
  await fleet.front.until(1);
  town = await openTown(fleet);
}, 300_000);

afterAll(() => fleet?.stop());

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

  it('every kind of work at once is answered, without one failure', async () => {
    const { house } = town;
    const ran = await runScenario({ k6, scenario: 'mixed', profile: 'smoke', house });
    expect({ said: ran.said, code: ran.code }).toEqual({ said: expect.any(String), code: 0 });
    expect(ran.requests).toBeGreaterThan(50);
    expect(ran.failedShare).toBe(0);
    expect(ran.said).toContain('an import is committed');
    expect(ran.said).toContain('name and password open the door');
  });

  it('a threshold that does not hold is told by the exit code', async () => {
    const house = { ...town.house, secret: 'a guess' };
    const ran = await runScenario({ k6, scenario: 'sign-in-rush', profile: 'smoke', house });
    expect(ran.code).not.toBe(0);
    expect(ran.failedShare).toBeGreaterThan(0);
  });
});

/** What was acknowledged and is not in the database of the service that keeps it. */
async function lost(told: Told): Promise<Record<string, string[]>> {
  const queries = {
    credit: 'SELECT customer_id::text AS id FROM customer',
    cases: 'SELECT payment_id::text AS id FROM payment',
    blacklist: 'SELECT member_id::text AS id FROM member',
    litigation: 'SELECT feed_id::text AS id FROM calendar_feed',
    agencies: 'SELECT payment_id::text AS id FROM commission_line',
  } as const;
  const missing: Record<string, string[]> = {};
  for (const service of services) {
    const rows = await fleet.databases[service].ownerQuery<{ id: string }>(queries[service]);
    const kept = new Set(rows.map(({ id }) => id));
    const written = service === 'agencies' ? told.written.cases : told.written[service];
    const gone = [...written].filter((id) => !kept.has(id));
    if (gone.length > 0) missing[service] = gone;
  }
  return missing;
}

/** Commission follows payments by events, so it may be some time behind. */
async function expectNothingLost(told: Told): Promise<void> {
  const end = performance.now() + 120_000;
  let missing = await lost(told);
  while (Object.keys(missing).length > 0 && performance.now() < end) {
    await sleep(200);
    missing = await lost(told);
  }
  expect(missing).toEqual({});
}

/** People who work from now on, until they are sent home. */
function openDoors(breathMs: number): { told: Told; close(): Promise<void> } {
  const told = nobodyToldYet();
  const { cast, caseIds } = town;
  const ground = { address: fleet.front.url, cast, caseIds, told };
  const stop = new AbortController();
  const working = Array.from({ length: people }, () => work(ground, breathMs, stop.signal));
  return {
    told,
    close: async () => {
      stop.abort();
      await Promise.all(working);
    },
  };
}

const people = 4;
/** Hardly any pause while a part is away; more where new processes start beside them. */
const breath = { whileKilled: 10, whileReplaced: 100 } as const;

describe('While each part in turn is killed under load and started again', () => {
  it.each(parts)('%s: what fails says when to come again, and soon nothing fails', async (part) => {
    const { told, close } = openDoors(breath.whileKilled);
    const [first] = fleet.pairs[part];
    await sleep(300);
    const killedMs = performance.now();
    await first.kill();
    await first.start(root);
    const readyMs = performance.now();
    await sleep(1_500);
    await close();
    const lastMs = Math.max(killedMs, ...told.failures.map(({ atMs }) => atMs));
    const started = Math.round(readyMs - killedMs);
    const normal = Math.round(lastMs - killedMs);
    say(
      `${part}: ready after ${started} ms, normal after ${normal} ms,` +
        ` ${told.failures.length} of ${told.asked} failed`,
    );
    const rude = told.failures.filter(
      (one) => !(part === 'gateway' && one.isUnanswered) && (one.status !== 503 || !one.isPolite),
    );
    expect(rude).toEqual([]);
    expect(told.failures.length).toBeGreaterThan(0);
    // Where a machine has more to do than this, a process may take longer to start at all.
    expect(normal).toBeLessThan(Math.max(5_000, 2 * started + 5_000));
    await expectNothingLost(told);
  });
});

async function versionServed(): Promise<string> {
  const answer = await fetch(`${fleet.front.url}/config.json`);
  return ((await answer.json()) as { version: string }).version;
}

/** One replica after the other, with nothing between; gives the exit codes. */
async function replace(part: Part, build: string): Promise<(number | null)[]> {
  const exits: (number | null)[] = [];
  for (const one of fleet.pairs[part]) {
    exits.push(await one.stop());
    await one.start(build);
    if (part === 'gateway') await fleet.front.until(2);
  }
  return exits;
}

describe('A rollout of a newer build under load', () => {
  const next = mkdtempSync(join(tmpdir(), 'recourse-next-'));
  afterAll(() => rmSync(next, { recursive: true, force: true }));

  it('lets no request fail and loses nothing, whichever part is replaced', async () => {
    makeNextBuild(next);
    await warm(next);
    for (const part of parts) await fleet.pairs[part][1].start(root);
    await fleet.front.until(2);
    expect(await versionServed()).not.toBe(nextVersion);
    const { told, close } = openDoors(breath.whileReplaced);
    await sleep(300);
    const exits: Record<string, (number | null)[]> = {};
    for (const part of parts) {
      const beganMs = performance.now();
      exits[part] = await replace(part, next);
      say(`${part}: replaced in ${Math.round(performance.now() - beganMs)} ms`);
    }
    // Back again: the older build on the newer schema.
    const [one] = fleet.pairs.cases;
    await one.stop();
    await one.start(root);
    await sleep(500);
    await close();
    say(`rollout: ${told.failures.length} of ${told.asked} failed`);
    expect(told.failures).toEqual([]);
    expect(exits).toEqual(Object.fromEntries(parts.map((part) => [part, [0, 0]])));
    expect(await Promise.all([versionServed(), versionServed()])).toEqual([
      nextVersion,
      nextVersion,
    ]);
    for (const service of services) {
      const rows = await fleet.databases[service].ownerQuery<{ name: string }>(
        'SELECT name FROM migration',
      );
      expect(rows.map(({ name }) => name)).toContain(nextMigration);
    }
    await expectNothingLost(told);
  }, 600_000);
});
