import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import type { BlacklistEvent, CustomerScreened } from '@recourse/proto/blacklist/v1/events.ts';
import { Purpose, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import type { RatingCause } from '@recourse/proto/credit/v1/ratings.ts';
import type { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import { withLookUp } from './domain/admission.ts';
import { defaultTimeZone } from './domain/customer.ts';
import { rateCustomers } from './rerating.ts';
import { saveAdmission, waitingFor } from './store/admissions.ts';
import { tellFlag } from './store/credit-files.ts';
import { blacklistTopic, litigationTopic } from './topic.ts';

type Flag = Omit<Parameters<typeof tellFlag>[1], 'since' | 'at'>;

/** Keeps what was said and rates the customer anew. */
async function hear(
  tx: Tx,
  flags: readonly Flag[],
  cause: RatingCause,
  at: Temporal.Instant,
): Promise<void> {
  const since = dayIn(defaultTimeZone, at).toString();
  for (const flag of flags) await tellFlag(tx, { ...flag, since, at });
  const customerIds = [...new Set(flags.map((flag) => flag.customerId))];
  await rateCustomers(
    tx,
    customerIds.map((customerId) => ({ customerId, cause })),
    { at },
  );
}

/** A listing that others reported, for as long as it hits a present customer. */
function listed(event: NonNullable<BlacklistEvent['event']>): Flag[] {
  if (event.$case !== 'customerHit' && event.$case !== 'customerCleared') return [];
  const { customerId, alertId: subjectId } = event.value;
  const gone = event.$case === 'customerCleared';
  return [{ source: 'blacklist', subjectId, customerId, code: 'blacklist', gone }];
}

const verdicts: Partial<Record<Verdict, string>> = {
  [Verdict.CLEAR]: 'clear',
  [Verdict.POSSIBLE]: 'possible',
  [Verdict.LISTED]: 'listed',
};

/** Purposes for which a look-up may serve whether to sell on account. */
const ofAdmission: ReadonlySet<Purpose> = new Set([Purpose.ONBOARDING, Purpose.CREDIT_REVIEW]);

/** Requests to sell to the customer that were asked by then know what the blacklist said. */
async function hearLookUp(tx: Tx, said: CustomerScreened, toldAt: Temporal.Instant) {
  if (!ofAdmission.has(said.purpose)) return;
  const { lookUpId, hits, unasked } = said;
  const at = said.at === undefined ? toldAt : Temporal.Instant.from(said.at);
  const verdict = verdicts[said.verdict] ?? '';
  const lookUp = { lookUpId, verdict, hits, at: at.toString(), unasked };
  for (const before of await waitingFor(tx, said, at)) {
    const after = withLookUp(before, lookUp);
    if (after !== before) await saveAdmission(tx, after);
  }
}

/**
 * A matter is a lawsuit while it is open. A judgment that gives us anything makes the customer a
 * court's debtor until the matter ends, and beyond that when it ended for want of assets (终本): the
 * debt stays enforceable (民诉法解释 517, legal.md 2.4).
 */
function sued(event: NonNullable<LitigationEvent['event']>): Flag[] {
  switch (event.$case) {
    case 'matterOpened': {
      const { matterId: subjectId, debtorId: customerId } = event.value;
      return [{ source: 'matter', subjectId, customerId, code: 'lawsuit', gone: false }];
    }
    case 'judgmentRecorded': {
      const { matterId: subjectId, debtorId: customerId, principal } = event.value;
      const gone = (principal?.minor ?? 0n) <= 0n;
      return [{ source: 'judgment', subjectId, customerId, code: 'court_debtor', gone }];
    }
    case 'matterClosed': {
      const { matterId: subjectId, debtorId: customerId, outcome } = event.value;
      const ended = { subjectId, customerId, gone: true };
      const suit = { ...ended, source: 'matter', code: 'lawsuit' };
      if (outcome === 'MATTER_OUTCOME_NO_ASSETS') return [suit];
      return [suit, { ...ended, source: 'judgment', code: 'court_debtor' }];
    }
    default:
      return [];
  }
}

/**
 * What blacklist and litigation say of customers stands in their files as flags. The newest word on
 * a listing or a matter counts, so the order of arrival makes no difference.
 */
export function outsideInboxes(): Consumer[] {
  return [
    consume({
      name: 'credit',
      topic: blacklistTopic,
      handles: ['customerHit', 'customerCleared', 'customerScreened'],
      handle: (tx, event, { at }) =>
        event.$case === 'customerScreened'
          ? hearLookUp(tx, event.value, at)
          : hear(tx, listed(event), 'RATING_CAUSE_BLACKLIST', at),
    }),
    consume({
      name: 'credit',
      topic: litigationTopic,
      handles: ['matterOpened', 'judgmentRecorded', 'matterClosed'],
      handle: (tx, event, { at }) => hear(tx, sued(event), 'RATING_CAUSE_LITIGATION', at),
    }),
  ];
}
