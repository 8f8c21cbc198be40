/** Placements of one agency that look the same and have been at work as long, as sums. */
export type PlacementCell = {
  agencyId: string;
  currency: string;
  industry: string;
  region: string;
  /** Band of the days overdue when placed, of the amount, and what the customer did before. */
  age: string;
  amount: string;
  behaviour: string;
  /** Whole spans the cases have been at work. */
  spans: number;
  cases: number;
  openCases: number;
  /** Sums of w, w², w·y, w²·y, w²·y²: see `Cell`. */
  w: number;
  w2: number;
  wy: number;
  w2y: number;
  w2yy: number;
  /** Cases on which anything came in, and the days to the first payment: sum and of squares. */
  paidCases: number;
  daysSum: number;
  daysSquares: number;
  placedMinor: bigint;
  recoveredMinor: bigint;
  commissionMinor: bigint;
};

/** What came in within one span after the acceptance, of cases at work so many spans. */
export type CameCell = {
  spans: number;
  span: number;
  /** Sum of w·share, and how many cases were first paid in it. */
  came: number;
  firstPaid: number;
};

/** How an agency worked, besides what came in; `undefined` where no record is kept. */
export type Conduct = {
  agencyId: string;
  agencyName: string;
  reportsDue: number;
  reportsOnTime: number;
  contacts: number;
  refused: number;
  complaints: number | undefined;
};

/** Everything a ranking is made of. */
export type RankingFacts = {
  cells: readonly PlacementCell[];
  came: readonly CameCell[];
  conduct: readonly Conduct[];
};

/** The features of a case, in the order of `levelsOf`. */
export const features = ['industry', 'region', 'age', 'amount', 'behaviour'] as const;

export function levelsOf(cell: PlacementCell): string[] {
  return features.map((feature) => cell[feature]);
}
