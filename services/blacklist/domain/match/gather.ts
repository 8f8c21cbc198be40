import { kinds, type NameKind } from './comparison.ts';
import { grown } from './postings.ts';
import { idAt, rarityOf, type Shelf } from './shelf.ts';
import type { Key } from './vocabulary.ts';

/** A spelling of the list and how much of its keys the asked name shares, about 0..1. */
export type Found = { readonly slot: number; readonly worth: number };

/** Spellings kept for the comparison word by word, at most, per search. */
const keptMost = 120;
/**
 * List members that may bring new spellings in, per search. Words whose lists do not fit, the most
 * frequent ones, only tell more about spellings that a rarer word has brought in.
 */
const bringMost = 120_000;
/** Likenesses of a word this frequent are not looked for. */
const frequentFrom = 60_000;

type Sought = { readonly word: number; readonly likeness: number };
type Question = { key: Key; rarity: number; sought: Sought[] };

/** The words of the list that a key may mean, rarest keys first. */
function questionsOf(shelf: Shelf, keys: readonly Key[]): Question[] {
  const made: Question[] = [];
  for (const key of keys) {
    const own = shelf.vocabulary.find(key.word);
    const frequency = own === undefined ? 0 : (shelf.frequency[own] ?? 0);
    const sought: Sought[] =
      own === undefined || frequency === 0 ? [] : [{ word: own, likeness: 1 }];
    if (frequency <= frequentFrom) sought.push(...shelf.vocabulary.near(key.word));
    if (sought.length === 0) continue;
    made.push({ key, rarity: rarityOf(shelf, frequency), sought });
  }
  return made.sort((a, b) => b.rarity - a.rarity || (a.key.word < b.key.word ? -1 : 1));
}

/** Adds up, by slot, what the found words tell. Gives how many slots were touched. */
function addUp(shelf: Shelf, questions: readonly Question[]): number {
  const { work, postings } = shelf;
  work.scores = grown(work.scores, shelf.texts.length);
  work.stamps = grown(work.stamps, shelf.texts.length);
  let touched = 0;
  let brought = 0;
  for (const { key, sought } of questions) {
    work.round += 1;
    for (const { word, likeness } of sought) {
      const length = postings.length(word);
      const worth = key.weight * likeness * likeness * rarityOf(shelf, shelf.frequency[word] ?? 0);
      if (brought + length > bringMost && touched > 0) {
        raise(shelf, word, worth, touched);
        continue;
      }
      brought += length;
      touched = bring(shelf, word, worth, touched);
    }
  }
  return touched;
}

/** Adds a word's worth to all spellings that have it. */
function bring(shelf: Shelf, word: number, worth: number, before: number): number {
  const { work, postings } = shelf;
  const { scores, stamps, round } = work;
  const pool = postings.pool();
  const start = postings.start(word);
  const end = start + postings.length(word);
  let touched = before;
  work.touched = grown(work.touched, touched + end - start);
  for (let at = start; at < end; at += 1) {
    const slot = pool[at] ?? 0;
    if (stamps[slot] === round) continue;
    stamps[slot] = round;
    const score = scores[slot] ?? 0;
    if (score === 0) {
      work.touched[touched] = slot;
      touched += 1;
    }
    scores[slot] = score + worth;
  }
  return touched;
}

/** Adds a frequent word's worth to those touched before that have it. */
function raise(shelf: Shelf, word: number, worth: number, touched: number): void {
  const { scores, stamps, round } = shelf.work;
  const pool = shelf.postings.pool();
  const start = shelf.postings.start(word);
  const end = start + shelf.postings.length(word);
  const isFew = touched * Math.log2(end - start + 2) < end - start;
  const lift = (slot: number) => {
    if (stamps[slot] === round) return;
    stamps[slot] = round;
    scores[slot] = (scores[slot] ?? 0) + worth;
  };
  if (!isFew) {
    for (let at = start; at < end; at += 1) {
      const slot = pool[at] ?? 0;
      if ((scores[slot] ?? 0) > 0) lift(slot);
    }
    return;
  }
  for (let at = 0; at < touched; at += 1) {
    const slot = shelf.work.touched[at] ?? 0;
    if (has(pool, start, end, slot)) lift(slot);
  }
}

/** Whether an ascending stretch of memory has a number. */
function has(pool: Int32Array, start: number, end: number, slot: number): boolean {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pool[middle] ?? 0) < slot) low = middle + 1;
    else high = middle;
  }
  return low < end && pool[low] === slot;
}

/** A company is not looked for among persons. */
function mayBe(listed: number, asked: NameKind): boolean {
  return asked === 'unknown' || kinds[listed] === 'unknown' || kinds[listed] === asked;
}

/** Below 0 where the first one stands before the other: by worth, then by id and spelling. */
function order(shelf: Shelf, a: Found, b: Found): number {
  if (a.worth !== b.worth) return b.worth - a.worth;
  const [left, right] = [idAt(shelf, a.slot), idAt(shelf, b.slot)];
  if (left !== right) return left < right ? -1 : 1;
  return (shelf.texts[a.slot] ?? '') < (shelf.texts[b.slot] ?? '') ? -1 : 1;
}

/**
 * The spellings worth the most, best first, without removed entries and other kinds. Sets all
 * scores back to zero. Sorts a little now and then, never all that was touched.
 */
function bestOf(shelf: Shelf, touched: number, keys: number, kind: NameKind): Found[] {
  const { scores, touched: slots } = shelf.work;
  let found: Found[] = [];
  let worst: Found | undefined;
  const cut = () => {
    found = found.sort((a, b) => order(shelf, a, b)).slice(0, keptMost);
    if (found.length === keptMost) worst = found.at(-1);
  };
  for (let at = 0; at < touched; at += 1) {
    const slot = slots[at] ?? 0;
    const worth = (scores[slot] ?? 0) / Math.sqrt((keys + 2) * ((shelf.keyCounts[slot] ?? 0) + 2));
    scores[slot] = 0;
    if (worst !== undefined && worth < worst.worth) continue;
    const entry = shelf.entryOf[slot] ?? 0;
    if (shelf.isAlive[entry] !== 1 || !mayBe(shelf.kindOf[entry] ?? 2, kind)) continue;
    const one = { slot, worth };
    if (worst !== undefined && order(shelf, one, worst) > 0) continue;
    found.push(one);
    if (found.length >= keptMost * 4) cut();
  }
  cut();
  return found;
}

/**
 * Spellings that share keys with a name, the most telling first: rare words bring spellings in,
 * frequent ones only raise them, so that the work does not grow with the longest lists.
 * `keys` says how many single words the asked name has.
 */
export function gather(shelf: Shelf, asked: readonly Key[], keys: number, kind: NameKind): Found[] {
  const touched = addUp(shelf, questionsOf(shelf, asked));
  return bestOf(shelf, touched, keys, kind);
}
