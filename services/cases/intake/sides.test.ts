import { describe, expect, it } from '@jest/globals';
import type { Delivery } from './fixture/delivery.ts';
import { content, deliverBytes } from './fixture/delivery.ts';

const deliver = (text: string, formats?: Record<string, string>): Promise<Delivery> =>
  deliverBytes(Buffer.from(text), formats);

function owed({ records }: Delivery): string[] {
  return records.map((one) => `${one.documentNumber} ${one.amountMinor} ${one.openMinor}`);
}

const told = ({ facts }: Delivery): string[] =>
  facts.map(({ kind, column, rows }) => `${kind} ${column} ${rows}`);

const plain = ['1 100000 100000', '2 200000 200000', '3 -30000 -30000'];

const sided: [string, string, string][] = [
  [
    'the direction of a Chinese ledger',
    `单据编号,客户名称,单据日期,到期日,金额,借贷方向
1,甲公司,2026-01-05,2026-02-05,1000.00,借
2,乙公司,2026-01-06,2026-02-06,2000.00,借
3,甲公司,2026-01-07,2026-02-07,300.00,贷
`,
    'side_unsigned 借贷方向 1',
  ],
  [
    'S and H of SAP',
    `KUNNR,BELNR,BLDAT,FAEDT,SHKZG,WRBTR,WAERS
100001,1,20260105,20260205,S,1000.00,EUR
100001,2,20260106,20260206,S,2000.00,EUR
100001,3,20260107,20260207,H,300.00,EUR
`,
    'side_unsigned SHKZG 1',
  ],
  [
    'an indicator with German amounts',
    `Belegnr;Kunde;Fälligkeit;Betrag;Soll/Haben
1;Meier;05.02.2026;1.000,00;Soll
2;Meier;15.02.2026;2.000,00;Soll
3;Meier;25.02.2026;300,00;Haben
`,
    'side_unsigned Soll/Haben 1',
  ],
  [
    'the kind of the document',
    `Document Number,Document Type,Customer,Due Date,Amount
1,Invoice,ACME,2026-02-05,1000.00
2,Invoice,ACME,2026-02-05,2000.00
3,Credit Memo,ACME,2026-02-05,300.00
`,
    'side_unsigned Document Type 1',
  ],
  [
    'red invoices by their kind',
    `发票号码,发票类型,客户名称,到期日,金额
1,蓝字发票,甲公司,2026-02-05,1000.00
2,蓝字发票,甲公司,2026-02-05,2000.00
3,红字发票,甲公司,2026-02-05,300.00
`,
    'side_unsigned 发票类型 1',
  ],
  [
    'a side over amounts that have their signs',
    `Document Number,D/C,Customer,Due Date,Amount
1,D,ACME,2026-02-05,1000.00
2,D,ACME,2026-02-05,2000.00
3,C,ACME,2026-02-05,-300.00
`,
    'side_signed D/C 1',
  ],
  [
    'the document types of SAP',
    `BELNR,BLART,KUNNR,FAEDT,WRBTR,WAERS
1,RV,100001,20260205,1000.00,EUR
2,DR,100001,20260205,2000.00,EUR
3,DZ,100001,20260207,300.00,EUR
`,
    'side_unsigned BLART 1',
  ],
  [
    'credit memos among types of one’s own',
    `Document Number,Document Type,Customer,Net due date,Amount
1,RV,100001,2026-02-05,1000.00
2,X1,100001,2026-02-05,2000.00
3,DG,100001,2026-02-07,300.00
`,
    'side_unsigned Document Type 1',
  ],
  [
    'the classes of Oracle',
    `Transaction Number,Class,Customer Name,Due Date,Original Amount
1,INV,ACME,2026-02-05,1000.00
2,INV,ACME,2026-02-05,2000.00
3,CM,ACME,2026-02-07,300.00
`,
    'side_unsigned Class 1',
  ],
  [
    'two columns with a balance of the rows so far',
    `凭证字号,客户,日期,到期日,摘要,借方金额,贷方金额,方向,余额
1,甲公司,2026-01-05,2026-02-05,销售,1000.00,,借,1000.00
2,甲公司,2026-01-06,2026-02-06,销售,2000.00,,借,3000.00
3,甲公司,2026-01-07,2026-02-07,退货,,300.00,借,2700.00
`,
    'credit_amounts 贷方金额 1, running_balance 余额 0',
  ],
  [
    'two columns with zeros',
    `Invoice No,Customer,Due Date,Debit,Credit,Balance
1,ACME,2026-02-05,1000.00,0.00,1000.00
2,ACME,2026-02-05,2000.00,0.00,3000.00
3,ACME,2026-02-05,0.00,300.00,2700.00
`,
    'credit_amounts Credit 1, running_balance Balance 0',
  ],
];

describe('a file whose amounts have a side', () => {
  it.each(sided)('is read with negative credits: %s', async (_, text, facts) => {
    const delivery = await deliver(text);
    expect(owed(delivery)).toEqual(plain);
    expect(told(delivery).join(', ')).toBe(facts);
  });

  it('comes to the same when it comes again', async () => {
    const [, text] = sided[0] ?? ['', ''];
    const [one, two] = [await deliver(text), await deliver(text)];
    expect(content(two.records)).toEqual(content(one.records));
    expect(two.records.map((each) => each.contentMark)).toEqual(
      one.records.map((each) => each.contentMark),
    );
  });

  it('gives what is open of a credit the sign of the credit', async () => {
    const delivery = await deliver(`Invoice No,Dr/Cr,Customer,Due Date,Amount,Open Amount
1,Dr,ACME,2026-02-05,1000.00,400.00
2,Cr,ACME,2026-02-05,300.00,100.00
`);
    expect(owed(delivery)).toEqual(['1 100000 40000', '2 -30000 -10000']);
  });

  it('leaves a negative debit, and a negative credit is one taken back', async () => {
    const delivery = await deliver(`凭证字号,客户,到期日,借方金额,贷方金额
1,甲公司,2026-02-05,-50.00,
2,甲公司,2026-02-06,,-60.00
3,甲公司,2026-02-07,,70.00
`);
    expect(owed(delivery)).toEqual(['1 -5000 -5000', '2 6000 6000', '3 -7000 -7000']);
  });
});

describe('a file some of whose credits are negative', () => {
  const mixed = `Document Number,D/C,Customer,Due Date,Amount
1,D,ACME,2026-02-05,1000.00
2,C,ACME,2026-02-05,-200.00
3,C,ACME,2026-02-05,300.00
`;

  it('is asked about, and nothing is read before', async () => {
    await expect(deliver(mixed)).rejects.toMatchObject({
      reason: 'mapping_incomplete',
      violations: [{ field: '/mapping/columns/1/format', rule: 'format_not_chosen' }],
    });
  });

  it.each([
    ['signed', ['1 100000 100000', '2 -20000 -20000', '3 30000 30000']],
    ['unsigned', ['1 100000 100000', '2 20000 20000', '3 -30000 -30000']],
  ])('is read as the person says: %s', async (format, rows) => {
    const delivery = await deliver(mixed, { 'D/C': format });
    expect(owed(delivery)).toEqual(rows);
    expect(told(delivery)).toEqual(['side_mixed D/C 1']);
  });
});

describe('a file of SAP’s document types whose amounts have their signs', () => {
  it('keeps what a payment left open, and the sign of every other row', async () => {
    const delivery = await deliver(`Document Number,Document Type,Customer,Net due date,Amount
1,RV,100001,2026-02-05,1000.00
2,AB,100001,2026-02-05,-50.00
3,DZ,100001,2026-02-07,20.00
4,RV,100001,2026-02-08,-10.00
`);
    const rows = ['1 100000 100000', '2 -5000 -5000', '3 2000 2000', '4 -1000 -1000'];
    expect(owed(delivery)).toEqual(rows);
  });
});

describe('a column that is no side', () => {
  it.each([
    ['how a sale is paid', 'Sales Type', ['Cash', 'Credit', 'Credit']],
    ['the class of the customer', 'Category', ['A', 'C', 'D']],
    ['codes that no program has for invoices', 'Type', ['DZ', 'FR', 'DE']],
    ['an invoice that another has taken back', '发票类型', ['专票', '已红冲', '普票']],
  ])('turns nothing: %s', async (_, heading, [one = '', two = '', three = '']) => {
    const delivery = await deliver(`Invoice No,${heading},Customer,Due Date,Amount
1,${one},ACME,2026-02-05,1000.00
2,${two},ACME,2026-02-05,2000.00
3,${three},ACME,2026-02-05,300.00
`);
    expect(owed(delivery)).toEqual(['1 100000 100000', '2 200000 200000', '3 30000 30000']);
    expect(told(delivery)).toEqual([]);
  });
});

describe('a column of days in (nearly) every row', () => {
  const file = (days: readonly string[], status = ''): string =>
    [
      `Invoice No,Customer,Due Date,Amount,Clearing Date${status === '' ? '' : ',Status'}`,
      ...days.map(
        (day, at) => `${at},ACME,2026-02-05,${at}.50,${day}${status === '' ? '' : `,${status}`}`,
      ),
    ].join('\n');
  const days = Array.from({ length: 100 }, () => '2026-03-05');

  it('is told before it settles the whole file', async () => {
    expect(told(await deliver(file(days)))).toEqual(['all_settled Clearing Date 100']);
    expect(told(await deliver(file(['', '', ...days.slice(2)])))).toEqual([
      'all_settled Clearing Date 98',
    ]);
  });

  it('is not told where some rows are open, or a state says what is', async () => {
    expect(told(await deliver(file(['', '', '', ...days.slice(3)])))).toEqual([]);
    expect(told(await deliver(file(days, 'Open')))).toEqual([]);
  });
});
