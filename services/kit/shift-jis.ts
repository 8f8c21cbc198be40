/** What speaks for Japanese text in Shift_JIS (JIS X 0208 appendix 1, with Microsoft's rows). */
export type ShiftJis = {
  lead: number;
  pairs: number;
  /** Kana: leads 82 and 83, which nearly all Japanese text has some of. */
  kana: number;
  /** Kana, marks and the 2,965 kanji of level 1: leads 81 to 83 and 88 to 98. */
  common: number;
  /** Half-width kana, one byte each. */
  half: number;
  errors: number;
};

export function noShiftJis(): ShiftJis {
  return { lead: 0, pairs: 0, kana: 0, common: 0, half: 0, errors: 0 };
}

function isLead(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
}

function pair(seen: ShiftJis, trail: number): void {
  const { lead } = seen;
  seen.lead = 0;
  if (trail < 0x40 || trail === 0x7f || trail > 0xfc) {
    seen.errors += 1;
    return;
  }
  seen.pairs += 1;
  const hiragana = lead === 0x82 && trail >= 0x9f && trail <= 0xf1;
  if (hiragana || (lead === 0x83 && trail <= 0x96)) seen.kana += 1;
  if ((lead >= 0x81 && lead <= 0x83) || (lead >= 0x88 && lead <= 0x98)) seen.common += 1;
}

/** Takes one byte that is high or follows one. */
export function shiftJisByte(seen: ShiftJis, byte: number): void {
  if (seen.lead !== 0) pair(seen, byte);
  else if (isLead(byte)) seen.lead = byte;
  else if (byte >= 0xa1 && byte <= 0xdf) seen.half += 1;
  else if (byte >= 0x80) seen.errors += 1;
}

/**
 * Whether the text is Japanese: all of it valid, nine characters in ten common, and kana among
 * them. In GBK the same leads are of characters that business text hardly has; Western text has
 * its letters at C0 and above, which here are half-width kana.
 */
export function isShiftJis(seen: ShiftJis): boolean {
  if (seen.errors > 0 || seen.lead !== 0 || seen.pairs < 4) return false;
  if (seen.half > seen.pairs) return false;
  const needed = seen.kana > 0 ? 0.85 : 0.98;
  return seen.common >= seen.pairs * needed && (seen.kana > 0 || seen.pairs >= 12);
}
