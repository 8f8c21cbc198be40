import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import type { Delivery } from './fixture/delivery.ts';
import { deliverBytes } from './fixture/delivery.ts';

/** `number customer due currency amount open` of each receivable. */
function told({ records }: Delivery): string[] {
  return records.map((one) =>
    [
      one.documentNumber,
      one.customerNumber || one.customerName,
      one.dueDate,
      one.currency,
      one.amountMinor,
      one.openMinor,
    ].join(' '),
  );
}

const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;

describe('An export of another program', () => {
  it.each<[string, Buffer, string[]]>([
    [
      'Kingdee: codes of levels, totals, four ways to write a day, two currencies',
      iconv.encode(
        lines(
          '应收款明细表,,,,,,,',
          '客户编码,客户名称,单据编号,业务日期,到期日,币别,原币金额,原币余额',
          '01.001,甲贸易有限公司,AR01,2025年3月5日,2025年4月4日,人民币,"12,345.60","2,345.60"',
          '01.001,甲贸易有限公司,AR02,2025-3-5,2025-4-4,人民币,"1,000.00","1,000.00"',
          ',,小计,,,,"13,345.60","3,345.60"',
          '01.012,乙股份有限公司,AR03,20250306,20250405,美元,"2,000.00","2,000.00"',
          '01.012,乙股份有限公司,AR04,45722,45752,美元,-500.00,-500.00',
          '合计,,,,,,"14,845.60","4,845.60"',
        ),
        'gb18030',
      ),
      [
        'AR01 01.001 2025-04-04 CNY 1234560 234560',
        'AR02 01.001 2025-04-04 CNY 100000 100000',
        'AR03 01.012 2025-04-05 USD 200000 200000',
        'AR04 01.012 2025-04-05 USD -50000 -50000',
      ],
    ],
    [
      'a report in units of ten thousand',
      iconv.encode(
        lines(
          '单位：万元',
          '客户,发票号,到期日,金额',
          '甲公司,1,2025/3/31,12.5',
          '乙公司,2,2025/4/30,3.25',
        ),
        'gbk',
      ),
      ['1 甲公司 2025-03-31 CNY 12500000 12500000', '2 乙公司 2025-04-30 CNY 3250000 3250000'],
    ],
    [
      'a German list with signs of money in windows-1252',
      iconv.encode(
        lines(
          'Kunde;Rechnungsnr.;Fälligkeitsdatum;Bruttobetrag;Hauswährung;Offener Betrag',
          'Müller;R-1;1.12.2025;1.190,00 €;EUR;190,00 €',
          'Meier;R-2;2.12.2025;2.380,00 €;EUR;2.380,00 €',
        ),
        'win1252',
      ),
      ['R-1 Müller 2025-12-01 EUR 119000 19000', 'R-2 Meier 2025-12-02 EUR 238000 238000'],
    ],
    [
      'a ledger with outstanding amounts (O/S) and accounts (A/C)',
      Buffer.from(
        lines(
          'A/C,Name,Date,Ref,Amount,O/S Amount,Due',
          'ABS001,ABS Garages Ltd,31/12/2024,4711,£1200.00,£1200.00,30/01/2025',
          'BRI001,Bricks & Co,06/01/2025,4712,£300.00,£150.00,05/02/2025',
        ),
      ),
      ['4711 ABS001 2025-01-30 GBP 120000 120000', '4712 BRI001 2025-02-05 GBP 30000 15000'],
    ],
    [
      'a table without a header, of whole amounts',
      Buffer.from(
        lines(
          'AR001,甲贸易有限公司,2025-01-01,2025-02-01,100.00',
          'AR002,乙有限公司,2025-01-02,2025-02-02,200.00',
        ),
      ),
      [
        'AR001 甲贸易有限公司 2025-02-01 USD 10000 10000',
        'AR002 乙有限公司 2025-02-02 USD 20000 20000',
      ],
    ],
    [
      'a ledger whose vouchers begin anew each month',
      Buffer.from(
        lines(
          '客户名称,凭证字号,单据号,日期,到期日,金额',
          '甲公司,记-12,XS0001,2025-01-05,2025-02-05,100.50',
          '乙公司,记-12,XS0002,2025-02-05,2025-03-05,200.50',
        ),
      ),
      ['XS0001 甲公司 2025-02-05 USD 10050 10050', 'XS0002 乙公司 2025-03-05 USD 20050 20050'],
    ],
  ])('is read with nobody`s help: %s', async (_, bytes, expected) => {
    expect(told(await deliverBytes(bytes))).toEqual(expected);
  });

  it('with a quote missing is refused with its line, whatever stands below', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => `C${at},${at},2025-02-01,${at}.00,"x, y"`);
    rows[5] = '"C5,5,2025-02-01,5.00,x';
    const text = lines('Customer,Invoice,Due Date,Amount,Remark', ...rows);
    await expect(deliverBytes(Buffer.from(text))).rejects.toMatchObject({
      reason: 'quote_never_closed',
      facts: { line: 7 },
    });
  });
});
