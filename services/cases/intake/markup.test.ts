import { describe, expect, it } from '@jest/globals';
import { Fault } from '@recourse/kit/fault.ts';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { deliverBytes, pieces, rowsOf, withTable } from './fixture/delivery.ts';
import { defaultLimits } from './limits.ts';
import { openTable } from './open-table.ts';

const page = (body: string, head = ''): string =>
  `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>${head}</head>` +
  `<body>${body}</body></html>`;

const rows = (text: string | Buffer): Promise<string[][]> =>
  withTable(Buffer.from(text), async (table) => (await rowsOf(table)).map(({ cells }) => cells));

const receivables = `<table border=1>
<tr><td colspan=5 align='center'><b>应收账款明细表</b></td></tr>
<tr><th>单据编号</th><th>客户名称</th><th>单据日期</th><th>到期日</th><th>金额</th></tr>
<tr><td style="mso-number-format:'\\@'">0001</td><td>甲 &amp; 乙公司</td><td>2026-01-05</td>
<td>2026-02-05</td><td align=right>1,234.56</td></tr>
<tr><td>0002</td><td>丙公司</td><td>2026-01-06</td><td>2026-02-06</td><td>300.00</td></tr>
<tr><td>合计</td><td></td><td></td><td></td><td>1,534.56</td></tr>
</table>`;

const sheets = `<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"/>
  <Style ss:ID="z"><NumberFormat ss:Format="0000000000"/></Style>
  <Style ss:ID="m"><NumberFormat ss:Format="Standard"/></Style>
 </Styles>
 <Worksheet ss:Name="Notes"><Table><Row><Cell><Data ss:Type="String">nothing</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="Open items"><Table>
  <Column ss:Index="2" ss:StyleID="z"/>
  <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Open items</Data></Cell>
   <Cell><Data ss:Type="String">of ACME &lt;all&gt;</Data></Cell></Row>
  <Row ss:Index="3"><Cell><Data ss:Type="String">Invoice</Data></Cell>
   <Cell><Data ss:Type="String">Customer No.</Data></Cell>
   <Cell><Data ss:Type="String">Due Date</Data></Cell>
   <Cell><Data ss:Type="String">Amount</Data><Comment><ss:Data>in EUR</ss:Data></Comment></Cell>
  </Row>
  <Row><Cell><ss:Data ss:Type="String"><B>A1</B></ss:Data></Cell>
   <Cell><Data ss:Type="Number">42</Data></Cell>
   <Cell><Data ss:Type="DateTime">2026-02-05T00:00:00.000</Data></Cell>
   <Cell ss:StyleID="m"><Data ss:Type="Number">2309.7899999999999</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">A2</Data></Cell>
   <Cell ss:Index="4" ss:StyleID="m"><Data ss:Type="Number">45000</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="Old"><Table><Row><Cell><Data ss:Type="String">a</Data></Cell></Row></Table>
 <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>`;

describe('a page named .xls', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(page(receivables)), 'utf-8'],
    [
      'GBK as it declares',
      iconv.encode(page(receivables, '<meta charset=gb2312>'), 'gbk'),
      'gb18030',
    ],
    ['UTF-16', iconv.encode(page(receivables), 'utf16le', { addBOM: true }), 'utf-16le'],
    [
      'UTF-8 though it declares another',
      Buffer.from(page(receivables, '<meta charset="gbk">')),
      'utf-8',
    ],
    ['no page at all', Buffer.from(receivables), 'utf-8'],
  ])('is read as receivables: %s', async (_, bytes, encoding) => {
    const found = await deliverBytes(bytes);
    expect(
      found.records.map(({ row, documentNumber, customerName, dueDate, amountMinor }) =>
        [row, documentNumber, customerName, dueDate, amountMinor].join(' '),
      ),
    ).toEqual(['3 0001 甲 & 乙公司 2026-02-05 123456', '4 0002 丙公司 2026-02-06 30000']);
    expect(found.findings.filter((one) => one.rejects)).toEqual([]);
    await withTable(bytes, async (table) => expect(table.encoding).toBe(encoding));
  });

  it.each<[string, string, string[][]]>([
    ['without ends of cells and rows', '<table><tr><td>a<td>b<tr><td>c', [['a', 'b'], ['c']]],
    [
      'with cells over several rows and columns',
      `<table><tr><td rowspan="2">a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>
       <tr><td>e</td></tr></table>`,
      [['a', 'b', ''], ['', 'c', 'd'], ['e']],
    ],
    [
      'with comments, scripts and declarations',
      `<!-- <table><tr><td>no --><table><![if !vml]><tr><td>a<script>if (1<2) "</td>"</script></td>
       <td title="x > y">b<br>c</td></tr><![endif]></table>`,
      [['a', 'b c']],
    ],
    [
      'with entities and a sign below',
      '<table><tr><td>&nbsp;M&uuml;ller&#160;&#x4e0a;</td><td>a < b &copy;&unknown;</td></table>',
      [['Müller 上', 'a < b ©&unknown;']],
    ],
    [
      'in a table for the layout',
      '<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>',
      [['a']],
    ],
  ])('is read %s', async (_, body, cells) => {
    expect(await rows(page(body))).toEqual(cells);
  });

  it('comes to the same in pieces of any size', async () => {
    const bytes = Buffer.from(page(receivables));
    const whole = await rows(bytes);
    const table = await openTable(pieces(bytes, 3), defaultLimits);
    expect((await rowsOf(table)).map(({ cells }) => cells)).toEqual(whole);
    await table.close();
  });

  it.each<[string, string, string]>([
    ['without a table', page('<p>Please sign in</p>'), 'html'],
    ['of another XML', '<?xml version="1.0"?><invoices><invoice/></invoices>', 'xml'],
    ['of several parts', 'MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table>', 'mhtml'],
  ])('%s is refused with its repair', async (_, text, found) => {
    const work = rows(text);
    await expect(work).rejects.toMatchObject({ reason: 'file_kind_refused', facts: { found } });
  });

  it('with a thousand columns is refused', async () => {
    const wide = `<table><tr>${'<td>a'.repeat(600)}</table>`;
    await expect(rows(wide)).rejects.toMatchObject({ reason: 'too_many_columns' });
  });

  it('of any markup gives rows or a fault', async () => {
    const parts = '<table>,<tr>,<td>,</td>,</tr>,</table>,<!--,-->,a,<,>,&amp;,<td colspan=9 ';
    const part = fc.constantFrom(...parts.split(','), '<script>', '</script>', '"', '\n');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (all) => {
        try {
          await rows(`<html>${all.join('')}`);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('an XML Spreadsheet 2003', () => {
  it('is read from its sheet of receivables, cells where their index says', async () => {
    await withTable(Buffer.from(sheets), async (table) => {
      expect(table.sheet).toBe('Open items');
      expect((await rowsOf(table)).map(({ line, cells }) => [line, ...cells])).toEqual([
        [1, 'Open items', '', 'of ACME <all>'],
        [3, 'Invoice', 'Customer No.', 'Due Date', 'Amount'],
        [4, 'A1', '0000000042', '2026-02-05', '2309.79'],
        [5, 'A2', '', '', '45000'],
      ]);
    });
  });

  it('that is cut short is refused', async () => {
    const work = rows(sheets.slice(0, 1500));
    await expect(work).rejects.toMatchObject({ reason: 'xlsx_damaged' });
  });
});
