import type { LimitationEvent } from '@recourse/proto/web/litigation/v1/limitation';
import type { Column } from '../../ui/column';
import { formatDay } from '../../ui/format';
import { articlesIn } from '../rule-text';
import { t as asked } from './detail-words';
import { events } from './event-words';
import { toldNote } from './told-note';
import { t } from './words';

function noteOf(event: LimitationEvent): string {
  if (!event.struck) return toldNote(event.note);
  const reason = events.find(`strike.${event.strikeReason}`) ?? event.strikeReason;
  return t('struck', { reason });
}

/** Why it did what it did, and until when it lasts or gives time. */
function effectNote({ reason, details }: LimitationEvent): string {
  const until = details?.until ?? '';
  return [
    events.find(`reason.${reason}`) ?? articlesIn(reason),
    until === '' ? '' : t('untilDay', { day: formatDay(until) }),
    details?.guarantorConsented === true ? asked('guarantorConsented') : '',
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

type Said = (event: LimitationEvent) => string;

/** An event in words, by its kind. */
export function eventName({ kind }: LimitationEvent): string {
  return events.find(kind) ?? kind;
}

/**
 * An event of a clock: what, when, how well proved, and what the clock made of it. `silence` is
 * said of one that the clock did not look at.
 */
export function eventColumns(
  how: { silence?: Said; nameOf?: Said } = {},
): Column<LimitationEvent>[] {
  const { silence = () => '–', nameOf = eventName } = how;
  return [
    {
      id: 'kind',
      title: () => t('kind'),
      value: nameOf,
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
      note: effectNote,
    },
  ];
}
