/**
 * A word as it sounds, roughly alike in the spellings of several languages: Arabic and Slavic names
 * have no one Latin spelling. Own rules after the romanisation tables of ICAO 9303 and BGN/PCGN.
 */
const steps: readonly [RegExp, string][] = [
  [/(tsch|tch|ch|cz)/g, 'c'],
  [/(shch|sch|sh|sz)/g, 's'],
  [/(dzh|dj|zh|dz)/g, 'j'],
  [/ck|q|x$/g, 'k'],
  [/c(?=[aouklrt])/g, 'k'],
  [/x/g, 'ks'],
  [/ph/g, 'f'],
  [/([kgtdb])h/g, '$1'],
  [/w/g, 'v'],
  [/ff$/g, 'v'],
  [/z/g, 's'],
  [/oo|ou|ow|eu/g, 'u'],
  [/ee|ie|ey|ei|ay|ai|ae|iy|yi|ij|yj|yy|ii/g, 'i'],
  [/(?<=[aeiou])h/g, ''],
  [/[yej]/g, 'i'],
  [/o/g, 'u'],
  [/(.)\1+/g, '$1'],
];

const known = new Map<string, string>();

export function soundOf(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  let sound = word;
  for (const [from, to] of steps) sound = sound.replace(from, to);
  // The table of words heard is bounded; the answer is the same with or without it.
  if (known.size > 20_000) known.clear();
  known.set(word, sound);
  return sound;
}

/** The consonants of a sound, a key for finding; empty under two consonants. */
export function consonantsOf(word: string): string {
  const kept = soundOf(word)
    .replace(/[aiu]/g, '')
    .replace(/(.)\1+/g, '$1');
  return kept.length >= 2 ? kept : '';
}
