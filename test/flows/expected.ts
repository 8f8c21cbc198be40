/**
 * What commissions must be, computed here from the payments and the contract alone, with none of
 * the platform's own arithmetic.
 */

/** What a test knows of a placement by its contract. */
export type Contract = {
  placementId: string;
  caseId: string;
  agencyId: string;
  currency: string;
  rateBps: bigint;
  vatBps: bigint;
  /** The day of acceptance, the first that earns. */
  firstDay: string;
};

export type Paid = {
  paymentId: string;
  caseId: string;
  minor: bigint;
  receivedOn: string;
  reversed: boolean;
};

/** A commission line as far as money and identity go. */
export type Line = {
  placementId: string;
  paymentId: string;
  kind: 'ACCRUAL' | 'CLAW_BACK';
  currency: string;
  payment: bigint;
  commission: bigint;
  vat: bigint;
};

/** A share in basis points, halves to the even neighbour; amounts are not negative. */
function shareOf(minor: bigint, bps: bigint): bigint {
  const product = minor * bps;
  const [whole, rest] = [product / 10_000n, product % 10_000n];
  if (rest === 5_000n) return whole % 2n === 0n ? whole : whole + 1n;
  return rest > 5_000n ? whole + 1n : whole;
}

/** The rate of the last band that a debt of this age has reached. */
export function bandRate(bands: readonly (readonly [from: number, bps: bigint])[], days: number) {
  return bands.findLast(([from]) => from <= days)?.[1] ?? 0n;
}

function linesFor(contract: Contract, paid: Paid): Line[] {
  const { placementId, currency, rateBps, vatBps } = contract;
  const commission = shareOf(paid.minor, rateBps);
  const vat = shareOf(commission, vatBps);
  const about = { placementId, paymentId: paid.paymentId, currency };
  const accrual = { ...about, kind: 'ACCRUAL' as const, payment: paid.minor, commission, vat };
  if (!paid.reversed) return [accrual];
  const back = { payment: -paid.minor, commission: -commission, vat: -vat };
  return [accrual, { ...about, ...back, kind: 'CLAW_BACK' }];
}

/** Every line there must be, once each; a payment received before the acceptance earns nothing. */
export function linesDue(contracts: readonly Contract[], payments: readonly Paid[]): Line[] {
  const byCase = new Map(contracts.map((contract) => [contract.caseId, contract]));
  return payments.flatMap((paid) => {
    const contract = byCase.get(paid.caseId);
    if (contract === undefined || paid.receivedOn < contract.firstDay) return [];
    return linesFor(contract, paid);
  });
}

/** Lines in an order of their own, as text that a test can compare. */
export function inOrder(lines: readonly Line[]): string[] {
  return lines
    .map((line) =>
      [
        line.placementId,
        line.paymentId,
        line.kind,
        line.currency,
        line.payment,
        line.commission,
        line.vat,
      ].join(' '),
    )
    .toSorted();
}
