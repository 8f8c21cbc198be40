/**
 * Cases that look the same and were worked by one agency, as sums. One case alone is a cell too.
 * A case's outcome y is the share of its amount that came in, 0 to 1 (or the ratio to an
 * expectation given with it, which has no upper end); its weight w is its amount against the
 * median of its currency, capped by rule so that no single case decides a place.
 */
export type Cell = {
  agency: string;
  /** One level per feature, in the same order in every cell. */
  levels: readonly string[];
  /** The part of what will come in that has come in by now, 0 to 1, for cases this long at work. */
  ripe: number;
  cases: number;
  /** Sums over the cases: of w, w², w·y, w²·y, w²·y². */
  w: number;
  w2: number;
  wy: number;
  w2y: number;
  w2yy: number;
};

/** A case on its own. */
export function cellOf(
  agency: string,
  levels: readonly string[],
  one: { share: number; weight: number; ripe?: number },
): Cell {
  const { share, weight, ripe = 1 } = one;
  const w2 = weight * weight;
  return {
    agency,
    levels,
    ripe,
    cases: 1,
    w: weight,
    w2,
    wy: weight * share,
    w2y: w2 * share,
    w2yy: w2 * share * share,
  };
}

/** Levels seen in fewer cases than `least`, or beyond the `most` frequent, become one. */
export function pooled(cells: readonly Cell[], least: number, most: number): Cell[] {
  const width = cells[0]?.levels.length ?? 0;
  const kept = Array.from({ length: width }, (_none, at) => frequent(cells, at, least, most));
  return cells.map((cell) => ({
    ...cell,
    levels: cell.levels.map((level, at) => (kept[at]?.has(level) === true ? level : otherLevel)),
  }));
}

/** The name of what is too rare to have a level of its own. */
export const otherLevel = '…';

function frequent(cells: readonly Cell[], at: number, least: number, most: number): Set<string> {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const level = cell.levels[at] ?? otherLevel;
    counts.set(level, (counts.get(level) ?? 0) + cell.cases);
  }
  const enough = [...counts].filter(([, count]) => count >= least);
  enough.sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return new Set(enough.slice(0, most).map(([level]) => level));
}
