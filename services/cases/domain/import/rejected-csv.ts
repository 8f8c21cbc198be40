import type { Finding } from './finding.ts';

/**
 * A cell of a CSV file that a spreadsheet will open. Text that would start a formula gets an
 * apostrophe in front (OWASP, CSV injection), which the import takes off again; plain numbers need
 * none.
 */
export function csvCell(text: string): string {
  const formula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,\s]+$/.test(text);
  const safe = formula ? `'${text}` : text;
  return /[",\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Columns that say why, behind those of the file. */
const reasons = ['Row', 'Rule', 'Column', 'Found', 'Expected', 'Repair'] as const;

export function rejectedHeader(names: readonly string[]): string {
  return csvLine([...names, ...reasons]);
}

/** A rejected row as it was, and the reasons; several are parted by bars. */
export function rejectedLine(
  names: readonly string[],
  cells: readonly string[],
  findings: readonly Finding[],
): string {
  const told = findings.filter((finding) => finding.rejects);
  const joined = (pick: (finding: Finding) => string): string => told.map(pick).join(' | ');
  return csvLine([
    ...names.map((_, position) => cells[position] ?? ''),
    String(told[0]?.row ?? ''),
    joined((finding) => finding.rule),
    joined((finding) => finding.column),
    joined((finding) => finding.found),
    joined((finding) => finding.expected),
    joined((finding) => finding.repair),
  ]);
}
