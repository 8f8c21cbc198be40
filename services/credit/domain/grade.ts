/** Grades from the safest to the one that has defaulted (domain.md section 5). */
export const grades = ['AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'CCC', 'CC', 'C', 'D'] as const;

export type Grade = (typeof grades)[number];

/** A grade holds up to this probability of default, in basis points; the last has no bound. */
export type ScaleRow = { grade: Grade; upToBps: number };

/**
 * The house's master scale: each grade about two to three times as risky as the one above it, in
 * the order of published one-year default rates of corporate grades.
 */
export const masterScale: readonly ScaleRow[] = [
  { grade: 'AAA', upToBps: 10 },
  { grade: 'AA', upToBps: 30 },
  { grade: 'A', upToBps: 80 },
  { grade: 'BBB', upToBps: 200 },
  { grade: 'BB', upToBps: 450 },
  { grade: 'B', upToBps: 900 },
  { grade: 'CCC', upToBps: 1_800 },
  { grade: 'CC', upToBps: 3_500 },
  { grade: 'C', upToBps: 6_000 },
  { grade: 'D', upToBps: 10_000 },
];

/** The grade of a probability of default in basis points. */
export function gradeOf(pdBps: number, scale: readonly ScaleRow[]): Grade {
  return scale.find((row) => pdBps <= row.upToBps)?.grade ?? 'D';
}

/** Positive when `b` is worse than `a`, in grades. */
export function gradesDown(a: Grade, b: Grade): number {
  return grades.indexOf(b) - grades.indexOf(a);
}

export function worse(a: Grade, b: Grade): Grade {
  return gradesDown(a, b) > 0 ? b : a;
}
