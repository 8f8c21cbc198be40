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

type Branch = { readonly next: Map<number, Branch>; sound?: string };

/** The groups of letters as a tree, so that the longest one is found in one walk. */
const tree: Branch = { next: new Map() };
for (const [group, sound] of Object.entries(sounds)) {
  let branch = tree;
  for (let at = 0; at < group.length; at += 1) {
    const code = group.charCodeAt(at);
    const next: Branch = branch.next.get(code) ?? { next: new Map() };
    branch.next.set(code, next);
    branch = next;
  }
  branch.sound = sound;
}

const letterC = 'c'.charCodeAt(0);
const letterH = 'h'.charCodeAt(0);
const afterHardC = new Set([...'aouklrt'].map((letter) => letter.charCodeAt(0)));
const silencesH = new Set([...'aiu'].map((letter) => letter.charCodeAt(0)));

/** Each group of letters as it sounds; the longest group first, `c` before some letters hard. */
function heard(word: string): string {
  let made = '';
  for (let at = 0; at < word.length;) {
    if (word.charCodeAt(at) === letterC && afterHardC.has(word.charCodeAt(at + 1))) {
      made += 'k';
      at += 1;
      continue;
    }
    let end = at;
    let sound: string | undefined;
    let branch = tree.next.get(word.charCodeAt(at));
    for (let to = at + 1; branch !== undefined; to += 1) {
      if (branch.sound !== undefined) [sound, end] = [branch.sound, to];
      branch = branch.next.get(word.charCodeAt(to));
    }
    made += sound ?? word[at] ?? '';
    at = sound === undefined ? at + 1 : end;
  }
  return made;
}

/** Without doubled letters, and without an `h` that only lengthens a vowel. */
function single(text: string): string {
  let made = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isDoubled = code === text.charCodeAt(at + 1);
    const isSilent = code === letterH && at > 0 && silencesH.has(text.charCodeAt(at - 1));
    if (!isDoubled && !isSilent) continue;
    made += text.slice(from, at);
    from = at + 1;
  }
  return from === 0 ? text : made + text.slice(from);
}

const known = new Map<string, string>();

export function soundOf(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const sound = single(heard(word.endsWith('ff') ? `${word.slice(0, -2)}v` : word));
  // The table of words heard is bounded; the answer is the same with or without it.
  if (word.length <= 12) {
    if (known.size >= 100_000) known.clear();
    known.set(word, sound);
  }
  return sound;
}

/** The consonants of a sound, a key for finding; empty under two consonants. */
export function consonantsOf(word: string): string {
  const kept = soundOf(word)
    .replace(/[aiu]+/g, '')
    .replace(/(.)(?=\1)/g, '');
  return kept.length >= 2 ? kept : '';
}
