import { blendKeys } from './blend.ts';
import type { Candidate, SearchOptions } from './candidate.ts';
import type { Rarity } from './company.ts';
import type { Comparison } from './comparison.ts';
import { gather, type Found } from './gather.ts';
import { joinedKeys, keysOf } from './key.ts';
import { compareRead, readNames, type ReadName } from './name.ts';
import { idAt, rarityOf, type Shelf } from './shelf.ts';
import { soundOf } from './sound.ts';

/** Spellings always compared; further ones only while worth this share of the best one. */
const comparedLeast = 32;
const worthShare = 0.5;

type Weighed = { readonly candidate: Candidate; readonly rank: number };

/** How rare the words of a list are, each looked up once per search. */
function raritiesOf(shelf: Shelf): Rarity {
  const known = new Map<string, number>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const number = shelf.vocabulary.find(soundOf(word));
    const rarity = number === undefined ? 1 : rarityOf(shelf, shelf.frequency[number] ?? 0);
    known.set(word, rarity);
    return rarity;
  };
}

/** Searches one reading of the name asked about. */
function searchOne(shelf: Shelf, name: ReadName, options: SearchOptions): Weighed[] {
  const keys = keysOf(name, shelf.lexicon);
  const known = new Set(keys.map(({ word }) => word));
  const joined = joinedKeys(name).filter(({ word }) => !known.has(word));
  const size = keys.filter(({ isWhole }) => isWhole !== true).length;
  const blends = blendKeys(name.company, 'asked', shelf.lexicon);
  const found = gather(shelf, [...keys, ...joined, ...blends], size, options.kind);
  const rarity = raritiesOf(shelf);
  return worthwhile(found).map(({ slot, worth }) => {
    const text = shelf.texts[slot] ?? '';
    const outcome = compareListed(shelf, name, text, { ...options, rarity });
    const candidate = { ...outcome, id: idAt(shelf, slot), name: text };
    return { candidate, rank: outcome.score + 2 * worth };
  });
}

/** What shares little beside the best is not like the name asked about either. */
function worthwhile(found: readonly Found[]): readonly Found[] {
  const least = (found[0]?.worth ?? 0) * worthShare;
  const end = found.findIndex(({ worth }, at) => at >= comparedLeast && worth < least);
  return end < 0 ? found : found.slice(0, end);
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
