import { decimalText } from '@recourse/kit/money.ts';
import { wrongField } from '../../services/litigation/domain/law/dated.ts';
import { procedures } from '../../services/litigation/domain/law/deadline-rule.ts';
import { freeze, frozenAssets } from '../../services/litigation/domain/law/freeze.ts';
import { periodEnd } from '../../services/litigation/domain/law/period.ts';
import { lprOn, rateText } from '../../services/litigation/domain/law/rate.ts';
import { smallClaims } from '../../services/litigation/domain/law/small-claims.ts';
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
import { type Fields, oneOf, readRecords } from './records.ts';
import { amountOf, json, optional, required, shareOf, wholeOf, type Words } from './words.ts';

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

/** Events of a file, or of words `kind:on[:proof]` as vectors write them. */
function eventWords(words: readonly string[], third: string): Fields[] {
  return words.map((word) => {
    const [kind = '', on = '', more] = word.split(':');
    return { kind, on, ...(more === undefined ? {} : { [third]: more }) };
  });
}

const isFile = (words: readonly string[]) =>
  words.length === 1 && /\.(json|csv)$/i.test(words[0] ?? '');

function fee(words: Words, today: string): Answer {
  const [kind = '', amount] = words.alone;
  const made = feeOf(kind, amount, words, today);
  return { answer: decimalText(made.amount), text: feeText(made), value: made };
}

function limitationCommand(words: Words, today: string): Answer {
  const { records, rest } = isFile(words.alone)
    ? readRecords(words.alone[0] ?? '')
    : { records: eventWords(words.alone, 'proof'), rest: {} as Fields };
  if (records.length === 0) {
    throw wrongField('events', 'required', 'give a file .json or .csv, or words kind:day[:proof]');
  }
  const amount = optional(words, 'amount') ?? rest['amount'];
  const made = limitationOf(records.map(limitationEvent), {
    today: optional(words, 'today') ?? rest['today'] ?? today,
    ...(amount === undefined ? {} : { amount: amountOf(amount, '--amount') }),
    debtorMissing: (optional(words, 'missing') ?? rest['debtorMissing']) === 'true',
  });
  return { answer: made.expiresOn ?? made.state, text: limitationText(made), value: made };
}

function deadlineCommand(words: Words): Answer {
  const [name, ...rest] = words.alone;
  const procedure = oneOf(procedures, name, 'procedure');
  const records = isFile(rest) ? readRecords(rest[0] ?? '').records : eventWords(rest, 'party');
  const all = deadlinesOf(procedure, records.map(procedureEvent));
  const only = optional(words, 'deadline');
  const made = only === undefined ? all : all.filter(({ deadline }) => deadline === only);
  const answer = made.map(({ dueAt, dueOn }) => dueAt ?? dueOn).join(' ');
  return { answer, text: deadlinesText(made), value: made };
}

function freezeCommand(words: Words, today: string): Answer {
  const made = freeze(
    {
      asset: oneOf(frozenAssets, optional(words, 'asset'), 'asset'),
      frozenOn: required(words, 'on', '2026-03-02'),
      today: optional(words, 'today') ?? today,
    },
    prcCalendar(),
    law,
  );
  return plain(made.expiresOn, made);
}

function worthCommand(words: Words): Answer {
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
      'judgment principal perform-by until [--other amount] [--pay day:amount] [--stay day:day]',
    options: judgmentOptions,
    positions: ['principal', 'perform-by', 'until'],
    run: (words) => {
      const made = judgmentOf(words);
      return { answer: decimalText(made.doubled), text: judgmentText(made), value: made };
    },
  },
  limitation: {
    usage: 'limitation events.json|events.csv | kind:day[:proof] … [--today day] [--amount n]',
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
      const from = required(words, 'from', '2026-03-02');
      const made = periodEnd({ from, length, unit: oneOf(units, unit, 'unit') }, prcCalendar());
      return plain(made.endOn, made);
    },
  },
  lpr: {
    usage: 'lpr day',
    options: ['on', 'json'],
    positions: ['on'],
    run: (words) => {
      const made = lprOn(required(words, 'on', '2025-06-01'), law);
      return plain(rateText(made.rateE8), made);
    },
  },
  small_claims: {
    usage: 'small_claims province day amount [--wage n]',
    options: ['province', 'on', 'amount', 'wage', 'json'],
    positions: ['province', 'on', 'amount'],
    run: (words) => {
      const wage = optional(words, 'wage');
      const made = smallClaims(
        {
          province: required(words, 'province', 'CN-SH'),
          filedOn: required(words, 'on', '2026-03-02'),
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
