import { Fault } from '@recourse/kit/fault.ts';

/** What the bytes of an upload are, as far as the import can use them. */
export type FileKind = 'zip' | 'text';

/** How many leading bytes `fileKind` wants to see; less when the file is shorter. */
export const headBytes = 4096;

type Signature = { found: string; at: number; bytes: readonly number[]; repair?: string };

const saveAsXlsx =
  'Open the file in Excel or WPS and save it as XLSX or as CSV (UTF-8), without a password.';
const exportTable = 'Export the open items of the ERP as CSV or XLSX and upload that file.';

/** Leading bytes that name a format (file(1)'s magic database, the formats' own specifications). */
const signatures: readonly Signature[] = [
  { found: 'pdf', at: 0, bytes: [0x25, 0x50, 0x44, 0x46] },
  // Compound file: a workbook of Excel 97–2003, or an XLSX that a password encrypts (MS-OFFCRYPTO).
  { found: 'xls_or_encrypted', at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0], repair: saveAsXlsx },
  {
    found: 'xls',
    at: 0,
    bytes: [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00],
    repair: saveAsXlsx,
  },
  { found: 'png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47] },
  { found: 'jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { found: 'gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { found: 'tiff', at: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { found: 'tiff', at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { found: 'webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { found: 'gzip', at: 0, bytes: [0x1f, 0x8b, 0x08] },
  { found: 'bzip2', at: 0, bytes: [0x42, 0x5a, 0x68, 0x39] },
  { found: 'xz', at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { found: 'zstandard', at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { found: '7z', at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { found: 'rar', at: 0, bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { found: 'sqlite', at: 0, bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66] },
  { found: 'parquet', at: 0, bytes: [0x50, 0x41, 0x52, 0x31] },
  { found: 'elf_program', at: 0, bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { found: 'windows_program', at: 0, bytes: [0x4d, 0x5a, 0x90, 0x00] },
  { found: 'rtf', at: 0, bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66] },
];

/** Text formats that are no table of rows, by how they begin. ERPs like to name HTML `.xls`. */
const textStarts: readonly { found: string; pattern: RegExp; repair: string }[] = [
  {
    found: 'html',
    pattern: /^\s*<(?:!doctype html|html|head|meta|table|style)\b/i,
    repair: saveAsXlsx,
  },
  { found: 'xml', pattern: /^\s*<\?(?:xml|mso-application)\b/i, repair: saveAsXlsx },
  { found: 'json', pattern: /^\s*(?:\{\s*"|\[\s*[{["])/, repair: exportTable },
  { found: 'pdf', pattern: /%PDF-\d/, repair: exportTable },
];

function refuse(found: string, repair: string): Fault {
  return new Fault(
    'invalid',
    'file_kind_refused',
    { found, expected: 'CSV or XLSX', repair },
    { violations: [{ field: 'file', rule: 'file_kind_refused', repair }] },
  );
}

function startsWith(head: Uint8Array, signature: Signature): boolean {
  return signature.bytes.every((byte, index) => head[signature.at + index] === byte);
}

/**
 * Control characters that no text file carries (tab, line feed, form feed, return and escape may).
 */
function isBinary(head: Uint8Array): boolean {
  let control = 0;
  for (const byte of head) {
    if ((byte < 9 && byte > 0) || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27))
      control += 1;
  }
  return control > head.length / 50;
}

/**
 * Tells by the first bytes (never by the file's name) whether this is a zip, to be opened as XLSX,
 * or text. Throws `file_empty`, or `file_kind_refused` with what was found and how to repair it.
 */
export function fileKind(head: Uint8Array): FileKind {
  if (head.length === 0) {
    throw new Fault('invalid', 'file_empty', { found: '0 bytes', repair: exportTable });
  }
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return 'zip';
  const known = signatures.find((signature) => startsWith(head, signature));
  if (known !== undefined) throw refuse(known.found, known.repair ?? exportTable);
  const latin = String.fromCharCode(...head.subarray(0, 1024)).replace(/^\u00ef\u00bb\u00bf/, '');
  const text = textStarts.find((start) => start.pattern.test(latin));
  if (text !== undefined) throw refuse(text.found, text.repair);
  if (isBinary(head)) throw refuse('binary', exportTable);
  return 'text';
}
