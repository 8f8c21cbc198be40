import type { LimitationEvent } from '@recourse/proto/web/litigation/v1/limitation';
import type { Column } from '../../ui/column';
import { events } from './event-words';
import { toldNote } from './told-note';
import { t } from './words';

function noteOf(event: LimitationEvent): string {
  if (!event.struck) return toldNote(event.note);
  const reason = events.find(`strike.${event.strikeReason}`) ?? event.strikeReason;
  return t('struck', { reason });
}

/** What is said of an event that the clock did not look at. */
type Silence = (event: LimitationEvent) => string;

/** An event of a clock: what, when, how well proved, and what the clock made of it. */
export function eventColumns(silence: Silence = () => '–'): Column<LimitationEvent>[] {
  return [
    {
      id: 'kind',
      title: () => t('kind'),
      value: (e) => events.find(e.kind) ?? e.kind,
      fixed: true,
      card: 'title',
      note: noteOf,
    },
    { id: 'on', title: () => t('on'), kind: 'day', value: (e) => e.on },
    { id: 'grade', title: () => t('grade'), value: (e) => t.find(e.grade) },
    {
      id: 'effect',
      title: () => t('effect'),
      value: (e) => (e.effect === '' ? silence(e) : (t.find(`effect.${e.effect}`) ?? e.effect)),
      note: (e) => events.find(`reason.${e.reason}`) ?? e.reason,
    },
  ];
}
