import ical from 'ical-generator';
import type { Deadline, Hearing } from '@recourse/proto/litigation/v1/deadlines.ts';
import { type CalendarEntries, calendarMost } from './deadlines.ts';

/** A hearing's length is not known before; calendars want one. */
const hearingHours = 2;

function deadlineEntry(one: Deadline) {
  const check = one.fatal && one.confirmedBy === undefined ? '【未复核】' : '';
  return {
    id: one.deadlineId,
    start: one.dueDay,
    allDay: true,
    sequence: one.recomputed,
    summary: `${check}${one.titleZh} · ${one.matterNumber} ${one.debtorName}`,
    description: one.rightLostZh === '' ? '' : `逾期后果：${one.rightLostZh}`,
  };
}

function hearingEntry(one: Hearing) {
  const start = one.at ?? '';
  const end = Temporal.Instant.from(start).add({ hours: hearingHours }).toString();
  return {
    id: one.hearingId,
    start,
    end,
    sequence: one.postponed,
    location: one.place,
    summary: `开庭 · ${one.matterNumber} ${one.debtorName}`,
    description: one.judge,
  };
}

/**
 * Deadlines as whole days and hearings with their times, as iCalendar text (RFC 5545). No zone is
 * named: with one the library writes the hours of the machine it runs on, without it those of UTC.
 */
export function calendarText(name: string, { deadlines, hearings, more }: CalendarEntries): string {
  const calendar = ical({
    name: name === '' ? '诉讼期限' : name,
    prodId: { company: 'Recourse', product: 'Litigation', language: 'ZH' },
    ...(more ? { description: `期限与开庭各只列最近的 ${calendarMost} 项` } : {}),
  });
  for (const one of deadlines) calendar.createEvent(deadlineEntry(one));
  for (const one of hearings) {
    if (one.at !== undefined) calendar.createEvent(hearingEntry(one));
  }
  return calendar.toString();
}
