import { addDays, weekStart } from '@recourse/kit/day.ts';
import type { Bus } from '@recourse/kit/bus.ts';
import { now } from '@recourse/kit/clock.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import { expiredLicences, licencesToRemind } from './domain/agency.ts';
import { duties, missing, punctuality } from './domain/duty.ts';
import { creditorDay, lapse } from './domain/placement.ts';
import { tally } from './domain/record.ts';
import { segmentTallies } from './domain/segment.ts';
import { creditorZone, licenceReminders, missingWeeks, ruleOn } from './domain/rules.ts';
import { passDeadline, type Tender } from './domain/tender.ts';
import { ownProfile, saveMeasured } from './store/agencies.ts';
import { bidsFor } from './store/bids.ts';
import type { MeasureData } from './store/measuring.ts';
import { outcomesOf } from './store/outcomes.ts';
import { complaintsAbout } from './store/ranking/complaints.ts';
import { saveSegments } from './store/segments.ts';
import { unansweredBefore } from './store/placements.ts';
import { handedInSince, workedSince } from './store/reports.ts';
import { savePlacements } from './store/telling.ts';
import { saveTender, tendersToClose } from './store/tenders.ts';
import { concernedAgencies } from './tender-audience.ts';
import { agenciesTopic } from './topic.ts';

/** Schedules are read by the creditor's clock. */
const zone = ruleOn(creditorZone, creditorDay(now()));

/** Offers that nobody answered in time lapse; each batch is a transaction of its own. */
function lapseOffers(db: Db): Job<object> {
  return {
    name: 'offers-lapse',
    schedule: { cron: '5 0,6,12,18 * * *', zone },
    run: async ({ orgId, signal }) => {
      for (let left = true; left && !signal.aborted;) {
        left = await db.tenant(orgId, async (tx) => {
          const at = now();
          const offers = await unansweredBefore(tx, creditorDay(at).toString());
          const changes = offers.map((before) => {
            const { state: after, events } = lapse(before, at);
            return { before, after, events };
          });
          await savePlacements(tx, changes, { at });
          return offers.length > 0;
        });
      }
    },
  };
}

/** Tenders told of in one transaction. */
const tendersAtOnce = 50;

/**
 * Tells whom it concerns, once, that a tender's deadline has passed; nothing else would, for the
 * clock closes it without anybody doing anything.
 */
function tellClosedTenders(db: Db): Job<object> {
  return {
    name: 'tenders-close',
    schedule: { cron: '*/5 * * * *', zone },
    run: async ({ orgId, signal }) => {
      for (let left = true; left && !signal.aborted;) {
        left = await db.tenant(orgId, async (tx) => {
          const at = now();
          const over = await tendersToClose(tx, at, tendersAtOnce);
          for (const tender of over) await tellClosed(tx, tender, at);
          return over.length > 0;
        });
      }
    },
  };
}

async function tellClosed(tx: Tx, tender: Tender, at: Temporal.Instant): Promise<void> {
  const bids = await bidsFor(tx, tender.tenderId);
  const { state, events } = passDeadline(tender, bids, at);
  await saveTender(tx, state);
  const audience = [tx.orgId, ...(await concernedAgencies(tx, state, bids, at))];
  await emit(tx, agenciesTopic, { aggregateId: tender.tenderId, at, audience }, events);
}

/** Tells both sides, every evening, of reports that are due and not there. */
function chaseReports(db: Db, bus: Bus): Job<object> {
  return {
    name: 'reports-chase',
    schedule: { cron: '5 18 * * *', zone },
    run: async ({ orgId }) => {
      const at = now();
      const today = creditorDay(at);
      const from = addDays(weekStart(today), -7 * ruleOn(missingWeeks, today));
      const all = { agencyId: '', creditorId: '' };
      const late = await db.tenant(orgId, async (tx) => {
        const owed = duties(await workedSince(tx, 'creditor', all, from), from, at);
        return missing(owed, await handedInSince(tx, 'creditor', from), at);
      });
      for (const { agencyId, weekStart: week } of late.filter((one) => one.late)) {
        bus.live([orgId, agencyId], {
          noun: 'report',
          id: `${agencyId} ${week}`,
          change: 'missing',
        });
      }
    },
  };
}

/** Reminds an agency of its papers on the days the rule names, and tells when one has expired. */
function remindOfLicences(db: Db, bus: Bus): Job<object> {
  return {
    name: 'licences-remind',
    schedule: { cron: '0 8 * * *', zone },
    run: async ({ orgId }) => {
      const today = creditorDay(now());
      const profile = await db.tenant(orgId, ownProfile);
      if (profile === undefined) return;
      const soon = licencesToRemind(profile, today, ruleOn(licenceReminders, today));
      const expired = expiredLicences(profile, today);
      const note = { noun: 'agency', id: orgId };
      if (expired.length > 0) bus.live([orgId], { ...note, change: 'licence_expired' });
      else if (soon.length > 0) bus.live([orgId], { ...note, change: 'licence_expiring' });
    },
  };
}

/**
 * Measures an agency's record in its own name: over all creditors, of which the sums tell nothing.
 * Every hour for each agency, and when one of its placements has ended.
 */
export function measureRecord(db: Db): Job<MeasureData> {
  return {
    name: 'record-measure',
    schedule: { cron: '15 * * * *', zone },
    run: async ({ orgId, data }) => {
      const at = now();
      const today = creditorDay(at);
      await db.tenant(data.agencyId ?? orgId, async (tx) => {
        if ((await ownProfile(tx)) === undefined) return;
        const all = { agencyId: '', creditorId: '' };
        const from = addDays(today, -366);
        const owed = duties(await workedSince(tx, 'agency', all, from), from, at);
        const reports = await handedInSince(tx, 'agency', from);
        const outcomes = await outcomesOf(tx);
        const measured = {
          tally: tally(outcomes, today),
          ...punctuality(owed, reports, at),
          ...(await complaintsAbout(tx, from)),
        };
        await saveMeasured(tx, measured, at);
        await saveSegments(tx, segmentTallies(outcomes, today));
      });
    },
  };
}

/** What the clock brings. */
export function agenciesJobs(db: Db, bus: Bus): Job<object>[] {
  return [lapseOffers(db), tellClosedTenders(db), chaseReports(db, bus), remindOfLicences(db, bus)];
}
