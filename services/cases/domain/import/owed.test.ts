import { describe, expect, it } from '@jest/globals';
import type { Field } from './field-rules.ts';
import { rowPlan } from './plan.ts';
import { rowReader } from './record.ts';
import { statusWord } from './status-words.ts';

const fields: readonly Field[] = [
  'DOCUMENT_NUMBER',
  'CUSTOMER_NAME',
  'DUE_DATE',
  'AMOUNT',
  'OPEN_AMOUNT',
  'PAID_AMOUNT',
  'SETTLED_DATE',
  'STATUS',
];

/** What becomes of a row: `open settled-day disputed rules`, or its fate and the rules. */
function told(row: Partial<Record<Field, string>>, heading = 'status'): string {
  const names = fields.map((field) => (field === 'STATUS' ? heading : field));
  const columns = fields.map((field, position) => ({ position, field, format: '' }));
  const detected = new Map(columns.map(({ position }) => [position, 'ymd']));
  for (const position of [3, 4, 5]) detected.set(position, 'point');
  const read = rowReader(rowPlan({ columns, names, detected, defaultCurrency: 'CNY' }));
  const values: Partial<Record<Field, string>> = {
    DOCUMENT_NUMBER: '1',
    CUSTOMER_NAME: 'ACME',
    DUE_DATE: '2024-01-31',
    AMOUNT: '100',
    ...row,
  };
  const verdict = read({ line: 2, cells: fields.map((field) => values[field] ?? '') });
  const rules = verdict.findings.map(({ rule }) => rule);
  if (verdict.kind !== 'accepted') return [verdict.kind, ...rules].join(' ');
  const { openMinor, settledDate = '-', disputed = '-' } = verdict.record;
  return [openMinor, settledDate, disputed, ...rules].join(' ');
}

describe('what is open of a row', () => {
  it.each<[Partial<Record<Field, string>>, string]>([
    [{}, '10000 - -'],
    [{ STATUS: 'Paid' }, '0 - -'],
    [{ STATUS: 'PAID', SETTLED_DATE: '2024-02-03' }, '0 2024-02-03 -'],
    [{ STATUS: 'Overdue' }, '10000 - -'],
    [{ STATUS: '未结清' }, '10000 - -'],
    [{ STATUS: '已核销' }, '0 - -'],
    [{ STATUS: 'Partially Paid' }, '10000 - - partly_paid'],
    [{ STATUS: 'Partly Paid', PAID_AMOUNT: '40' }, '6000 - -'],
    [{ STATUS: 'Disputed' }, '10000 - true'],
    [{ STATUS: 'Draft' }, 'skipped document_draft'],
    [{ STATUS: '作废' }, '0 - - document_cancelled'],
    [{ STATUS: 'on hold' }, '10000 - - status_unknown'],
  ])('is told by its state: %j', (row, expected) => {
    expect(told(row)).toBe(expected);
  });

  it.each<[Partial<Record<Field, string>>, string]>([
    // A part payment: the day is that of the last payment.
    [{ PAID_AMOUNT: '40', SETTLED_DATE: '2024-02-03' }, '6000 - -'],
    [{ OPEN_AMOUNT: '60', SETTLED_DATE: '2024-02-03', STATUS: 'Pending' }, '6000 - -'],
    [{ PAID_AMOUNT: '40', STATUS: 'Paid' }, '6000 - - status_differs'],
    // Without figures the word counts before the day, which may be a plan.
    [{ SETTLED_DATE: '2024-02-03', STATUS: 'Open' }, '10000 - - status_differs'],
    [{ PAID_AMOUNT: '100', STATUS: 'Overdue' }, '0 - - status_differs'],
    [{ PAID_AMOUNT: '0', STATUS: 'Paid' }, '0 - -'],
    [{ OPEN_AMOUNT: '100', STATUS: 'Paid' }, '0 - - status_differs'],
    [{ SETTLED_DATE: '2024-02-03' }, '0 2024-02-03 -'],
    [{ OPEN_AMOUNT: '100', SETTLED_DATE: '2024-02-03' }, '0 2024-02-03 -'],
    [{ AMOUNT: '-50', STATUS: 'Open' }, '-5000 - - credit_note'],
    [{ AMOUNT: '-50', STATUS: 'Paid' }, '0 - - credit_note'],
  ])('weighs figures, words and days: %j', (row, expected) => {
    expect(told(row)).toBe(expected);
  });

  it.each([
    ['isOpen', '1', '10000 - -'],
    ['isOpen', '0', '0 - -'],
    ['is_paid', 'true', '0 - -'],
    ['Paid?', 'no', '10000 - -'],
    ['是否结清', '是', '0 - -'],
    ['是否未付', '是', '10000 - -'],
    ['Payment Status', 'Completed', '0 - -'],
    ['Invoice Status', 'Completed', '10000 - - status_unknown'],
    ['status', 'yes', '10000 - - status_unknown'],
  ])('under %s with %s is %s', (heading, value, expected) => {
    expect(told({ STATUS: value }, heading)).toBe(expected);
  });
});

describe('a word of state', () => {
  it.each([
    ['Not Paid', 'open'],
    ['not_paid', 'open'],
    ['AUTHORISED', 'open'],
    ['Past-due', 'open'],
    ['部分收款', 'partly'],
    ['Paid in full', 'settled'],
    ['ausgeglichen', 'settled'],
    ['Оплачено', 'settled'],
    ['VOIDED', 'cancelled'],
    ['草稿', 'draft'],
    ['paid by customer next week', undefined],
    ['', undefined],
  ])('%j is %s', (text, status) => {
    expect(statusWord(text)).toBe(status);
  });
});
