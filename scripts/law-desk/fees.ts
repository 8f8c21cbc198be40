import { decimalText } from '@recourse/kit/money.ts';
import { wrongField } from '../../services/litigation/domain/law/dated.ts';
import {
  acceptanceFee,
  bankruptcyFee,
  type Claim,
  enforcementFee,
  type Fee,
  paymentOrderFee,
  preservationFee,
} from '../../services/litigation/domain/law/fee.ts';
import {
  halvingGrounds,
  type HalvedBy,
} from '../../services/litigation/domain/law/fee-schedule.ts';
import { rateText } from '../../services/litigation/domain/law/rate.ts';
import { law } from '../../services/litigation/rules/law/law.ts';
import { amountOf, dayOf } from './values.ts';
import { notWith, optional, table, type Words } from './words.ts';

export const feeOptions = ['on', 'claim', 'stage', 'halved', 'json'];

const claims = ['property', 'divorce', 'personality', 'intellectual_property', 'other', 'labour'];

function claimOf(kind: string, amountText: string | undefined): Claim {
  const amount = amountText === undefined ? {} : { amount: amountOf(amountText, 'amount') };
  switch (kind) {
    case 'property':
      return { kind, amount: amountOf(amountText, 'amount') };
    case 'divorce':
      return { kind, ...(amount.amount === undefined ? {} : { property: amount.amount }) };
    case 'personality':
      return { kind, ...(amount.amount === undefined ? {} : { damages: amount.amount }) };
    case 'intellectual_property':
      return { kind, ...amount };
    case 'other':
    case 'labour':
    case 'jurisdiction':
      if (amountText === undefined) return { kind };
      throw wrongField('amount', 'amount_without_effect', `leave it out: ${kind} has a fixed fee`);
    default:
      throw wrongField(
        '--claim',
        'claim_unknown',
        `choose one of ${claims.join(' ')} jurisdiction`,
      );
  }
}

function halvedBy(texts: readonly string[]): HalvedBy[] {
  return texts
    .join(',')
    .split(',')
    .flatMap((word) => {
      if (word === '') return [];
      const found = halvingGrounds.find((one) => one === word);
      if (found !== undefined) return [found];
      throw wrongField('--halved', 'ground_unknown', `choose of ${halvingGrounds.join(',')}`);
    });
}

function stageOf(text: string): 'first' | 'appeal' | 'retrial' {
  if (text === 'first' || text === 'appeal' || text === 'retrial') return text;
  throw wrongField('--stage', 'stage_unknown', 'choose first, appeal or retrial');
}

/** `fee <kind> [amount]` with the options above. */
export function feeOf(
  kind: string,
  amountText: string | undefined,
  words: Words,
  today: string,
): Fee {
  const on = dayOf(optional(words, 'on') ?? today, '--on');
  if (kind !== 'acceptance') {
    notWith(words, ['claim', 'stage', 'halved'], 'leave it out, or ask for the acceptance fee');
  }
  const optionalAmount = amountText === undefined ? {} : { amount: amountOf(amountText, 'amount') };
  switch (kind) {
    case 'acceptance':
      return acceptanceFee(
        {
          claim: claimOf(optional(words, 'claim') ?? 'property', amountText),
          stage: stageOf(optional(words, 'stage') ?? 'first'),
          halvedBy: halvedBy(words.named.get('halved') ?? []),
          on,
        },
        law,
      );
    case 'preservation':
      return preservationFee({ ...optionalAmount, on }, law);
    case 'payment_order':
      return paymentOrderFee({ amount: amountOf(amountText, 'amount'), on }, law);
    case 'enforcement':
      return enforcementFee({ ...optionalAmount, on }, law);
    case 'bankruptcy':
      return bankruptcyFee({ estate: amountOf(amountText, 'amount'), on }, law);
    default: {
      const repair = 'choose acceptance, preservation, payment_order, enforcement or bankruptcy';
      throw wrongField('kind', 'fee_unknown', repair, { kind });
    }
  }
}

export function feeText(fee: Fee): string {
  const rows = fee.lines.map(({ step, above, upTo, base, rateBps, amount }) => [
    step,
    above === undefined ? '' : `> ${decimalText(above)}`,
    upTo === undefined ? '' : `≤ ${decimalText(upTo)}`,
    base === undefined ? '' : decimalText(base),
    rateBps === undefined ? '' : `× ${rateText(BigInt(rateBps) * 10_000n)} %`,
    decimalText(amount),
  ]);
  const { range } = fee;
  return [
    `${decimalText(fee.amount)} CNY (whole yuan: ${decimalText(fee.wholeYuan)})\n`,
    range === undefined
      ? ''
      : `range ${decimalText(range.least)} to ${decimalText(range.most)}; the upper end is taken\n`,
    table(rows),
    `rounding ${fee.rounding}, once; advanced by ${fee.advancedBy}; borne by ${fee.borneBy}\n`,
    `source: ${fee.rule.source} [${fee.rule.grade}]\n`,
  ].join('');
}
