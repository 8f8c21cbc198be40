/** Which pairs of records are worth a comparison. */

/** Values of one record, by column, folded; empty when absent. */
export type Row = readonly string[];

/** A value that more records share than this says little and is no block of its own. */
const alonePeople = 12;
const togetherPeople = 40;

/**
 * Pairs of rows that share a rare value in one column, or the values of two columns. Each pair
 * once, as `i * rows + j` with i < j, ascending. Blocks are bounded, so the work grows with the
 * rows.
 */
export function candidatePairs(rows: readonly Row[], columns: number): number[] {
  const pairs = new Set<number>();
  for (let one = 0; one < columns; one += 1) {
    collect(rows, (row) => row[one] ?? '', alonePeople, pairs);
    for (let two = one + 1; two < columns; two += 1) {
      collect(rows, (row) => both(row[one], row[two]), togetherPeople, pairs);
    }
  }
  return [...pairs].sort((a, b) => a - b);
}

function both(a = '', b = ''): string {
  return a === '' || b === '' ? '' : `${a}\u0000${b}`;
}

function collect(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  most: number,
  pairs: Set<number>,
): void {
  const blocks = new Map<string, number[]>();
  rows.forEach((row, at) => {
    const key = keyOf(row);
    if (key === '') return;
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, [at]);
    else if (block.length <= most) block.push(at);
  });
  for (const block of blocks.values()) {
    if (block.length > most) continue;
    for (let i = 0; i < block.length; i += 1) {
      for (let j = i + 1; j < block.length; j += 1) {
        pairs.add((block[i] ?? 0) * rows.length + (block[j] ?? 0));
      }
    }
  }
}
