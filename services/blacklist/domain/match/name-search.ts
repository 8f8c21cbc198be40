import type { Candidate, SearchOptions } from './candidate.ts';
import type { Rarity } from './company.ts';
import { kinds, type Comparison, type NameKind } from './comparison.ts';
import { joinedKeys, keysOf, type Key } from './key.ts';
import type { Lexicon } from './lexicon.ts';
import { compareRead, readNames, type ReadName } from './name.ts';
import { grown, type Postings } from './postings.ts';
import { soundOf } from './sound.ts';
import type { Vocabulary } from './vocabulary.ts';

/** All that an index holds; entries and their spellings lie in rows by place and by slot. */
export type Shelf = {
  readonly lexicon: Lexicon;
  readonly vocabulary: Vocabulary;
  /** By word: slots of the spellings that have it, also of removed entries. */
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

/** Memory of one search, kept for the next; all zeros between searches. */
type Work = { scores: Float32Array; stamps: Int32Array; round: number };

/** Spellings compared word by word, and list members read, at most, per search. */
const compared = 120;
const readMost = 1_500_000;
/** A word more frequent than this counts only beside rarer ones. */
const frequentFrom = 60_000;

/** How much the sight of a word tells: 1 when one spelling has it, near 0 when all have. */
function rarityOf(shelf: Shelf, frequency: number): number {
  const all = Math.max(shelf.alive, 2);
  return Math.max(0.02, Math.min(1, Math.log(all / Math.max(frequency, 1)) / Math.log(all)));
}

type Sought = { word: number; likeness: number };
type Question = { key: Key; rarity: number; sought: Sought[] };

/** The words of the list that a key may mean, rarest keys first. */
function questionsOf(shelf: Shelf, keys: readonly Key[]): Question[] {
  const made: (Question & { text: string })[] = [];
  for (const key of keys) {
    const own = shelf.vocabulary.find(key.word);
    const frequency = own === undefined ? 0 : (shelf.frequency[own] ?? 0);
    const sought: Sought[] =
      own === undefined || frequency === 0 ? [] : [{ word: own, likeness: 1 }];
    if (frequency <= frequentFrom) sought.push(...shelf.vocabulary.near(key.word));
    if (sought.length === 0) continue;
    made.push({ key, rarity: rarityOf(shelf, frequency), sought, text: key.word });
  }
  return made.sort((a, b) => b.rarity - a.rarity || (a.text < b.text ? -1 : 1));
}

/** Adds up, by slot, what the found words tell. Gives the slots touched. */
function addUp(shelf: Shelf, questions: readonly Question[]): number[] {
  const { work } = shelf;
  work.scores = grown(work.scores, shelf.texts.length);
  work.stamps = grown(work.stamps, shelf.texts.length);
  const touched: number[] = [];
  const pool = shelf.postings.pool();
  let read = 0;
  for (const { key, sought } of questions) {
    work.round += 1;
    for (const { word, likeness } of sought) {
      const length = shelf.postings.length(word);
      if (length > frequentFrom && touched.length >= compared * 4) continue;
      if (read + length > readMost && read > 0) continue;
      read += length;
      const worth = key.weight * likeness * likeness * rarityOf(shelf, shelf.frequency[word] ?? 0);
      const start = shelf.postings.start(word);
      for (let at = start; at < start + length; at += 1) {
        const slot = pool[at] ?? 0;
        if (work.stamps[slot] === work.round) continue;
        work.stamps[slot] = work.round;
        if (work.scores[slot] === 0) touched.push(slot);
        work.scores[slot] = (work.scores[slot] ?? 0) + worth;
      }
    }
  }
  return touched;
}

type Found = { slot: number; worth: number };

/** The slots worth a comparison; ties at the edge are settled by id. */
function bestSlots(
  shelf: Shelf,
  touched: readonly number[],
  keys: number,
  kind: NameKind,
): Found[] {
  const { scores } = shelf.work;
  const found: Found[] = [];
  for (const slot of touched) {
    const entry = shelf.entryOf[slot] ?? 0;
    const worth = (scores[slot] ?? 0) / Math.sqrt((keys + 2) * ((shelf.keyCounts[slot] ?? 0) + 2));
    const isWanted = shelf.isAlive[entry] === 1 && mayBe(shelf.kindOf[entry] ?? 2, kind);
    if (isWanted) found.push({ slot, worth });
    scores[slot] = 0;
  }
  if (found.length > compared) {
    const worths = Float64Array.from(found, ({ worth }) => worth).sort();
    const least = worths[worths.length - compared] ?? 0;
    const kept = found.filter(({ worth }) => worth >= least);
    return kept.sort((a, b) => byWorth(shelf, a, b)).slice(0, compared);
  }
  return found;
}

/** A company is not looked for among persons. */
function mayBe(listed: number, asked: NameKind): boolean {
  return asked === 'unknown' || kinds[listed] === 'unknown' || kinds[listed] === asked;
}

function byWorth(shelf: Shelf, a: Found, b: Found): number {
  if (a.worth !== b.worth) return b.worth - a.worth;
  const [left, right] = [a, b].map(({ slot }) => idAt(shelf, slot) + shelf.texts[slot]);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

function idAt(shelf: Shelf, slot: number): string {
  return shelf.ids[shelf.entryOf[slot] ?? 0] ?? '';
}

type Weighed = { candidate: Candidate; rank: number };

/** Searches one reading of the name asked about. */
function searchOne(shelf: Shelf, name: ReadName, options: SearchOptions): Weighed[] {
  const keys = keysOf(name, shelf.lexicon);
  const known = new Set(keys.map(({ word }) => word));
  const joined = joinedKeys(name).filter(({ word }) => !known.has(word));
  const questions = questionsOf(shelf, [...keys, ...joined]);
  const size = keys.filter(({ isWhole }) => isWhole !== true).length;
  const found = bestSlots(shelf, addUp(shelf, questions), size, options.kind);
  const rarity: Rarity = (word) => {
    const number = shelf.vocabulary.find(soundOf(word));
    return number === undefined ? 1 : rarityOf(shelf, shelf.frequency[number] ?? 0);
  };
  return found.map(({ slot, worth }) => {
    const text = shelf.texts[slot] ?? '';
    const outcome = compareListed(shelf, name, text, { ...options, rarity });
    const candidate = { ...outcome, id: idAt(shelf, slot), name: text };
    return { candidate, rank: outcome.score + 2 * worth };
  });
}

function compareListed(
  shelf: Shelf,
  name: ReadName,
  text: string,
  { kind, rarity }: SearchOptions & { rarity: Rarity },
): Comparison {
  let best: Comparison = { score: 0, verdict: 'none', reasons: [] };
  for (const listed of readNames(text, kind, shelf.lexicon)) {
    const one = compareRead(name, listed, shelf.lexicon, rarity);
    if (one.score > best.score || best.reasons.length === 0) best = one;
  }
  return best;
}

/** Candidates for a name, one per entry, best first. */
export function searchNames(shelf: Shelf, text: string, options: SearchOptions): Candidate[] {
  const byId = new Map<string, Weighed>();
  for (const name of readNames(text, options.kind, shelf.lexicon)) {
    for (const one of searchOne(shelf, name, options)) {
      const before = byId.get(one.candidate.id);
      if (before === undefined || isBefore(one, before)) byId.set(one.candidate.id, one);
    }
  }
  return [...byId.values()]
    .filter(({ candidate }) => candidate.score >= (options.least ?? 0.5))
    .sort((a, b) => (isBefore(a, b) ? -1 : 1))
    .slice(0, options.limit)
    .map(({ candidate }) => candidate);
}

function isBefore(a: Weighed, b: Weighed): boolean {
  if (a.rank !== b.rank) return a.rank > b.rank;
  if (a.candidate.id !== b.candidate.id) return a.candidate.id < b.candidate.id;
  return a.candidate.name < b.candidate.name;
}
