import type { GuaranteeTables } from '../../domain/law/guarantee-rule.ts';

/** legal.md 2.3, guarantor period. */
export const guarantee: GuaranteeTables['guarantee'] = {
  periods: [
    {
      rule: 'guarantee_period',
      effectiveFrom: '1995-10-01',
      effectiveTo: '2020-12-31',
      source: '担保法 art. 19, 25, 26; 担保法解释 art. 32; 民法典时间效力规定 art. 27',
      grade: 'GK',
      value: { defaultMonths: 6, unclearMonths: 24, defaultKind: 'joint' },
    },
    {
      rule: 'guarantee_period',
      effectiveFrom: '2021-01-01',
      source: '民法典 art. 686, 692; 担保制度解释 art. 32',
      grade: 'L',
      value: { defaultMonths: 6, unclearMonths: 6, defaultKind: 'general' },
    },
  ],
  limitation: [
    {
      rule: 'guarantee_limitation',
      effectiveFrom: '1995-10-01',
      source: '民法典 art. 188, 694',
      grade: 'L',
      value: { years: 3 },
    },
  ],
  instalments: [
    {
      rule: 'guarantee_instalments',
      effectiveFrom: '1995-10-01',
      source: '民法典 art. 189, 692: one debt in parts is due with its last; court practice',
      grade: 'GK',
      value: { from: 'last' },
    },
  ],
  alarms: [
    {
      rule: 'guarantee_alarms',
      effectiveFrom: '0001-01-01',
      source: 'house: the period is six months and never renewed, so closer than 180/90/30',
      grade: 'GK',
      value: [90, 30, 7],
    },
  ],
};
