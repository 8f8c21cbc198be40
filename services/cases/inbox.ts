import type { Bus } from '@recourse/kit/bus.ts';
import { isTimeZone } from '@recourse/kit/check.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Envelope, EventOf } from '@recourse/kit/events.ts';
import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import type { AgenciesEvent } from '@recourse/proto/agencies/v1/events.ts';
import type { RatingChanged } from '@recourse/proto/credit/v1/events.ts';
import { type Grant, type GrantState, handledBy, movedOn } from './domain/grant.ts';
import { matterMoney } from './matter-money.ts';
import { lockCase } from './store/cases.ts';
import { keepGrade, keepToldDebtor } from './store/debtors.ts';
import { lockGrants, saveGrant, saveHandled } from './store/grants.ts';
import { refreshCases, refreshNext } from './store/refresh.ts';
import { note } from './store/timeline.ts';
import { agenciesTopic, creditTopic } from './topic.ts';

type Told = {
  placementId: string;
  caseId: string;
  agencyId: string;
  agencyName: string;
  state: GrantState;
  what: string;
  at: string | undefined;
  reason: string;
};

/** What an event of agencies says of a placement; undefined for those about anything else. */
function toldOf(event: EventOf<AgenciesEvent>): Told | undefined {
  switch (event.$case) {
    case 'placementOffered':
      return {
        ...event.value,
        state: 'OFFERED',
        what: 'placement_offered',
        at: event.value.placedAt,
        reason: '',
      };
    case 'placementAccepted':
      return {
        ...event.value,
        state: 'ACTIVE',
        what: 'placement_accepted',
        at: event.value.acceptedAt,
        reason: '',
      };
    case 'placementDeclined':
      return {
        ...event.value,
        state: 'DECLINED',
        what: 'placement_declined',
        at: event.value.declinedAt,
      };
    case 'placementRecalled':
      return {
        ...event.value,
        state: 'RECALLED',
        what: 'placement_recalled',
        at: event.value.recalledAt,
      };
    case 'placementCompleted':
      return {
        ...event.value,
        state: 'COMPLETED',
        what: 'placement_completed',
        at: event.value.completedAt,
        reason: '',
      };
    case 'placementResumed': {
      const { acceptedAt } = event.value;
      const state = acceptedAt === undefined ? 'OFFERED' : 'ACTIVE';
      return { ...event.value, state, what: 'placement_resumed', at: acceptedAt, reason: '' };
    }
    default:
      return undefined;
  }
}

/**
 * Opens or closes a case to an agency. The event is the creditor's (agencies writes in its
 * organisation), so grant and case are changed in one transaction of the creditor; grants are
 * locked before the case, as work of agencies does.
 */
async function grantTold(tx: Tx, told: Told, envelope: Envelope): Promise<void> {
  const { placementId, caseId, agencyId, agencyName } = told;
  const grants = await lockGrants(tx, caseId);
  const row = await lockCase(tx, caseId);
  const before = grants.find((one) => one.placementId === placementId);
  const version = BigInt(envelope.version);
  const moved = movedOn(before, { state: told.state, version });
  const grant: Grant = { placementId, agencyId, agencyName, ...moved };
  const { debtorId, currency, openMinor } = row;
  const at = told.at ?? envelope.at.toString();
  await saveGrant(tx, { ...grant, caseId, debtorId, currency, openMinor, at }, told.state);
  const others = grants.filter((one) => one.placementId !== placementId);
  const handled = handledBy([grant, ...others]);
  await saveHandled(tx, caseId, handled);
  const wasPlaced = row.handling === 'PLACED';
  if (row.state === 'OPEN' && wasPlaced !== (handled.handling === 'PLACED')) {
    await refreshNext(tx, { ...row, handling: handled.handling }, envelope.at);
  }
  await note(tx, Temporal.Instant.from(at), [
    {
      caseId,
      kind: 'placement',
      what: told.what,
      actor: envelope.actor,
      text: told.reason,
      facts: { placement_id: placementId, agency_id: agencyId, agency_name: agencyName },
    },
  ]);
}

/**
 * Placements of agencies become grants; the result is the same in any order of arrival. Only now is
 * the case what agencies told before, so both sides' open lists are told again.
 */
function placements(bus: Pick<Bus, 'live'>): Consumer {
  return consume({
    name: 'cases',
    topic: agenciesTopic,
    handles: [
      'placementOffered',
      'placementAccepted',
      'placementDeclined',
      'placementRecalled',
      'placementCompleted',
      'placementResumed',
    ],
    handle: async (tx, event, envelope) => {
      const told = toldOf(event);
      if (told === undefined) return;
      await grantTold(tx, told, envelope);
      const changed = { noun: 'case', id: told.caseId, change: told.state.toLowerCase() };
      tx.afterCommit(() => bus.live([tx.orgId, told.agencyId], changed));
    },
  });
}

/** A customer's grade ranks its cases; they are ranked again when it is another. */
async function graded(
  tx: Tx,
  { customerId, grade }: RatingChanged,
  { version, at }: Envelope,
): Promise<void> {
  const word = grade.replace('GRADE_', '');
  const isNew = await keepGrade(tx, { debtorId: customerId, grade: word, version });
  if (isNew) await refreshCases(tx, { debtorIds: [customerId] }, at);
}

/**
 * Names, regions and zones of debtors follow the customers of credit, and so does their grade; only
 * newer versions count.
 */
function customers(): Consumer {
  return consume({
    name: 'cases',
    topic: creditTopic,
    handles: ['customerChanged', 'ratingChanged'],
    handle: async (tx, event, envelope) => {
      if (event.$case === 'ratingChanged') return graded(tx, event.value, envelope);
      if (event.$case !== 'customerChanged') return;
      const { version } = envelope;
      const { customerId, timeZone, name, region, industry, creditCode } = event.value;
      const known = isTimeZone(timeZone) ? timeZone : '';
      const told = { name, region, industry, creditCode, version, timeZone: known };
      await keepToldDebtor(tx, { debtorId: customerId, ...told });
    },
  });
}

export function casesInbox(bus: Pick<Bus, 'live'>): Consumer[] {
  return [placements(bus), customers(), matterMoney()];
}
