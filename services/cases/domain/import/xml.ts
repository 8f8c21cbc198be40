import { Fault } from '@recourse/kit/fault.ts';

/** What a reader of XML is told. Names come without their prefix; text still has its entities. */
export type XmlListener = {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(raw: string): void;
};

/** Takes the text of a document in order, in pieces of any size. */
export type XmlReader = { feed(text: string): void; finish(): void };

const longestPiece = 4_194_304;

function damaged(what: string): Fault {
  const repair = 'Open the workbook in Excel or WPS and save it again as XLSX or CSV.';
  return new Fault(
    'invalid',
    'xlsx_damaged',
    { found: what, repair },
    {
      violations: [{ field: 'file', rule: 'xlsx_damaged', repair }],
    },
  );
}

/**
 * The end of a tag: the first `>` that is not inside an attribute's quotation marks; −1 for none.
 */
function tagEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const end = text.indexOf('>', at);
    if (end < 0) return -1;
    let quotes = 0;
    for (let index = text.indexOf('"', from); index >= 0 && index < end;) {
      quotes += 1;
      index = text.indexOf('"', index + 1);
    }
    if (quotes % 2 === 0) return end;
    at = end + 1;
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function element(body: string, listener: XmlListener): void {
  if (body.startsWith('/')) {
    listener.close(localName(body.slice(1).trim()));
    return;
  }
  const empty = body.endsWith('/');
  const inner = empty ? body.slice(0, -1) : body;
  const space = inner.search(/\s/);
  const name = localName(space < 0 ? inner : inner.slice(0, space));
  if (name === '') throw damaged('an element without a name');
  listener.open(name, space < 0 ? '' : inner.slice(space));
  if (empty) listener.close(name);
}

/** Markup that is no element: where it ends, or undefined when the piece of text ends before. */
function special(text: string, at: number, listener: XmlListener): number | undefined {
  const ends = (mark: string, from: number): number | undefined => {
    const end = text.indexOf(mark, from);
    return end < 0 ? undefined : end + mark.length;
  };
  if (text.startsWith('<!--', at)) return ends('-->', at + 4);
  if (text.startsWith('<?', at)) return ends('?>', at + 2);
  if (text.startsWith('<![CDATA[', at)) {
    const end = text.indexOf(']]>', at);
    if (end < 0) return undefined;
    listener.text(text.slice(at + 9, end).replaceAll('&', '&amp;'));
    return end + 3;
  }
  // Entities of one's own are how XML bombs are built; workbooks have none.
  if (text.startsWith('<!DOCTYPE', at)) throw damaged('a document type declaration');
  if (text.length - at >= 9) throw damaged('unknown markup');
  return undefined;
}

/**
 * A reader for the XML inside workbooks: elements, text, CDATA, comments. It knows no document
 * types and so no entities but the five and numbers. Throws `xlsx_damaged`.
 */
export function xmlReader(listener: XmlListener): XmlReader {
  let rest = '';
  let depth = 0;
  const counting: XmlListener = {
    open: (name, attributes) => {
      depth += 1;
      listener.open(name, attributes);
    },
    close: (name) => {
      depth -= 1;
      listener.close(name);
    },
    text: (raw) => listener.text(raw),
  };
  /** Reads one piece of markup at `at`; undefined when more text is needed. */
  function markup(text: string, at: number): number | undefined {
    const next = text.charCodeAt(at + 1);
    if (next === 33 || next === 63) return special(text, at, counting);
    const end = tagEnd(text, at);
    if (end < 0) return undefined;
    element(text.slice(at + 1, end), counting);
    return end + 1;
  }
  function feed(more: string): void {
    const text = rest + more;
    let at = 0;
    for (;;) {
      const start = text.indexOf('<', at);
      if (start < 0 || start === text.length - 1) break;
      if (start > at) counting.text(text.slice(at, start));
      at = start;
      const next = markup(text, at);
      if (next === undefined) break;
      at = next;
    }
    rest = at === 0 ? text : text.slice(at);
    if (rest.length > longestPiece) throw damaged('a piece of markup without an end');
  }
  function finish(): void {
    if (depth !== 0 || rest.trim() !== '') throw damaged('a document that ends too early');
  }
  return { feed, finish };
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** Text with its entities resolved, and Excel's `_x000D_` forms too. */
export function plainText(raw: string): string {
  const text = !raw.includes('&')
    ? raw
    : raw.replaceAll(
        /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
        (whole, hex, decimal, name) => {
          if (name !== undefined) return entities[String(name)] ?? whole;
          const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
          return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
        },
      );
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([\dA-F]{4})_/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(String(hex), 16)),
  );
}

/** The value of an attribute in the text of an element's attributes; empty when it is not there. */
export function attribute(attributes: string, name: string): string {
  let at = attributes.indexOf(`${name}=`);
  while (at > 0) {
    const before = attributes.charCodeAt(at - 1);
    if (before <= 32 || before === 58) {
      const quote = attributes.charAt(at + name.length + 1);
      const end = attributes.indexOf(quote, at + name.length + 2);
      return end < 0 ? '' : plainText(attributes.slice(at + name.length + 2, end));
    }
    at = attributes.indexOf(`${name}=`, at + 1);
  }
  return '';
}
