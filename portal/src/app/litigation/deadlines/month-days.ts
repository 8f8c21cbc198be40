/** Something on a day of the calendar, already in words. */
export type DayEntry = {
  id: string;
  day: string;
  text: string;
  tone: 'neutral' | 'warn' | 'bad' | 'good' | 'info';
  link: readonly string[];
};

export type MonthDay = { day: string; date: number; inMonth: boolean; entries: DayEntry[] };

function utcDay(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

/** A month `YYYY-MM` moved by so many months. */
export function movedMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return utcDay(year, number + by, 1).slice(0, 7);
}

/** Whole weeks from Monday that hold a month, each day with what falls on it. */
export function weeksOf(month: string, entries: readonly DayEntry[]): MonthDay[][] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const first = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7;
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const count = Math.ceil((first + last) / 7);
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_each, weekday) => {
      const day = utcDay(year, number, week * 7 + weekday - first + 1);
      return {
        day,
        date: Number(day.slice(8)),
        inMonth: day.startsWith(month),
        entries: entries.filter((entry) => entry.day === day),
      };
    }),
  );
}
