import type { Dated } from '../domain/rule.ts';

export type DunningStep = {
  readonly step: string;
  readonly fromDays: number;
  /** What has to be done, one of these, for the step to be over; domain/next-action.ts. */
  readonly doneBy: readonly string[];
  /** Whether it also counts when it was done before the step came due, since the debt fell due. */
  readonly early?: boolean;
  /** Comes due sooner after so many days without a sign of the debtor since this was done. */
  readonly silence?: { readonly after: string; readonly days: number };
};

export type DunningSchedule = {
  /** Steps by days overdue, in order; negative before the due day. */
  readonly steps: readonly DunningStep[];
  /** How often to ask again between two steps, by days overdue, in order. */
  readonly followUps: readonly { readonly fromDays: number; readonly everyDays: number }[];
  /** After so many calls in a row that reached nobody the case goes up instead of one more call. */
  readonly missedCallsToEscalate: number;
  /** Whom it goes up to, one rung after the other; a step each, done by giving the case away. */
  readonly ladder: readonly string[];
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
        { step: 'courtesy_check', fromDays: -3, doneBy: ['contact'] },
        { step: 'friendly_reminder', fromDays: 0, doneBy: ['contact'] },
        { step: 'first_letter', fromDays: 3, doneBy: ['letter'] },
        { step: 'first_call', fromDays: 7, doneBy: ['call'], early: true },
        { step: 'second_letter', fromDays: 14, doneBy: ['letter'] },
        { step: 'third_letter', fromDays: 30, doneBy: ['letter'] },
        { step: 'final_letter', fromDays: 60, doneBy: ['lawyers_letter'], early: true },
        {
          step: 'litigation_assessment',
          fromDays: 91,
          doneBy: ['matter'],
          early: true,
          silence: { after: 'lawyers_letter', days: 30 },
        },
      ],
      followUps: [
        { fromDays: 0, everyDays: 7 },
        { fromDays: 8, everyDays: 3 },
        { fromDays: 31, everyDays: 2 },
        { fromDays: 61, everyDays: 1 },
      ],
      missedCallsToEscalate: 3,
      ladder: ['escalate', 'escalate_to_legal'],
      promiseReminderDays: 1,
    },
  },
];
