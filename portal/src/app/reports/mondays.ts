/** Mondays up to a day, newest first, as `YYYY-MM-DD`. */
export function lastMondays(day: string, count: number): string[] {
  const start = new Date(`${day}T00:00:00Z`);
  const back = (start.getUTCDay() + 6) % 7;
  return Array.from({ length: count }, (_, weeks) => {
    const monday = new Date(start);
    monday.setUTCDate(start.getUTCDate() - back - 7 * weeks);
    return monday.toISOString().slice(0, 10);
  });
}
