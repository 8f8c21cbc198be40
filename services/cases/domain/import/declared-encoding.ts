import type { Encoding, EncodingFinding } from '@recourse/kit/encoding.ts';

/** Encodings by the names that markup declares them by (WHATWG Encoding Standard, 4.2). */
const labels: ReadonlyMap<string, Encoding> = new Map(
  Object.entries({
    'utf-8': 'utf-8 utf8 unicode-1-1-utf-8',
    gb18030: 'gb18030 gb2312 gbk gb_2312-80 gb_2312 csgb2312 x-gbk chinese',
    big5: 'big5 big5-hkscs cn-big5 x-x-big5',
    shift_jis: 'shift_jis shift-jis sjis ms932 windows-31j x-sjis',
    'euc-jp': 'euc-jp x-euc-jp cseucpkdfmtjapanese',
    'koi8-r': 'koi8-r koi8 koi koi8_r',
    'euc-kr': 'euc-kr ks_c_5601-1987 ksc5601 korean windows-949',
    'windows-1251': 'windows-1251 cp1251 x-cp1251',
    'windows-1252': 'windows-1252 cp1252 iso-8859-1 iso8859-1 latin1 us-ascii ascii',
  }).flatMap(([encoding, names]) =>
    names.split(' ').map((name): [string, Encoding] => [name, encoding as Encoding]),
  ),
);

/** The encoding that markup declares for itself; undefined where it names none that is known. */
export function declaredEncoding(head: Uint8Array): Encoding | undefined {
  const text = String.fromCharCode(...head);
  const xml = /^[^<]{0,3}<\?xml[^>]*\bencoding\s*=\s*["']([\w:-]+)/i.exec(text);
  const meta = /<meta[^>]*\bcharset\s*=\s*["']?\s*([\w:-]+)/i.exec(text);
  return labels.get((xml ?? meta)?.[1]?.toLowerCase() ?? '');
}

/**
 * The encoding of markup. What the bytes prove (UTF-8, UTF-16) counts before the declaration, for
 * a template's declaration is often left as it was; where they leave it open the declaration is
 * believed. `scanned` throws what the scan of a text throws.
 */
export function markupEncoding(head: Uint8Array, scanned: () => EncodingFinding): EncodingFinding {
  const encoding = declaredEncoding(head);
  if (encoding === undefined) return scanned();
  const declared: EncodingFinding = { encoding, byteOrderMark: false, certain: true };
  try {
    const found = scanned();
    return found.encoding.startsWith('utf-') ? found : declared;
  } catch (error) {
    if (encoding === 'utf-8') throw error;
    return declared;
  }
}
