import type { EveryPage } from './every-page';

/** What was read of a list; `isCut` when it holds more than was asked for. */
export type Gathered<Row> = { rows: readonly Row[]; isCut: boolean };

/** Reads all rows that a list matches, up to `most`, telling how many are there. */
export async function everyRow<Row>(
  pages: EveryPage<Row>,
  options: { most: number; signal: AbortSignal; tell?: (done: number, total: number) => void },
): Promise<Gathered<Row>> {
  const read = pages();
  const rows: Row[] = [];
  let cursor = '';
  do {
    const answer = await read(cursor, options.signal);
    rows.push(...answer.rows);
    cursor = answer.page?.nextCursor ?? '';
    options.tell?.(rows.length, Math.max(Number(answer.page?.count ?? 0n), rows.length));
  } while (cursor !== '' && rows.length < options.most && !options.signal.aborted);
  return {
    rows: rows.slice(0, options.most),
    isCut: cursor !== '' || rows.length > options.most,
  };
}
