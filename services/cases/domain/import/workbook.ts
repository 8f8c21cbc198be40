import { serialDay } from './date-text.ts';
import { attribute, plainText, xmlReader } from './xml.ts';

/** A sheet as the workbook lists it; `part` is the path of its XML inside the file. */
export type SheetEntry = { name: string; relation: string; hidden: boolean };

/** What `xl/workbook.xml` says. */
export type Workbook = { sheets: readonly SheetEntry[]; date1904: boolean };

export function readWorkbook(xml: string): Workbook {
  const sheets: SheetEntry[] = [];
  let date1904 = false;
  const reader = xmlReader({
    open: (name, attributes) => {
      if (name === 'workbookPr') {
        date1904 = ['1', 'true'].includes(attribute(attributes, 'date1904'));
      }
      if (name !== 'sheet') return;
      sheets.push({
        name: attribute(attributes, 'name'),
        relation: attribute(attributes, 'r:id') || attribute(attributes, 'id'),
        hidden: attribute(attributes, 'state').toLowerCase().includes('hidden'),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  reader.feed(xml);
  reader.finish();
  return { sheets, date1904 };
}

/** Targets by relation id, as paths inside the file. */
export function readRelations(xml: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  const reader = xmlReader({
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const target = attribute(attributes, 'Target');
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
      targets.set(attribute(attributes, 'Id'), path);
    },
    close: () => undefined,
    text: () => undefined,
  });
  reader.feed(xml);
  reader.finish();
  return targets;
}

/** How a cell style shows a number: as a day, or padded with zeros to a width, or as it is. */
export type NumberStyle = 'day' | 'number' | { width: number };

/** Built-in formats that show a day (ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are East Asian). */
function isBuiltInDay(id: number): boolean {
  return (
    (id >= 14 && id <= 17) ||
    id === 22 ||
    (id >= 27 && id <= 31) ||
    id === 36 ||
    (id >= 50 && id <= 58)
  );
}

/** The style of a number format: by its code, else by its number as a built-in one. */
export function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) return isBuiltInDay(id) ? 'day' : 'number';
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '');
  if (/^0{2,}$/.test(bare)) return { width: bare.length };
  return /[yd年]/i.test(bare) && !/general/i.test(bare) ? 'day' : 'number';
}

/** Number styles by the index that cells name in `s`. */
export function readStyles(xml: string): readonly NumberStyle[] {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  const reader = xmlReader({
    open: (name, attributes) => {
      if (name === 'numFmt') {
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode'));
      }
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) ids.push(Number(attribute(attributes, 'numFmtId')));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
    text: () => undefined,
  });
  reader.feed(xml);
  reader.finish();
  return ids.map((id) => numberStyle(id, codes.get(id)));
}

/** Collects the strings that cells share; `chars` grows so that the edge can refuse too much. */
export type SharedStrings = {
  feed(text: string): void;
  finish(): readonly string[];
  chars(): number;
};

export function sharedStrings(): SharedStrings {
  const strings: string[] = [];
  let current = '';
  let total = 0;
  let inText = false;
  let phonetic = 0;
  const reader = xmlReader({
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') inText = phonetic === 0;
    },
    close: (name) => {
      if (name === 'rPh') phonetic -= 1;
      else if (name === 't') inText = false;
      else if (name === 'si') {
        strings.push(plainText(current));
        total += current.length;
      }
    },
    text: (raw) => {
      if (inText) current += raw;
    },
  });
  return {
    feed: (text) => reader.feed(text),
    finish: () => {
      reader.finish();
      return strings;
    },
    chars: () => total,
  };
}

/** Plain decimal text of a finite double in exponent form. */
function expanded(shortest: string): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest);
  if (match === null) return shortest;
  const [, sign = '', first = '', fraction = '', power = '0'] = match;
  const places = Number(power);
  const digits = first + fraction;
  if (places < 0) return `${sign}0.${'0'.repeat(-places - 1)}${digits}`;
  if (fraction.length <= places) return sign + digits.padEnd(places + 1, '0');
  return `${sign}${digits.slice(0, places + 1)}.${digits.slice(places + 1)}`;
}

/**
 * A number cell as decimal text. Workbooks store doubles with up to 17 digits
 * (`2309.7899999999999`); the shortest text of that double is what its writer meant (`2309.79`).
 * Whole numbers stay as written.
 */
export function numberText(stored: string): string {
  if (/^-?\d+$/.test(stored)) return stored;
  const significant = stored.replace(/e.*$/i, '').replaceAll(/[-.]/g, '').replace(/^0+/, '').length;
  if (/^-?\d+\.\d+$/.test(stored) && significant <= 15) return stored;
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  return expanded(String(value));
}

/** Days between the two day counts of Excel: 1904-01-01 is day 1462 of the usual one. */
const days1904 = 1462;

/** A number cell as its style shows it: a day as `YYYY-MM-DD`, an identifier with its zeros. */
export function styledNumber(stored: string, style: NumberStyle, date1904: boolean): string {
  const text = numberText(stored);
  if (style === 'number') return text;
  if (style !== 'day') return /^\d+$/.test(text) ? text.padStart(style.width, '0') : text;
  const serial = Math.floor(Number(text)) + (date1904 ? days1904 : 0);
  return serial >= 1 && serial < 2_958_466 ? serialDay(serial) : text;
}
