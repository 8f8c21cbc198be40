import { type AllocationLine, type Claim, dueFirst } from './payment.ts';

/**
 * What was taken off the receivables because it was given up, by lines that are only ever added: a
 * positive one lowers the claim, a negative one brings it back. What stands of a receivable's lines
 * is what is given up of it now.
 */

export type WriteDownPart = 'costs' | 'interest' | 'principal';

export type WriteDown = { receivableId: string; part: WriteDownPart; amountMinor: bigint };

/** Takes off all that is open on some receivables, those due first before the others. */
export function writeDown(claims: readonly Claim[]): WriteDown[] {
  return claims.toSorted(dueFirst).flatMap(({ receivableId, ...claim }) =>
    (
      [
        ['costs', claim.costsMinor],
        ['interest', claim.interestMinor],
        ['principal', claim.openMinor],
      ] as const
    ).flatMap(([part, amountMinor]) =>
      amountMinor > 0n ? [{ receivableId, part, amountMinor }] : [],
    ),
  );
}

/**
 * What comes in on a written-off case brings back exactly what it pays, so that nothing is open
 * before or after: the line of a payment and the one that brings back what it is put onto are the
 * same amount. What is above all that was given up is credit, and brings nothing back.
 */
export function broughtBack(
  given: readonly Claim[],
  lines: readonly AllocationLine[],
): WriteDown[] {
  const left = new Map(
    writeDown(given).map(({ receivableId, part, amountMinor }) => [
      `${receivableId} ${part}`,
      amountMinor,
    ]),
  );
  return lines.flatMap(({ receivableId, part, amountMinor }): WriteDown[] => {
    if (receivableId === undefined || part === 'credit') return [];
    const key = `${receivableId} ${part}`;
    const known = left.get(key) ?? 0n;
    const back = amountMinor < known ? amountMinor : known;
    left.set(key, known - back);
    return back > 0n ? [{ receivableId, part, amountMinor: -back }] : [];
  });
}

/** The lines that undo others. */
export function turned(lines: readonly WriteDown[]): WriteDown[] {
  return lines.map(({ receivableId, part, amountMinor }) => ({
    receivableId,
    part,
    amountMinor: -amountMinor,
  }));
}

/**
 * What a debtor owes of a document: what is open, and what of it was written off, which is owed all
 * the same; never more than its last delivery says is open.
 */
export function owedOf(of: {
  openMinor: bigint;
  writtenOffMinor: bigint;
  deliveredOpenMinor: bigint;
}): bigint {
  const { openMinor, writtenOffMinor, deliveredOpenMinor } = of;
  if (writtenOffMinor === 0n) return openMinor;
  const owed = openMinor + writtenOffMinor;
  const most = deliveredOpenMinor > openMinor ? deliveredOpenMinor : openMinor;
  return owed < most ? owed : most;
}
