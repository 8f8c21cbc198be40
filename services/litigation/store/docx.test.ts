import { describe, expect, it } from '@jest/globals';
import { inflateRawSync } from 'node:zlib';
import { printed } from './docx.ts';

/** One file of a zip archive, found by its local header. */
function fileOf(archive: Buffer, name: string): string {
  for (let at = archive.indexOf('PK\x03\x04'); at >= 0;) {
    const nameLength = archive.readUInt16LE(at + 26);
    const start = at + 30 + nameLength + archive.readUInt16LE(at + 28);
    const found = archive.toString('utf8', at + 30, at + 30 + nameLength);
    if (found === name) return inflateRawSync(archive.subarray(start)).toString('utf8');
    at = archive.indexOf('PK\x03\x04', at + 4);
  }
  throw new Error(`no ${name}`);
}

describe('a printed document', () => {
  it('is A4 with a 宋体 小二 title and 仿宋 三号 text', async () => {
    const bytes = await printed('民事起诉状', [
      { kind: 'title', text: '民事起诉状' },
      { kind: 'paragraph', text: '原告：远望机电。' },
    ]);
    const xml = fileOf(Buffer.from(bytes), 'word/document.xml');
    expect(xml).toContain('w:w="11906" w:h="16838"');
    expect(xml).toMatch(/w:eastAsia="宋体"[\s\S]*w:sz w:val="36"[\s\S]*民事起诉状/);
    expect(xml).toMatch(/w:eastAsia="仿宋"[\s\S]*w:sz w:val="32"[\s\S]*原告：远望机电。/);
    expect(xml).toMatch(/w:top="2098"/);
  });
});
