import type { Schedule } from '../domain/next-action.ts';
import type { Dated } from '../domain/rule.ts';

/** Standard dunning schedule and follow-up frequency. */
export const dunningSchedules: readonly Dated<Schedule>[] = [
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
          putOffUntil: 'look_again',
          ofCreditor: true,
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
      instalmentReminderDays: 2,
      settlementReminderDays: 2,
    },
  },
];
