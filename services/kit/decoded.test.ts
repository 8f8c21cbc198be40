import { describe, expect, it } from '@jest/globals';
import { decoded } from './decoded.ts';

const text = 'Größe,坏\n1,2\n';

function wide(words: string): Buffer {
  return Buffer.from(`\uFEFF${words}`, 'utf16le');
}

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(text), text],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`), text],
    ['UTF-16, as spreadsheets write Unicode text', wide(text), text],
    ['UTF-16, the high byte first', wide(text).swap16(), text],
    ['Western', Buffer.from('Größe,Fälligkeit\n1,2\n', 'latin1'), 'Größe,Fälligkeit\n1,2\n'],
    [
      'GB 18030',
      Buffer.concat([Buffer.from([0xbf, 0xcd, 0xbb, 0xa7]), Buffer.from(',a\n1,2\n')]),
      '客户,a\n1,2\n',
    ],
  ])('is read from %s', (_words, bytes, shown) => {
    expect(decoded(bytes)).toBe(shown);
  });
});
