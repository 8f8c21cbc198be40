import { describe, expect, it } from '@jest/globals';
import { dunningSchedules } from '../rules/dunning.ts';
import { type CaseWork, nextAction } from './next-action.ts';
import { inForce } from './rule.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const dueOn = day('2026-01-01');
const rule = inForce(dunningSchedules, dueOn);

function work(changes: Partial<CaseWork> = {}): CaseWork {
  return {
    oldestDueDate: dueOn,
    openedOn: dueOn,
    lastContactOn: undefined,
    missedCalls: 0,
    promiseDueDay: undefined,
    ...changes,
  };
}

const said = (changes: Partial<CaseWork>, today: string): string => {
  const { step, dueDay } = nextAction(work(changes), day(today), rule);
  return `${step} ${dueDay}`;
};

describe('without any contact', () => {
  it.each([
    ['2025-12-30', 'courtesy_check 2026-01-01'],
    ['2026-01-01', 'friendly_reminder 2026-01-01'],
    ['2026-01-04', 'first_letter 2026-01-04'],
    ['2026-01-08', 'first_call 2026-01-08'],
    ['2026-01-14', 'first_call 2026-01-08'],
    ['2026-01-15', 'second_letter 2026-01-15'],
    ['2026-01-31', 'third_letter 2026-01-31'],
    ['2026-03-02', 'final_letter 2026-03-02'],
    ['2026-04-02', 'litigation_assessment 2026-04-02'],
  ])('on %s the next step is %s', (today, expected) => {
    expect(said({}, today)).toBe(expected);
  });

  it('is due on the day the case was opened when the step is older', () => {
    expect(said({ openedOn: day('2026-06-01') }, '2026-06-03')).toBe(
      'litigation_assessment 2026-06-01',
    );
  });
});

describe('after a contact', () => {
  it.each([
    ['2026-01-05', '2026-01-05', 'first_call 2026-01-08'],
    ['2026-01-09', '2026-01-10', 'follow_up 2026-01-12'],
    ['2026-02-05', '2026-02-06', 'follow_up 2026-02-07'],
    ['2026-04-10', '2026-04-10', 'follow_up 2026-04-11'],
    ['2026-01-14', '2026-01-16', 'second_letter 2026-01-15'],
  ])('on %s, seen on %s, the next step is %s', (lastContactOn, today, expected) => {
    expect(said({ lastContactOn: day(lastContactOn) }, today)).toBe(expected);
  });

  it('goes up after three missed calls instead of a fourth', () => {
    const missed = { lastContactOn: day('2026-01-09'), missedCalls: 3 };
    expect(said(missed, '2026-01-09')).toBe('escalate 2026-01-10');
    expect(said({ ...missed, missedCalls: 2 }, '2026-01-09')).toBe('follow_up 2026-01-12');
  });
});

describe('with a pending promise', () => {
  const promiseDueDay = day('2026-01-20');
  it('reminds the day before, then waits for the money', () => {
    expect(said({ promiseDueDay }, '2026-01-15')).toBe('promise_reminder 2026-01-19');
    expect(said({ promiseDueDay, lastContactOn: day('2026-01-19') }, '2026-01-19')).toBe(
      'promise_due 2026-01-20',
    );
  });

  it('cites the schedule and the promise', () => {
    const { why } = nextAction(work({ promiseDueDay }), day('2026-01-15'), rule);
    expect(why).toEqual({
      rule: 'dunning_schedule',
      source: 'house rule (cost of recovery, credit course)',
      effectiveFrom: '0001-01-01',
      facts: { days_overdue: '14', promise_due_day: '2026-01-20' },
    });
  });
});
