import {
  AlignmentType,
  Document,
  type IParagraphOptions,
  LineRuleType,
  Packer,
  Paragraph,
  TextRun,
} from 'docx';
import type { Block } from '../domain/paper.ts';

/** Half-points, as OOXML counts: 小二 is 18 pt, 三号 is 16 pt. */
const size = { smallTwo: 36, three: 32 } as const;

const song = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' };
const fangSong = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' };

/** Twentieths of a point: 28 pt lines, as GB/T 9704 sets 22 lines on a page. */
const spacing = { line: 560, lineRule: LineRuleType.EXACT };

/** Two characters of 16 pt, in twentieths of a point. */
const twoCharacters = 640;

/** Millimetres as twentieths of a point; A4 is 11906 × 16838, as word processors write it. */
function mm(length: number): number {
  return Math.round((length * 1440) / 25.4);
}

const looks: Readonly<Record<Block['kind'], IParagraphOptions>> = {
  title: {
    alignment: AlignmentType.CENTER,
    spacing: { after: 300, line: 640, lineRule: LineRuleType.EXACT },
  },
  heading: { spacing, indent: { firstLine: twoCharacters }, keepNext: true },
  paragraph: { spacing, indent: { firstLine: twoCharacters }, alignment: AlignmentType.BOTH },
  addressee: { spacing },
  right: { spacing, alignment: AlignmentType.RIGHT },
};

function paragraphOf({ kind, text }: Block): Paragraph {
  const isTitle = kind === 'title';
  const run = new TextRun({
    text,
    bold: isTitle || kind === 'heading',
    font: isTitle ? song : fangSong,
    size: isTitle ? size.smallTwo : size.three,
    language: { eastAsia: 'zh-CN' },
  });
  return new Paragraph({ ...looks[kind], children: [run] });
}

/**
 * A4 with the margins of GB/T 9704-2012 (37, 26, 35 and 28 mm), the title in 宋体 小二, the text in
 * 仿宋 三号.
 */
export async function printed(title: string, blocks: readonly Block[]): Promise<Uint8Array> {
  const document = new Document({
    title,
    creator: 'Recourse',
    styles: { default: { document: { run: { font: fangSong, size: size.three } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(37), right: mm(26), bottom: mm(35), left: mm(28) },
          },
        },
        children: blocks.map(paragraphOf),
      },
    ],
  });
  return Packer.toBuffer(document);
}
