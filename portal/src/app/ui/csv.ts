/** What stands before a CSV so that spreadsheets read its Chinese as UTF-8. */
export const csvStart = '\uFEFF';

function cell(text: string): string {
  // A spreadsheet would run a leading = + - @ as a formula (CWE-1236); numbers are left alone.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of a CSV (RFC 4180) with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}
