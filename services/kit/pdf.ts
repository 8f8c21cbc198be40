import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type PdfKit from 'pdfkit';
import { fault } from './fault.ts';
import type { Paper, PaperColumn, PaperTable } from './paper.ts';

type Document = InstanceType<typeof PdfKit>;

/** What is drawn with: where the next line goes and how far down and across lines may go. */
type Pen = { doc: Document; y: number; bottom: number; width: number };

/** Noto Sans Hans (OFL 1.1): every hanzi of GBK; its digits are all of one width. */
const fontFolder = join(
  dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')),
  '../fonts',
);

/** A4 in points. */
const a4 = { upright: [595.28, 841.89], wide: [841.89, 595.28] } as const;
const margin = 36;
/** The page's number stands below the lines. */
const numberHeight = 14;
const size = { title: 16, heading: 10, text: 8 } as const;
const padding = 3;
const gap = 10;
const sealHeight = 72;
const ink = { text: '#111111', faint: '#555555', rule: '#bbbbbb', head: '#eeeeee' } as const;
/** So many, of ten columns, take 1 s of a processor, and an answer has 5 s. */
export const mostPaperRows = 2_000;

/** Rows drawn before others get their turn. */
const rowsAtOnce = 40;

/** One line of well-formed text; what is no character has no place on paper. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function setFont({ doc }: Pen, weight: 'Regular' | 'Bold', points: number): void {
  doc.font(join(fontFolder, `NotoSansHans-${weight}.otf`)).fontSize(points);
}

function room(pen: Pen, height: number): boolean {
  if (pen.y + height <= pen.bottom) return true;
  pen.doc.addPage();
  pen.y = margin;
  return false;
}

/** Writes a text across the page and goes below it. */
function line(pen: Pen, text: string, align: 'left' | 'center' = 'left'): void {
  const how = { width: pen.width, align };
  const height = pen.doc.heightOfString(text, how);
  room(pen, height);
  pen.doc.text(text, margin, pen.y, how);
  pen.y += height + padding;
}

function drawHead(pen: Pen, paper: Paper): void {
  setFont(pen, 'Bold', size.title);
  line(pen, plain(paper.title), 'center');
  if (paper.note !== '') {
    setFont(pen, 'Regular', size.text);
    line(pen, plain(paper.note), 'center');
  }
  pen.y += padding;
}

/** Two facts beside each other, each as high as it needs to be. */
function drawFacts(pen: Pen, { facts, language }: Paper): void {
  setFont(pen, 'Regular', size.text + 1);
  const width = pen.width / 2 - gap;
  for (let at = 0; at < facts.length; at += 2) {
    const pair = facts
      .slice(at, at + 2)
      .map(([name, value]) => plain(`${name}${language === 'en' ? ': ' : '：'}${value}`));
    const height = Math.max(...pair.map((text) => pen.doc.heightOfString(text, { width })));
    room(pen, height);
    for (const [side, text] of pair.entries()) {
      pen.doc.text(text, margin + side * (width + 2 * gap), pen.y, { width });
    }
    pen.y += height + padding;
  }
}

type Cell = { text: string; x: number; width: number; align: 'left' | 'right' };

/** Text stands so far from the sides of its cell. */
const aside = 4;

function cellsOf(pen: Pen, columns: readonly PaperColumn[], texts: readonly string[]): Cell[] {
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  let x = margin;
  return columns.map(({ share, isAmount }, at) => {
    const width = (pen.width * share) / all;
    const cell: Cell = {
      text: plain(texts[at] ?? ''),
      x: x + aside,
      width: width - 2 * aside,
      align: isAmount === true ? 'right' : 'left',
    };
    x += width;
    return cell;
  });
}

/** Most cells are of one line, and need not be broken into lines only to be measured. */
function isOneLine({ doc }: Pen, { text, width }: Cell): boolean {
  return doc.widthOfString(text) <= width;
}

/** As high as its highest cell; one that fills a page is cut there and ends in `…`. */
function heightOf(pen: Pen, cells: readonly Cell[]): number {
  const { doc } = pen;
  const each = cells.map((cell) =>
    isOneLine(pen, cell)
      ? doc.currentLineHeight(true)
      : doc.heightOfString(cell.text, { width: cell.width }),
  );
  return Math.min(Math.max(...each), pen.bottom - margin - 60) + 2 * padding;
}

function drawCells(pen: Pen, cells: readonly Cell[], height: number): void {
  const { doc, y } = pen;
  for (const cell of cells) {
    const { text, x, width, align } = cell;
    const how = isOneLine(pen, cell)
      ? { lineBreak: false }
      : { height: height - 2 * padding + 1, ellipsis: '…' };
    doc.text(text, x, y + padding, { width, align, ...how });
  }
  pen.y += height;
  doc
    .moveTo(margin, pen.y)
    .lineTo(margin + pen.width, pen.y)
    .lineWidth(0.5)
    .stroke(ink.rule);
}

function drawTitles(pen: Pen, table: PaperTable): void {
  setFont(pen, 'Bold', size.text);
  const titles = cellsOf(
    pen,
    table.columns,
    table.columns.map(({ title }) => title),
  );
  const height = heightOf(pen, titles);
  pen.doc.rect(margin, pen.y, pen.width, height).fill(ink.head).fillColor(ink.text);
  drawCells(pen, titles, height);
}

/** The titles stand above the rows of every page. */
function drawRow(pen: Pen, table: PaperTable, row: readonly string[], isFoot: boolean): void {
  const weight = isFoot ? 'Bold' : 'Regular';
  setFont(pen, weight, size.text);
  const cells = cellsOf(pen, table.columns, row);
  const height = heightOf(pen, cells);
  if (!room(pen, height)) {
    drawTitles(pen, table);
    setFont(pen, weight, size.text);
  }
  drawCells(pen, cells, height);
}

async function drawTable(pen: Pen, table: PaperTable): Promise<void> {
  pen.y += gap;
  // A heading is not left alone at the foot of a page.
  room(pen, 64);
  setFont(pen, 'Bold', size.heading);
  line(pen, plain(table.heading));
  drawTitles(pen, table);
  for (const [at, row] of table.rows.entries()) {
    drawRow(pen, table, row, false);
    if (at % rowsAtOnce === rowsAtOnce - 1) await setImmediate();
  }
  if (table.foot !== undefined) drawRow(pen, table, table.foot, true);
}

function drawEnd(pen: Pen, { remarks, signatures }: Paper): void {
  pen.y += gap;
  setFont(pen, 'Regular', size.text);
  const seals = signatures.length === 0 ? 0 : gap + sealHeight;
  const how = { width: pen.width };
  const each = remarks.map((remark) => pen.doc.heightOfString(plain(remark), how) + padding);
  // Seals stand with the words that they are under, not alone on a page.
  room(
    pen,
    each.reduce((sum, height) => sum + height, seals),
  );
  for (const remark of remarks) line(pen, plain(remark));
  if (signatures.length === 0) return;
  pen.y += gap;
  const width = (pen.width - gap * (signatures.length - 1)) / signatures.length;
  for (const [at, who] of signatures.entries()) {
    const x = margin + at * (width + gap);
    pen.doc.rect(x, pen.y, width, sealHeight).lineWidth(0.5).stroke(ink.rule);
    const inside = { width: width - 4 * padding, height: sealHeight - 4 * padding };
    pen.doc.text(plain(who), x + 2 * padding, pen.y + 2 * padding, inside);
  }
  pen.y += sealHeight;
}

/** `pdfBytes` knows how many pages there are only when all are drawn. */
function drawNumbers(pen: Pen, { language, title, day }: Paper): void {
  const { doc } = pen;
  const { start, count } = doc.bufferedPageRange();
  setFont(pen, 'Regular', size.text - 1);
  doc.fillColor(ink.faint);
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(start + at);
    const number =
      language === 'en' ? `Page ${at + 1} of ${count}` : `第 ${at + 1} 页，共 ${count} 页`;
    const y = pen.bottom + numberHeight - 4;
    const how = { width: pen.width, lineBreak: false } as const;
    doc.text(plain(`${title} · ${day.toString()}`), margin, y, how);
    doc.text(number, margin, y, { ...how, align: 'right' });
  }
}

/**
 * A paper as the bytes of a PDF: A4, with the letters it uses in it, so that it looks the same
 * everywhere, and its text can be searched and copied. The same paper gives the same bytes.
 * Fault: `refused` paper_too_long.
 */
export async function pdfBytes(paper: Paper): Promise<Buffer> {
  const rows = paper.tables.reduce((sum, table) => sum + table.rows.length, 0);
  if (rows > mostPaperRows) throw fault('refused', 'paper_too_long', { rows, most: mostPaperRows });
  // 30 MB of a process that draws none would be for nothing.
  const { default: PdfDocument } = await import('pdfkit');
  const [across, down] = paper.isWide === true ? a4.wide : a4.upright;
  const made = new Date(`${paper.day.toString()}T00:00:00Z`);
  const doc = new PdfDocument({
    size: [across, down],
    margin: 0,
    bufferPages: true,
    lang: paper.language,
    displayTitle: true,
    info: { Title: plain(paper.title), Creator: 'Recourse', CreationDate: made },
  });
  doc.fillColor(ink.text);
  const bottom = down - margin - numberHeight;
  const pen: Pen = { doc, y: margin, bottom, width: across - 2 * margin };
  drawHead(pen, paper);
  drawFacts(pen, paper);
  for (const table of paper.tables) await drawTable(pen, table);
  drawEnd(pen, paper);
  drawNumbers(pen, paper);
  doc.end();
  return buffer(doc);
}
