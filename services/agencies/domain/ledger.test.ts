import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { due } from './commission.ts';
import { postings } from './ledger.ts';
import { earning, payment } from './sample.ts';

describe('the entry of a commission line', () => {
  const reversed = payment({ reversedOn: day('2026-04-01') });

  it('sets expense and VAT against what is payable', () => {
    const [line] = due([earning()], [payment()], new Set());
    expect(line && postings(line)).toEqual([
      { account: 'commission_expense', debit: 750_000n, credit: 0n },
      { account: 'vat_input', debit: 45_000n, credit: 0n },
      { account: 'commission_payable', debit: 0n, credit: 795_000n },
    ]);
  });

  it('is turned round for a claw-back', () => {
    const [, line] = due([earning()], [reversed], new Set());
    expect(line && postings(line)).toEqual([
      { account: 'commission_expense', debit: 0n, credit: 750_000n },
      { account: 'vat_input', debit: 0n, credit: 45_000n },
      { account: 'commission_payable', debit: 795_000n, credit: 0n },
    ]);
  });

  it('leaves out sides of zero', () => {
    const [taxFree] = due([earning({ vatBps: 0 })], [payment()], new Set());
    expect(taxFree && postings(taxFree).map((side) => side.account)).toEqual([
      'commission_expense',
      'commission_payable',
    ]);
    const [free] = due([earning({ rateBps: 0 })], [payment()], new Set());
    expect(free && postings(free)).toEqual([]);
  });
});
