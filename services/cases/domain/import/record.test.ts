import { describe, expect, it } from '@jest/globals';
import { Fault, faultFrom } from '@recourse/kit/fault.ts';
import fc from 'fast-check';
import { fileReader, judgeRows } from './check.ts';
import { difference } from './difference.ts';
import type { StoredReceivable } from './difference.ts';
import type { Field } from './field-rules.ts';
import { findingGroups } from './finding.ts';
import { rowPlan } from './plan.ts';
import type { Confirmed, MappedColumn } from './plan.ts';
import { rowReader } from './record.ts';
import type { ReceivableRecord, Verdict } from './record.ts';
import type { RowPlan } from './reading.ts';

const fields: readonly Field[] = [
  'DOCUMENT_NUMBER',
  'CUSTOMER_NUMBER',
  'CUSTOMER_NAME',
  'DOCUMENT_DATE',
  'DUE_DATE',
  'AMOUNT',
  'CURRENCY',
  'OPEN_AMOUNT',
  'PAID_AMOUNT',
  'SETTLED_DATE',
  'DISPUTED',
  'PAYMENT_TERMS',
  'CREDIT_CODE',
];

function confirmed(change: Partial<Confirmed> = {}): Confirmed {
  const columns = fields.map((field, position): MappedColumn => ({ position, field, format: '' }));
  const detected = new Map(
    fields.map((field, position) => [position, field.endsWith('DATE') ? 'dmy' : 'point'] as const),
  );
  return { columns, defaultCurrency: 'CNY', names: fields, detected, ...change };
}

const plan: RowPlan = rowPlan(confirmed());

const good: Readonly<Partial<Record<Field, string>>> = {
  DOCUMENT_NUMBER: '0000611365',
  CUSTOMER_NUMBER: '007',
  CUSTOMER_NAME: 'ACME',
  DOCUMENT_DATE: '01/03/2024',
  DUE_DATE: '31/03/2024',
  AMOUNT: '100.50',
};

function row(change: Partial<Record<Field, string>>, line = 2): { line: number; cells: string[] } {
  const values = { ...good, ...change };
  return { line, cells: fields.map((field) => values[field] ?? '') };
}

function judge(change: Partial<Record<Field, string>>): Verdict {
  return rowReader(plan)(row(change));
}

function rules(verdict: Verdict): string[] {
  return verdict.findings.map((found) => found.rule);
}

function record(change: Partial<Record<Field, string>> = {}): ReceivableRecord {
  const verdict = judge(change);
  if (verdict.kind !== 'accepted') throw new Error(rules(verdict).join());
  return verdict.record;
}

describe('a row', () => {
  it('becomes a receivable with its number as delivered and its key normalised', () => {
    expect(record()).toMatchObject({
      row: 2,
      documentNumber: '0000611365',
      documentKey: '611365',
      customerNumber: '007',
      documentDate: '2024-03-01',
      dueDate: '2024-03-31',
      amountMinor: 10_050n,
      openMinor: 10_050n,
      currency: 'CNY',
      settledDate: undefined,
      disputed: false,
      paymentTerms: '',
    });
  });

  it.each<[Partial<Record<Field, string>>, Partial<ReceivableRecord>, string[]]>([
    [{ OPEN_AMOUNT: '40' }, { openMinor: 4000n }, []],
    [{ PAID_AMOUNT: '40' }, { openMinor: 6050n }, []],
    [{ SETTLED_DATE: '05/04/2024' }, { openMinor: 0n, settledDate: '2024-04-05' }, []],
    [{ SETTLED_DATE: '00.00.0000' }, { openMinor: 10_050n, settledDate: undefined }, []],
    [{ AMOUNT: '100.505' }, { amountMinor: 10_050n }, ['amount_rounded']],
    [{ AMOUNT: '(5.00)' }, { amountMinor: -500n, openMinor: -500n }, ['credit_note']],
    [{ AMOUNT: '0' }, { amountMinor: 0n }, ['amount_zero']],
    [{ DUE_DATE: '28/02/2024' }, { dueDate: '2024-02-28' }, ['due_before_document']],
    [{ SETTLED_DATE: '28/02/2024' }, { settledDate: '2024-02-28' }, ['settled_before_document']],
    [{ DUE_DATE: '', PAYMENT_TERMS: 'Net 30' }, { dueDate: '2024-03-31' }, ['due_from_terms']],
    [{ OPEN_AMOUNT: '500' }, { openMinor: 10_050n }, ['open_beyond_amount']],
    [{ DISPUTED: 'Yes' }, { disputed: true }, []],
    [{ DISPUTED: 'maybe' }, { disputed: undefined }, ['not_yes_or_no']],
    [{ CURRENCY: '人民币' }, { currency: 'CNY' }, []],
    [{ CURRENCY: 'jpy', AMOUNT: '1,000' }, { currency: 'JPY', amountMinor: 1000n }, []],
    [{ CREDIT_CODE: '91350100M000100Y43' }, { creditCode: '91350100M000100Y43' }, []],
    [
      { CREDIT_CODE: '91350100M000100Y44' },
      { creditCode: '91350100M000100Y44' },
      ['credit_code_check_fails'],
    ],
    [{ CREDIT_CODE: '123' }, { creditCode: '' }, ['credit_code_malformed']],
    [{ CUSTOMER_NUMBER: '?' }, { customerNumber: '', customerName: 'ACME' }, []],
  ])('with %p is accepted and notes %p', (change, expected, noted) => {
    const verdict = judge(change);
    expect(rules(verdict)).toEqual(noted);
    expect(record(change)).toMatchObject(expected);
  });

  it.each<[Partial<Record<Field, string>>, string[]]>([
    [{ DOCUMENT_NUMBER: '' }, ['required']],
    [{ DOCUMENT_NUMBER: '1.93E+09' }, ['number_lost_digits']],
    [{ CUSTOMER_NUMBER: '', CUSTOMER_NAME: '-0- ' }, ['required']],
    [{ DUE_DATE: '' }, ['required']],
    [{ DUE_DATE: '03/25/2024' }, ['date_other_order']],
    [{ DUE_DATE: '32/25/2024' }, ['not_a_date']],
    [{ DUE_DATE: '31/03/2924' }, ['date_out_of_range']],
    [{ AMOUNT: 'n/a' }, ['required']],
    [{ AMOUNT: '1.234,56' }, ['not_an_amount']],
    [{ AMOUNT: '99999999999999999' }, ['amount_too_large']],
    [{ CURRENCY: 'XQQ' }, ['not_a_currency']],
    [{ CUSTOMER_NAME: 'x'.repeat(201) }, ['text_too_long']],
    [{ AMOUNT: 'x', DUE_DATE: 'y' }, ['not_an_amount', 'not_a_date']],
  ])('with %p is rejected for %p', (change, expected) => {
    const verdict = judge(change);
    expect(verdict.kind).toBe('rejected');
    expect(rules(verdict)).toEqual(expected);
  });

  it('says where, what, what was expected and how to repair it', () => {
    const [found] = judge({ AMOUNT: 'twelve' }).findings;
    expect(found).toMatchObject({
      row: 2,
      column: 'AMOUNT',
      found: 'twelve',
      rule: 'not_an_amount',
      rejects: true,
    });
    expect(found?.expected).not.toBe('');
    expect(found?.repair).not.toBe('');
  });

  it.each([
    ['a total', ['合计', '', '', '', '', '100.50'], 'total_line'],
    ['the total of a customer', ['', '007', '', '', '', '100.50'], 'total_line'],
    ['the header again', [...fields], 'header_again'],
  ])('that is %s is left out', (_, cells, rule) => {
    const verdict = rowReader(plan)({ line: 9, cells });
    expect([verdict.kind, rules(verdict)]).toEqual(['skipped', [rule]]);
  });

  it('with more cells than the header is rejected', () => {
    const wide = { line: 3, cells: [...row({}).cells, 'Ltd'] };
    expect(rules(rowReader(plan)(wide))).toEqual(['more_cells_than_columns']);
    expect(rowReader(plan)({ line: 3, cells: [...row({}).cells, ' '] }).kind).toBe('accepted');
  });

  it('of any cells gives a verdict and no error', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('1/2/2024', '5.5', '', '?', '1e400', '合计'),
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 16 }), (cells) => {
        const verdict = rowReader(plan)({ line: 1, cells });
        expect(verdict.kind === 'accepted' || verdict.findings.length > 0).toBe(true);
      }),
    );
  });
});

describe('a document that comes twice in a file', () => {
  const judged = (...rows: Parameters<typeof row>[]): Verdict[] =>
    judgeRows(
      plan,
      rows.map(([change, line]) => row(change, line)),
    ).map(({ verdict }) => verdict);
  const between: Parameters<typeof row> = [{ DOCUMENT_NUMBER: '9' }, 3];

  it.each([
    ['right below', []],
    ['further down', [between]],
  ])('counts once when its content is the same, whatever its formatting, %s', (_, others) => {
    const same: Parameters<typeof row> = [{ DOCUMENT_NUMBER: '611365.0', AMOUNT: '100.500' }, 4];
    const verdicts = judged([{}, 2], ...others, same);
    const again = verdicts.at(-1);
    expect(verdicts[0]?.kind).toBe('accepted');
    expect([again?.kind, again?.findings.map((one) => one.rule)]).toEqual([
      'skipped',
      ['duplicate_same_content'],
    ]);
    expect(again?.findings[0]?.found).toBe('611365.0 (row 2)');
  });

  it.each<[string, Parameters<typeof row>[], Partial<Record<Field, string>>]>([
    ['with another amount further down', [between], { AMOUNT: '7' }],
    ['of another customer', [], { CUSTOMER_NUMBER: '8' }],
    ['in another currency', [], { CURRENCY: 'USD' }],
    ['due on another day', [], { DUE_DATE: '30/04/2024' }],
    ['of another day', [], { DOCUMENT_DATE: '02/03/2024' }],
  ])('is rejected %s and names the earlier row', (_, others, change) => {
    const [first, ...rest] = judged([{}, 2], ...others, [change, 5]);
    const other = rest.at(-1);
    expect(first?.kind).toBe('accepted');
    expect([other?.kind, other?.findings.map((one) => one.rule)]).toEqual([
      'rejected',
      ['duplicate_other_content'],
    ]);
    expect(other?.findings[0]?.found).toContain('row 2');
  });

  it('is found among many', () => {
    const file = fileReader(plan);
    const kinds: string[] = [];
    const add = (number: number, line: number): void => {
      const found = file.add(row({ DOCUMENT_NUMBER: `D${number}` }, line));
      kinds.push(...found.map(({ verdict }) => verdict.kind));
    };
    for (let line = 0; line < 20_000; line += 1) add(line, line + 2);
    for (let line = 0; line < 20_000; line += 777) add(line, 30_000 + line);
    kinds.push(...file.finish().map(({ verdict }) => verdict.kind));
    expect(kinds.filter((kind) => kind === 'accepted').length).toBe(20_000);
    expect(kinds.slice(20_000)).toEqual(Array.from({ length: 26 }, () => 'skipped'));
  });
});

describe('findings', () => {
  it('are grouped by rule and column, those that reject first', () => {
    const groups = findingGroups();
    for (const change of [{ AMOUNT: 'x' }, { AMOUNT: '0' }, { AMOUNT: 'y' }])
      groups.add(judge(change).findings);
    expect(
      groups
        .finish()
        .map(({ rule, column, count, rejects, sampleFound }) => [
          rule,
          column,
          count,
          rejects,
          sampleFound,
        ]),
    ).toEqual([
      ['not_an_amount', 'AMOUNT', 2, true, 'x'],
      ['amount_zero', 'AMOUNT', 1, false, '0'],
    ]);
  });
});

describe('a mapping', () => {
  const problems = (change: Partial<Confirmed>): string[] => {
    try {
      rowPlan(confirmed(change));
      return [];
    } catch (error) {
      return faultFrom(error).violations.map((violation) => violation.rule);
    }
  };
  const without = (...left: Field[]): MappedColumn[] =>
    confirmed().columns.filter((column) => !left.includes(column.field));

  it.each<[string, Partial<Confirmed>, string[]]>([
    ['complete', {}, []],
    [
      'without document and amount',
      { columns: without('DOCUMENT_NUMBER', 'AMOUNT') },
      ['field_not_mapped', 'field_not_mapped'],
    ],
    [
      'without a customer',
      { columns: without('CUSTOMER_NUMBER', 'CUSTOMER_NAME') },
      ['field_not_mapped'],
    ],
    ['with terms for the due date', { columns: without('DUE_DATE') }, []],
    ['without a due date', { columns: without('DUE_DATE', 'PAYMENT_TERMS') }, ['field_not_mapped']],
    ['without a currency', { columns: without('CURRENCY'), defaultCurrency: '' }, ['required']],
    [
      'with an open format',
      { detected: new Map([...confirmed().detected, [4, '']]) },
      ['format_not_chosen'],
    ],
    [
      'with a field twice',
      { columns: [...confirmed().columns, { position: 0, field: 'AMOUNT', format: '' }] },
      ['column_mapped_twice', 'field_mapped_twice'],
    ],
    [
      'with a column the file has not',
      { columns: [...without('AMOUNT'), { position: 99, field: 'AMOUNT', format: 'point' }] },
      ['no_such_column'],
    ],
  ])('%s has the problems %p', (_, change, expected) => {
    expect(problems(change).filter((rule) => rule !== 'no_such_format')).toEqual(expected);
  });
});

describe('a delivery of a stored document', () => {
  const stored: StoredReceivable = {
    customerKey: record().customerKey,
    documentDate: '2024-03-01',
    dueDate: '2024-03-31',
    currency: 'CNY',
    amountMinor: 10_050n,
    deliveredOpenMinor: 10_050n,
    deliveredSettledDate: undefined,
    disputed: false,
    paymentTerms: '',
    description: 'kept',
  };

  it.each<[string, Partial<Record<Field, string>>, string[]]>([
    [
      'in other formatting',
      { DOCUMENT_NUMBER: '611365', CUSTOMER_NUMBER: '7.0', AMOUNT: '100.5' },
      [],
    ],
    ['with another spelling of the name', { CUSTOMER_NAME: 'Acme Inc.' }, []],
    ['without its document date', { DOCUMENT_DATE: '' }, []],
    ['with another amount', { AMOUNT: '5' }, ['amountMinor', 'deliveredOpenMinor']],
    ['settled', { SETTLED_DATE: '01/05/2024' }, ['deliveredOpenMinor', 'deliveredSettledDate']],
    ['of another customer', { CUSTOMER_NUMBER: '8' }, ['customerKey']],
  ])('%s changes %p', (_, change, expected) => {
    const found = difference(record(change), stored);
    expect(found.kind === 'changed' ? found.fields : []).toEqual(expected);
  });

  it('that was settled and is open again is changed', () => {
    const settled = { ...stored, deliveredOpenMinor: 0n, deliveredSettledDate: '2024-05-01' };
    expect(difference(record(), settled)).toEqual({
      kind: 'changed',
      fields: ['deliveredOpenMinor', 'deliveredSettledDate'],
    });
  });

  it('that is not stored is new', () => {
    expect(difference(record(), undefined)).toEqual({ kind: 'new' });
    expect(new Fault('invalid', 'x')).toBeInstanceOf(Error);
  });
});
