import { type Case, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { type Stage, unlessRefused } from './stage.ts';

/** Open cases of a creditor as one of its people sees them, longest overdue first. */
export async function longestOverdue(stage: Stage, user: string): Promise<Case[]> {
  const anything = {
    tiers: [],
    stages: [],
    overdueClasses: [],
    handlings: [],
    agencyId: '',
    assigneeId: '',
  };
  const found: Case[] = [];
  let cursor = '';
  do {
    const page = { size: 200, cursor };
    const filter = { ...anything, query: '', currency: 'CNY', minOpen: undefined, dueBy: '' };
    const asked = { states: [CaseState.OPEN], ...filter, sort: 'number', page };
    const answer = await stage.cases.listCases(asked, await stage.as(user));
    found.push(...answer.cases);
    cursor = answer.page?.nextCursor ?? '';
  } while (cursor !== '');
  return found.toSorted((a, b) => b.daysOverdue - a.daysOverdue);
}

/**
 * A director gives cases that nobody works to the creditor's own people, in the order of their
 * numbers, so that every run gives the same case to the same person.
 */
export async function assignCases(
  stage: Stage,
  director: string,
  workers: readonly string[],
  files: readonly Case[],
): Promise<void> {
  const people = await Promise.all(workers.map((worker) => stage.person(worker)));
  const call = await stage.as(director);
  const free = files
    .filter((one) => one.assigneeId === '')
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
  for (const [at, { caseId, version }] of free.entries()) {
    const person = people[at % people.length];
    if (person === undefined) continue;
    const { userId: assigneeId, userName: assigneeName } = person;
    const requestId = stage.id('assign');
    const request = { caseId, assigneeId, assigneeName, expectedVersion: version, requestId };
    await unlessRefused(['case_closed', 'case_changed_meanwhile'], () =>
      stage.cases.assignCase(request, call),
    );
  }
}
