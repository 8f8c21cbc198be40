import { describe, expect, it } from '@jest/globals';
import { analyser } from './analysis.ts';
import { csvReader } from './csv.ts';
import { findDelimiter } from './delimiter.ts';

/** What was suggested, as `FIELD: heading`. */
function suggested(text: string): Record<string, string> {
  const reader = csvReader(findDelimiter(text, true));
  const work = analyser();
  work.add([...reader.feed(text), ...reader.finish()]);
  const { suggestions, header } = work.finish();
  const pairs = suggestions.flatMap(({ field, position }) =>
    field === undefined ? [] : [[field, header.names[position] ?? '']],
  );
  return Object.fromEntries(pairs) as Record<string, string>;
}

const document = {
  DOCUMENT_NUMBER: 'invoice no',
  DUE_DATE: 'due date',
  AMOUNT: 'amount',
};

const cases: [string, string, Record<string, string>][] = [
  [
    'a last payment is no settlement, and a word of state is the state',
    `customer name,email,invoice no,due date,amount,status,last_payment_date
Acme,ap@acme.com,INV-1,2026-01-01,12500.00,OPEN,2025-11-15`,
    { ...document, CUSTOMER_NAME: 'customer name', EMAIL: 'email', STATUS: 'status' },
  ],
  [
    'a day that was predicted or promised is no settlement',
    `customer name,invoice no,due date,amount,Payment_date_predict,预计回款日期
Acme,INV-1,2026-01-01,12500.00,2026-01-15,2026-01-16`,
    { ...document, CUSTOMER_NAME: 'customer name' },
  ],
  [
    'codes under Customer are its number, though a bank account has a number, too',
    `Company Code,Customer,Customer Account: Name 1,Search term,Account ID,House Bank,invoice no,\
Document Currency Value,Net Due Date,Payment Amount,Document Currency Key
3005,L10094,Yes Bank,YES,Y0006,Y0006,700000007,5338606.67,2025-05-09,0,INR
3006,300885,Clean Max,CLEANMAX,Y0003,Y0003,700000008,-4804746,2025-08-08,-4804746,INR
3006,300886,Kratos,KRATOS,,,700000009,533861,2025-11-07,31400000,INR`,
    {
      COMPANY_CODE: 'Company Code',
      CUSTOMER_NUMBER: 'Customer',
      CUSTOMER_NAME: 'Customer Account: Name 1',
      DOCUMENT_NUMBER: 'invoice no',
      AMOUNT: 'Document Currency Value',
      DUE_DATE: 'Net Due Date',
      CURRENCY: 'Document Currency Key',
    },
  ],
  [
    'names with a number stay names',
    `invoice no,CustomerName,due date,amount
1,Customer 1,2025-07-26,2086.42
2,Customer 2,2025-08-17,1533.08`,
    { ...document, CUSTOMER_NAME: 'CustomerName' },
  ],
  [
    'counterparties are customers',
    `invoice no,counterparty,due date,amount
1,US Buyer 1,2025-07-26,2086.42
2,US Buyer 2,2025-08-17,1533.08`,
    { ...document, CUSTOMER_NAME: 'counterparty' },
  ],
  [
    'clients stand in a list of clients and suppliers',
    `invoice no,Client / Supplier,due date,amount
1,Acme Ltd,2025-07-26,2086.42
2,Beta Ltd,2025-08-17,1533.08`,
    { ...document, CUSTOMER_NAME: 'Client / Supplier' },
  ],
  [
    'the telephone of the own company is not the customer’s',
    `invoice no,due date,Client Name,Organization Phone,Organization City,Client Phone,amount
1,2025-07-26,Acme,+49 30 123456,Berlin,+1 608 3200212,10.5
2,2025-07-27,Beta,+49 30 123456,Berlin,+1 608 3200213,11.5`,
    { ...document, CUSTOMER_NAME: 'Client Name', PHONE: 'Client Phone' },
  ],
  [
    'yes and no under a heading that asks for payment is the state',
    `客户名称,发票号,到期日,金额,是否结清,是否逾期
上海某公司,001,2024-04-30,100.50,否,是
北京某公司,002,2024-05-30,200.50,是,否`,
    {
      CUSTOMER_NAME: '客户名称',
      DOCUMENT_NUMBER: '发票号',
      DUE_DATE: '到期日',
      AMOUNT: '金额',
      STATUS: '是否结清',
    },
  ],
  [
    'amounts converted to one currency are not in the currency of the row',
    `customer name,invoice no,due date,amount_usd,amount,open_usd,currency
Acme,INV-1,2026-01-01,640.15,53345.55,640.15,INR
Beta,INV-2,2026-01-02,31169.53,28860.68,0.00,EUR
Gamma,INV-3,2026-01-03,8056.06,8056.06,8056.06,USD`,
    { ...document, CUSTOMER_NAME: 'customer name', CURRENCY: 'currency' },
  ],
  [
    'without others, converted amounts leave out the currency of the row',
    `customer name,invoice no,due date,converted_usd,invoice_currency
Acme,INV-1,2026-01-01,2309.79,CAD
Beta,INV-2,2026-01-02,33133.29,USD`,
    { ...document, AMOUNT: 'converted_usd', CUSTOMER_NAME: 'customer name' },
  ],
  [
    'codes of letters are numbers where the heading says so, and a key of the program is none',
    `InvoiceNumber,DueDate,Total,Customer.CustomerCode,Customer.CustomerName,Customer.Guid
SI-1,/Date(1648421571576)/,4788.03,SIREEN,The House of Sireen,2478d9e9-bd8c-4baa-b5a4-4436df069e2d
SI-2,/Date(1648335171576)/,22977.5,GAR123,Garrick Inc.,e52c183f-6dd1-4f54-85e7-9183f0000000`,
    {
      DOCUMENT_NUMBER: 'InvoiceNumber',
      DUE_DATE: 'DueDate',
      AMOUNT: 'Total',
      CUSTOMER_NUMBER: 'Customer.CustomerCode',
      CUSTOMER_NAME: 'Customer.CustomerName',
    },
  ],
  [
    'a header beside empty columns is found',
    `INVUNIQ,CUSTOMER,BILNAME,COMMENT,INVDATE,INVNUMBER,,,,,,,,
1236804,152871,Gigadat Inc.,Flat rate,20250101,IN00058555,,,,,,,,
1236805,87523,Keefer Beck,Saturday use,20250102,IN00058556,,,,,,,,`,
    {
      CUSTOMER_NUMBER: 'CUSTOMER',
      DESCRIPTION: 'COMMENT',
      DOCUMENT_DATE: 'INVDATE',
      DOCUMENT_NUMBER: 'INVNUMBER',
    },
  ],
  [
    'the state of a delivery or a customer is not that of the document',
    `customer name,invoice no,due date,amount,Delivery Status,Customer Status
Acme,INV-1,2026-01-01,12500.00,Completed,Closed`,
    { ...document, CUSTOMER_NAME: 'customer name' },
  ],
];

describe('columns that are easily mistaken', () => {
  it.each(cases)('%s', (_, text, expected) => {
    expect(suggested(text)).toEqual(expected);
  });
});
