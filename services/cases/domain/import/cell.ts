/**
 * Words that exports write where there is no value, compared without case. `-0-` is OFAC's, `\N`
 * MySQL's, `NaT` pandas', `#N/A` Excel's.
 */
const nullWords = new Set([
  '',
  '?',
  '-',
  '--',
  '---',
  '—',
  '–',
  '/',
  '\\n',
  '-0-',
  'nan',
  'nat',
  'null',
  '(null)',
  'none',
  'nil',
  'n/a',
  'na',
  'n.a.',
  '#n/a',
  '#na',
  '#value!',
  '#ref!',
  '#null!',
  '#name?',
  '#div/0!',
  '<na>',
  'undefined',
  '无',
  '暂无',
  '空',
  '未知',
  '不详',
]);

const longestNullWord = 9;

/** Whether a cleaned cell says that there is nothing. */
export function isNullWord(text: string): boolean {
  if (text.length > longestNullWord) return false;
  const first = text.charCodeAt(0);
  // Of digits and letters only n and u begin such a word: nearly all cells are told by that.
  if (first >= 48 && first <= 57) return false;
  const lower = first | 32;
  if (lower >= 97 && lower <= 122 && lower !== 110 && lower !== 117) return false;
  return nullWords.has(text.toLowerCase());
}

/** What PostgreSQL cannot hold, or nobody can see: controls, zero-width marks, byte order marks. */
const unseen = new RegExp(
  String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f` +
    String.raw`\u200b-\u200f\u2028-\u202e\u2060\ufeff]`,
  'g',
);

function cleanSlowly(text: string): string {
  let clean = text.toWellFormed().replace(unseen, '').trim();
  // ="0000611365" keeps leading zeros through Excel, and so does a leading apostrophe.
  const formula = /^="(.*)"$/s.exec(clean);
  if (formula !== null) clean = (formula[1] ?? '').replaceAll('""', '"').trim();
  if (clean.charCodeAt(0) === 39 && /^'[\d=+@-]/.test(clean)) clean = clean.slice(1).trim();
  return clean;
}

/**
 * A cell as it is meant: without blanks around it, characters nobody sees, and the two wrappings by
 * which exporters keep leading zeros from Excel. Everything inside stays as delivered.
 */
export function cleanCell(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // Letters, digits and the common marks need no care; nor do blanks inside or Chinese
    // characters.
    const plain =
      (code > 32 && code < 127 && code !== 39 && code !== 61) ||
      (code === 32 && index > 0 && index < text.length - 1) ||
      (code >= 0x3001 && code < 0xd800);
    if (!plain) return cleanSlowly(text);
  }
  return text;
}

/**
 * Full-width digits, letters and marks as their ASCII forms, for reading values; never for
 * storing.
 */
export function halfWidth(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 126) return text.normalize('NFKC');
  }
  return text;
}
