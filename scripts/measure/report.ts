/** One line of the result: ours, the baseline, and the goal they are held against. */
export type Result = {
  what: string;
  size: string;
  ours: string;
  bare: string;
  /** Ratio, milliseconds or MiB, as the goal is. */
  value: string;
  goal: string;
  /** Undefined where no goal is set at this size. */
  reached: boolean | undefined;
};

const columns = ['what', 'size', 'ours', 'bare', 'value', 'goal', ''] as const;

function cells(result: Result): string[] {
  const { what, size, ours, bare, value, goal, reached } = result;
  const verdict = reached === undefined ? '' : reached ? 'reached' : 'MISSED';
  return [what, size, ours, bare, value, goal, verdict];
}

/** A table for people, one line per measurement. */
export function printTable(results: readonly Result[]): string {
  const rows = [[...columns], ...results.map(cells)];
  const widths = columns.map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = rows;
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return `${[line(head), rule, ...body.map(line)].join('\n')}\n`;
}

/** Whole numbers with their thousands parted. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

export function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
