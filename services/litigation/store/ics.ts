import ical from 'ical-generator';
import type { Deadline, Hearing } from '@recourse/proto/litigation/v1/deadlines.ts';
import { type CalendarEntries, calendarMost } from './deadlines.ts';
import type { Feed, Language } from './feeds.ts';

/** A hearing's length is not known before; calendars want one. */
const hearingHours = 2;

/** What calendars say besides the rules' own words. */
type Words = {
  calendar: string;
  /** As RFC 5545 names the language of who made the calendar. */
  product: string;
  unconfirmed: string;
  rightLost: (right: string) => string;
  more: string;
  hearing: string;
  hearings: Readonly<Record<string, string>>;
};

const words: Readonly<Record<Language, Words>> = {
  'zh-CN': {
    calendar: '诉讼期限',
    product: 'ZH',
    unconfirmed: '【未复核】',
    rightLost: (right) => `逾期后果：${right}`,
    more: `期限与开庭各只列最近的 ${calendarMost} 项`,
    hearing: '开庭',
    hearings: {
      evidence_exchange: '证据交换',
      mediation: '调解',
      enforcement: '执行谈话',
    },
  },
  en: {
    calendar: 'Litigation deadlines',
    product: 'EN',
    unconfirmed: '[unconfirmed] ',
    rightLost: (right) => `If missed: ${right}`,
    more: `Only the nearest ${calendarMost} deadlines and as many hearings are listed`,
    hearing: 'Hearing',
    hearings: {
      evidence_exchange: 'Exchange of evidence',
      mediation: 'Mediation',
      enforcement: 'Enforcement talk',
    },
  },
};

/** The text of rule data in the feed's language; the other one when this one is empty. */
function inLanguage(language: Language, zh: string, en: string): string {
  return language === 'en' ? en || zh : zh || en;
}

function deadlineEntry(one: Deadline, language: Language) {
  const { unconfirmed, rightLost } = words[language];
  const check = one.fatal && one.confirmedBy === undefined ? unconfirmed : '';
  const title = inLanguage(language, one.titleZh, one.titleEn);
  const right = inLanguage(language, one.rightLostZh, one.rightLostEn);
  return {
    id: one.deadlineId,
    start: one.dueDay,
    allDay: true,
    sequence: one.recomputed,
    summary: `${check}${title} · ${one.matterNumber} ${one.debtorName}`,
    description: right === '' ? '' : rightLost(right),
  };
}

function hearingEntry(one: Hearing, language: Language) {
  const { hearing, hearings } = words[language];
  const start = one.at ?? '';
  const end = Temporal.Instant.from(start).add({ hours: hearingHours }).toString();
  return {
    id: one.hearingId,
    start,
    end,
    sequence: one.postponed,
    location: one.place,
    summary: `${hearings[one.kind] ?? hearing} · ${one.matterNumber} ${one.debtorName}`,
    description: one.judge,
  };
}

/**
 * Deadlines as whole days and hearings with their times, as iCalendar text (RFC 5545) in the feed's
 * language. No zone is named: with one the library writes the hours of the machine it runs on,
 * without it those of UTC.
 */
export function calendarText(
  { name, language }: Pick<Feed, 'name' | 'language'>,
  { deadlines, hearings, more }: CalendarEntries,
): string {
  const spoken = words[language];
  const calendar = ical({
    name: name === '' ? spoken.calendar : name,
    prodId: { company: 'Recourse', product: 'Litigation', language: spoken.product },
    ...(more ? { description: spoken.more } : {}),
  });
  for (const one of deadlines) calendar.createEvent(deadlineEntry(one, language));
  for (const one of hearings) {
    if (one.at !== undefined) calendar.createEvent(hearingEntry(one, language));
  }
  return calendar.toString();
}
