import type { Dated } from '../domain/rule.ts';

export type DunningSchedule = {
  /** Steps by days overdue, in order; negative before the due day. */
  readonly steps: readonly { readonly step: string; readonly fromDays: number }[];
  /** How often to ask again between two steps, by days overdue, in order. */
  readonly followUps: readonly { readonly fromDays: number; readonly everyDays: number }[];
  /** After so many calls in a row that reached nobody the case goes up instead of one more call. */
  readonly missedCallsToEscalate: number;
  /** Days before a promised payment on which the debtor is reminded of it. */
  readonly promiseReminderDays: number;
};

/** Standard dunning schedule and follow-up frequency. */
export const dunningSchedules: readonly Dated<DunningSchedule>[] = [
  {
    rule: 'dunning_schedule',
    effectiveFrom: '0001-01-01',
    source: 'house rule (cost of recovery, credit course)',
    value: {
      steps: [
        { step: 'courtesy_check', fromDays: -3 },
        { step: 'friendly_reminder', fromDays: 0 },
        { step: 'first_letter', fromDays: 3 },
        { step: 'first_call', fromDays: 7 },
        { step: 'second_letter', fromDays: 14 },
        { step: 'third_letter', fromDays: 30 },
        { step: 'final_letter', fromDays: 60 },
        { step: 'litigation_assessment', fromDays: 91 },
      ],
      followUps: [
        { fromDays: 0, everyDays: 7 },
        { fromDays: 8, everyDays: 3 },
        { fromDays: 31, everyDays: 2 },
        { fromDays: 61, everyDays: 1 },
      ],
      missedCallsToEscalate: 3,
      promiseReminderDays: 1,
    },
  },
];
