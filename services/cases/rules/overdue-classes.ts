import type { Dated } from '../domain/rule.ts';

export type OverdueClassName = 'NOT_DUE' | 'MILD' | 'MODERATE' | 'SEVERE' | 'CRITICAL';

/** Days overdue from and to, both included; an open end is absent. */
export type OverdueClassRow = {
  readonly overdueClass: OverdueClassName;
  readonly fromDays?: number;
  readonly toDays?: number;
};

/** Overdue classes by days since the due day. */
export const overdueClasses: readonly Dated<readonly OverdueClassRow[]>[] = [
  {
    rule: 'overdue_class',
    effectiveFrom: '0001-01-01',
    source: 'house rule (credit course)',
    value: [
      { overdueClass: 'NOT_DUE', toDays: 0 },
      { overdueClass: 'MILD', fromDays: 1, toDays: 30 },
      { overdueClass: 'MODERATE', fromDays: 31, toDays: 60 },
      { overdueClass: 'SEVERE', fromDays: 61, toDays: 90 },
      { overdueClass: 'CRITICAL', fromDays: 91 },
    ],
  },
];
