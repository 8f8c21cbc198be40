import type { Caller } from '@recourse/kit/caller.ts';
import { type Day, day, daysBetween } from '@recourse/kit/day.ts';
import type { Money } from '@recourse/kit/money.ts';
import {
  type Case,
  CaseOutcome,
  CaseStage,
  CaseState,
  type ContactAllowance,
  type DebtorContact,
  Handling,
  PriorityTier,
} from '@recourse/proto/cases/v1/cases.ts';
import { OverdueClass } from '@recourse/proto/cases/v1/receivables.ts';
import { classOf } from '../domain/aging.ts';
import type { Rules } from '../rules/in-force.ts';
import type { CaseRow } from '../store/cases.ts';
import type { ContactPerson } from '../store/contact-seal.ts';

type More = { contacts?: DebtorContact[]; allowance?: ContactAllowance; credits?: Money[] };

/** A case as callers see it; people, allowance and credit only where one case is asked for. */
export function caseMessage(row: CaseRow, today: Day, rules: Rules, more: More = {}): Case {
  const { currency } = row;
  const daysOverdue = daysBetween(day(row.oldestDueDate), today);
  return {
    caseId: row.caseId,
    number: row.number,
    orgId: row.orgId,
    orgName: row.orgName,
    debtorId: row.debtorId,
    debtorName: row.debtorName,
    customerNumber: row.customerNumber,
    region: row.region,
    industry: row.industry,
    state: CaseState[row.state],
    stage: CaseStage[row.stage],
    outcome: CaseOutcome[row.outcome ?? 'UNSPECIFIED'],
    tier: PriorityTier[row.tier],
    tierWhy: row.tierWhy,
    handling: Handling[row.handling],
    placementId: row.placementId ?? '',
    agencyId: row.agencyId ?? '',
    agencyName: row.agencyName,
    open: { currency, minor: row.openMinor },
    overdue: { currency, minor: row.overdueMinor },
    recovered: { currency, minor: row.recoveredMinor },
    daysOverdue,
    overdueClass: OverdueClass[classOf(daysOverdue, rules.overdueClasses.value)],
    receivableCount: row.receivableCount,
    assigneeId: row.assigneeId ?? '',
    assigneeName: row.assigneeName,
    nextAction:
      row.nextWhy === null
        ? undefined
        : { step: row.nextStep, dueDay: row.nextDay, why: row.nextWhy },
    lastContactAt: row.lastContactAt === '-infinity' ? undefined : row.lastContactAt,
    openedAt: row.openedAt,
    closedAt: row.closedAt ?? undefined,
    debtorTimeZone: row.timeZone,
    contacts: more.contacts ?? [],
    allowance: more.allowance,
    version: row.version,
    credits: more.credits ?? [],
  };
}

/** Those who speak with debtors; everybody else sees that there is a number, not which. */
const talkingRoles = [
  'collector',
  'supervisor',
  'director',
  'general_manager',
  'legal_officer',
  'credit_manager',
  'agency_agent',
  'agency_manager',
];

export function contactMessages(
  people: readonly ContactPerson[],
  caller: Pick<Caller, 'roles'>,
): DebtorContact[] {
  if (caller.roles.some((role) => talkingRoles.includes(role))) return [...people];
  return people.map((person) => ({
    ...person,
    phone: masked(person.phone),
    email: masked(person.email),
    address: '',
  }));
}

/** `138****8000`, `wan****a.cn`: enough to tell two apart. */
function masked(text: string): string {
  if (text === '') return '';
  if (text.length < 8) return '****';
  return `${text.slice(0, 3)}****${text.slice(-4)}`;
}
