import { decimalText } from '@recourse/kit/money.ts';
import { wrongField } from '../../services/litigation/domain/law/dated.ts';
import type { ProcedureEvent } from '../../services/litigation/domain/law/deadline-event.ts';
import { type Procedure, procedures } from '../../services/litigation/domain/law/deadline-rule.ts';
import { freeze, frozenAssets } from '../../services/litigation/domain/law/freeze.ts';
import { periodEnd } from '../../services/litigation/domain/law/period.ts';
import { lprOn, rateText } from '../../services/litigation/domain/law/rate.ts';
import { provinceCode, smallClaims } from '../../services/litigation/domain/law/small-claims.ts';
import { worthIt } from '../../services/litigation/domain/law/worth.ts';
import { parseRate } from '../../services/litigation/domain/law/rate.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../../services/litigation/rules/law/law.ts';
import {
  deadlinesOf,
  deadlinesText,
  limitationEvent,
  limitationOf,
  limitationText,
  procedureEvent,
} from './clocks.ts';
import { feeOf, feeOptions, feeText } from './fees.ts';
import {
  interestOf,
  interestOptions,
  interestText,
  judgmentOf,
  judgmentOptions,
  judgmentText,
} from './interest.ts';
import { type Fields, oneOf, readRecords, type Records, withPlaces } from './records.ts';
import { amountOf, dayOf, flagOf, shareOf, wholeOf } from './values.ts';
import { json, noMore, optional, required, type Words } from './words.ts';

/** What a command found: the one figure that a vector compares, the page, the whole value. */
export type Answer = { answer: string; text: string; value: unknown };

export type Command = {
  usage: string;
  options: readonly string[];
  /** Names of options that may stand alone in this order. */
  positions?: readonly string[];
  run: (words: Words, today: string) => Answer;
};

const plain = (answer: string, value: unknown): Answer => ({
  answer,
  text: `${answer}\n${json(value)}\n`,
  value,
});

/** Events of words `kind:on[:proof]`, as vectors write them. */
function eventWords(words: readonly string[], third: string): Fields[] {
  return words.map((word, at) => {
    const [kind = '', on = '', more, ...rest] = word.split(':');
    if (rest.length > 0) {
      const repair = `write kind:day[:${third}]; what more there is goes into a file of events`;
      throw wrongField(`/events/${at}`, 'word_too_long', repair, { value: word });
    }
    return { kind, on, ...(more === undefined ? {} : { [third]: more }) };
  });
}

/** Events of one file or of words; at least one. */
function eventsOf(words: readonly string[], third: string, known: readonly string[]): Records {
  const file = words.find((word) => /\.(json|csv|tsv|txt)$/i.test(word));
  if (file !== undefined && words.length > 1) {
    throw wrongField('events', 'one_file', 'give one file, or words and no file', { file });
  }
  const made =
    file === undefined ? { records: eventWords(words, third), rest: {} } : readRecords(file, known);
  if (made.records.length > 0) return made;
  const repair = `give a file .json or .csv, or words kind:day[:${third}]`;
  throw wrongField('events', 'required', repair);
}

function fee(words: Words, today: string): Answer {
  const [kind = '', amount, ...more] = words.alone;
  noMore(more, commands['fee']?.usage ?? '');
  const made = feeOf(kind, amount, words, today);
  return { answer: decimalText(made.amount), text: feeText(made), value: made };
}

function limitationCommand(words: Words, today: string): Answer {
  const beside = ['today', 'amount', 'debtorMissing'];
  const { records, rest, places } = eventsOf(words.alone, 'proof', beside);
  const amount = optional(words, 'amount') ?? rest['amount'];
  const about = {
    today: dayOf(optional(words, 'today') ?? rest['today'] ?? today, '/today'),
    ...(amount === undefined ? {} : { amount: amountOf(amount, '--amount') }),
    debtorMissing: flagOf(optional(words, 'missing') ?? rest['debtorMissing'], '--missing'),
  };
  const made = withPlaces(places, () => limitationOf(records.map(limitationEvent), about));
  return { answer: made.expiresOn ?? made.state, text: limitationText(made), value: made };
}

/** Refuses a length of the court's where the law leaves it none to set. */
function checkDays(procedure: Procedure, { kind, days }: ProcedureEvent, at: number): void {
  if (days === undefined) return;
  const isSet = law.deadlines.some(
    ({ value }) =>
      value.from === kind && value.procedures.includes(procedure) && value.set !== undefined,
  );
  if (isSet) return;
  const repair = 'leave it out: the law itself sets the length';
  throw wrongField(`/events/${at}/days`, 'length_not_allowed', repair, { kind, days });
}

/** What can become due in a procedure. */
function deadlineNames(procedure: Procedure): string[] {
  const rules = law.deadlines.filter(({ value }) => value.procedures.includes(procedure));
  return [...new Set(rules.map(({ value }) => value.deadline))];
}

function deadlineCommand(words: Words): Answer {
  const [name, ...rest] = words.alone;
  const procedure = oneOf(procedures, name, 'procedure');
  const { records, places } = eventsOf(rest, 'party', []);
  const all = withPlaces(places, () => {
    const events = records.map(procedureEvent);
    events.forEach((one, at) => checkDays(procedure, one, at));
    return deadlinesOf(procedure, events);
  });
  const only = optional(words, 'deadline');
  if (only !== undefined) oneOf(deadlineNames(procedure), only, '--deadline');
  const made = only === undefined ? all : all.filter(({ deadline }) => deadline === only);
  const answer = made.map(({ dueAt, dueOn }) => dueAt ?? dueOn).join(' ');
  return { answer, text: deadlinesText(made), value: made };
}

function freezeCommand(words: Words, today: string): Answer {
  const made = freeze(
    {
      asset: oneOf(frozenAssets, optional(words, 'asset'), 'asset'),
      frozenOn: dayOf(required(words, 'on', '2026-03-02'), '--on'),
      today: dayOf(optional(words, 'today') ?? today, '--today'),
    },
    prcCalendar(),
    law,
  );
  return plain(made.expiresOn, made);
}

function worthCommand(words: Words): Answer {
  noMore(words.alone, commands['worth']?.usage ?? '');
  const amount = (name: string) => amountOf(required(words, name, '10000'), `--${name}`);
  const back = optional(words, 'recoverable');
  const made = worthIt({
    amount: amount('amount'),
    winBps: shareOf(required(words, 'win', '90'), '--win'),
    collectBps: shareOf(required(words, 'collect', '50'), '--collect'),
    fees: amount('fees'),
    costs: amount('costs'),
    monthsToCash: wholeOf(optional(words, 'months') ?? '12', '--months'),
    discountYearE8: parseRate(optional(words, 'discount') ?? '6', '--discount'),
    ...(back === undefined ? {} : { recoverableFees: amountOf(back, '--recoverable') }),
  });
  return plain(decimalText(made.expected), made);
}

export const commands: Readonly<Record<string, Command>> = {
  fee: {
    usage: 'fee acceptance|preservation|payment_order|enforcement|bankruptcy [amount]',
    options: feeOptions,
    run: fee,
  },
  interest: {
    usage: 'interest principal from until rate [--pay day:amount] [--lpr 1.5 | --sale 50 | …]',
    options: interestOptions,
    positions: ['principal', 'from', 'until', 'rate'],
    run: (words) => {
      const made = interestOf(words);
      return { answer: decimalText(made.accrued), text: interestText(made), value: made };
    },
  },
  judgment: {
    usage:
      'judgment principal perform-by until [--other amount] [--pay day:amount] [--stay from:until]',
    options: judgmentOptions,
    positions: ['principal', 'perform-by', 'until'],
    run: (words) => {
      const made = judgmentOf(words);
      return { answer: decimalText(made.doubled), text: judgmentText(made), value: made };
    },
  },
  limitation: {
    usage: 'limitation events.json|events.csv | kind:day[:proof] … [--today day] [--missing true]',
    options: ['today', 'amount', 'missing', 'json'],
    run: limitationCommand,
  },
  deadline: {
    usage: 'deadline procedure events.json|events.csv | kind:day[:party] … [--deadline name]',
    options: ['deadline', 'json'],
    run: deadlineCommand,
  },
  period: {
    usage: 'period from length days|working_days|months|years',
    options: ['from', 'length', 'unit', 'json'],
    positions: ['from', 'length', 'unit'],
    run: (words) => {
      const unit = optional(words, 'unit') ?? 'days';
      const units = ['days', 'working_days', 'months', 'years'] as const;
      const length = wholeOf(required(words, 'length', '15'), '--length');
      const from = dayOf(required(words, 'from', '2026-03-02'), '--from');
      const made = periodEnd({ from, length, unit: oneOf(units, unit, 'unit') }, prcCalendar());
      return plain(made.endOn, made);
    },
  },
  lpr: {
    usage: 'lpr day',
    options: ['on', 'json'],
    positions: ['on'],
    run: (words) => {
      const made = lprOn(dayOf(required(words, 'on', '2025-06-01'), '--on'), law);
      return plain(rateText(made.rateE8), made);
    },
  },
  small_claims: {
    usage: 'small_claims province day amount [--wage n]',
    options: ['province', 'on', 'amount', 'wage', 'json'],
    positions: ['province', 'on', 'amount'],
    run: (words) => {
      const wage = optional(words, 'wage');
      const province = required(words, 'province', 'CN-SH');
      const made = smallClaims(
        {
          province: provinceCode(province, law) ?? province,
          filedOn: dayOf(required(words, 'on', '2026-03-02'), '--on'),
          amount: amountOf(required(words, 'amount', '50000'), '--amount'),
          ...(wage === undefined ? {} : { wage: amountOf(wage, '--wage') }),
        },
        law,
      );
      return plain(made.state, made);
    },
  },
  freeze: {
    usage: 'freeze account|movable|real_property|other_right day [--today day]',
    options: ['asset', 'on', 'today', 'json'],
    positions: ['asset', 'on'],
    run: freezeCommand,
  },
  worth: {
    usage: 'worth --amount n --win % --collect % --fees n --costs n [--months 12] [--discount 6]',
    options: [
      'amount',
      'win',
      'collect',
      'fees',
      'costs',
      'months',
      'discount',
      'recoverable',
      'json',
    ],
    run: worthCommand,
  },
};
