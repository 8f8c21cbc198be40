/** High bytes of a text that may be windows-1251, and those of them that Russian is made of. */
export type Cyrillic = { high: number; letters: number; common: number };

export function noCyrillic(): Cyrillic {
  return { high: 0, letters: 0, common: 0 };
}

/** о е а и н т с р, small and capital: more than half of the letters of Russian text. */
const common = new Set(
  [0xee, 0xe5, 0xe0, 0xe8, 0xed, 0xf2, 0xf1, 0xf0].flatMap((b) => [b, b - 32]),
);
/** Ё ё І і Ї ї Є є Ґ ґ №, quotation marks and dashes; a no-break space may part thousands. */
const others = new Set([
  0xa8, 0xb8, 0xb2, 0xb3, 0xaf, 0xbf, 0xaa, 0xba, 0xa5, 0xb4, 0xb9, 0xab, 0xbb, 0x93, 0x94, 0x96,
  0x97, 0xa0,
]);

/** Counts a byte above ASCII. */
export function cyrillicByte(seen: Cyrillic, byte: number): void {
  seen.high += 1;
  if (byte >= 0xc0 || others.has(byte)) seen.letters += 1;
  if (common.has(byte)) seen.common += 1;
}

const enough = 12;

/**
 * Whether a text that is neither UTF-8 nor Western is Cyrillic: nearly all high bytes are letters
 * of windows-1251, and the commonest of Russian are as frequent as there. Of the bytes of Chinese,
 * Japanese and Korean text a good part are below the letters.
 */
export function isCyrillic({ high, letters, common: frequent }: Cyrillic): boolean {
  return high >= enough && letters * 50 >= high * 49 && frequent * 5 >= high * 2;
}
