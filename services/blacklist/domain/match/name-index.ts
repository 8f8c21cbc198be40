import { fault } from '@recourse/kit/fault.ts';
import { blendKeys } from './blend.ts';
import type { Candidate, SearchOptions } from './candidate.ts';
import { kinds, type NameKind } from './comparison.ts';
import { keysOf } from './key.ts';
import type { Lexicon } from './lexicon.ts';
import { searchNames } from './name-search.ts';
import { readNames } from './name.ts';
import { grown, postings } from './postings.ts';
import type { Shelf } from './shelf.ts';
import { vocabulary } from './vocabulary.ts';

export type Entry = {
  readonly id: string;
  readonly names: readonly string[];
  readonly kind: NameKind;
};

/**
 * Names in memory, found by likeness. What it answers does not depend on the order of additions.
 */
export type NameIndex = {
  /** Adds an entry; one with the same id is replaced, or left alone when it is the same. */
  add(entry: Entry): void;
  /** True when there was such an entry. */
  remove(id: string): boolean;
  /**
   * Gives back the room of removed entries once they are a quarter: lays up to `most` entries out
   * anew beside the index in use, and takes over when all are. True while there is more to do, so
   * that the owner may do other work between; nothing that is found changes.
   */
  compact(most: number): boolean;
  /** Best first; equal ones by id. */
  search(name: string, options: SearchOptions): Candidate[];
  size(): { entries: number; names: number; words: number; bytes: number };
  /** JSON of the entries by id; the same text whatever the order of additions. */
  serialise(): string;
};

function emptyShelf(lexicon: Lexicon): Shelf {
  return {
    lexicon,
    vocabulary: vocabulary(),
    postings: postings(),
    frequency: new Int32Array(1024),
    texts: [],
    keyCounts: new Uint8Array(1024),
    entryOf: new Int32Array(1024),
    ids: [],
    kindOf: new Uint8Array(256),
    first: new Int32Array(256),
    nameCounts: new Int32Array(256),
    isAlive: new Uint8Array(256),
    alive: 0,
    work: {
      scores: new Float32Array(0),
      stamps: new Int32Array(0),
      round: 0,
      touched: new Int32Array(1024),
    },
  };
}

/** Distinct key words of one listed spelling, as numbers, and how many are single words. */
function wordsOf(shelf: Shelf, text: string, kind: NameKind): { all: number[]; single: number } {
  const found = new Set<number>();
  let single = 0;
  for (const name of readNames(text, kind, shelf.lexicon)) {
    const blends = blendKeys(name.company, 'listed', shelf.lexicon);
    for (const { word, isWhole } of [...keysOf(name, shelf.lexicon), ...blends]) {
      found.add(shelf.vocabulary.place(word, isWhole === true));
      if (isWhole !== true) single += 1;
    }
  }
  return { all: [...found], single };
}

function countWords(shelf: Shelf, words: readonly number[], change: 1 | -1): void {
  for (const word of words) {
    shelf.frequency = grown(shelf.frequency, word + 1);
    shelf.frequency[word] = (shelf.frequency[word] ?? 0) + change;
  }
}

function put(shelf: Shelf, places: Map<string, number>, entry: Entry): void {
  const place = shelf.ids.length;
  shelf.ids.push(entry.id);
  shelf.kindOf = grown(shelf.kindOf, place + 1);
  shelf.first = grown(shelf.first, place + 1);
  shelf.nameCounts = grown(shelf.nameCounts, place + 1);
  shelf.isAlive = grown(shelf.isAlive, place + 1);
  shelf.kindOf[place] = kinds.indexOf(entry.kind);
  shelf.first[place] = shelf.texts.length;
  shelf.nameCounts[place] = entry.names.length;
  shelf.isAlive[place] = 1;
  shelf.alive += entry.names.length;
  places.set(entry.id, place);
  for (const text of entry.names) {
    const slot = shelf.texts.length;
    const { all, single } = wordsOf(shelf, text, entry.kind);
    shelf.texts.push(text);
    shelf.keyCounts = grown(shelf.keyCounts, slot + 1);
    shelf.entryOf = grown(shelf.entryOf, slot + 1);
    shelf.keyCounts[slot] = Math.min(single, 255);
    shelf.entryOf[slot] = place;
    for (const word of all) shelf.postings.add(word, slot);
    countWords(shelf, all, 1);
  }
}

function entryAt(shelf: Shelf, place: number): Entry {
  const first = shelf.first[place] ?? 0;
  return {
    id: shelf.ids[place] ?? '',
    kind: kinds[shelf.kindOf[place] ?? 2] ?? 'unknown',
    names: shelf.texts.slice(first, first + (shelf.nameCounts[place] ?? 0)),
  };
}

function isSame(before: Entry, names: readonly string[], kind: NameKind): boolean {
  const isAlike = before.kind === kind && before.names.length === names.length;
  return isAlike && before.names.every((name, at) => name === names[at]);
}

function readSerialised(text: string): Entry[] {
  const read = JSON.parse(text) as { format?: string; entries?: Entry[] };
  if (read.format !== 'names/1' || !Array.isArray(read.entries)) {
    throw fault('invalid', 'name_index_format', { format: String(read.format) });
  }
  return read.entries;
}

/** Entries by where they lie on their shelf. */
type Library = { shelf: Shelf; places: Map<string, number> };

const emptyLibrary = (lexicon: Lexicon): Library => ({
  shelf: emptyShelf(lexicon),
  places: new Map(),
});

function takeOut({ shelf, places }: Library, id: string): boolean {
  const place = places.get(id);
  if (place === undefined) return false;
  const { names, kind } = entryAt(shelf, place);
  for (const text of names) countWords(shelf, wordsOf(shelf, text, kind).all, -1);
  shelf.isAlive[place] = 0;
  shelf.alive -= names.length;
  places.delete(id);
  return true;
}

/** Removed entries stay as shadows until they are a quarter of all. */
function isShadowy({ texts, alive }: Shelf): boolean {
  return texts.length >= 1024 && alive * 4 <= texts.length * 3;
}

/** An index, empty or with the entries of a serialised one. */
export function nameIndex(lexicon: Lexicon, from?: string): NameIndex {
  let here = emptyLibrary(lexicon);
  /** What is being laid out anew beside the one in use, and which entries are still to come. */
  let next: (Library & { rest: Iterator<string> }) | undefined;

  function remove(id: string): boolean {
    if (next !== undefined) takeOut(next, id);
    return takeOut(here, id);
  }

  function add(entry: Entry): void {
    const names = [...new Set(entry.names)].sort();
    const place = here.places.get(entry.id);
    if (place !== undefined && isSame(entryAt(here.shelf, place), names, entry.kind)) return;
    remove(entry.id);
    put(here.shelf, here.places, { ...entry, names });
    if (next !== undefined) put(next.shelf, next.places, { ...entry, names });
  }

  function compact(most: number): boolean {
    if (next === undefined && !isShadowy(here.shelf)) return false;
    next ??= { ...emptyLibrary(lexicon), rest: here.places.keys() };
    for (let moved = 0; moved < most; moved += 1) {
      const { done, value: id } = next.rest.next();
      if (done === true) {
        here = { shelf: next.shelf, places: next.places };
        next = undefined;
        return false;
      }
      const place = here.places.get(id);
      if (place === undefined || next.places.has(id)) continue;
      put(next.shelf, next.places, entryAt(here.shelf, place));
    }
    return true;
  }

  if (from !== undefined) readSerialised(from).forEach(add);
  return {
    add,
    remove,
    compact,
    search: (name, options) => searchNames(here.shelf, name, options),
    size: () => ({
      entries: here.places.size,
      names: here.shelf.alive,
      words: here.shelf.vocabulary.size(),
      bytes: here.shelf.postings.bytes() + here.shelf.vocabulary.bytes(),
    }),
    serialise() {
      const ids = [...here.places.keys()].sort();
      const entries = ids.map((id) => entryAt(here.shelf, here.places.get(id) ?? 0));
      return JSON.stringify({ format: 'names/1', entries });
    },
  };
}
