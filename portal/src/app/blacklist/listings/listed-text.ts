import { DisputeOutcome } from '@recourse/proto/web/blacklist/v1/listings';
import type { Dispute, ListedPartyView, Rule } from '@recourse/proto/web/blacklist/v1/listings';
import { daysBetween, formatDay, today } from '../../ui/format';
import { t } from './listed-words';
import { named } from './listing-text';

/** A clock in words: what it is of, and what it says. */
export type Clock = { name: string; text: string };

/** A figure of the listing rules as it is written there; empty while they are not read. */
export function figureOf(rules: readonly Rule[], name: string): string {
  return rules.find((rule) => rule.name === `listing.${name}`)?.value ?? '';
}

function objection(objectBy: string, noticeDays: string): string {
  if (objectBy === '') return t('notTold', { days: noticeDays });
  const days = daysBetween(today(), objectBy);
  const day = formatDay(objectBy);
  return days < 0 ? t('objectOver', { day }) : t('objectOpen', { day, days });
}

function answerClock(dispute: Dispute): Clock {
  const { kind, outcome, answerBy, answeredAt, overdue } = dispute;
  const name = t('answerOf', { kind: named(kind).toLowerCase() });
  if (outcome !== DisputeOutcome.UNSPECIFIED) {
    const day = formatDay(answeredAt === undefined ? '' : today(new Date(answeredAt)));
    return { name, text: t('answered', { day, outcome: named(outcome) }) };
  }
  return { name, text: t(overdue ? 'answerLate' : 'answerBy', { day: formatDay(answerBy) }) };
}

/** Every clock that runs for the listed party, the nearest matters first. */
export function clocksOf(view: ListedPartyView, rules: readonly Rule[]): Clock[] {
  const { entry, objectBy, disputes, protectedUntil } = view;
  const expiresOn = entry?.expiresOn ?? '';
  const years = figureOf(rules, 'defaultYears');
  const months = figureOf(rules, 'reviewMonths');
  const clocks: (Clock | undefined)[] = [
    { name: t('objectUntil'), text: objection(objectBy, figureOf(rules, 'noticeDays')) },
    ...disputes.map((one) => answerClock(one)),
    protectedUntil === ''
      ? undefined
      : { name: t('protected'), text: t('protectedUntil', { day: formatDay(protectedUntil) }) },
    expiresOn === ''
      ? undefined
      : { name: t('expires'), text: t('expiresOn', { day: formatDay(expiresOn), years }) },
    months === '' ? undefined : { name: t('review'), text: t('reviewEvery', { months }) },
  ];
  return clocks.filter((one) => one !== undefined);
}

/** How each right is exercised, as the listed party reads it. */
export function rightsOf(view: ListedPartyView, rules: readonly Rule[]): string[] {
  const association = view.entry?.associationName ?? '';
  const answer = figureOf(rules, 'answerDays');
  return view.rights.map((right) => t.find(`how.${right}`, { association, answer }) ?? right);
}
