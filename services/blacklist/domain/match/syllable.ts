/** What a spelling stands for, by system. */
export type Syllable = { pinyin?: string; wadeGiles?: string };

const irregular: Readonly<Record<string, readonly string[]>> = {
  zhi: ['chih'],
  chi: ['chih'],
  shi: ['shih'],
  ri: ['jih'],
  zi: ['tzu'],
  ci: ['tzu'],
  si: ['ssu', 'szu'],
  er: ['erh'],
  ye: ['yeh'],
  you: ['yu'],
  yan: ['yen'],
  ge: ['ko', 'ke'],
  ke: ['ko', 'ke'],
  he: ['ho', 'he'],
  gui: ['kuei', 'kui'],
  kui: ['kuei', 'kui'],
  guo: ['kuo'],
  kuo: ['kuo'],
  huo: ['huo'],
  shuo: ['shuo'],
  li: ['li', 'lee'],
  ying: ['ying', 'ing'],
  hua: ['hua', 'hwa'],
  huang: ['huang', 'hwang'],
  guang: ['kuang', 'kwang'],
};

const initials: readonly (readonly [string, string])[] = [
  ['zh', 'ch'],
  ['ch', 'ch'],
  ['sh', 'sh'],
  ['b', 'p'],
  ['d', 't'],
  ['g', 'k'],
  ['j', 'ch'],
  ['q', 'ch'],
  ['x', 'hs'],
  ['r', 'j'],
  ['z', 'ts'],
  ['c', 'ts'],
];

const finals: Readonly<Record<string, string>> = {
  ian: 'ien',
  ie: 'ieh',
  iong: 'iung',
  ong: 'ung',
  uo: 'o',
  ue: 'ueh',
};

/**
 * A pinyin syllable in Wade–Giles, signs left out, the usual spelling first. Source: the conversion
 * table of the Library of Congress (pinyin conversion project, 2000), and spellings in passports.
 */
export function wadeGiles(pinyin: string): readonly string[] {
  const syllable = pinyin.replace('v', 'u');
  const known = irregular[syllable];
  if (known !== undefined) return known;
  const [from, to] = initials.find(([one]) => syllable.startsWith(one)) ?? ['', ''];
  const rest = syllable.slice(from.length);
  const initial = from === '' ? (/^[^aeiou]+/.exec(rest)?.[0] ?? '') : to;
  const final = from === '' ? rest.slice(initial.length) : rest;
  return [initial + (finals[final] ?? final)];
}

/** Every spelling of the syllables that Chinese characters have. */
export function syllableTable(pinyin: Iterable<string>): Map<string, Syllable> {
  const table = new Map<string, Syllable>();
  const at = (spelling: string): Syllable => {
    const known = table.get(spelling) ?? {};
    table.set(spelling, known);
    return known;
  };
  for (const one of pinyin) {
    const spelling = one.replace('v', 'u');
    if (spelling.length < 2 || !/[aeiou]/.test(spelling)) continue;
    const [spelled = '', ...others] = wadeGiles(one);
    at(spelling).pinyin = spelled;
    for (const way of [spelled, ...others]) at(way).wadeGiles = spelled;
  }
  return table;
}
