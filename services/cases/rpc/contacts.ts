import { actorOf } from '@recourse/kit/caller.ts';
import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  Attitude,
  Channel,
  type CheckContactRequest,
  type CheckContactResponse,
  type Contact,
  ContactResult,
  Excuse,
  Party,
  type RecordContactRequest,
  type RecordContactResponse,
  type WorkServiceServer,
} from '@recourse/proto/cases/v1/work.ts';
import { type Attempt, checkLogged, permit } from '../domain/contact.ts';
import { audienceOf, type CaseRow, getCase, lockCase } from '../store/cases.ts';
import { addContact, contactCounts, type ContactRow, findContact } from '../store/contacts.ts';
import { note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { allowanceOf } from './allowance.ts';
import { contacted, verdictMessage, verdictRow } from './contacted.ts';
import { dayAndRules, onCase, type Rooms, takenId } from './rooms.ts';
import { wordOf } from './words.ts';

function attemptOf(
  request: { channel: Channel; party: Party },
  at: Temporal.Instant,
  text: string,
  companion: string | undefined,
): Attempt {
  const channel = wordOf(Channel, request.channel);
  const party = wordOf(Party, request.party);
  if (channel === undefined || channel === 'UNSPECIFIED') throw fault('invalid', 'channel_missing');
  return {
    channel,
    party: party === undefined || party === 'UNSPECIFIED' ? 'DEBTOR' : party,
    at,
    text,
    companion,
  };
}

/** What the governor says at this moment, with how many contacts of both days are used. */
async function judge(tx: Tx, row: CaseRow, attempt: Attempt, call: Call) {
  const { conduct } = dayAndRules(attempt.at).rules;
  const days = { that: dayIn(row.timeZone, attempt.at), today: dayIn(row.timeZone, call.at) };
  const counts = await contactCounts(tx, row.debtorId, days);
  const verdict = permit(attempt, { zone: row.timeZone, ...counts }, conduct);
  const isToday = days.that.equals(days.today);
  const used = counts.usedToday;
  return {
    verdict,
    day: days.that,
    used,
    usedAfter: used + (verdict.permitted && isToday ? 1 : 0),
  };
}

function contactMessage(row: ContactRow): Contact {
  const { contactId, caseId, note: text, happenedAt, actor } = row;
  return {
    contactId,
    caseId,
    happenedAt,
    actor,
    note: text,
    channel: Channel[row.channel],
    party: Party[row.party],
    result: ContactResult[row.result],
    attitude: Attitude[row.attitude],
    excuse: Excuse[row.excuse],
    verdict: verdictMessage(row.verdict),
  };
}

async function check(
  tx: Tx,
  request: CheckContactRequest,
  call: Call,
): Promise<CheckContactResponse> {
  const at = request.at === undefined ? call.at : Temporal.Instant.from(request.at);
  const row = await getCase(tx, { kind: 'creditor', orgId: tx.orgId }, request.caseId);
  const judged = await judge(tx, row, attemptOf(request, at, request.text, undefined), call);
  return {
    verdict: verdictMessage(verdictRow(judged.verdict)),
    allowance: allowanceOf(row, judged.used, call.at),
  };
}

/**
 * The debtor's row is locked first, so that contacts made at once are counted one after the other.
 */
async function record(
  tx: Tx,
  request: RecordContactRequest,
  call: Call,
  { agencyId, refused }: { agencyId: string | undefined; refused: (rule: string) => void },
): Promise<RecordContactResponse> {
  const { caseId, contactId, happenedAt } = request;
  const hash = contentHash(request);
  const before = await lockCase(tx, caseId, { debtorToo: true });
  const known = await findContact(tx, contactId);
  if (known !== undefined) return repeated(tx, before, known, hash, call);
  const at = happenedAt === undefined ? call.at : Temporal.Instant.from(happenedAt);
  checkLogged(before, at, call.at, dayAndRules(call.at).rules.work.value);
  const attempt = attemptOf(request, at, request.note, request.companion);
  const { verdict, day, usedAfter } = await judge(tx, before, attempt, call);
  const contact: ContactRow = {
    contactId,
    caseId,
    channel: attempt.channel,
    party: attempt.party,
    result: wordOf(ContactResult, request.result) ?? 'UNSPECIFIED',
    attitude: wordOf(Attitude, request.attitude) ?? 'UNSPECIFIED',
    excuse: wordOf(Excuse, request.excuse) ?? 'UNSPECIFIED',
    note: request.note,
    happenedAt: at.toString(),
    actor: actorOf(call.caller),
    verdict: verdictRow(verdict),
    contentHash: hash,
  };
  await addContact(tx, {
    ...contact,
    agencyId,
    debtorId: before.debtorId,
    companion: request.companion,
    contactDay: day,
    recordedAt: call.at,
  });
  if (verdict.permitted) await contacted(tx, before, contact, call);
  else tx.afterCommit(() => refused(verdict.rule));
  await tell(tx, before, contact, agencyId, call);
  return { contact: contactMessage(contact), allowance: allowanceOf(before, usedAfter, call.at) };
}

async function repeated(
  tx: Tx,
  row: CaseRow,
  known: ContactRow,
  hash: string,
  call: Call,
): Promise<RecordContactResponse> {
  if (known.contentHash !== hash) {
    throw fault('exists', 'contact_exists_with_other_content', { contactId: known.contactId });
  }
  const today = dayIn(row.timeZone, call.at);
  const { usedToday } = await contactCounts(tx, row.debtorId, { that: today, today });
  return { contact: contactMessage(known), allowance: allowanceOf(row, usedToday, call.at) };
}

async function tell(
  tx: Tx,
  row: CaseRow,
  contact: ContactRow,
  agencyId: string | undefined,
  call: Call,
): Promise<void> {
  const { caseId, contactId, channel, result, party, attitude, excuse, verdict, happenedAt } =
    contact;
  const actor = contact.actor;
  const what = verdict.permitted ? 'contact_logged' : 'contact_refused';
  const facts = {
    contact_id: contactId,
    channel,
    party,
    result,
    attitude,
    excuse,
    rule: verdict.rule,
    happened_at: happenedAt,
    ...(verdict.phrase === '' ? {} : { phrase: verdict.phrase }),
  };
  // When it happened, not when it was written down: an agency logs a visit on the way back.
  const happened = Temporal.Instant.from(happenedAt);
  await note(tx, happened, [{ caseId, kind: 'contact', what, actor, text: contact.note, facts }]);
  const about = { aggregateId: caseId, at: call.at, audience: audienceOf(row), actor };
  const value = {
    caseId,
    contactId,
    channel,
    result,
    happenedAt,
    debtorId: row.debtorId,
    refused: !verdict.permitted,
    agencyId: agencyId ?? '',
    party,
  };
  await emit(tx, casesTopic, about, [{ $case: 'contactLogged', value }]);
}

/**
 * Contacts and their governor. Faults: `missing` case_unknown; `exists`
 * contact_exists_with_other_content; `refused` case_closed, contact_in_future, contact_too_old. A
 * refusal by the governor is no fault: it is logged, answered as a verdict, and told to `refused`
 * by its rule.
 */
export function contactHandlers(
  { db }: Pick<Rooms, 'db'>,
  refused: (rule: string) => void,
): Pick<Handlers<WorkServiceServer>, 'checkContact' | 'recordContact'> {
  return {
    checkContact: (request, call) =>
      onCase(db, call.caller, request.caseId, (tx) => check(tx, request, call)),

    recordContact: async (request, call) => {
      try {
        return await onCase(db, call.caller, request.caseId, (tx, agencyId) =>
          record(tx, request, call, { agencyId, refused }),
        );
      } catch (thrown) {
        throw takenId(thrown, 'contact_pkey', request.contactId);
      }
    },
  };
}
