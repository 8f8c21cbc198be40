import { day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { type Money, sum } from '@recourse/kit/money.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import { type CommissionLine, due, type Earning, type PaymentFact } from './commission.ts';
import { dueCounted } from './counted.ts';
import { checkedTerms, checkTermsFit, isPlain, rateFor, termWords } from './terms.ts';

/** A line of an example: about which payment, and posted with which; 0 for the acceptance. */
export type ExampleLine = { line: CommissionLine; paymentNumber: number; postedWith: number };

export type Example = { lines: ExampleLine[]; commission: Money; vat: Money };

export type ExamplePayment = { amount: Money; inLitigation: boolean };

/** An example has no days; what is counted has only an order. */
const [start, on] = [Temporal.Instant.fromEpochMilliseconds(0), day('1970-01-01')];

function earningBy(terms: CommissionTerms, placed: Money, daysOverdue: number): Earning {
  const rateBps = rateFor(terms, daysOverdue);
  const term = termWords(terms, daysOverdue);
  return {
    placementId: 'example',
    agencyId: 'example',
    caseId: 'example',
    caseNumber: '',
    currency: placed.currency,
    rateBps,
    term,
    vatBps: terms.vatBps,
    counted: isPlain(terms) ? undefined : { terms, rateBps, term, placedMinor: placed.minor },
    acceptedAt: start,
    firstDay: on,
    lastDay: undefined,
  };
}

/**
 * What terms would give on a case and its payments one after another: the very lines that would be
 * posted, made by what posts them. Faults: those of `checkedTerms` and `checkTermsFit`; `invalid`
 * currencies_differ for a payment in another currency than the case.
 */
export function example(
  terms: CommissionTerms | undefined,
  placed: Money,
  daysOverdue: number,
  payments: readonly ExamplePayment[],
): Example {
  const held = checkedTerms(terms);
  checkTermsFit(held, placed.currency);
  const other = payments.find(({ amount }) => amount.currency !== placed.currency);
  if (other !== undefined) {
    const facts = { left: placed.currency, right: other.amount.currency };
    throw fault('invalid', 'currencies_differ', facts);
  }
  const earning = earningBy(held, placed, daysOverdue);
  const facts: PaymentFact[] = payments.map(({ amount, inLitigation }, index) => ({
    paymentId: String(index + 1),
    caseId: earning.caseId,
    amount,
    inLitigation,
    receivedOn: on,
    recordedAt: start.add({ seconds: index }),
    reversedOn: undefined,
  }));
  const lines: ExampleLine[] = [];
  for (let known = 0; known <= facts.length; known += 1) {
    const told = facts.slice(0, known);
    const posted = lines.map(({ line }) => line);
    const ids = new Set(posted.map((line) => line.lineId));
    const made = [
      ...due([earning], told, ids),
      ...dueCounted([earning], told, { posted, today: on }),
    ];
    for (const line of made) {
      lines.push({ line, paymentNumber: Number(line.paymentId), postedWith: known });
    }
  }
  const total = (of: (line: CommissionLine) => Money): Money =>
    sum(
      lines.map(({ line }) => of(line)),
      placed.currency,
    );
  return { lines, commission: total((line) => line.commission), vat: total((line) => line.vat) };
}
