import type { Hit } from './palette-state';

/** Best first: the start of the title, then of a word of it, then anywhere in what finds it. */
function rank(hit: Hit, text: string): number {
  const title = hit.title.toLowerCase();
  const words = `${title} ${hit.also ?? ''}`.toLowerCase();
  if (title.startsWith(text)) return 0;
  if (words.split(/\s+/).some((word) => word.startsWith(text))) return 1;
  return words.includes(text) ? 2 : 3;
}

/** The hits that a text finds, best first; all of them, as they are, when it is empty. */
export function matchHits(hits: readonly Hit[], text: string): Hit[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [...hits];
  return hits
    .map((hit) => ({ hit, rank: rank(hit, wanted) }))
    .filter((ranked) => ranked.rank < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .map((ranked) => ranked.hit);
}
