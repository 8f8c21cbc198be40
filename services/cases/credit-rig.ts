/** Builders of debtors' credit for the service's tests. */
import { randomUUIDv7 } from 'node:crypto';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import { type Case, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import {
  type ApplyCreditRequest,
  DebtorCreditServiceClient,
  type ListCreditResponse,
  type RefundCreditRequest,
} from '@recourse/proto/cases/v1/debtor_credit.ts';
import { creditorCall, dayFromToday, listOf, oneCase, openAll, type Rig } from './book-rig.ts';
import { payment } from './work-rig.ts';

export const creditOf = (rig: Rig): Promised<DebtorCreditServiceClient> =>
  rig.service.client(DebtorCreditServiceClient);

export const yuan = (minor: bigint) => ({ currency: 'CNY', minor });

export function application(
  caseId: string,
  minor: bigint,
  more: Partial<ApplyCreditRequest> = {},
): ApplyCreditRequest {
  return { caseId, applicationId: randomUUIDv7(), amount: yuan(minor), note: '', ...more };
}

export function refund(
  caseId: string,
  minor: bigint,
  more: Partial<RefundCreditRequest> = {},
): RefundCreditRequest {
  const paidOn = dayFromToday(0);
  const said = { paidOn, reference: 'T-1', reason: '客户要求退回' };
  return { caseId, refundId: randomUUIDv7(), amount: yuan(minor), ...said, ...more };
}

/** A new overdue document of a debtor, and the open case it comes into. */
export async function owesAgain(rig: Rig, of: Case, minor: bigint): Promise<Case> {
  const number = randomUUIDv7();
  await rig.service.db.tenant(of.orgId, (tx) =>
    tx.query(
      `INSERT INTO receivable (org_id, receivable_id, document_key, document_number, debtor_id,
              due_date, currency, amount_minor, open_minor, delivered_open_minor, content_hash)
       VALUES ($1, $2, $3, $3, $4, $5, 'CNY', $6, $6, $6, 'x')`,
      [of.orgId, namedUuid(of.orgId, number), number, of.debtorId, dayFromToday(-2), minor],
    ),
  );
  await openAll(rig, of.orgId);
  const request = listOf({ states: [CaseState.OPEN] });
  const { cases } = await rig.cases.listCases(request, await creditorCall(rig, of.orgId));
  const found = cases.find((one) => one.debtorId === of.debtorId);
  if (found === undefined) throw new Error('the debtor has no open case');
  return found;
}

export type Overpaid = { orgId: string; paid: Case; paymentId: string; call: ClientCall };

/** A debtor that owed 3.00 and paid so much: the case is closed and the rest is held. */
export async function overpaid(rig: Rig, minor: bigint): Promise<Overpaid> {
  const { orgId, file } = await oneCase(rig, [{ amountMinor: 300n, daysAgo: 40 }]);
  const call = await creditorCall(rig, orgId, 'finance');
  const request = payment(file.caseId, minor, { reference: 'R-1' });
  const { case: paid } = await rig.work.recordPayment(request, call);
  if (paid === undefined) throw new Error('nothing was paid');
  return { orgId, paid, paymentId: request.paymentId, call };
}

/** Movements from the first, as `kind amount balance`. */
export function movesOf({ movements }: ListCreditResponse): string[] {
  return movements
    .toReversed()
    .map((one) => `${one.kind} ${one.amount?.minor} ${one.balance?.minor}`);
}

/** Credit that is not the sum of its movements, or whose places have a gap; nothing when right. */
export function brokenCredit(rig: Rig, orgId: string): Promise<object[]> {
  return rig.service.ownerQuery(
    `SELECT k.debtor_id FROM debtor_credit k
       LEFT JOIN (SELECT debtor_id, currency, sum(minor) AS minor, count(*) AS count,
                         max(place) AS last
                    FROM credit_movement WHERE org_id = $1 GROUP BY debtor_id, currency) m
         USING (debtor_id, currency)
      WHERE k.org_id = $1 AND (k.credit_minor <> coalesce(m.minor, 0)
         OR k.movements <> coalesce(m.last, 0) OR m.last <> m.count)`,
    [orgId],
  );
}
