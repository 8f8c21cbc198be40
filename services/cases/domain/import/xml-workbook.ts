import { isBlank } from './csv.ts';
import type { Row } from './csv.ts';
import { mostColumns, tooManyColumns } from './sheet.ts';
import type { SheetReader } from './sheet.ts';
import { numberStyle, styledNumber } from './workbook.ts';
import type { NumberStyle } from './workbook.ts';
import { attribute, plainText, xmlReader } from './xml.ts';

/** A sheet of an XML Spreadsheet 2003, in the order of the file. */
export type XmlSheet = { name: string; hidden: boolean };

/** Takes the text of a workbook in order, then lists its sheets. */
export function xmlSheets(): { feed(xml: string): void; finish(): readonly XmlSheet[] } {
  const sheets: XmlSheet[] = [];
  let inVisible = false;
  const reader = xmlReader({
    open: (name, attributes) => {
      if (name === 'Worksheet') sheets.push({ name: attribute(attributes, 'Name'), hidden: false });
      inVisible = name === 'Visible';
    },
    close: () => {
      inVisible = false;
    },
    text: (raw) => {
      const last = sheets.at(-1);
      if (inVisible && last !== undefined) last.hidden = raw.includes('Hidden');
    },
  });
  return {
    feed: reader.feed,
    finish: () => {
      reader.finish();
      return sheets;
    },
  };
}

/** Formats that XML Spreadsheet calls by name and that show no day, though they have letters. */
const namedNumbers = new Set(
  'general,general number,standard,fixed,percent,scientific,currency,euro currency'.split(','),
);

function styleOf(format: string): NumberStyle {
  return namedNumbers.has(format.toLowerCase()) ? 'number' : numberStyle(0, format);
}

/** What a cell says in its `Data` ([Office 2003 XML] `ss:Data`): days come as ISO texts. */
function cellText(type: string, raw: string, style: NumberStyle): string {
  const text = plainText(raw);
  if (type === 'DateTime') return /^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 10) : text;
  if (type === 'Boolean') return text === '1' ? 'TRUE' : 'FALSE';
  return type === 'Number' ? styledNumber(text, style, false) : text;
}

type Place = { index: number; across: number; style: string };

function placeOf(attributes: string): Place {
  const whole = (name: string): number => Number(attribute(attributes, name)) || 0;
  const across = Math.min(mostColumns, whole('MergeAcross') + whole('Span'));
  return { index: whole('Index'), across, style: attribute(attributes, 'StyleID') };
}

/** Puts the cells of one sheet where they belong. */
function sheetBuilder() {
  let line = 0;
  let cells: string[] = [];
  let next = 0;
  let at = 0;
  let [rowStyle, cellStyle, type, raw] = ['', '', '', ''];
  const columnStyles: string[] = [];

  function openColumn({ index, across, style }: Place): void {
    while (columnStyles.length < Math.min(index - 1, mostColumns)) columnStyles.push('');
    for (let count = 0; count <= across; count += 1) columnStyles.push(style);
  }
  function openRow({ index, style }: Place): void {
    line = index > line ? index : line + 1;
    [cells, next, rowStyle] = [[], 0, style];
  }
  function openCell({ index, across, style }: Place): void {
    at = index > 0 ? index - 1 : next;
    // The next cell stands behind those that this one is merged with.
    next = at + across + 1;
    cellStyle = style || rowStyle || (columnStyles[at] ?? '');
    [type, raw] = ['', ''];
  }
  function closeCell(styles: ReadonlyMap<string, NumberStyle>): void {
    const text = type === '' ? '' : cellText(type, raw, styles.get(cellStyle) ?? 'number');
    if (text === '') return;
    if (at >= mostColumns) throw tooManyColumns(at + 1);
    while (cells.length < at) cells.push('');
    cells[at] = text;
  }
  return {
    openColumn,
    openRow,
    openCell,
    closeCell,
    openData: (stated: string) => {
      type = stated;
    },
    text: (more: string) => {
      raw += more;
    },
    closeRow: (): Row[] => (isBlank(cells) ? [] : [{ line, cells }]),
  };
}

/**
 * Reads the rows of one sheet of an XML Spreadsheet 2003, which ERPs like to name `.xls`. Cells
 * and rows follow one another unless an index says where they are.
 */
export function xmlSheetReader(nth: number): SheetReader {
  let rows: Row[] = [];
  let sheet = -1;
  let styleId = '';
  let [inData, comments] = [false, 0];
  const styles = new Map<string, NumberStyle>();
  const build = sheetBuilder();

  function open(name: string, attributes: string): void {
    if (name === 'Style') styleId = attribute(attributes, 'ID');
    else if (name === 'NumberFormat') styles.set(styleId, styleOf(attribute(attributes, 'Format')));
    else if (name === 'Worksheet') sheet += 1;
    if (sheet !== nth) return;
    if (name === 'Column') build.openColumn(placeOf(attributes));
    else if (name === 'Row') build.openRow(placeOf(attributes));
    else if (name === 'Cell') build.openCell(placeOf(attributes));
    else if (name === 'Comment') comments += 1;
    else if (name === 'Data' && comments === 0) {
      inData = true;
      build.openData(attribute(attributes, 'Type'));
    }
  }
  function close(name: string): void {
    if (sheet !== nth) return;
    if (name === 'Comment') comments -= 1;
    else if (name === 'Data') inData = false;
    else if (name === 'Cell') build.closeCell(styles);
    else if (name === 'Row') rows.push(...build.closeRow());
  }
  const text = (raw: string): void => {
    if (inData) build.text(raw);
  };
  const reader = xmlReader({ open, close, text });
  function taken(): Row[] {
    const ready = rows;
    rows = [];
    return ready;
  }
  return {
    feed: (xml) => {
      reader.feed(xml);
      return taken();
    },
    finish: () => {
      reader.finish();
      return taken();
    },
  };
}
