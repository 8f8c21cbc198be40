import { decimalText, type Money } from '@recourse/kit/money.ts';
import { type Deadline, deadlines } from '../../services/litigation/domain/law/deadline.ts';
import type { ProcedureEvent } from '../../services/litigation/domain/law/deadline-event.ts';
import {
  type Procedure,
  procedureEventKinds,
} from '../../services/litigation/domain/law/deadline-rule.ts';
import {
  type LimitationClock,
  limitation,
} from '../../services/litigation/domain/law/limitation.ts';
import type { LimitationEvent } from '../../services/litigation/domain/law/limitation-event.ts';
import {
  limitationEventKinds,
  proofs,
  suitOutcomes,
} from '../../services/litigation/domain/law/limitation-rule.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../../services/litigation/rules/law/law.ts';
import { checkFields, type Fields, oneOf } from './records.ts';
import { dayOf, flagOf, wholeOf } from './values.ts';
import { table } from './words.ts';

const limitationFields = [
  'id',
  'kind',
  'on',
  'proof',
  'until',
  'outcome',
  'servedOn',
  'restWaived',
  'performBy',
  'note',
];

/** The fields that have a value; the others are left out, not undefined. */
function given<F extends object>(fields: F): { [K in keyof F]?: Exclude<F[K], undefined> } {
  const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs) as { [K in keyof F]?: Exclude<F[K], undefined> };
}

/** An event of the limitation clock from a row of a file; `proof` is `proven` when left out. */
export function limitationEvent(fields: Fields, at: number): LimitationEvent {
  checkFields(fields, limitationFields, at);
  const field = (name: string) => `/events/${at}/${name}`;
  const { id, kind, on, proof, until, outcome, servedOn, restWaived, performBy } = fields;
  return {
    id: id ?? `${kind ?? ''} ${on ?? ''} (${at + 1})`,
    kind: oneOf(limitationEventKinds, kind, field('kind')),
    on: dayOf(on ?? '', field('on')),
    proof: oneOf(proofs, proof ?? 'proven', field('proof')),
    ...(flagOf(restWaived, field('restWaived')) ? { restWaived: true } : {}),
    ...given({
      until: until && dayOf(until, field('until')),
      servedOn: servedOn && dayOf(servedOn, field('servedOn')),
      performBy: performBy && dayOf(performBy, field('performBy')),
      outcome: outcome === undefined ? outcome : oneOf(suitOutcomes, outcome, field('outcome')),
    }),
  };
}

export function limitationOf(
  events: readonly LimitationEvent[],
  about: { today: string; amount?: Money; debtorMissing?: boolean },
): LimitationClock {
  return limitation({ events, ...about }, prcCalendar(), law);
}

export function limitationText(made: LimitationClock): string {
  const act = made.cheapestNextAct;
  const last = made.lastInterruption;
  return [
    `${made.state}${made.expiresOn === undefined ? '' : `, ends ${made.expiresOn}`}`,
    made.daysLeft === undefined ? '' : ` (${made.daysLeft} days left)`,
    made.provisional ? ' provisional: the holiday table ends before' : '',
    `\nconfidence ${made.confidence}; on proven events alone ${made.expiresOnProvenOnly ?? '–'}, `,
    `if all hold ${made.expiresOnIfAllHold ?? '–'}, 20 years ${made.absoluteEndOn ?? '–'}\n`,
    last === undefined
      ? ''
      : `last interruption ${last.kind} ${last.on}, runs from ${last.restartsOn ?? 'its end'}\n`,
    table(made.effects.map(({ on, kind, effect, reason }) => [on, kind, effect, reason])),
    ...made.alarms.map(
      ({ daysBefore, on, state }) => `alarm ${daysBefore} days: ${on} (${state})\n`,
    ),
    act === undefined
      ? ''
      : `next: ${act.en} by ${act.by}${
          act.cost === undefined ? '' : `, about ${decimalText(act.cost)} CNY`
        } (${act.why})\n`,
    ...made.rules.map(({ source, grade }) => `source: ${source} [${grade}]\n`),
  ].join('');
}

const procedureFields = [
  'id',
  'kind',
  'on',
  'at',
  'party',
  'replaces',
  'days',
  'until',
  'deadline',
  'note',
];

export function procedureEvent(fields: Fields, index: number): ProcedureEvent {
  checkFields(fields, procedureFields, index);
  const field = (name: string) => `/events/${index}/${name}`;
  const { id, kind, on, at, party, replaces, days, until, deadline } = fields;
  return {
    id: id ?? `${kind ?? ''} ${on ?? ''} (${index + 1})`,
    kind: oneOf(procedureEventKinds, kind, field('kind')),
    on: dayOf(on ?? '', field('on')),
    ...given({
      at,
      replaces,
      until: until && dayOf(until, field('until')),
      deadline,
      party: party === undefined ? party : oneOf(['us', 'opponent'], party, field('party')),
      days: days === undefined ? days : wholeOf(days, field('days')),
    }),
  };
}

export function deadlinesOf(procedure: Procedure, events: readonly ProcedureEvent[]): Deadline[] {
  return deadlines(procedure, events, prcCalendar(), law);
}

export function deadlinesText(made: readonly Deadline[]): string {
  if (made.length === 0) return 'no deadline runs from these events\n';
  return table(
    made.map((one) => [
      one.dueAt ?? one.dueOn,
      one.deadline,
      one.boundParty,
      one.moved ? `moved from ${one.countedEnd}` : '',
      [
        one.fatal ? 'fatal' : '',
        one.provisional ? 'provisional' : '',
        one.metBy === undefined ? '' : one.metLate === true ? 'met late' : 'met',
      ]
        .filter((word) => word !== '')
        .join(', '),
      `${one.act.en}; else: ${one.rightLost.en}`,
      one.rule.source,
    ]),
  );
}
