import { randomUUIDv7 } from 'node:crypto';
import { Attitude, Channel, ContactResult, Excuse, Party } from '@recourse/proto/cases/v1/work.ts';
import { cny } from './customer.ts';
import type { Person, Stage } from './stage.ts';

/** The agency's agent reaches the debtor by telephone, who promises an amount by a day. */
export async function getPromise(
  stage: Stage,
  agency: Person,
  caseId: string,
  promise: { minor: bigint; dueDay: string },
): Promise<void> {
  const agent = await agency.as('agency_agent');
  const said = { party: Party.DEBTOR, attitude: Attitude.WILLING, excuse: Excuse.UNSPECIFIED };
  const call = { channel: Channel.CALL, result: ContactResult.REACHED, ...said };
  const contact = { caseId, contactId: randomUUIDv7(), ...call, note: '', companion: '' };
  await stage.town.work.recordContact({ ...contact, happenedAt: undefined }, agent);
  const { minor, dueDay } = promise;
  const made = { amount: cny(minor), dueDay, channel: Channel.CALL, promisedBy: '王总' };
  await stage.town.work.recordPromise({ caseId, promiseId: randomUUIDv7(), ...made }, agent);
}

/** The agency's report of a week: as it was drafted from the log, and as the creditor left it. */
export async function reportWeek(stage: Stage, agency: Person, creditor: Person, monday: string) {
  const reportId = randomUUIDv7();
  const manager = await agency.as('agency_manager');
  const week = { reportId, creditorId: creditor.orgId, weekStart: monday };
  const drafted = await stage.reports.draftReport(week, manager);
  const fresh = () => ({ expectedVersion: 0n, requestId: randomUUIDv7() });
  const words = { summary: '已约定还款', risks: '', plan: '到期跟进' };
  await stage.reports.submitReport({ reportId, ...words, ...fresh() }, manager);
  const supervisor = await creditor.as('supervisor');
  const read = await stage.reports.acknowledgeReport({ reportId, ...fresh() }, supervisor);
  return { drafted: drafted.report, read: read.report };
}
