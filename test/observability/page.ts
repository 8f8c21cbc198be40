/** Metrics pages as Prometheus reads them, and metrics in the words of rules and dashboards. */

export type Series = { name: string; labels: Readonly<Record<string, string>>; value: number };

const line = /^(?<name>\w+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Series of a page in the text format of Prometheus. */
export function readPage(text: string): Series[] {
  return text.split('\n').flatMap((row) => {
    const found = row.startsWith('#') ? undefined : line.exec(row)?.groups;
    if (found === undefined) return [];
    const pairs = [...(found['labels'] ?? '').matchAll(label)];
    const labels = Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
    return [{ name: found['name'] ?? '', labels, value: Number(found['value']) }];
  });
}

/** What a process shows on its health port. */
export async function scrape(healthPort: number): Promise<Series[]> {
  const answer = await fetch(`http://127.0.0.1:${healthPort}/metrics`);
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
  return readPage(await answer.text());
}

/** The sum of a metric's series with these labels; undefined when there is none. */
export function valueOf(
  page: readonly Series[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const found = page.filter(
    (one) =>
      one.name === name &&
      Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  );
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
}
