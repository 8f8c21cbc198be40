import { decimalText } from '@recourse/kit/money.ts';
import type { InterestLine } from '../../services/litigation/domain/law/accrual.ts';
import { wrongField } from '../../services/litigation/domain/law/dated.ts';
import {
  interest,
  type InterestStatement,
  type Payment,
} from '../../services/litigation/domain/law/interest.ts';
import {
  judgmentInterest,
  type JudgmentStatement,
} from '../../services/litigation/domain/law/judgment-interest.ts';
import { parseRate, rateText } from '../../services/litigation/domain/law/rate.ts';
import type { RateTerm } from '../../services/litigation/domain/law/rate-term.ts';
import { law } from '../../services/litigation/rules/law/law.ts';
import { amountOf, dayOf, wholeOf } from './values.ts';
import { notWith, optional, required, table, type Words } from './words.ts';

export const interestOptions = [
  'principal',
  'costs',
  'from',
  'until',
  'rate',
  'day-rate',
  'lpr',
  'fixed',
  'sale',
  'sme',
  'contract-on',
  'sued-on',
  'cap',
  'pay',
  'json',
];

export const judgmentOptions = ['principal', 'other', 'perform-by', 'until', 'pay', 'stay', 'json'];

/** `--pay 2026-01-31:5000.00`, as often as there are payments. */
function paymentsOf(words: Words): Payment[] {
  return (words.named.get('pay') ?? []).map((text, at) => {
    const [day = '', amount, ...more] = text.split(':');
    if (amount === undefined || more.length > 0) {
      throw wrongField(`--pay[${at}]`, 'not_a_payment', 'write day:amount', { value: text });
    }
    const on = dayOf(day, `--pay[${at}]`);
    return { id: `payment ${at + 1}`, on, amount: amountOf(amount, `--pay[${at}]`) };
  });
}

function rateOf(words: Words, from: string): RateTerm {
  const year = optional(words, 'rate');
  const byDay = optional(words, 'day-rate');
  const lpr = optional(words, 'lpr');
  const sale = optional(words, 'sale');
  const sme = optional(words, 'sme');
  const given = [year, byDay, lpr, sale, sme].filter((one) => one !== undefined);
  if (given.length !== 1) {
    const repair = 'give one of --rate 6 --day-rate 0.05 --lpr 1.5 --sale 50 --sme statutory';
    throw wrongField('--rate', 'one_rate_needed', repair);
  }
  if (lpr === undefined) notWith(words, ['fixed'], 'leave it out: it fixes the day of --lpr');
  if (year !== undefined) return { kind: 'year', rateE8: parseRate(year, '--rate') };
  if (byDay !== undefined) return { kind: 'day', rateE8: parseRate(byDay, '--day-rate') };
  if (lpr !== undefined) {
    const timesBps = Number(parseRate(lpr, '--lpr') / 100n);
    const fixedOn = optional(words, 'fixed');
    return fixedOn === undefined
      ? { kind: 'lpr', timesBps, steps: 'stepped' }
      : { kind: 'lpr', timesBps, steps: 'fixed', fixedOn: dayOf(fixedOn, '--fixed') };
  }
  if (sale !== undefined) {
    return { kind: 'sale_overdue', upliftBps: wholeOf(sale, '--sale') * 100, breachOn: from };
  }
  const contractOn = contractDay(words);
  return sme === 'statutory'
    ? { kind: 'sme', contractOn }
    : { kind: 'sme', contractOn, agreedE8: parseRate(sme ?? '', '--sme') };
}

const contractDay = (words: Words) =>
  dayOf(required(words, 'contract-on', '2025-06-01'), '--contract-on');

function capOf(words: Words) {
  const cap = optional(words, 'cap');
  if (cap !== 'private_lending') {
    const repair = 'leave it out: only --cap private_lending asks for it';
    notWith(words, ['sued-on'], repair);
    if (optional(words, 'sme') === undefined) notWith(words, ['contract-on'], repair);
  }
  if (cap === undefined) return {};
  if (cap === 'licensed_lender') return { cap: { kind: cap } } as const;
  if (cap !== 'private_lending') {
    throw wrongField('--cap', 'cap_unknown', 'choose private_lending or licensed_lender');
  }
  const suedOn = optional(words, 'sued-on');
  const sued = suedOn === undefined ? {} : { suedOn: dayOf(suedOn, '--sued-on') };
  return { cap: { kind: cap, contractOn: contractDay(words), ...sued } } as const;
}

export function interestOf(words: Words): InterestStatement {
  const from = dayOf(required(words, 'from', '2025-01-01'), '--from');
  const costs = optional(words, 'costs');
  return interest(
    {
      principal: amountOf(required(words, 'principal', '100000'), '--principal'),
      ...(costs === undefined ? {} : { costs: amountOf(costs, '--costs') }),
      from,
      until: dayOf(required(words, 'until', '2026-01-01'), '--until'),
      rate: rateOf(words, from),
      ...capOf(words),
      payments: paymentsOf(words),
    },
    law,
  );
}

export function judgmentOf(words: Words): JudgmentStatement {
  const other = optional(words, 'other');
  return judgmentInterest(
    {
      debts: [
        {
          principal: amountOf(required(words, 'principal', '100000'), '--principal'),
          performBy: dayOf(required(words, 'perform-by', '2026-01-01'), '--perform-by'),
          ...(other === undefined ? {} : { other: amountOf(other, '--other') }),
        },
      ],
      until: dayOf(required(words, 'until', '2026-04-01'), '--until'),
      payments: paymentsOf(words),
      stays: (words.named.get('stay') ?? []).map((text, at) => {
        const [from, until, ...more] = text.split(':');
        if (from === undefined || until === undefined || more.length > 0) {
          throw wrongField(`--stay[${at}]`, 'not_a_stay', 'write day:day', { value: text });
        }
        return { from: dayOf(from, `--stay[${at}]`), until: dayOf(until, `--stay[${at}]`) };
      }),
    },
    law,
  );
}

function linesText(lines: readonly InterestLine[]): string {
  return table(
    lines.map(({ from, until, days, base, rateE8, per, capped, basis, amount }) => [
      `${from} – ${until}`,
      `${days} d`,
      decimalText(base),
      `× ${rateText(rateE8)} % a ${per}`,
      capped ? `${basis} (ceiling)` : basis,
      decimalText(amount),
    ]),
  );
}

export function interestText(made: InterestStatement): string {
  const { costs, interest: left, principal } = made.outstanding;
  return [
    linesText(made.lines),
    ...made.payments.map(
      (one) =>
        `${one.on} paid ${decimalText(one.amount)}: costs ${decimalText(one.toCosts)}, ` +
        `interest ${decimalText(one.toInterest)}, principal ${decimalText(one.toPrincipal)}, ` +
        `excess ${decimalText(one.excess)}\n`,
    ),
    `accrued ${decimalText(made.accrued)} CNY\n`,
    `left: costs ${decimalText(costs)}, interest ${decimalText(left)}, ` +
      `principal ${decimalText(principal)}; total ${decimalText(made.total)}\n`,
    made.provisional ? 'provisional: the LPR table ends before the period does\n' : '',
    ...made.rules.map(({ source, grade }) => `source: ${source} [${grade}]\n`),
  ].join('');
}

export function judgmentText(made: JudgmentStatement): string {
  return [
    linesText(made.lines),
    ...made.payments.map(
      (one) =>
        `${one.on} paid ${decimalText(one.amount)}: judgment ` +
        `${decimalText(one.toPrincipal)}, doubled part ${decimalText(one.toDouble)}, ` +
        `other ${decimalText(one.toCosts)}, excess ${decimalText(one.excess)}\n`,
    ),
    `doubled part ${decimalText(made.doubled)} CNY; owed in all ${decimalText(made.total)}\n`,
    ...made.rules.map(({ source, grade }) => `source: ${source} [${grade}]\n`),
  ].join('');
}
