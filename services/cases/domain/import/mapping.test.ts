import { describe, expect, it } from '@jest/globals';
import { analyser } from './analysis.ts';
import type { Analysis } from './analysis.ts';
import { csvReader } from './csv.ts';
import { findDelimiter } from './delimiter.ts';

function analyse(text: string): Analysis {
  const reader = csvReader(findDelimiter(text, true));
  const work = analyser();
  work.add([...reader.feed(text), ...reader.finish()]);
  return work.finish();
}

/** What was suggested, as `FIELD: heading`. */
function suggested(analysis: Analysis): Record<string, string> {
  const pairs = analysis.suggestions.flatMap(({ field, position }) =>
    field === undefined ? [] : [[field, analysis.header.names[position] ?? '']],
  );
  return Object.fromEntries(pairs) as Record<string, string>;
}

const exports: [string, string, Record<string, string>][] = [
  [
    'a Chinese table',
    `客户编号,客户名称,发票号,开票日期,到期日,金额,币种,已收金额,备注
C001,上海某某有限公司,00012345,2024年3月1日,2024-04-30,"1,234.56",人民币,0.00,
C002,北京某某公司,00012346,2024年3月2日,2024-05-30,"11,234.5",人民币,100.00,尾款`,
    {
      CUSTOMER_NUMBER: '客户编号',
      CUSTOMER_NAME: '客户名称',
      DOCUMENT_NUMBER: '发票号',
      DOCUMENT_DATE: '开票日期',
      DUE_DATE: '到期日',
      AMOUNT: '金额',
      CURRENCY: '币种',
      PAID_AMOUNT: '已收金额',
      DESCRIPTION: '备注',
    },
  ],
  [
    'Kingdee',
    `单据编号\t业务日期\t到期日\t客户编码\t客户\t币别\t价税合计\t已核销金额\t未核销金额\t销售员
AR00000012\t2024/3/1\t2024/3/31\tCUST0001\t某科技公司\t人民币\t10000\t2000\t8000\t张三
AR00000013\t2024/3/2\t2024/4/1\tCUST0002\t某贸易公司\t人民币\t5000.5\t0\t5000.5\t李四`,
    {
      DOCUMENT_NUMBER: '单据编号',
      DOCUMENT_DATE: '业务日期',
      DUE_DATE: '到期日',
      CURRENCY: '币别',
      CUSTOMER_NUMBER: '客户编码',
      CUSTOMER_NAME: '客户',
      AMOUNT: '价税合计',
      PAID_AMOUNT: '已核销金额',
      OPEN_AMOUNT: '未核销金额',
    },
  ],
  [
    'Yonyou with titles above and a total below',
    `应收账款明细表
单位：某某集团,,,

序号,单据日期,单据号,客户简称,部门,业务员,币种,原币金额,原币余额,到期日,账龄(天),摘要
1,2024-01-15,0000000123,华东钢铁,销售部,王五,人民币,"12,000.00","12,000.00",2024-02-14,45,钢材
2,2024-01-16,0000000124,华南钢铁,销售部,王五,人民币,"13,000.00",0.00,2024-02-15,44,钢材
合计,,,,,,,"25,000.00","12,000.00",,,`,
    {
      DOCUMENT_DATE: '单据日期',
      DOCUMENT_NUMBER: '单据号',
      CUSTOMER_NAME: '客户简称',
      CURRENCY: '币种',
      AMOUNT: '原币金额',
      OPEN_AMOUNT: '原币余额',
      DUE_DATE: '到期日',
      DESCRIPTION: '摘要',
    },
  ],
  [
    'Chinese tax invoices',
    `发票代码,发票号码,开票日期,购方名称,购方税号,金额,税额,价税合计,付款期限
3100201130,12345678,20240301,上海某公司,91310000MA1FL0XX1X,100.00,13.00,113.00,20240401
3100201130,12345679,20240302,苏州某公司,91320500MA1FL0XX1X,200.00,26.00,226.00,20240401`,
    {
      DOCUMENT_NUMBER: '发票号码',
      DOCUMENT_DATE: '开票日期',
      CUSTOMER_NAME: '购方名称',
      CREDIT_CODE: '购方税号',
      AMOUNT: '价税合计',
      DUE_DATE: '付款期限',
    },
  ],
  [
    'a list of debts in ten thousands',
    `债务人,统一社会信用代码,合同编号,应还日期,欠款金额(万元),联系人,联系电话,所属行业,所在省份
某公司,91310000MA1FL0XX1X,HT-2024-01,2024.05.01,12.5,张三,13800138000,制造业,江苏省
某二公司,91310000MA1FL0XX2X,HT-2024-02,2024.06.01,2.35,李四,13800138001,制造业,浙江省`,
    {
      CUSTOMER_NAME: '债务人',
      CREDIT_CODE: '统一社会信用代码',
      DOCUMENT_NUMBER: '合同编号',
      DUE_DATE: '应还日期',
      AMOUNT: '欠款金额(万元)',
      CONTACT_PERSON: '联系人',
      PHONE: '联系电话',
      INDUSTRY: '所属行业',
      REGION: '所在省份',
    },
  ],
  [
    'SAP FBL5N',
    `Account,Document Number,Assignment,Document Type,Document Date,Net Due Date,\
Arrears by Net Due Date,Amount in Local Currency
198609,9974698958,9974698958,DG,9/26/2025,9/26/2025,3,"-30,213.31"
198610,9974698959,9974698959,DG,9/16/2025,9/27/2025,3,"30,213.31"`,
    {
      CUSTOMER_NUMBER: 'Account',
      DOCUMENT_NUMBER: 'Document Number',
      DOCUMENT_DATE: 'Document Date',
      DUE_DATE: 'Net Due Date',
      AMOUNT: 'Amount in Local Currency',
    },
  ],
  [
    'SAP in German',
    `Kontonummer;Name 1;Belegnummer;Belegart;Belegdatum;Nettofälligkeit;Betrag in Hauswährung
100;Müller GmbH;1800001;DR;31.01.2024;01.03.2024;1.234,50
101;Meier AG;1800002;DR;12.02.2024;13.03.2024;234,50-`,
    {
      CUSTOMER_NUMBER: 'Kontonummer',
      CUSTOMER_NAME: 'Name 1',
      DOCUMENT_NUMBER: 'Belegnummer',
      DOCUMENT_DATE: 'Belegdatum',
      DUE_DATE: 'Nettofälligkeit',
      AMOUNT: 'Betrag in Hauswährung',
    },
  ],
  [
    'table fields of SAP',
    `BUKRS|KUNNR|NAME1|BELNR|GJAHR|BLDAT|BUDAT|NETDT|ZTERM|WAERS|WRBTR|DMBTR|AUGDT|SGTXT
1000|0000100023|ACME|1800000123|2024|20240105|20240106|20240205|0001|EUR|\
1234.50-|1234.50-|00000000|text
1000|0000100024|BETA|1800000124|2024|20240107|20240108|20240207|0001|EUR|34.50|34.50|20240301|text`,
    {
      COMPANY_CODE: 'BUKRS',
      CUSTOMER_NUMBER: 'KUNNR',
      CUSTOMER_NAME: 'NAME1',
      DOCUMENT_NUMBER: 'BELNR',
      FISCAL_YEAR: 'GJAHR',
      DOCUMENT_DATE: 'BLDAT',
      DUE_DATE: 'NETDT',
      PAYMENT_TERMS: 'ZTERM',
      CURRENCY: 'WAERS',
      AMOUNT: 'WRBTR',
      SETTLED_DATE: 'AUGDT',
      DESCRIPTION: 'SGTXT',
    },
  ],
  [
    'QuickBooks',
    `"Acme Inc."
"Open Invoices"

Date,Transaction type,Num,Customer,Terms,Due date,Amount,Open balance
03/01/2024,Invoice,1001,Jones & Co,Net 30,03/31/2024,"1,500.00",500.00
03/15/2024,Invoice,1002,Smith LLC,Net 30,04/14/2024,700.00,700.00
03/16/2024,Invoice,1003,Smith LLC,Net 30,04/15/2024,70.00,70.00`,
    {
      DOCUMENT_DATE: 'Date',
      DOCUMENT_NUMBER: 'Num',
      CUSTOMER_NAME: 'Customer',
      PAYMENT_TERMS: 'Terms',
      DUE_DATE: 'Due date',
      AMOUNT: 'Amount',
      OPEN_AMOUNT: 'Open balance',
    },
  ],
  [
    'Xero',
    `ContactName,EmailAddress,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,TaxTotal,\
InvoiceAmountPaid,InvoiceAmountDue,Currency
ABC Ltd,a@b.co,INV-001,PO1,13/01/2024,12/02/2024,120.00,20.00,0.00,120.00,GBP
DEF Ltd,c@d.co,INV-002,PO2,14/01/2024,13/02/2024,240.00,40.00,40.00,200.00,GBP`,
    {
      CUSTOMER_NAME: 'ContactName',
      EMAIL: 'EmailAddress',
      DOCUMENT_NUMBER: 'InvoiceNumber',
      DOCUMENT_DATE: 'InvoiceDate',
      DUE_DATE: 'DueDate',
      AMOUNT: 'Total',
      PAID_AMOUNT: 'InvoiceAmountPaid',
      OPEN_AMOUNT: 'InvoiceAmountDue',
      CURRENCY: 'Currency',
    },
  ],
  [
    'Odoo',
    `Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Tax excluded,Total,\
Amount Due,Payment status
INV/2024/0001,Azure,2024-01-03,2024-02-02,100.0,115.0,115.0,Not Paid
INV/2024/0002,Deco,2024-01-04,2024-02-03,100.0,115.0,15.0,Partial`,
    {
      DOCUMENT_NUMBER: 'Number',
      CUSTOMER_NAME: 'Invoice Partner Display Name',
      AMOUNT: 'Total',
      DOCUMENT_DATE: 'Invoice/Bill Date',
      DUE_DATE: 'Due Date',
      OPEN_AMOUNT: 'Amount Due',
      STATUS: 'Payment status',
    },
  ],
  [
    'Oracle',
    `TRX_NUMBER,TRX_DATE,CUSTOMER_NUMBER,CUSTOMER_NAME,DUE_DATE,AMOUNT_DUE_ORIGINAL,\
AMOUNT_DUE_REMAINING,INVOICE_CURRENCY_CODE,ACTUAL_DATE_CLOSED
10001,01-JAN-24,1005,ACME,31-JAN-24,500,500,USD,
10002,02-JAN-24,1006,BETA,01-FEB-24,600,0,USD,05-FEB-24`,
    {
      DOCUMENT_NUMBER: 'TRX_NUMBER',
      DOCUMENT_DATE: 'TRX_DATE',
      CUSTOMER_NUMBER: 'CUSTOMER_NUMBER',
      CUSTOMER_NAME: 'CUSTOMER_NAME',
      DUE_DATE: 'DUE_DATE',
      AMOUNT: 'AMOUNT_DUE_ORIGINAL',
      OPEN_AMOUNT: 'AMOUNT_DUE_REMAINING',
      CURRENCY: 'INVOICE_CURRENCY_CODE',
      SETTLED_DATE: 'ACTUAL_DATE_CLOSED',
    },
  ],
  [
    'ids and days as floats',
    `business_code,cust_number,name_customer,clear_date,buisness_year,doc_id,posting_date,\
due_in_date,invoice_currency,document type,total_open_amount,cust_payment_terms,invoice_id,isOpen
U001,0200769623,WAL-MAR corp,2020-02-11 00:00:00,2020.0,1930438491.0,2020-01-26,20200210.0,USD,\
RV,54273.28,NAH4,1930438491.0,0
U001,0200980828,BEN E,2019-08-08 00:00:00,2019.0,1929646410.0,2019-07-22,20190811.0,USD,RV,\
79656.6,NAD1,1929646410.0,0
CA02,0140106181,THE  corp,,2020.0,2960616666.0,2020-03-30,20200410.0,CAD,RV,2253.86,CA10,,1`,
    {
      COMPANY_CODE: 'business_code',
      CUSTOMER_NUMBER: 'cust_number',
      CUSTOMER_NAME: 'name_customer',
      SETTLED_DATE: 'clear_date',
      DOCUMENT_NUMBER: 'doc_id',
      DOCUMENT_DATE: 'posting_date',
      DUE_DATE: 'due_in_date',
      CURRENCY: 'invoice_currency',
      AMOUNT: 'total_open_amount',
      PAYMENT_TERMS: 'cust_payment_terms',
      STATUS: 'isOpen',
    },
  ],
  [
    'values without a header',
    `1001;2024-01-05;2024-02-04;Müller GmbH;1.234,50;EUR
1002;2024-01-15;2024-02-14;Meier AG;234,50;EUR
1003;2024-01-16;2024-02-15;Huber KG;34,00;EUR`,
    {
      DOCUMENT_NUMBER: 'Column 1',
      DOCUMENT_DATE: 'Column 2',
      DUE_DATE: 'Column 3',
      CUSTOMER_NAME: 'Column 4',
      AMOUNT: 'Column 5',
      CURRENCY: 'Column 6',
    },
  ],
  [
    'a header in two rows, merged',
    `应收账款
客户信息,,单据信息,,,金额（元）,
编码,名称,编号,日期,到期日,应收,未收
C1,上海某某公司,0001,2024-01-05,2024-02-04,100.50,50.25
C2,北京某某公司,0002,2024-01-06,2024-02-05,200.50,200.50`,
    {
      CUSTOMER_NUMBER: '客户信息 编码',
      CUSTOMER_NAME: '客户信息 名称',
      DOCUMENT_NUMBER: '单据信息 编号',
      DOCUMENT_DATE: '单据信息 日期',
      DUE_DATE: '单据信息 到期日',
      AMOUNT: '金额（元） 应收',
      OPEN_AMOUNT: '金额（元） 未收',
    },
  ],
  [
    "a number beside the program's own id",
    `Invoice ID,Invoice Number,Customer ID,Customer Name,Invoice Date,Due Date,Total,Balance
98200001,INV-1,55501,Acme Corp,2024-01-05,2024-02-04,100.50,50.25
98200002,INV-2,55502,Best Trade,2024-01-06,2024-02-05,200.50,200.50`,
    {
      DOCUMENT_NUMBER: 'Invoice Number',
      CUSTOMER_NUMBER: 'Customer ID',
      CUSTOMER_NAME: 'Customer Name',
      DOCUMENT_DATE: 'Invoice Date',
      DUE_DATE: 'Due Date',
      AMOUNT: 'Total',
      OPEN_AMOUNT: 'Balance',
    },
  ],
  [
    'a ledger with debit and credit',
    `客户,凭证字号,日期,到期日,借方金额,贷方金额,余额
上海某某公司,转-1,2024-01-05,2024-02-04,100.50,50.25,50.25
北京某某公司,转-2,2024-01-06,2024-02-05,200.50,,200.50`,
    {
      CUSTOMER_NAME: '客户',
      DOCUMENT_NUMBER: '凭证字号',
      DOCUMENT_DATE: '日期',
      DUE_DATE: '到期日',
      AMOUNT: '借方金额',
      PAID_AMOUNT: '贷方金额',
      OPEN_AMOUNT: '余额',
    },
  ],
  [
    'payments, which have no due date',
    `Payment_ID,Invoice_ID,Payment_Date,Amount_Paid
P1,INV-1,2024-01-05,100.50
P2,INV-2,2024-01-06,200.50`,
    { DOCUMENT_NUMBER: 'Invoice_ID', SETTLED_DATE: 'Payment_Date', PAID_AMOUNT: 'Amount_Paid' },
  ],
  [
    'a Brazilian program',
    `Cliente;Nota Fiscal;Data Emissão;Data Vencimento;Valor;Valor em Aberto
Padaria Sol;1001;05/01/2024;04/02/2024;R$ 1.234,50;R$ 234,50`,
    {
      CUSTOMER_NAME: 'Cliente',
      DOCUMENT_NUMBER: 'Nota Fiscal',
      DOCUMENT_DATE: 'Data Emissão',
      DUE_DATE: 'Data Vencimento',
      AMOUNT: 'Valor',
      OPEN_AMOUNT: 'Valor em Aberto',
    },
  ],
  [
    'a Japanese program',
    `得意先コード,得意先名,請求書番号,請求日,支払期日,請求金額,未回収金額
T1,山田商店,S-1,2024年1月5日,2024年2月4日,"1,234円","1,234円"`,
    {
      CUSTOMER_NUMBER: '得意先コード',
      CUSTOMER_NAME: '得意先名',
      DOCUMENT_NUMBER: '請求書番号',
      DOCUMENT_DATE: '請求日',
      DUE_DATE: '支払期日',
      AMOUNT: '請求金額',
      OPEN_AMOUNT: '未回収金額',
    },
  ],
];

describe('the mapping suggested for an export', () => {
  it.each(exports)('of %s is right in every column', (_, text, expected) => {
    expect(suggested(analyse(text))).toEqual(expected);
  });

  it('says how sure it is and why', () => {
    const analysis = analyse(exports[0]?.[1] ?? '');
    expect(analysis.suggestions[4]).toEqual({
      position: 4,
      field: 'DUE_DATE',
      confidence: 98,
      reasons: ['header_synonym', 'value_shape'],
    });
    expect(analysis.header.line).toBe(1);
  });

  it('takes the open amount for the amount when there is no other', () => {
    const analysis = analyse(
      'invoice no,customer,due date,open amount\n1,A,2024-01-01,5.5\n2,B,2024-01-02,6.5',
    );
    expect(analysis.suggestions[3]).toMatchObject({
      field: 'AMOUNT',
      reasons: expect.arrayContaining(['only_amount']),
    });
  });
});

describe('the header', () => {
  it('names columns by position where it is empty and tells repeated ones apart', () => {
    const analysis = analyse(
      ',date,amount,date\n1,2024-01-01,5.5,2024-02-01\n2,2024-01-02,6.5,2024-02-02',
    );
    expect(analysis.header.names).toEqual(['Column 1', 'date', 'amount', 'date (2)']);
  });

  it('is found below titles, and absent when the file begins with data', () => {
    expect(analyse(exports[2]?.[1] ?? '').header.line).toBe(4);
    expect(analyse(exports[13]?.[1] ?? '').header.line).toBe(0);
    expect(analyse(exports[13]?.[1] ?? '').rowCount).toBe(3);
  });
});
