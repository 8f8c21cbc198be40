import { randomUUIDv7 } from 'node:crypto';
import { client } from '@recourse/kit/client.ts';
import type { RecordPaymentRequest } from '@recourse/proto/cases/v1/work.ts';
import { WorkServiceClient } from '@recourse/proto/cases/v1/work.ts';
import { connections, openBarePayments } from './bare-payment.ts';
import { beginBook } from './book.ts';
import { withHouse } from './house.ts';
import { compare } from './load.ts';
import { type Result, say, whole } from './report.ts';

const goal = 0.5;

/** Callers at once; the service has 12 connections and the baseline is given as many. */
const width = 16;

/** A payment that settles nothing, today in the creditor's zone. */
export function paymentOf(caseId: string, paymentId: string): RecordPaymentRequest {
  return {
    caseId,
    paymentId,
    amount: { currency: 'CNY', minor: 100n },
    receivedOn: Temporal.Now.plainDateISO('Asia/Shanghai').toString(),
    means: 'bank_transfer',
    reference: 'Z20260101',
    note: '',
  };
}

/** Takes one after the other, and begins again. */
export function inTurn<T>(items: readonly T[]): () => T {
  let place = 0;
  return () => {
    const item = items[place % items.length];
    place += 1;
    if (item === undefined) throw new Error('there is nothing to take in turn');
    return item;
  };
}

/**
 * Recording payments through the gRPC of cases, token and all, against the bare transaction that
 * writes the same rows (bare-payment.ts), on the same tables of a book that grows.
 */
export async function benchPayments(quick: boolean): Promise<Result[]> {
  const sizes = quick ? [1_000, 10_000, 100_000] : [10_000, 100_000, 1_000_000];
  say('record payment');
  return withHouse(async (house) => {
    await house.start('cases');
    const book = await beginBook(house);
    const work = client(WorkServiceClient, house.rpcAddress('cases'));
    const bare = await openBarePayments(house.bare('cases', connections), book.orgId);
    const results: Result[] = [];
    for (const size of sizes) {
      await book.growTo(size);
      const next = inTurn(await book.someCases(10_000));
      const call = await house.call(book.as('finance'));
      const timing = { width, seconds: quick ? 2 : 4, rounds: 5 };
      const found = await compare(
        timing,
        () => work.recordPayment(paymentOf(next(), randomUUIDv7()), call),
        () => bare.record(next(), randomUUIDv7()),
      );
      results.push({
        what: 'record payment',
        size: `${whole(size)} cases`,
        ours: `${whole(found.ours)}/s`,
        bare: `${whole(found.bare)}/s`,
        value: found.ratio.toFixed(2),
        goal: `≥ ${goal}`,
        reached: found.ratio >= goal,
      });
      say(`  ${whole(size)}: ${found.ratio.toFixed(2)}`);
    }
    work.close();
    return results;
  });
}
