import type { Caller } from '@recourse/kit/caller.ts';
import { type Day, day, dayIn, isBefore } from '@recourse/kit/day.ts';
import type { Db, How, Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { brokenConstraint } from '@recourse/kit/postgres.ts';
import { creditorZone, type Rules, rulesOn } from '../rules/in-force.ts';
import { noCase, type Sight } from '../store/cases.ts';
import type { ContactSeal } from '../store/contact-seal.ts';
import { activeGrant, holdGrant } from '../store/grants.ts';

/** What the handlers of cases work with. */
export type Rooms = { db: Db; contacts: ContactSeal };

/**
 * What a caller may look at: an agency its active placements, everybody else their own
 * organisation.
 */
export function sightOf(caller: Pick<Caller, 'orgId' | 'orgKind'>): Sight {
  return caller.orgKind === 'agency'
    ? { kind: 'agency', agencyId: caller.orgId }
    : { kind: 'creditor', orgId: caller.orgId };
}

/** What is about one case is reached by keys. */
export const keyed: How = { keyed: true };

/**
 * Runs work on one case in a transaction of its creditor. A caller of the creditor is there
 * already; an agency must hold an active grant, which is proved under its own organisation first
 * and held in the very transaction of the work. Fault: `missing` case_unknown.
 */
export async function onCase<T>(
  db: Db,
  caller: Caller,
  caseId: string,
  work: (tx: Tx, agencyId: string | undefined) => Promise<T>,
): Promise<T> {
  const { orgId } = caller;
  if (caller.orgKind !== 'agency') return db.tenant(orgId, (tx) => work(tx, undefined), keyed);
  const grant = await db.tenant(orgId, (tx) => activeGrant(tx, orgId, caseId), keyed);
  if (grant === undefined) throw noCase(caseId);
  const held = async (tx: Tx): Promise<T> => {
    if (!(await holdGrant(tx, grant.placementId, orgId))) throw noCase(caseId);
    return work(tx, orgId);
  };
  return db.tenant(grant.orgId, held, keyed);
}

/** The day it is for the creditor, and the rules of that day. */
export function dayAndRules(at: Temporal.Instant): { today: Day; rules: Rules } {
  const today = dayIn(creditorZone, at);
  return { today, rules: rulesOn(today) };
}

/** Days that figures may be asked for; beyond them the arithmetic of days is nobody's business. */
const firstDay = day('1900-01-01');
const lastDay = day('2199-12-31');

/** A day of a request; today when it names none. Fault: `invalid` day_out_of_range. */
export function dayOr(text: string, today: Day): Day {
  if (text === '') return today;
  const wanted = day(text);
  if (isBefore(wanted, firstDay) || isBefore(lastDay, wanted)) {
    const facts = { value: text, first: firstDay.toString(), last: lastDay.toString() };
    throw fault('invalid', 'day_out_of_range', facts);
  }
  return wanted;
}

/** Two things at once under one id: the second finds the key taken when it writes. */
export function takenId(thrown: unknown, constraint: string, id: string): unknown {
  if (brokenConstraint(thrown) !== constraint) return thrown;
  return fault('exists', `${constraint.replace('_pkey', '')}_exists_with_other_content`, { id });
}
