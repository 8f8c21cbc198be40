import { type Authority, authorityFrom } from '../domain/authority.ts';
import type { Dated } from '../domain/rule.ts';

/** Who may approve a colleague's request, by what is open on the cases that it is about. */
export const authorities: readonly Dated<Authority>[] = [
  {
    rule: 'authority_limits',
    effectiveFrom: '0001-01-01',
    source:
      'house rule (credit course): collector up to 100,000, supervisor up to 500,000, director ' +
      'up to 1,000,000, general manager above; nobody decides their own',
    value: {
      currency: 'CNY',
      levels: [
        { role: 'collector', openUpTo: 100_000n },
        { role: 'supervisor', openUpTo: 500_000n },
        { role: 'director', openUpTo: 1_000_000n },
        { role: 'general_manager' },
      ],
    },
  },
];

/** A discount is money given away to who still pays: for nobody below a supervisor. */
export const settlementAuthorities: readonly Dated<Authority>[] = authorities.map((row) => ({
  ...row,
  rule: 'settlement_authority',
  source: `${row.source}; a discount is for a supervisor at least`,
  value: authorityFrom(row.value, 'supervisor'),
}));
