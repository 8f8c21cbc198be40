/** Builders of the daily work for the service's tests: one for each noun, and placements. */
import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import type { EventOf } from '@recourse/kit/events.ts';
import type { AgenciesEvent } from '@recourse/proto/agencies/v1/events.ts';
import type { Case, Handling } from '@recourse/proto/cases/v1/cases.ts';
import {
  ClosingKind,
  ClosingReason,
  type ProposeClosingRequest,
  type SaleTerms,
} from '@recourse/proto/cases/v1/closings.ts';
import type { AgreePlanRequest } from '@recourse/proto/cases/v1/plans.ts';
import type { ProposeSettlementRequest } from '@recourse/proto/cases/v1/settlements.ts';
import {
  Attitude,
  Channel,
  ContactResult,
  Excuse,
  Party,
  type RecordContactRequest,
  type RecordPaymentRequest,
  type RecordPromiseRequest,
} from '@recourse/proto/cases/v1/work.ts';
import { creditorCall, dayFromToday, type Rig } from './book-rig.ts';

export function contact(
  caseId: string,
  more: Partial<RecordContactRequest> = {},
): RecordContactRequest {
  return {
    caseId,
    contactId: randomUUIDv7(),
    channel: Channel.CALL,
    party: Party.DEBTOR,
    result: ContactResult.REACHED,
    attitude: Attitude.WILLING,
    excuse: Excuse.UNSPECIFIED,
    note: '',
    happenedAt: undefined,
    companion: '',
    ...more,
  };
}

export function payment(
  caseId: string,
  minor: bigint,
  more: Partial<RecordPaymentRequest> = {},
): RecordPaymentRequest {
  return {
    caseId,
    paymentId: randomUUIDv7(),
    amount: { currency: 'CNY', minor },
    receivedOn: dayFromToday(0),
    means: 'bank_transfer',
    reference: '',
    note: '',
    ...more,
  };
}

export function promise(
  caseId: string,
  minor: bigint,
  more: Partial<RecordPromiseRequest> = {},
): RecordPromiseRequest {
  return {
    caseId,
    promiseId: randomUUIDv7(),
    amount: { currency: 'CNY', minor },
    dueDay: dayFromToday(3),
    channel: Channel.CALL,
    promisedBy: '王总',
    ...more,
  };
}

/** A plan of instalments by days from today and minor units, which add up. */
export function plan(
  caseId: string,
  parts: readonly (readonly [days: number, minor: bigint])[],
  more: Partial<AgreePlanRequest> = {},
): AgreePlanRequest {
  const cny = (minor: bigint) => ({ currency: 'CNY', minor });
  return {
    caseId,
    planId: randomUUIDv7(),
    amount: cny(parts.reduce((sum, [, minor]) => sum + minor, 0n)),
    instalments: parts.map(([days, minor]) => ({
      dueDay: dayFromToday(days),
      amount: cny(minor),
    })),
    accelerates: true,
    consequences: '',
    agreedWith: '王总',
    confirmedOn: '',
    confirmationReference: '',
    ...more,
  };
}

/** A settlement by an amount in minor units, to be paid within five days. */
export function settlement(
  caseId: string,
  minor: bigint,
  more: Partial<ProposeSettlementRequest> = {},
): ProposeSettlementRequest {
  return {
    caseId,
    settlementId: randomUUIDv7(),
    amount: { currency: 'CNY', minor },
    dueDay: dayFromToday(5),
    reason: '客户一次性付清，争议部分放弃',
    ...more,
  };
}

/** A write-off of cases, as it is proposed. */
export function closing(
  caseIds: readonly string[],
  more: Partial<ProposeClosingRequest> = {},
): ProposeClosingRequest {
  return {
    closingId: randomUUIDv7(),
    caseIds: [...caseIds],
    kind: ClosingKind.WRITE_OFF,
    reason: ClosingReason.NO_ASSETS,
    note: '法院裁定终结本次执行，无可供执行财产',
    sale: undefined,
    ...more,
  };
}

/** What makes a closing a sale, at a price in minor units. */
export function saleAt(minor: bigint, more: Partial<SaleTerms> = {}) {
  const price = { currency: 'CNY', minor };
  const buyer = { buyerName: '江南资产管理有限公司', buyerIdentifier: '91320500MA1N2B3C4D' };
  return {
    kind: ClosingKind.SALE,
    reason: ClosingReason.PORTFOLIO,
    sale: { ...buyer, price, agreedOn: dayFromToday(-1), ...more },
  };
}

export const reversal = (caseId: string, paymentId: string) => ({
  caseId,
  paymentId,
  requestId: randomUUIDv7(),
  reason: '支票退票',
});

/** Types of an organisation's events in the order in which each case told them. */
export async function eventTypes(rig: Rig, orgId: string): Promise<string[]> {
  const rows = await rig.service.ownerQuery<{ type: string }>(
    'SELECT type FROM outbox WHERE org_id = $1 ORDER BY aggregate_id, version',
    [orgId],
  );
  return rows.map((row) => row.type);
}

/** A placement of a case, and the events that move it. */
export function placementOf(rig: Rig, file: Case, agencyId = randomUUIDv7()) {
  const placementId = randomUUIDv7();
  const base = { placementId, caseId: file.caseId, agencyId, agencyName: '安信商账' };
  const at = (): string => Temporal.Now.instant().toString();
  const tell = (event: EventOf<AgenciesEvent>): Promise<void> =>
    rig.tellOfPlacement(file.orgId, placementId, event);
  return {
    agencyId,
    offer: () => tell({ $case: 'placementOffered', value: { ...base, placedAt: at() } }),
    accept: () => tell({ $case: 'placementAccepted', value: { ...base, acceptedAt: at() } }),
    decline: () =>
      tell({
        $case: 'placementDeclined',
        value: { ...base, declinedAt: at(), reason: '地区不符' },
      }),
    recall: () =>
      tell({
        $case: 'placementRecalled',
        value: { ...base, recalledAt: at(), reason: '另行安排' },
      }),
    complete: () => tell({ $case: 'placementCompleted', value: { ...base, completedAt: at() } }),
  };
}

export async function handlingIs(rig: Rig, file: Case, handling: Handling): Promise<Case> {
  return eventually(async () => {
    const call = await creditorCall(rig, file.orgId);
    const { case: found } = await rig.cases.getCase({ caseId: file.caseId }, call);
    if (found?.handling !== handling) throw new Error(`handling is ${found?.handling}`);
    return found;
  });
}
