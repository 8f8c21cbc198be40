import { wordLikeness } from './distance.ts';
import { grown, postings } from './postings.ts';
import { consonantsOf } from './sound.ts';

/** What a name is found by: a word as heard, and how much it tells. */
export type Key = { readonly word: string; readonly weight: number; readonly isWhole?: boolean };

export type Near = { readonly word: number; readonly likeness: number };

/** The words of all names in a list, found again by sound though they are spelled otherwise. */
export type Vocabulary = {
  /** The number of a word; made when it is new. One taken `whole` is found by itself only. */
  place(word: string, isWhole: boolean): number;
  find(word: string): number | undefined;
  /** Words like this one, the likest first, itself left out; at most 40. */
  near(word: string): Near[];
  size(): number;
  bytes(): number;
};

/** Words in one script only, long enough to have parts. */
const hasParts = (word: string) => /^[a-z]{4,}$/.test(word);

/** Three neighbouring letters as one number; the ends count as letters. */
function trigrams(word: string): number[] {
  const codes = [0, ...[...word].map((letter) => letter.charCodeAt(0) - 96), 0];
  const made = new Set<number>();
  for (let at = 0; at + 2 < codes.length; at += 1) {
    made.add(((codes[at] ?? 0) * 27 + (codes[at + 1] ?? 0)) * 27 + (codes[at + 2] ?? 0));
  }
  return [...made];
}

const nearMost = 40;
const leastNear = 0.7;
/** Members of the lists of parts read per word; what is left out are parts such as -ing. */
const partsMost = 60_000;

export function vocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const byTrigram = postings();
  const skeletons = new Map<string, number>();
  const bySkeleton = postings();
  let parts = new Uint8Array(1024);
  let counts = new Uint8Array(1024);
  let found = new Int32Array(1024);

  function place(word: string, isWhole: boolean): number {
    const before = numbers.get(word);
    if (before !== undefined) {
      if (!isWhole && parts[before] === 0) takeApart(word, before);
      return before;
    }
    const number = words.length;
    numbers.set(word, number);
    words.push(word);
    parts = grown(parts, number + 1);
    counts = grown(counts, number + 1);
    if (!isWhole) takeApart(word, number);
    return number;
  }

  function takeApart(word: string, number: number): void {
    if (!hasParts(word)) return;
    const own = trigrams(word);
    parts[number] = own.length;
    for (const part of own) byTrigram.add(part, number);
    const skeleton = consonantsOf(word);
    if (skeleton.length >= 3) bySkeleton.add(skeletonNumber(skeleton), number);
  }

  function skeletonNumber(skeleton: string): number {
    const before = skeletons.get(skeleton);
    if (before !== undefined) return before;
    skeletons.set(skeleton, skeletons.size);
    return skeletons.size - 1;
  }

  /**
   * Words that share at least two fifths of their parts with this one (Dice). The most frequent
   * parts are not read when the rarer ones fill `partsMost`; half of them count as found then.
   */
  function sharing(word: string): number[] {
    const own = trigrams(word).sort((x, y) => byTrigram.length(x) - byTrigram.length(y) || x - y);
    const pool = byTrigram.pool();
    let touched = 0;
    let read = 0;
    let unread = 0;
    for (const part of own) {
      const start = byTrigram.start(part);
      const end = start + byTrigram.length(part);
      if (read > 0 && read + end - start > partsMost) {
        unread += 1;
        continue;
      }
      read += end - start;
      found = grown(found, read);
      for (let at = start; at < end; at += 1) {
        const number = pool[at] ?? 0;
        const count = counts[number] ?? 0;
        if (count === 0) {
          found[touched] = number;
          touched += 1;
        }
        counts[number] = count + 1;
      }
    }
    const made: number[] = [];
    const allowance = unread / 2;
    for (let at = 0; at < touched; at += 1) {
      const number = found[at] ?? 0;
      const count = (counts[number] ?? 0) + allowance;
      if (count * 2 >= 0.4 * (own.length + (parts[number] ?? 0))) made.push(number);
      counts[number] = 0;
    }
    return made;
  }

  function near(word: string): Near[] {
    if (!hasParts(word)) return [];
    const like: { word: number; likeness: number; text: string }[] = [];
    const seen = new Set<number>();
    const look = (number: number, least: number) => {
      const text = words[number] ?? '';
      if (text === word || seen.has(number)) return;
      seen.add(number);
      const likeness = Math.max(wordLikeness(word, text), least);
      if (likeness >= leastNear) like.push({ word: number, likeness, text });
    };
    const skeleton = skeletons.get(consonantsOf(word));
    if (skeleton !== undefined) {
      const start = bySkeleton.start(skeleton);
      const pool = bySkeleton.pool();
      for (let at = 0; at < bySkeleton.length(skeleton); at += 1) look(pool[start + at] ?? 0, 0.7);
    }
    for (const number of sharing(word)) look(number, 0);
    like.sort((a, b) => b.likeness - a.likeness || (a.text < b.text ? -1 : 1));
    return like.slice(0, nearMost);
  }

  return {
    place,
    find: (word) => numbers.get(word),
    near,
    size: () => words.length,
    bytes: () => byTrigram.bytes() + bySkeleton.bytes() + parts.length + counts.length,
  };
}
