/** Names of the characters from U+00A0 to U+00FF, in order (HTML 4.01, 24.2.1). */
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn ' +
  'sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave ' +
  'Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ' +
  'ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN ' +
  'szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave ' +
  'iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ' +
  'ucirc uuml yacute thorn yuml';

const names: ReadonlyMap<string, string> = new Map([
  ...latin1.split(' ').map((name, nth): [string, string] => [name, String.fromCharCode(160 + nth)]),
  ...Object.entries({
    lt: '<',
    gt: '>',
    amp: '&',
    quot: '"',
    apos: "'",
    euro: '€',
    ndash: '–',
    mdash: '—',
    minus: '−',
    hellip: '…',
    bull: '•',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
  }),
]);

function entity(whole: string, body: string): string {
  const number = /^#(?:x([\da-f]+)|(\d+))$/i.exec(body);
  if (number === null) return names.get(body) ?? whole;
  const [, hex, decimal] = number;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
}

/** The text of a cell: entities resolved, blanks and line ends run together as browsers do. */
export function htmlText(raw: string): string {
  const text = raw.includes('&') ? raw.replaceAll(/&(#?\w{1,8});/g, entity) : raw;
  return text.replaceAll(/[\s\u00a0]+/g, ' ').trim();
}

/** The value of an attribute, with quotation marks or without; empty when it is not there. */
export function htmlAttribute(attributes: string, name: string): string {
  const pattern = new RegExp(
    String.raw`(?:^|\s)${name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))`,
    'i',
  );
  const [, double, single, bare] = pattern.exec(attributes) ?? [];
  return double ?? single ?? bare ?? '';
}
