import type { Deadline } from '@recourse/proto/web/litigation/v1/deadlines';

/** Columns of the board, by how soon the day is. */
export const boardColumns = ['late', 'week', 'month', 'later'] as const;
export type BoardColumn = (typeof boardColumns)[number];

export function columnOf(daysLeft: number): BoardColumn {
  if (daysLeft < 0) return 'late';
  if (daysLeft <= 7) return 'week';
  return daysLeft <= 30 ? 'month' : 'later';
}

/** Open deadlines by column, soonest first. */
export function onBoard(
  deadlines: readonly Deadline[],
): { column: BoardColumn; deadlines: Deadline[] }[] {
  return boardColumns.map((column) => ({
    column,
    deadlines: deadlines
      .filter((one) => columnOf(one.daysLeft) === column)
      .toSorted((a, b) => a.dueDay.localeCompare(b.dueDay)),
  }));
}
