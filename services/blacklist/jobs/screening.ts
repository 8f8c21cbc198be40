import { now } from '@recourse/kit/clock.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import type { Question } from '../domain/screening.ts';
import { associationZone } from '../rules/in-force.ts';
import { clearGone, type Found, newlyIdentified, raiseAlerts } from '../store/alerts.ts';
import { customersAfter, type PresentCustomer } from '../store/customers.ts';
import {
  answerAll,
  associationsOf,
  prepare,
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
    const found = customers.flatMap(({ customerId }, at): Found[] => {
      const others = answers[at]?.hits.filter((hit) => hit.entry.reporterId !== orgId) ?? [];
      return others.map((hit) => ({ customerId, hit }));
    });
    await raiseAlerts(tx, found, now());
  });
}

/** Every night all present customers, also by name; a name alone asks for a second identifier. */
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
    },
  };
}
