/**
 * A word as it sounds, roughly alike in the spellings of several languages: Arabic and Slavic names
 * have no one Latin spelling. Own rules after the romanisation tables of ICAO 9303 and BGN/PCGN.
 */
const sounds: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'tsch c, tch c, ch c, cz c, shch s, sch s, sh s, sz s, dzh j, dj j, zh j, dz j, ck k, q k',
    'ph f, kh k, gh g, th t, dh d, bh b, w v, z s, oo u, ou u, ow u, eu u, ue u, oe u, x ks',
    'ee i, ie i, ey i, ei i, ay i, ai i, ae i, iy i, yi i, ij i',
    'yj i, yy i, ii i, y i, e i, j i, o u',
  ]
    .flatMap((line) => line.split(', '))
    .map((pair): [string, string] => [pair.split(' ')[0] ?? '', pair.split(' ')[1] ?? '']),
);

const written = new RegExp(
  `c(?=[aouklrt])|${Object.keys(sounds)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .join('|')}`,
  'g',
);

const known = new Map<string, string>();

export function soundOf(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const sound = word
    .replace(/ff$/, 'v')
    .replace(written, (part) => sounds[part] ?? 'k')
    .replace(/(?<=[aiu])h|(.)(?=\1)/g, '');
  // The table of words heard is bounded; the answer is the same with or without it.
  if (known.size >= 100_000) known.clear();
  known.set(word, sound);
  return sound;
}

/** The consonants of a sound, a key for finding; empty under two consonants. */
export function consonantsOf(word: string): string {
  const kept = soundOf(word)
    .replace(/[aiu]+/g, '')
    .replace(/(.)(?=\1)/g, '');
  return kept.length >= 2 ? kept : '';
}
