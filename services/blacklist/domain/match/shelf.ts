import type { Lexicon } from './lexicon.ts';
import type { Postings } from './postings.ts';
import type { Vocabulary } from './vocabulary.ts';

/** All that an index holds; entries and their spellings lie in rows by place and by slot. */
export type Shelf = {
  readonly lexicon: Lexicon;
  readonly vocabulary: Vocabulary;
  /** By word: slots of the spellings that have it, ascending, also of removed entries. */
  readonly postings: Postings;
  /** By word: living spellings that have it. */
  frequency: Int32Array;
  readonly texts: string[];
  keyCounts: Uint8Array;
  entryOf: Int32Array;
  readonly ids: string[];
  kindOf: Uint8Array;
  first: Int32Array;
  nameCounts: Int32Array;
  isAlive: Uint8Array;
  /** Living spellings. */
  alive: number;
  readonly work: Work;
};

/** Memory of one search, kept for the next; scores are all zero between searches. */
export type Work = {
  scores: Float32Array;
  stamps: Int32Array;
  round: number;
  touched: Int32Array;
};

/** How much the sight of a word tells: 1 when one spelling has it, near 0 when all have. */
export function rarityOf(shelf: Shelf, frequency: number): number {
  const all = Math.max(shelf.alive, 2);
  return Math.max(0.02, Math.min(1, Math.log(all / Math.max(frequency, 1)) / Math.log(all)));
}

export function idAt(shelf: Shelf, slot: number): string {
  return shelf.ids[shelf.entryOf[slot] ?? 0] ?? '';
}
