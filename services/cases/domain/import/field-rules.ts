import type { ImportField } from '@recourse/proto/cases/v1/imports.ts';
import type { Concept } from './heading-dictionary.ts';

/** What a column can mean, by the contract's names without their prefix. */
export type Field = Exclude<keyof typeof ImportField, 'UNSPECIFIED' | 'IGNORE'>;

/** A heading with all of these concepts is this likely (0 to 1) to be the field. */
type Rule = { all: readonly Concept[]; score: number };

/** The rules of one field, and concepts with which a heading is never this field. */
export type FieldRules = { rules: readonly Rule[]; never: readonly Concept[] };

function rules(text: string, never = ''): FieldRules {
  const read = text.split(',').map((part) => {
    const parts = part.trim().split(/\s+/);
    return { all: parts.slice(0, -1) as Concept[], score: Number(parts.at(-1)) / 100 };
  });
  return { rules: read, never: never.split(/\s+/).filter((word) => word !== '') as Concept[] };
}

/** Told by what stands in the rows and not by headings alone (`sides.ts`). */
const byRows: FieldRules = { rules: [], never: [] };

/**
 * Rules as data: concepts, then the likelihood in percent. They were set by looking at the exports
 * of SAP (FBL5N and table fields), Kingdee, Yonyou, QuickBooks, Xero, Odoo, Oracle, NAV and of
 * receivables software; the values of the column then confirm or refute (`mapping.ts`).
 */
export const fieldRules: Readonly<Record<Field, FieldRules>> = {
  DOCUMENT_NUMBER: rules(
    `invoice number 97, document number 96, invoice document 80, invoice 80, document 75,
     order number 50, contract number 58, reference number 50, reference 42, number 58,
     invoice code 35,
     document code 80, document name 60, invoice name 60, contract 45, order 40`,
    `date amount type status currency year line tax quantity unit due days posting paid age open own
     row customer bank phone period settled total terms description created flag sales
     supplier delivery`,
  ),
  CUSTOMER_NUMBER: rules(
    `customer number 97, customer code 97, customer account 90, account number 75, account code 72,
     account 55, customer 76, customer reference 70, customer name number 70`,
    `date amount type status currency bank tax credit email phone region address person sales
     industry paid limit group days terms contact document invoice own order discount description
     row`,
  ),
  CUSTOMER_NAME: rules(
    `customer name 97, customer own name 92, customer own 80, account name 80, customer 66,
     own name 58,
     name 62,
     customer document name 60, contact name 48, customer description 70, invoice name 40`,
    `date amount number code status currency bank tax credit email phone region address person sales
     industry paid limit type days terms document order period discount supplier`,
  ),
  CREDIT_CODE: rules(
    'credit code 98, tax number 82, tax code 60, customer tax number 85, own number 45',
    'date amount invoice document currency name limit type',
  ),
  DOCUMENT_DATE: rules(
    `invoice date 97, document date 95, issue date 93, invoice issue date 97, posting date 88,
     created date 60,
     document issue date 95, order date 50, delivery date 40, contract date 45, date 62, issue 55,
     baseline date 32,
     account date 70, invoice created date 85`,
    'due settled paid last overdue days paper pay year period age open terms amount expected',
  ),
  DUE_DATE: rules(
    `due date 98, due 78, pay date 62, baseline date 25, net due date 98, terms date 60,
     due open date 80, pay due date 97, settled due date 75, invoice due date 97,
     expected paid date 66, expected pay date 66`,
    'days overdue amount number settled age status flag last',
  ),
  AMOUNT: rules(
    `invoice amount 97, document amount 94, amount 86, total 70, total amount 90, invoice total 93,
     document total 90, invoice total amount 97, original amount 95, original 70, original total 90,
     amount converted 80, converted 55, local amount 74, contract amount 60, order amount 58,
     order total 58, issue amount 88, invoice 45, issue total 85, local 40, currency amount 84,
     created amount 84, net amount 62, invoice net 60, document 30`,
    `date open paid due discount limit unit quantity number days name code credit bank line overdue
     settled
     type status terms rate period tax`,
  ),
  CURRENCY: rules(
    'currency 97, document currency 97, currency code 97, local currency 75',
    'date days',
  ),
  OPEN_AMOUNT: rules(
    `open amount 96, open 80, amount due 88, open total 88, open due 85, open total amount 95,
     invoice open 88, customer open 70, overdue amount 55, due total 70, invoice amount due 92`,
    'date days flag number type status code limit name paid age expected',
  ),
  PAID_AMOUNT: rules(
    'paid amount 96, paid 66, paid total 85, amount settled 82, pay amount 75, invoice paid 80',
    'date open due days number status last type terms flag code expected',
  ),
  SETTLED_DATE: rules(
    `settled date 97, paid date 92, pay date 74, settled 60, paid settled date 97,
     pay settled date 97,
     invoice paid date 92`,
    'due days amount overdue number document terms open status last flag expected',
  ),
  STATUS: rules(
    `status 80, document status 92, invoice status 95, pay status 97, paid status 97,
     open status 94, settled status 96, flag open 92, flag paid 92, flag settled 92, flag pay 80,
     flag open document 92, flag open invoice 92, flag paid invoice 92, open 45, paid 44,
     settled 44, pay 41`,
    `date amount number days overdue disputed terms name code delivery tax order contract type age
     customer
     period due email phone expected`,
  ),
  DISPUTED: rules('disputed 95, flag disputed 97, disputed status 85', 'date amount number days'),
  PAYMENT_TERMS: rules(
    'terms 92, pay terms 97, invoice terms 90, credit terms 94, credit days 70, pay days 60',
    'date amount due overdue age search status',
  ),
  COMPANY_CODE: rules(
    'own code 96, own number 85, own 50, own name 45',
    'date amount customer tax region type credit phone address sales supplier document invoice',
  ),
  PHONE: rules('phone 95, contact phone 97', 'date amount own sales supplier'),
  EMAIL: rules('email 96, contact email 97', 'date amount own sales supplier'),
  REGION: rules(
    'region 84, customer region 84, region name 88',
    'date amount currency number phone days own sales supplier',
  ),
  INDUSTRY: rules('industry 94', 'date amount number'),
  CONTACT_PERSON: rules(
    'contact 90, contact name 88, contact person 95, customer contact 90, person 40',
    'date amount number email phone address sales region own supplier',
  ),
  DESCRIPTION: rules(
    'description 92, document description 92, invoice description 92, reference description 80',
    'date amount number code customer account',
  ),
  SIDE: byRows,
  CREDIT_AMOUNT: byRows,
  // Told by its heading and by the dates of its rows (`fiscal-year.ts`).
  FISCAL_YEAR: byRows,
};
