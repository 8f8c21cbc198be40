import { contentHash, namedUuid } from '@recourse/kit/hash.ts';
import { now } from '@recourse/kit/clock.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import type { AskedAdmission } from '../domain/asked-admission.ts';
import { type Question, tidyQuestion } from '../domain/screening.ts';
import { dayAt, termsOn } from '../rules/in-force.ts';
import { answerJson } from '../store/answers.ts';
import { takeTurns } from '../store/lock.ts';
import { addLookUp, findLookUp, quotaUsed, takeQuota } from '../store/look-ups.ts';
import { tellScreened } from '../store/screened.ts';
import {
  answerAll,
  associationsOf,
  prepare,
  type Prepared,
  type ScreeningRooms,
} from '../store/screening.ts';

/** Takes one of the day's look-ups; false when none is left. */
async function hasQuota(tx: Tx, at: Temporal.Instant): Promise<boolean> {
  const today = dayAt(at);
  const limit = termsOn(today).dailyLookUps;
  const used = await quotaUsed(tx, today.toString());
  if (used.look_up >= limit) return false;
  await takeQuota(tx, { kind: 'look_up', day: today.toString(), count: 1, limit });
  return true;
}

/** Answers with a receipt in the name of who asked for credit, and tells it. */
async function lookUp(
  tx: Tx,
  { crypto }: ScreeningRooms,
  { admissionId, customerId, actor }: AskedAdmission,
  prepared: Prepared,
): Promise<void> {
  const at = now();
  const lookUpId = namedUuid(admissionId, 'look-up');
  await takeTurns(tx, lookUpId);
  if ((await findLookUp(tx, lookUpId)) !== undefined) return;
  const about = { customerId, admissionId, purpose: 'ONBOARDING' as const, at };
  if (!(await hasQuota(tx, at))) {
    await tellScreened(tx, { ...about, unasked: 'look_up_quota_used' });
    return;
  }
  const [answer] = await answerAll(tx, crypto, [prepared]);
  if (answer === undefined) return;
  const { name, creditCode } = prepared.question;
  const row = {
    lookUpId,
    purpose: 'ONBOARDING',
    at: at.toString(),
    actor,
    kind: 'COMPANY' as const,
    customerId,
    asked: JSON.stringify({ name, creditCode }),
    answer: JSON.stringify(answerJson(answer)),
    verdict: answer.verdict,
    consentReference: '',
    contentHash: contentHash({ admissionId, name, creditCode }),
  };
  await addLookUp(tx, row, answer.hits);
  await tellScreened(tx, { ...about, lookUpId, answer });
}

function questionOf({ name, creditCode }: AskedAdmission): Question {
  const company = { kind: 'COMPANY', idNumber: '', consentReference: '' } as const;
  return tidyQuestion({ ...company, name, creditCode });
}

/** Looks a company up that credit was asked for, so that its admission can be decided. */
export function admissionJob(rooms: ScreeningRooms): Job<AskedAdmission> {
  return {
    name: 'admission-screen',
    run: async ({ orgId, data }) => {
      const associations = await rooms.db.tenant(orgId, associationsOf);
      if (associations.length === 0) {
        const { customerId, admissionId } = data;
        const about = { customerId, admissionId, purpose: 'ONBOARDING' as const, at: now() };
        await rooms.db.tenant(orgId, (tx) =>
          tellScreened(tx, { ...about, unasked: 'not_a_member' }),
        );
        return;
      }
      await rooms.names.catchUp();
      const prepared = await prepare(rooms, associations, questionOf(data));
      await rooms.db.tenant(orgId, (tx) => lookUp(tx, rooms, data, prepared));
    },
  };
}
