/** What speaks for Japanese text in EUC-JP (JIS X 0208 in two high bytes). */
export type EucJp = {
  /** What the character under way still needs: bytes, and their lowest and highest. */
  lead: number;
  need: number;
  pairs: number;
  /**
   * Kana: rows 4 and 5 and the mark of a long vowel, which nearly all Japanese text has and neither
   * Chinese nor Korean.
   */
  kana: number;
  /** Kana, marks and the kanji of level 1: rows 1 to 5 and 16 to 47. */
  common: number;
  errors: number;
};

export function noEucJp(): EucJp {
  return { lead: 0, need: 0, pairs: 0, kana: 0, common: 0, errors: 0 };
}

function pair(seen: EucJp, trail: number): void {
  const { lead } = seen;
  seen.pairs += 1;
  const isLong = lead === 0xa1 && trail === 0xbc;
  if ((lead === 0xa4 && trail <= 0xf3) || (lead === 0xa5 && trail <= 0xf6) || isLong) {
    seen.kana += 1;
  }
  if ((lead >= 0xa1 && lead <= 0xa5) || (lead >= 0xb0 && lead <= 0xcf)) seen.common += 1;
}

function begin(seen: EucJp, byte: number): void {
  if (byte < 0x80) return;
  seen.lead = byte;
  // 8E begins half-width kana, 8F the three bytes of the supplementary plane.
  seen.need = byte === 0x8f ? 2 : byte === 0x8e || (byte >= 0xa1 && byte <= 0xfe) ? 1 : 0;
  if (seen.need === 0) seen.errors += 1;
}

/** Takes one byte that is high or follows one. */
export function eucJpByte(seen: EucJp, byte: number): void {
  if (seen.need === 0) {
    begin(seen, byte);
    return;
  }
  const highest = seen.lead === 0x8e ? 0xdf : 0xfe;
  if (byte < 0xa1 || byte > highest) {
    seen.errors += 1;
    seen.need = 0;
    begin(seen, byte);
    return;
  }
  seen.need -= 1;
  if (seen.need === 0 && seen.lead >= 0xa1) pair(seen, byte);
}

/** One pair in so many is kana at least, and three of a short text. */
const kanaShare = 50;
const enoughKana = 3;

/**
 * Whether the text is Japanese: all of it valid, nine characters in ten common, and kana among
 * them. GB 2312 has the same kana in the same rows, but Chinese text has no use for them.
 */
export function isEucJp({ errors, need, pairs, kana, common }: EucJp): boolean {
  if (errors > 0 || need !== 0 || kana < enoughKana) return false;
  return kana * kanaShare >= pairs && common * 10 >= pairs * 9;
}
