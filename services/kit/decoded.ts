import { encodingScan } from './encoding.ts';

/** The encoding of a file by the same rules as uploads; broken text is read as well as it goes. */
function encodingOf(bytes: Uint8Array): string {
  const scan = encodingScan();
  scan.feed(bytes);
  try {
    return scan.finish().encoding;
  } catch {
    const start = new TextDecoder('utf-8').decode(bytes.subarray(0, 65_536));
    const lost = start.split('\uFFFD').length - 1;
    return lost * 50 > start.length ? 'gb18030' : 'utf-8';
  }
}

/** The text of a file: UTF-8, UTF-16, GB 18030, Big5 or Western; without a byte order mark. */
export function decoded(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes).replace(/^\uFEFF/, '');
}
