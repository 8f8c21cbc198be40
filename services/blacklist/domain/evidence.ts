import type { EvidenceKind, Pillar, PillarStandard } from './terms.ts';

/** One pillar of the standard: met, or what would still meet it. */
export type PillarCheck = {
  pillar: Pillar;
  met: boolean;
  /** Each line is one thing missing, of which any kind will do. */
  wanted: (readonly EvidenceKind[])[];
};

const order: readonly Pillar[] = ['GROUNDS', 'PROOF', 'CASE', 'CONSEQUENCE'];

/** Holds evidence against the standard of its category (legal.md 2.10, four pillars). */
export function checkPillars(
  standard: PillarStandard,
  present: readonly EvidenceKind[],
): PillarCheck[] {
  return order.map((pillar) => {
    const wanted = standard[pillar].filter((anyOf) => !anyOf.some((one) => present.includes(one)));
    return { pillar, met: wanted.length === 0, wanted };
  });
}

/** The names of the pillars that do not stand, in their fixed order, parted by commas. */
export function missingPillars(checks: readonly PillarCheck[]): string {
  return checks
    .filter((check) => !check.met)
    .map((check) => check.pillar)
    .join(', ');
}
