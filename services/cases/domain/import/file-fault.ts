import { Fault } from '@recourse/kit/fault.ts';

/** A file that cannot be read: why by name, what was found, and how a person repairs it. */
export function fileFault(
  reason: string,
  facts: Readonly<Record<string, string | number>>,
  repair: string,
  kind: 'invalid' | 'exhausted' = 'invalid',
): Fault {
  return new Fault(
    kind,
    reason,
    { ...facts, repair },
    { violations: [{ field: 'file', rule: reason, repair }] },
  );
}

export const saveAsXlsx =
  'Open the file in Excel or WPS and save it as XLSX or as CSV (UTF-8), without a password.';

export const exportTable = 'Export the open items of the ERP as CSV or XLSX and upload that file.';

/** A workbook whose inside contradicts itself. */
export function damagedWorkbook(found: string): Fault {
  return fileFault('xlsx_damaged', { found }, saveAsXlsx);
}

/** A workbook whose end is missing. */
export function truncatedWorkbook(found: string): Fault {
  return fileFault('xlsx_truncated', { found }, 'Upload the file again; its end is missing.');
}

/** A workbook that a password encrypts. */
export function encryptedWorkbook(found: string): Fault {
  return fileFault('file_encrypted', { found }, 'Save the file without a password.');
}

/** Contents of another kind than tables, or of one that nobody reads any more. */
export function refusedKind(found: string, repair: string): Fault {
  return fileFault('file_kind_refused', { found, expected: 'CSV, XLSX or XLS', repair }, repair);
}
