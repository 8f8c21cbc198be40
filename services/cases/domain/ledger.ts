/** The claim of a case as a running balance. */

/** Something that raised the claim (positive) or lowered it, in minor units. */
export type Change = { changeMinor: bigint };

/**
 * What was open after each change, from what is open now backwards; changes stand newest first.
 * `openingMinor` is what was open before the oldest: documents come and go with imports, so it is
 * what the documents of today would have come to.
 */
export function runningBalance<C extends Change>(
  openMinor: bigint,
  changes: readonly C[],
): { entries: (C & { balanceMinor: bigint })[]; openingMinor: bigint } {
  let balanceMinor = openMinor;
  const entries = changes.map((change) => {
    const entry = { ...change, balanceMinor };
    balanceMinor -= change.changeMinor;
    return entry;
  });
  return { entries, openingMinor: balanceMinor };
}
