import { day } from '@recourse/kit/day.ts';
import type { CommissionTerms, FixedDue } from '@recourse/proto/agencies/v1/agencies.ts';
import { noLoad, type Profile } from './agency.ts';
import type { Earning, PaymentFact } from './commission.ts';
import {
  accept,
  type Basis,
  place,
  type PlaceCommand,
  type PlaceFacts,
  type Placement,
} from './placement.ts';

/**
 * One builder per noun for the tests of this folder; each fills in what a test does not care for.
 */
export const creditor = { orgId: '018f0000-0000-7000-8000-0000000000c1', orgName: '远望机电' };
export const agencyId = '018f0000-0000-7000-8000-0000000000a1';
export const caseId = '018f0000-0000-7000-8000-00000000ca5e';
export const placementId = '018f0000-0000-7000-8000-000000000b1a';

/** 2026-03-04 10:00 in Shanghai, a Wednesday. */
export const wednesday = Temporal.Instant.from('2026-03-04T02:00:00Z');

export function flat(rateBps: number, more: Partial<CommissionTerms> = {}): CommissionTerms {
  return { model: { $case: 'flat', value: { rateBps } }, vatBps: 600, tailDays: 30, ...more };
}

export function bands(...pairs: (readonly [number, number])[]): CommissionTerms {
  const made = pairs.map(([fromDaysOverdue, rateBps]) => ({ fromDaysOverdue, rateBps }));
  return { model: { $case: 'ageBands', value: { bands: made } }, vatBps: 600, tailDays: 30 };
}

const cny = (minor: bigint) => ({ currency: 'CNY', minor });

/** By amount bracket: from this many fen on, this rate. */
export function brackets(...pairs: (readonly [bigint, number])[]): CommissionTerms {
  const made = pairs.map(([from, rateBps]) => ({ from: cny(from), rateBps }));
  return {
    model: { $case: 'amountBrackets', value: { brackets: made } },
    vatBps: 600,
    tailDays: 30,
  };
}

export function fixed(fee: bigint, on: FixedDue = 'FIXED_DUE_FIRST_PAYMENT'): CommissionTerms {
  const value = { fee: cny(fee), due: on };
  return { model: { $case: 'fixed', value }, vatBps: 600, tailDays: 30 };
}

/** By the recovered share of what was placed: from this many basis points on, this rate. */
export function ratchet(
  retroactive: boolean,
  ...pairs: (readonly [number, number])[]
): CommissionTerms {
  const steps = pairs.map(([fromRecoveredBps, rateBps]) => ({ fromRecoveredBps, rateBps }));
  return {
    model: { $case: 'ratchet', value: { steps, retroactive } },
    vatBps: 600,
    tailDays: 30,
  };
}

export function profile(more: Partial<Profile> = {}): Profile {
  return {
    agencyId,
    name: '正信资产',
    description: '',
    sectors: [],
    regions: [],
    languages: ['zh-CN'],
    licences: [{ kind: '营业执照', number: 'YY1', expiresOn: '2027-01-01' }],
    listTerms: flat(1500),
    agentCount: 3,
    capacityCases: 100,
    creditCode: '',
    version: 1n,
    ...more,
  };
}

export function basis(more: Partial<Basis> = {}): Basis {
  return {
    caseId,
    caseNumber: 'C-2026-000001',
    debtorId: '018f0000-0000-7000-8000-00000000deb7',
    debtorName: '上海恒达机械有限公司',
    creditCode: '',
    region: '上海市',
    industry: 'machinery',
    open: { currency: 'CNY', minor: 48_230_000n },
    daysOverdue: 67,
    isOpen: true,
    isPlaced: false,
    ...more,
  };
}

export function facts(more: Partial<PlaceFacts> = {}): PlaceFacts {
  return {
    basis: basis(),
    closedMeanwhile: false,
    livePlacementId: undefined,
    agency: profile(),
    load: noLoad,
    conflicts: [],
    missing: [],
    ...more,
  };
}

export function command(more: Partial<PlaceCommand> = {}): PlaceCommand {
  return { placementId, caseId, agencyId, terms: undefined, note: '', ...more };
}

export function offered(more: Partial<Placement> = {}): Placement {
  return { ...place(facts(), command(), creditor, wednesday).state, ...more };
}

export function active(more: Partial<Placement> = {}): Placement {
  return { ...accept(offered(), profile(), agencyId, wednesday).state, ...more };
}

export function earning(more: Partial<Earning> = {}): Earning {
  return {
    placementId,
    agencyId,
    caseId,
    caseNumber: 'C-2026-000001',
    currency: 'CNY',
    rateBps: 1500,
    vatBps: 600,
    term: 'flat',
    counted: undefined,
    acceptedAt: wednesday,
    firstDay: day('2026-03-04'),
    lastDay: undefined,
    ...more,
  };
}

export function payment(more: Partial<PaymentFact> = {}): PaymentFact {
  return {
    paymentId: '018f0000-0000-7000-8000-00000000fa11',
    caseId,
    amount: { currency: 'CNY', minor: 5_000_000n },
    receivedOn: day('2026-03-10'),
    recordedAt: Temporal.Instant.from('2026-03-10T02:00:00Z'),
    inLitigation: false,
    reversedOn: undefined,
    ...more,
  };
}
