import { type Case, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import type { Stage } from './stage.ts';

/** Open cases of a creditor as one of its people sees them, longest overdue first. */
export async function longestOverdue(stage: Stage, user: string): Promise<Case[]> {
  const anything = { tiers: [], overdueClasses: [], handlings: [], agencyId: '', assigneeId: '' };
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
