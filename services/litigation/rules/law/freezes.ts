import type { FreezeTables } from '../../domain/law/freeze.ts';

/** legal.md 2.6. */
export const freezes: FreezeTables['freezes'] = {
  terms: [
    {
      rule: 'freeze_terms',
      effectiveFrom: '2015-02-04',
      source: '民诉法解释 art. 485 (execution; applied to preservation by practice)',
      grade: 'L',
      value: { account: 1, movable: 2, real_property: 3, other_right: 3 },
    },
  ],
  renewal: [
    {
      rule: 'freeze_renewal',
      effectiveFrom: '2015-02-04',
      source: '财产保全规定 art. 18: seven days before the end',
      grade: 'L',
      value: { daysBefore: 7 },
    },
  ],
  alarms: [
    {
      rule: 'freeze_alarms',
      effectiveFrom: '0001-01-01',
      source: 'house: days before the last day to apply for renewal',
      grade: 'GK',
      value: [60, 30, 7],
    },
  ],
  security: [
    {
      rule: 'preservation_security',
      effectiveFrom: '2016-12-01',
      source: '财产保全规定 art. 5: at most 30 % in suit; as much as is preserved before it',
      grade: 'L',
      value: { inSuitBps: 3_000, preSuitBps: 10_000 },
    },
  ],
  preSuit: [
    {
      rule: 'sue_after_preservation',
      effectiveFrom: '2013-01-01',
      source: '民事诉讼法 art. 104 ¶3',
      grade: 'L',
      value: { days: 30 },
    },
  ],
};
