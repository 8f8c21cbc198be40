/** Likeness of two short words. Synchronous, no allocation per call but for long words. */

const rows = [new Uint16Array(68), new Uint16Array(68), new Uint16Array(68)];

function row(at: number): Uint16Array {
  return rows[at % 3] ?? new Uint16Array(68);
}

/**
 * Damerau–Levenshtein distance in its restricted form (no substring is edited twice): insertions,
 * deletions, substitutions and swaps of neighbours. Stops at `most` + 1. Words are cut at 64.
 */
export function editDistance(first: string, second: string, most: number): number {
  const a = first.length > 64 ? first.slice(0, 64) : first;
  const b = second.length > 64 ? second.slice(0, 64) : second;
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  for (let j = 0; j <= b.length; j += 1) row(0)[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    if (fillRow(a, b, i) > most) return most + 1;
  }
  return Math.min(row(a.length)[b.length] ?? 0, most + 1);
}

/** Fills row `i` of the table; gives its least value. */
function fillRow(a: string, b: string, i: number): number {
  const now = row(i);
  const last = row(i + 2);
  const before = row(i + 1);
  now[0] = i;
  let least = i;
  const letter = a.charCodeAt(i - 1);
  for (let j = 1; j <= b.length; j += 1) {
    const cost = letter === b.charCodeAt(j - 1) ? 0 : 1;
    let value = (last[j - 1] ?? 0) + cost;
    const gone = (last[j] ?? 0) + 1;
    const come = (now[j - 1] ?? 0) + 1;
    if (gone < value) value = gone;
    if (come < value) value = come;
    const isSwap =
      i > 1 &&
      j > 1 &&
      letter === b.charCodeAt(j - 2) &&
      a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
    const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : value;
    if (swapped < value) value = swapped;
    now[j] = value;
    if (value < least) least = value;
  }
  return least;
}

/**
 * Jaro–Winkler likeness 0..1 (Winkler 1990: prefix scale 0.1, at most 4 letters).
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(Math.floor(Math.max(a.length, b.length) / 2) - 1, 0);
  const taken = new Uint8Array(b.length);
  const found: number[] = [];
  for (let i = 0; i < a.length; i += 1) {
    const end = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j += 1) {
      if (taken[j] === 0 && a.charCodeAt(i) === b.charCodeAt(j)) {
        taken[j] = 1;
        found.push(a.charCodeAt(i));
        break;
      }
    }
  }
  if (found.length === 0) return 0;
  let swaps = 0;
  let at = 0;
  for (let j = 0; j < b.length; j += 1) {
    if (taken[j] !== 1) continue;
    if (found[at] !== b.charCodeAt(j)) swaps += 1;
    at += 1;
  }
  const m = found.length;
  const jaro = (m / a.length + m / b.length + (m - swaps / 2) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/**
 * Share of the length of the longer word that no edit touches, with the edits allowed by length:
 * none up to 3 letters, one up to 5, two up to 9, three beyond. 0 when more differ.
 */
export function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const isShorter = a.length < b.length;
  const longer = isShorter ? b.length : a.length;
  if ((isShorter ? a.length : b.length) < 4) return 0;
  const most = longer <= 5 ? 1 : longer <= 9 ? 2 : 3;
  const edits = editDistance(a, b, most);
  if (edits > most) return 0;
  return 1 - (edits * (edits > 1 ? 1.15 : 1)) / longer;
}
