import { keyTable } from './key-table.ts';
import { readHeading } from './heading-words.ts';
import { headingScore } from './mapping.ts';

/** What the rows that follow one another under one document number are like, in the whole file. */
export type DocumentLines = {
  /** The column of document numbers this was seen in. */
  document: number;
  /** Documents of several rows, and rows that repeat the document number of the row above. */
  documents: number;
  rows: number;
  /** Columns that differ between two rows of one document somewhere in the file. */
  varying: readonly number[];
};

const leastScore = 0.3;
const mostCandidates = 4;

type Candidate = { position: number; documents: number; rows: number; varying: Set<number> };

/** Rows that repeat a document number of further above, and the column they were counted in. */
export type ApartRows = { document: number; rows: number };

export type LinesScan = {
  add(cells: readonly string[]): void;
  finish(document: number | undefined): DocumentLines | undefined;
  apart(): ApartRows | undefined;
};

/**
 * Watches rows that repeat the document number of the row above. Which column it is in is not
 * settled yet, so the likeliest few are watched.
 */
export function linesScan(names: readonly string[]): LinesScan {
  const candidates = names
    .map((name, position) => ({
      position,
      score: headingScore(readHeading(name), 'DOCUMENT_NUMBER'),
    }))
    .filter(({ score }) => score >= leastScore)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostCandidates)
    .map(({ position }): Candidate => ({ position, documents: 0, rows: 0, varying: new Set() }));
  let before: readonly string[] = [];
  let repeated = -1;
  // Only the likeliest column is watched for numbers that come again further below.
  const [likeliest] = candidates;
  const seen = keyTable(3);
  let apartRows = 0;

  function remember(number: string | undefined): void {
    if (number === undefined || number === '' || number === before[likeliest?.position ?? -1]) {
      return;
    }
    const at = seen.find(number);
    const slots = seen.words();
    if (slots[at + 2] !== 0) apartRows += 1;
    else {
      slots[at + 2] = 1;
      seen.added();
    }
  }

  function compare(candidate: Candidate, cells: readonly string[], isFirst: boolean): void {
    candidate.rows += 1;
    if (isFirst) candidate.documents += 1;
    for (let at = 0; at < names.length; at += 1) {
      if ((cells[at] ?? '') !== (before[at] ?? '')) candidate.varying.add(at);
    }
  }

  function add(cells: readonly string[]): void {
    let found = -1;
    for (const candidate of candidates) {
      const number = cells[candidate.position];
      if (number === undefined || number === '' || number !== before[candidate.position]) continue;
      found = candidate.position;
      compare(candidate, cells, repeated !== candidate.position);
    }
    repeated = found;
    if (likeliest !== undefined) remember(cells[likeliest.position]);
    before = cells;
  }

  function finish(document: number | undefined): DocumentLines | undefined {
    const found = candidates.find((candidate) => candidate.position === document);
    if (found === undefined || found.rows === 0) return undefined;
    const { position, documents, rows, varying } = found;
    return { document: position, documents, rows, varying: [...varying].toSorted((a, b) => a - b) };
  }
  const apart = (): ApartRows | undefined =>
    likeliest === undefined ? undefined : { document: likeliest.position, rows: apartRows };
  return { add, finish, apart };
}
