import { readFileSync } from 'node:fs';
import { decoded } from '@recourse/kit/decoded.ts';
import { Fault } from '@recourse/kit/fault.ts';
import { wrongField } from '../../services/litigation/domain/law/dated.ts';

/** A row of a file with the line on which it begins. */
export type Row = { line: number; cells: string[] };

/** What stands behind the first cell of the first line that is no note. */
function separatorOf(text: string): string {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  return /^\s*(?:"[^"]*"|[^",;\t|]*)\s*([,;\t|])/.exec(first)?.[1] ?? ',';
}

/**
 * Rows of a CSV text (RFC 4180: quotes, doubled quotes), separated by comma, semicolon, tab or bar;
 * blank rows left out. Fault `invalid` `quote_open` names the line of a quote that never closes.
 */
export function csvRows(given: string): Row[] {
  const rows: Row[] = [];
  const text = given.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const separator = separatorOf(text);
  let line = 1;
  let row: Row = { line, cells: [''] };
  let quotedOn = 0;
  const end = () => {
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row);
    row = { line: line + 1, cells: [''] };
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    const last = row.cells.length - 1;
    if (quotedOn > 0 && character === '"' && text[at + 1] === '"') {
      row.cells[last] += '"';
      at += 1;
    } else if (quotedOn > 0 && character === '"') quotedOn = 0;
    else if (character === '"' && row.cells[last]?.trim() === '') quotedOn = line;
    else if (character === separator && quotedOn === 0) row.cells.push('');
    else if (character === '\n' && quotedOn === 0) end();
    else row.cells[last] += character;
    if (character === '\n') line += 1;
  }
  if (quotedOn > 0) throw wrongField(`line ${quotedOn}`, 'quote_open', 'close the quote');
  end();
  return rows.map((one) => ({ line: one.line, cells: one.cells.map((cell) => cell.trim()) }));
}

/** The text of a file in UTF-8, UTF-16 or GBK, as uploads are read. */
export function readText(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw wrongField('file', 'file_unreadable', 'give the path of a file that is there', { path });
  }
  return decoded(bytes);
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

/** Events as a file has them, what stands beside them, and where each of them stands. */
export type Records = { records: Fields[]; rest: Fields; places?: readonly string[] };

/**
 * Events of a JSON list, of a JSON object with `events` and what is `known` to stand beside, or of
 * a CSV with a heading.
 */
export function readRecords(path: string, known: readonly string[] = []): Records {
  const text = readText(path);
  return /^\s*[[{]/.test(text) ? readJson(text, known) : readTable(text);
}

function readTable(text: string): Records {
  const [head, ...rows] = csvRows(text);
  if (head === undefined) throw wrongField('file', 'file_empty', 'write a heading and events');
  if (!head.cells.includes('kind')) {
    const repair = 'begin with a heading such as kind,on,proof';
    throw wrongField(`line ${head.line}`, 'heading_missing', repair);
  }
  const twice = head.cells.find((name, at) => name !== '' && head.cells.indexOf(name) < at);
  if (twice !== undefined) {
    throw wrongField(`line ${head.line}, ${twice}`, 'column_twice', 'name each column once');
  }
  const records = rows.map(({ line, cells }) => {
    const beyond = cells.findIndex((cell, at) => cell !== '' && (head.cells[at] ?? '') === '');
    if (beyond >= 0) {
      const facts = { value: cells[beyond] ?? '' };
      const repair = 'name the column in the heading, or quote the cell before it';
      throw wrongField(`line ${line}, column ${beyond + 1}`, 'column_unnamed', repair, facts);
    }
    return Object.fromEntries(
      head.cells.flatMap((name, at): [string, string][] => {
        const cell = cells[at] ?? '';
        return cell === '' ? [] : [[name, cell]];
      }),
    );
  });
  return { records, rest: {}, places: rows.map(({ line }) => `line ${line}`) };
}

function readJson(text: string, known: readonly string[]): Records {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw wrongField('file', 'not_json', 'repair the JSON', { said });
  }
  if (Array.isArray(value)) return { records: value.map(fieldsOf), rest: {} };
  const { events, ...rest } = value as { events?: unknown };
  if (!Array.isArray(events)) throw wrongField('/events', 'required', 'write a list of events');
  const strange = Object.keys(rest).find((name) => !known.includes(name));
  if (strange !== undefined) {
    const repair = `use ${['events', ...known].join(' ')}`;
    throw wrongField(`/${strange}`, 'field_unknown', repair);
  }
  return { records: events.map(fieldsOf), rest: fieldsOf(rest, 0) };
}

/** Runs what names events by their number, and names them by their line where there is one. */
export function withPlaces<T>(places: readonly string[] | undefined, run: () => T): T {
  if (places === undefined) return run();
  try {
    return run();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    const violations = thrown.violations.map((one) => {
      const [, at = '', name = ''] = /^\/events\/(\d+)\/?(.*)$/.exec(one.field) ?? [];
      const place = places[Number(at === '' ? -1 : at)];
      return place === undefined ? one : { ...one, field: name ? `${place}, ${name}` : place };
    });
    throw new Fault(thrown.kind, thrown.reason, thrown.facts, { violations });
  }
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
