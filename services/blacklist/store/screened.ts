import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { Purpose, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import type { Answer } from '../domain/screening.ts';
import { blacklistTopic } from '../topic.ts';
import type { Short } from './words.ts';

/** What is told of a look at a customer: its answer, or why nothing was asked. */
export type Screened = {
  customerId: string;
  purpose: Short<typeof Purpose>;
  at: Temporal.Instant;
  /** Of the request for credit that it was looked up for; empty when a person asked. */
  admissionId: string;
} & (
  | { lookUpId: string; answer: Pick<Answer, 'verdict' | 'hits'> }
  | { unasked: 'not_a_member' | 'query_consent_missing' | 'look_up_quota_used' }
);

/** Tells that a customer was looked up, in the name of who asked. */
export async function tellScreened(tx: Tx, screened: Screened): Promise<void> {
  const { customerId, admissionId, purpose, at } = screened;
  const isAsked = 'answer' in screened;
  const value = {
    customerId,
    admissionId,
    purpose: Purpose[purpose],
    at: at.toString(),
    lookUpId: isAsked ? screened.lookUpId : '',
    verdict: isAsked ? Verdict[screened.answer.verdict] : Verdict.UNSPECIFIED,
    hits: isAsked ? screened.answer.hits.length : 0,
    unasked: isAsked ? '' : screened.unasked,
  };
  const about = { aggregateId: customerId, at };
  await emit(tx, blacklistTopic, about, [{ $case: 'customerScreened', value }]);
}
