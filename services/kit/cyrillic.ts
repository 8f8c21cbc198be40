/** High bytes of a text that may be Cyrillic, and what they are in either encoding. */
export type Cyrillic = { high: number; windows: Letters; koi8: Letters };

/** Letters and marks of an encoding, the commonest letters of Russian, and small ones. */
type Letters = { letters: number; common: number; small: number };

export function noCyrillic(): Cyrillic {
  const none = (): Letters => ({ letters: 0, common: 0, small: 0 });
  return { high: 0, windows: none(), koi8: none() };
}

/** о е а и н т с р, small and capital: more than half of the letters of Russian text. */
const commonWindows = new Set(
  [0xee, 0xe5, 0xe0, 0xe8, 0xed, 0xf2, 0xf1, 0xf0].flatMap((b) => [b, b - 32]),
);
/** The same in KOI8-R (RFC 1489), whose small letters stand before its capitals. */
const commonKoi8 = new Set(
  [0xcf, 0xc5, 0xc1, 0xc9, 0xce, 0xd4, 0xd3, 0xd2].flatMap((b) => [b, b + 32]),
);
/** Ё ё І і Ї ї Є є Ґ ґ №, quotation marks and dashes; a no-break space may part thousands. */
const othersWindows = new Set([
  0xa8, 0xb8, 0xb2, 0xb3, 0xaf, 0xbf, 0xaa, 0xba, 0xa5, 0xb4, 0xb9, 0xab, 0xbb, 0x93, 0x94, 0x96,
  0x97, 0xa0,
]);
/** ё Ё, the no-break space, ©, degree and middle dot; KOI8-R has no other marks. */
const othersKoi8 = new Set([0xa3, 0xb3, 0x9a, 0xbf, 0x9c, 0x9e]);

/** Counts a byte above ASCII. */
export function cyrillicByte(seen: Cyrillic, byte: number): void {
  const { windows, koi8 } = seen;
  seen.high += 1;
  if (byte >= 0xc0) {
    windows.letters += 1;
    koi8.letters += 1;
    if (byte >= 0xe0) windows.small += 1;
    else koi8.small += 1;
  } else {
    if (othersWindows.has(byte)) windows.letters += 1;
    if (othersKoi8.has(byte)) koi8.letters += 1;
  }
  if (commonWindows.has(byte)) windows.common += 1;
  if (commonKoi8.has(byte)) koi8.common += 1;
}

const enough = 12;

function isLikely({ letters, common }: Letters, high: number): boolean {
  return high >= enough && letters * 50 >= high * 49 && common * 5 >= high * 2;
}

/**
 * Whether a text that is neither UTF-8 nor Western is Cyrillic, and in which encoding: nearly all
 * high bytes are its letters, and the commonest of Russian are as frequent as there. Of the bytes
 * of Chinese, Japanese and Korean text a good part are below the letters. What is small in the one
 * encoding is a capital in the other: it is KOI8-R only where the common letters are clearly more
 * than windows-1251 would have, and the small ones, too, unless it cannot be windows-1251.
 */
export function cyrillicOf({
  high,
  windows,
  koi8,
}: Cyrillic): 'windows-1251' | 'koi8-r' | undefined {
  const isWindows = isLikely(windows, high);
  const isClear = isLikely(koi8, high) && koi8.common * 4 > windows.common * 5;
  if (isClear && (koi8.small > windows.small || !isWindows)) return 'koi8-r';
  return isWindows ? 'windows-1251' : undefined;
}
