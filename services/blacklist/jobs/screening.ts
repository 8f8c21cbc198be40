import { now } from '@recourse/kit/clock.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import type { SubjectKind } from '../domain/listing.ts';
import { hitsOfOthers, type Looked, nightLook } from '../domain/night-look.ts';
import type { Question } from '../domain/screening.ts';
import { coverageOf } from '../domain/watch.ts';
import { associationZone, dayAt, termsOn } from '../rules/in-force.ts';
import { clearGone, type Found, newlyIdentified, raiseAlerts } from '../store/alerts.ts';
import { customersAfter, type PresentCustomer } from '../store/customers.ts';
import { addNightLooks, dropNightLooks } from '../store/night-looks.ts';
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

/** A night of one organisation: the job's run, and the lists it reaches. */
type Night = { orgId: string; runId: string; associations: readonly string[] };

/** A prepared question about a customer, and whose lists it is asked of. */
type AboutCustomer = { customerId: string; associationIds: readonly string[]; prepared: Prepared };

/** Answers a batch, raises what was found, and leaves the receipt even of a look without a hit. */
async function look(
  tx: Tx,
  { crypto }: ScreeningRooms,
  { orgId, runId, associations }: Night,
  batchOf: { kind: SubjectKind; at: Temporal.Instant; about: readonly AboutCustomer[] },
): Promise<void> {
  const { kind, at, about } = batchOf;
  const answers = await answerAll(
    tx,
    crypto,
    about.map((one) => one.prepared),
  );
  const looked = about.flatMap(({ customerId, associationIds, prepared }, place): Looked[] => {
    const answer = answers[place];
    const { question } = prepared;
    return answer === undefined ? [] : [{ customerId, question, associationIds, answer }];
  });
  const found = looked.flatMap((one): Found[] =>
    hitsOfOthers(one, orgId).map((hit) => ({ customerId: one.customerId, hit })),
  );
  await raiseAlerts(tx, found, at);
  const sealer = await crypto.sealer(orgId);
  const looks = looked.map((one) => nightLook(one, orgId));
  await addNightLooks(tx, sealer, { runId, at, kind, associationIds: associations }, looks);
}

/** One batch of customers, by code and by name. */
async function screenBatch(
  rooms: ScreeningRooms,
  night: Night,
  customers: readonly PresentCustomer[],
): Promise<void> {
  const { orgId, associations } = night;
  const about: AboutCustomer[] = [];
  for (const customer of customers) {
    const { customerId } = customer;
    const prepared = await prepare(rooms, associations, questionOf(customer));
    about.push({ customerId, associationIds: associations, prepared });
  }
  await rooms.db.tenant(orgId, (tx) =>
    look(tx, rooms, night, { kind: 'COMPANY', at: now(), about }),
  );
}

/**
 * One batch of persons who have agreed to it, each asked of those alone whom the consent names;
 * where it stops is the last customer.
 */
async function screenPersons(rooms: ScreeningRooms, night: Night, after: string): Promise<string> {
  const { orgId, associations } = night;
  const at = now();
  const sealer = await rooms.crypto.sealer(orgId);
  const watches = await rooms.db.tenant(orgId, async (tx) => {
    await endWatches(tx, { before: dayAt(at).toString() }, at);
    return watchesAfter(tx, sealer, after, batch);
  });
  const about: (AboutCustomer & { recordedAt: string })[] = [];
  for (const { customerId, name, idHashes, associationIds, ...consent } of watches) {
    const { consentReference, recordedAt } = consent;
    const { asked } = coverageOf(associationIds, associations);
    if (asked.length === 0) continue;
    const person = { kind: 'PERSON', creditCode: '', idNumber: '' } as const;
    const question = { ...person, name, consentReference };
    const hashes = new Map(Object.entries(idHashes).filter(([id]) => asked.includes(id)));
    const prepared = await prepareHashed(rooms, asked, question, hashes);
    about.push({ customerId, associationIds: asked, prepared, recordedAt });
  }
  await rooms.db.tenant(orgId, async (tx) => {
    const agreed = await markScreened(tx, about, at);
    const still = about.filter(({ customerId }) => agreed.has(customerId));
    await look(tx, rooms, night, { kind: 'PERSON', at, about: still });
  });
  return watches.at(-1)?.customerId ?? '';
}

/** Receipts that have been kept long enough, some hundred per transaction. */
async function endReceipts({ db }: ScreeningRooms, orgId: string): Promise<void> {
  const at = now();
  const { nightReceiptMonths: months } = termsOn(dayAt(at));
  const before = at.toZonedDateTimeISO(associationZone).subtract({ months }).toInstant();
  for (let gone = batch; gone === batch;) {
    gone = await db.tenant(orgId, (tx) => dropNightLooks(tx, before, batch));
  }
}

/**
 * Every night all present customers, also by name; a name alone asks for a second identifier.
 * Persons among them only under the consent that is on record for it. Every batch leaves a receipt
 * of what was asked and found, and takes nothing of the quota, which is of what people ask.
 */
export function nightJob(rooms: ScreeningRooms): Job<object> {
  return {
    name: 'customers-screen',
    schedule: { cron: '30 2 * * *', zone: associationZone },
    run: async ({ id: runId, orgId, signal }) => {
      await endReceipts(rooms, orgId);
      const associations = await rooms.db.tenant(orgId, associationsOf);
      if (associations.length === 0) return;
      await rooms.names.catchUp();
      const night = { orgId, runId, associations };
      let after = firstId;
      while (after !== '') {
        signal.throwIfAborted();
        const from = after;
        const customers = await rooms.db.tenant(orgId, (tx) => customersAfter(tx, from, batch));
        if (customers.length > 0) await screenBatch(rooms, night, customers);
        after = customers.at(-1)?.customerId ?? '';
      }
      for (let done = firstId; done !== '';) {
        signal.throwIfAborted();
        done = await screenPersons(rooms, night, done);
      }
    },
  };
}
