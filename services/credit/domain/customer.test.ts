import { describe, expect, it } from '@jest/globals';
import type { CustomerFact } from '@recourse/proto/cases/v1/events.ts';
import { type Customer, type CustomerEdit, edit, learn } from './customer.ts';

const customerId = '0192f000-0000-7000-8000-000000000001';

function command(over: Partial<CustomerEdit> = {}): CustomerEdit {
  return {
    customerId,
    kind: 'COMPANY',
    customerNumber: 'K-7',
    name: '苏州华成机械有限公司',
    aliases: [],
    creditCode: '',
    region: '江苏',
    industry: '机械',
    contacts: [],
    timeZone: '',
    note: '',
    expectedVersion: 0n,
    ...over,
  };
}

function fact(over: Partial<CustomerFact> = {}): CustomerFact {
  return {
    debtorId: customerId,
    customerNumber: 'K-7',
    name: '苏州华成机械',
    aliases: ['华成机械'],
    creditCode: '',
    region: '',
    industry: '',
    contactName: '',
    phone: '',
    email: '',
    ...over,
  };
}

const written: Customer = edit(undefined, command()).state;

describe('a customer that is edited', () => {
  it('tells the others its new facts', () => {
    expect(edit(undefined, command()).events).toMatchObject([
      { $case: 'customerChanged', value: { customerId, timeZone: 'Asia/Shanghai' } },
    ]);
  });

  it('answers the same when the edit comes again', () => {
    expect(edit(written, command())).toEqual({ state: written, events: [] });
  });

  it('keeps a credit code whose check character fails', () => {
    const code = '91350211M0000XUF46';
    expect(edit(undefined, command({ creditCode: code })).state.creditCode).toBe(code);
  });

  it.each([
    [
      'a version that is not the present one',
      written,
      { expectedVersion: 9n },
      'customer_changed_meanwhile',
    ],
    ['an edit of what is not there', undefined, { expectedVersion: 1n }, 'customer_unknown'],
    ['a code that is none', undefined, { creditCode: '12345' }, 'credit_code_malformed'],
  ] as const)('refuses %s', (_words, before, over, reason) => {
    expect(() => edit(before, command(over))).toThrow(expect.objectContaining({ reason }));
  });
});

describe('a customer that an import names again', () => {
  it('keeps the name a person wrote and takes the spelling as alias', () => {
    const after = learn(written, fact());
    expect(after.name).toBe('苏州华成机械有限公司');
    expect(after.aliases).toEqual(['华成机械', '苏州华成机械'].toSorted());
  });

  it('fills only what is empty', () => {
    const after = learn(written, fact({ region: '上海', creditCode: '914403001922038216' }));
    expect(after).toMatchObject({ region: '江苏', creditCode: '914403001922038216' });
  });

  it('is the same when the import is told twice', () => {
    const once = learn(written, fact());
    expect(learn(once, fact())).toEqual(once);
  });
});
