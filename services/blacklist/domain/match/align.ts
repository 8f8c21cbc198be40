import { wordLikeness } from './distance.ts';
import { token, withoutArticle, type Token } from './token.ts';

export type Pair = { readonly a: Token; readonly b: Token; readonly likeness: number };

export type Alignment = {
  readonly pairs: readonly Pair[];
  readonly onlyA: readonly Token[];
  readonly onlyB: readonly Token[];
};

export type Likeness = (a: Token, b: Token) => number;

/** Words less alike than this are different words. */
export const leastLikeness = 0.74;

/** How alike two words are, 0..1, as written or as heard. */
export function tokenLikeness(a: Token, b: Token): number {
  if (a.text === b.text) return 1;
  const isExact = (one: Token) => one.role === 'number' || one.role === 'region';
  if (isExact(a) || isExact(b)) return 0;
  const shorter = Math.min(a.text.length, b.text.length);
  if (a.sound === b.sound) return shorter >= 4 ? 0.95 : shorter === 3 ? 0.8 : 0;
  const like = Math.max(wordLikeness(a.text, b.text), wordLikeness(a.sound, b.sound) - 0.04);
  return like > 0.9 ? like : Math.max(like, articleLikeness(a.text, b.text));
}

/** One word with the Arabic article run into it, the other without. */
function articleLikeness(a: string, b: string): number {
  if (a.startsWith('al') === b.startsWith('al')) return 0;
  const [bare, other] = a.startsWith('al') ? [withoutArticle(a), b] : [withoutArticle(b), a];
  return bare === undefined ? 0 : wordLikeness(bare, other) - 0.05;
}

/** Neighbouring words of `a` that stand as one word in `b` become one: `good will`, `goodwill`. */
function joinWords(a: readonly Token[], b: readonly Token[]): Token[] {
  const here = new Set(a.map(({ text }) => text));
  const there = new Set(b.map(({ text }) => text));
  const wanted = b.filter(({ text }) => text.length >= 5 && !here.has(text));
  if (wanted.length === 0 || a.length < 2) return [...a];
  const made: Token[] = [];
  for (let at = 0; at < a.length;) {
    const joined = there.has(a[at]?.text ?? '') ? undefined : joinAt(a, at, wanted);
    const one = joined?.one ?? a[at];
    if (one !== undefined) made.push(one);
    at += joined?.length ?? 1;
  }
  return made;
}

/** Both names with their words joined where the other has them so; the same in either order. */
export function joinBoth(a: readonly Token[], b: readonly Token[]): [Token[], Token[]] {
  const text = (tokens: readonly Token[]) => tokens.map((one) => one.text).join(' ');
  if (text(a) <= text(b)) {
    const left = joinWords(a, b);
    return [left, joinWords(b, left)];
  }
  const right = joinWords(b, a);
  return [joinWords(a, right), right];
}

function joinAt(a: readonly Token[], at: number, wanted: readonly Token[]) {
  for (let length = Math.min(4, a.length - at); length > 1; length -= 1) {
    const parts = a.slice(at, at + length);
    const text = parts.map((part) => part.text).join('');
    const like = wanted.find(
      (one) => Math.abs(one.text.length - text.length) <= 1 && wordLikeness(one.text, text) >= 0.85,
    );
    if (like !== undefined) return { one: token(text, like.role, like.weight), length };
  }
  return undefined;
}

/** Pairs the words of two names, the most alike first, each word once; ties by place. */
export function align(a: readonly Token[], b: readonly Token[], likeness: Likeness): Alignment {
  const chances: { i: number; j: number; like: number }[] = [];
  a.forEach((one, i) => {
    b.forEach((other, j) => {
      const like = likeness(one, other);
      if (like >= leastLikeness) chances.push({ i, j, like });
    });
  });
  chances.sort((x, y) => y.like - x.like || Math.abs(x.i - x.j) - Math.abs(y.i - y.j) || x.i - y.i);
  const takenA = new Set<number>();
  const takenB = new Set<number>();
  const pairs: Pair[] = [];
  for (const { i, j, like } of chances) {
    const [one, other] = [a[i], b[j]];
    if (takenA.has(i) || takenB.has(j) || one === undefined || other === undefined) continue;
    takenA.add(i);
    takenB.add(j);
    pairs.push({ a: one, b: other, likeness: like });
  }
  return {
    pairs,
    onlyA: a.filter((_, i) => !takenA.has(i)),
    onlyB: b.filter((_, j) => !takenB.has(j)),
  };
}
