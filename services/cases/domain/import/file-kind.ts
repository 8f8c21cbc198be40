import { exportTable, fileFault, refusedKind, saveAsXlsx } from './file-fault.ts';

/** What the bytes of an upload are, as far as the import can use them. */
export type FileKind = 'zip' | 'compound' | 'biff' | 'html' | 'xml_workbook' | 'text';

/** How many leading bytes `fileKind` wants to see; less when the file is shorter. */
export const headBytes = 4096;

type Signature = { found: string; at: number; bytes: readonly number[]; repair?: string };

/** Leading bytes that name a format (file(1)'s magic database, the formats' own specifications). */
const signatures: readonly Signature[] = [
  { found: 'pdf', at: 0, bytes: [0x25, 0x50, 0x44, 0x46] },
  // Workbooks before Excel 97, written without a container by small programs.
  { found: 'xls_before_97', at: 0, bytes: [0x09, 0x00, 0x04, 0x00], repair: saveAsXlsx },
  { found: 'xls_before_97', at: 0, bytes: [0x09, 0x02, 0x06, 0x00], repair: saveAsXlsx },
  { found: 'xls_before_97', at: 0, bytes: [0x09, 0x04, 0x06, 0x00], repair: saveAsXlsx },
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

/** Text formats that are no table of rows, by how they begin. */
const textStarts: readonly { found: string; pattern: RegExp; repair: string }[] = [
  { found: 'mhtml', pattern: /^\s*MIME-Version:/i, repair: saveAsXlsx },
  { found: 'json', pattern: /^\s*(?:\{\s*"|\[\s*[{["])/, repair: exportTable },
  { found: 'pdf', pattern: /%PDF-\d/, repair: exportTable },
];

/** What may stand before the first element: blanks, declarations, comments. */
const prolog = /^(?:\s+|<\?[^>]*>|<!--[\s\S]*?-->|<!doctype[^>]*>)*/i;
const htmlElements = new Set(
  'html,head,body,meta,link,title,style,script,base,table,thead,tbody,tr,div,center,font'.split(
    ',',
  ),
);

/** Markup that holds a table, by its first element: ERPs like to name both of these `.xls`. */
function markupKind(latin: string): FileKind | undefined {
  const [before] = prolog.exec(latin) ?? [''];
  const [, name] = /^<([\w:-]+)/.exec(latin.slice(before.length)) ?? [];
  if (name !== undefined && /^(?:\w+:)?Workbook$/.test(name)) return 'xml_workbook';
  if (name !== undefined && htmlElements.has(name.toLowerCase())) return 'html';
  // Comments of a kilobyte stand before the first element, or it is one that nobody knows.
  if (/<!doctype html|<html\b/i.test(latin)) return 'html';
  if (/^\s*<(?:\?|!doctype)/i.test(latin)) throw refusedKind('xml', saveAsXlsx);
  return undefined;
}

/** Workbooks of Excel 97 to 2003: in a compound file, or its stream alone. */
const workbooks: readonly { kind: FileKind; bytes: readonly number[] }[] = [
  { kind: 'compound', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { kind: 'biff', bytes: [0x09, 0x08] },
];

function startsWith(head: Uint8Array, bytes: readonly number[], at = 0): boolean {
  return bytes.every((byte, index) => head[at + index] === byte);
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

/** How a text begins, for telling its format: of UTF-16 every other byte, of UTF-8 no mark. */
function latinHead(head: Uint8Array): string {
  const bytes = head.filter((byte) => byte !== 0);
  return String.fromCharCode(...bytes).replace(
    /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/,
    '',
  );
}

/**
 * Tells by the first bytes (never by the file's name) whether this is a zip, to be opened as XLSX,
 * a workbook of Excel 97 to 2003, markup with a table in it, or text. Throws `file_empty`, or
 * `file_kind_refused` with what was found and how to repair it.
 */
export function fileKind(head: Uint8Array): FileKind {
  if (head.length === 0) {
    throw fileFault('file_empty', { found: '0 bytes' }, exportTable);
  }
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return 'zip';
  const workbook = workbooks.find(({ bytes }) => startsWith(head, bytes));
  if (workbook !== undefined) return workbook.kind;
  const known = signatures.find(({ bytes, at }) => startsWith(head, bytes, at));
  if (known !== undefined) throw refusedKind(known.found, known.repair ?? exportTable);
  const latin = latinHead(head);
  const markup = markupKind(latin);
  if (markup !== undefined) return markup;
  const text = textStarts.find((start) => start.pattern.test(latin));
  if (text !== undefined) throw refusedKind(text.found, text.repair);
  if (isBinary(head)) throw refusedKind('binary', exportTable);
  return 'text';
}
