import { readFileSync } from 'node:fs';
import { wrongField } from '../../services/litigation/domain/law/dated.ts';

/** Rows of a CSV text (RFC 4180: quotes, doubled quotes, either line end); blank rows left out. */
export function csvRows(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let line = 1;
  let row = { line, cells: [''] };
  let isQuoted = false;
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const end = () => {
    if (row.cells.some((cell) => cell !== '')) rows.push(row);
    row = { line: line + 1, cells: [''] };
  };
  for (let at = 0; at < plain.length; at += 1) {
    const character = plain[at] ?? '';
    const last = row.cells.length - 1;
    if (isQuoted && character === '"' && plain[at + 1] === '"') {
      row.cells[last] += '"';
      at += 1;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === ',' && !isQuoted) row.cells.push('');
    else if (character === '\n' && !isQuoted) {
      end();
      line += 1;
    } else row.cells[last] += character;
  }
  end();
  return rows.map((one) => ({ line: one.line, cells: one.cells.map((cell) => cell.trim()) }));
}

export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw wrongField('file', 'file_unreadable', 'give the path of a file that is there', { path });
  }
}

/** A record of plain text fields; empty ones are left out. */
export type Fields = Record<string, string>;

function fieldsOf(value: unknown, at: number): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongField(`/${at}`, 'not_an_event', 'write each event as an object');
  }
  const pairs = Object.entries(value).flatMap(([name, one]): [string, string][] => {
    if (one === null || one === '') return [];
    return [[name, typeof one === 'object' ? JSON.stringify(one) : String(one)]];
  });
  return Object.fromEntries(pairs);
}

/** Events of a JSON list, of a JSON object with `events`, or of a CSV with a heading. */
export function readRecords(path: string): { records: Fields[]; rest: Fields } {
  const text = readText(path);
  if (/^\s*[[{]/.test(text)) return readJson(text);
  const [head, ...rows] = csvRows(text);
  if (head === undefined) throw wrongField('file', 'file_empty', 'write a heading and events');
  const records = rows.map(({ cells }) =>
    Object.fromEntries(
      head.cells.flatMap((name, at): [string, string][] => {
        const cell = cells[at] ?? '';
        return cell === '' ? [] : [[name, cell]];
      }),
    ),
  );
  return { records, rest: {} };
}

function readJson(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrongField('file', 'not_json', 'repair the JSON', { said: String(error) });
  }
  if (Array.isArray(value)) return { records: value.map(fieldsOf), rest: {} };
  const { events, ...rest } = value as { events?: unknown };
  if (!Array.isArray(events)) throw wrongField('/events', 'required', 'write a list of events');
  return { records: events.map(fieldsOf), rest: fieldsOf(rest, 0) };
}

/** One of a fixed list of words. */
export function oneOf<T extends string>(
  known: readonly T[],
  text: string | undefined,
  field: string,
): T {
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  throw wrongField(field, 'word_unknown', `choose one of ${known.join(' ')}`, {
    value: text ?? null,
  });
}

/** The fields that a record may have; another is a spelling mistake. */
export function checkFields(fields: Fields, known: readonly string[], at: number): void {
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) {
      const repair = `use ${known.join(' ')}`;
      throw wrongField(`/events/${at}/${name}`, 'field_unknown', repair);
    }
  }
}
