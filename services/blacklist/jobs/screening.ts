import { now } from '@recourse/kit/clock.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import type { Answer, Question } from '../domain/screening.ts';
import { coverageOf } from '../domain/watch.ts';
import { associationZone, dayAt } from '../rules/in-force.ts';
import { clearGone, type Found, newlyIdentified, raiseAlerts } from '../store/alerts.ts';
import { customersAfter, type PresentCustomer } from '../store/customers.ts';
import { endWatches, markScreened, watchesAfter } from '../store/person-watches.ts';
import {
  answerAll,
  associationsOf,
  prepare,
  prepareHashed,
  type Prepared,
  type ScreeningRooms,
} from '../store/screening.ts';

/** Every minute by identifier: a customer that is listed, and one that is no longer, is told so. */
export function watchJob(rooms: ScreeningRooms): Job<object> {
  return {
    name: 'customers-watch',
    schedule: { cron: '* * * * *', zone: associationZone },
    run: async ({ orgId }) => {
      await rooms.db.tenant(orgId, async (tx) => {
        const at = now();
        await clearGone(tx, at);
        await raiseAlerts(tx, await newlyIdentified(tx, rooms.crypto), at);
      });
    },
  };
}

const batch = 200;
const firstId = '00000000-0000-0000-0000-000000000000';

function questionOf({ name, creditCode }: PresentCustomer): Question {
  return { kind: 'COMPANY', name, creditCode, idNumber: '', consentReference: '' };
}

/** What others have listed, by customer. */
function foundOf(
  orgId: string,
  customerIds: readonly string[],
  answers: readonly Answer[],
): Found[] {
  return customerIds.flatMap((customerId, at) => {
    const others = answers[at]?.hits.filter((hit) => hit.entry.reporterId !== orgId) ?? [];
    return others.map((hit) => ({ customerId, hit }));
  });
}

/** One batch of customers, by code and by name. */
async function screenBatch(
  rooms: ScreeningRooms,
  orgId: string,
  associations: readonly string[],
  customers: readonly PresentCustomer[],
): Promise<void> {
  const prepared: Prepared[] = [];
  for (const customer of customers) {
    prepared.push(await prepare(rooms, associations, questionOf(customer)));
  }
  await rooms.db.tenant(orgId, async (tx) => {
    const answers = await answerAll(tx, rooms.crypto, prepared);
    const customerIds = customers.map((customer) => customer.customerId);
    await raiseAlerts(tx, foundOf(orgId, customerIds, answers), now());
  });
}

/**
 * One batch of persons who have agreed to it, each asked of those alone whom the consent names;
 * where it stops is the last customer.
 */
async function screenPersons(
  rooms: ScreeningRooms,
  orgId: string,
  associations: readonly string[],
  after: string,
): Promise<string> {
  const at = now();
  const sealer = await rooms.crypto.sealer(orgId);
  const watches = await rooms.db.tenant(orgId, async (tx) => {
    await endWatches(tx, { before: dayAt(at).toString() }, at);
    return watchesAfter(tx, sealer, after, batch);
  });
  const prepared: Prepared[] = [];
  const customerIds: string[] = [];
  for (const { customerId, name, idHashes, associationIds, consentReference } of watches) {
    const { asked } = coverageOf(associationIds, associations);
    if (asked.length === 0) continue;
    const person = { kind: 'PERSON', creditCode: '', idNumber: '' } as const;
    const question = { ...person, name, consentReference };
    const hashes = new Map(Object.entries(idHashes).filter(([id]) => asked.includes(id)));
    prepared.push(await prepareHashed(rooms, asked, question, hashes));
    customerIds.push(customerId);
  }
  await rooms.db.tenant(orgId, async (tx) => {
    const answers = await answerAll(tx, rooms.crypto, prepared);
    await raiseAlerts(tx, foundOf(orgId, customerIds, answers), at);
    await markScreened(tx, customerIds, at);
  });
  return watches.at(-1)?.customerId ?? '';
}

/**
 * Every night all present customers, also by name; a name alone asks for a second identifier.
 * Persons among them only under the consent that is on record for it.
 */
export function nightJob(rooms: ScreeningRooms): Job<object> {
  return {
    name: 'customers-screen',
    schedule: { cron: '30 2 * * *', zone: associationZone },
    run: async ({ orgId, signal }) => {
      const associations = await rooms.db.tenant(orgId, associationsOf);
      if (associations.length === 0) return;
      let after = firstId;
      while (after !== '') {
        signal.throwIfAborted();
        const from = after;
        const customers = await rooms.db.tenant(orgId, (tx) => customersAfter(tx, from, batch));
        if (customers.length > 0) await screenBatch(rooms, orgId, associations, customers);
        after = customers.at(-1)?.customerId ?? '';
      }
      for (let done = firstId; done !== '';) {
        signal.throwIfAborted();
        done = await screenPersons(rooms, orgId, associations, done);
      }
    },
  };
}
