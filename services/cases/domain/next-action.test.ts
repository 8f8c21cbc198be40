import { describe, expect, it } from '@jest/globals';
import { dunningSchedules } from '../rules/dunning.ts';
import { type CaseWork, deedsAfter, goesUp, nextAction } from './next-action.ts';
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

describe('while an agency works it', () => {
  it('is not assessed for suit, which is the creditor’s to do', () => {
    expect(said({ isPlaced: true }, '2026-04-02')).toBe('final_letter 2026-03-02');
    const written = { lastContactOn: day('2026-04-01'), deeds: { lawyers_letter: '2026-03-10' } };
    expect(said({ ...written, isPlaced: true }, '2026-05-02')).toBe('follow_up 2026-04-02');
    expect(said(written, '2026-05-02')).toBe('litigation_assessment 2026-04-02');
  });
});

describe('what the schedule asks for', () => {
  const missed = { lastContactOn: day('2026-02-01'), deeds: { call: '2026-02-01' } };

  it('is not done by a contact of another kind', () => {
    expect(said({ ...missed, missedCalls: 1 }, '2026-02-01')).toBe('third_letter 2026-01-31');
    expect(said({ ...missed, missedCalls: 3 }, '2026-02-01')).toBe('third_letter 2026-01-31');
    const demanded = { lastContactOn: day('2026-03-03'), deeds: { letter: '2026-03-03' } };
    expect(said(demanded, '2026-03-03')).toBe('final_letter 2026-03-02');
  });

  it('is done by a letter since it came due, not by one before', () => {
    const sent = (on: string) => ({ lastContactOn: day(on), deeds: { letter: on } });
    expect(said(sent('2026-02-01'), '2026-02-02')).toBe('follow_up 2026-02-03');
    expect(said(sent('2026-01-20'), '2026-02-02')).toBe('third_letter 2026-01-31');
  });

  it('is assessment for court beyond 90 days, until a matter is opened', () => {
    const called = { lastContactOn: day('2026-04-11'), deeds: { call: '2026-04-11' } };
    expect(said(called, '2026-04-12')).toBe('litigation_assessment 2026-04-02');
    const wrote = { ...called, missedCalls: 3, deeds: { lawyers_letter: '2026-04-11' } };
    expect(said(wrote, '2026-05-01')).toBe('litigation_assessment 2026-04-02');
    const sued = { ...called, deeds: { matter: '2026-04-12' } };
    expect(said(sued, '2026-04-12')).toBe('follow_up 2026-04-12');
  });

  it('is assessment after 30 days of silence since the final letter', () => {
    const final = { lawyers_letter: '2026-02-10', letter: '2026-02-10' };
    const silent = { lastContactOn: day('2026-03-05'), deeds: { ...final, call: '2026-03-05' } };
    expect(said(silent, '2026-03-11')).toBe('follow_up 2026-03-06');
    expect(said(silent, '2026-03-12')).toBe('litigation_assessment 2026-03-12');
    const spoke = { ...silent, deeds: { ...silent.deeds, reached: '2026-03-05' } };
    expect(said(spoke, '2026-03-12')).toBe('follow_up 2026-03-06');
    expect(said(spoke, '2026-04-04')).toBe('litigation_assessment 2026-04-02');
  });

  it('begins anew when an older debt was paid and a younger one is left', () => {
    const deeds = { lawyers_letter: '2025-12-01', letter: '2025-12-01', call: '2025-12-01' };
    const paid = { lastContactOn: day('2025-12-01'), deeds };
    expect(said(paid, '2026-01-05')).toBe('first_letter 2026-01-04');
    expect(said(paid, '2026-03-03')).toBe('final_letter 2026-03-02');
  });
});

describe('the ladder', () => {
  const missed = {
    lastContactOn: day('2026-01-20'),
    missedCalls: 3,
    deeds: { call: '2026-01-20', letter: '2026-01-16' },
  };
  it.each([
    ['to a supervisor', 0, 'escalate 2026-01-21'],
    ['to legal', 1, 'escalate_to_legal 2026-01-21'],
    ['no further', 2, 'follow_up 2026-01-23'],
  ])('goes %s', (_where, escalations, expected) => {
    expect(said({ ...missed, escalations }, '2026-01-20')).toBe(expected);
  });

  it('is gone up by giving the case to somebody else', () => {
    const { ladder } = rule.value;
    const file = { nextStep: 'escalate', assigneeId: 'a' };
    expect(goesUp(file, 'b', ladder)).toBe(true);
    expect(goesUp(file, 'a', ladder)).toBe(false);
    expect(goesUp({ ...file, nextStep: 'follow_up' }, 'b', ladder)).toBe(false);
  });
});

describe('what was done', () => {
  const on = day('2026-02-01');
  it.each([
    ['a call that reached somebody', { channel: 'CALL', result: 'REACHED' }, ['call', 'reached']],
    ['a call that did not', { channel: 'CALL', result: 'NO_ANSWER' }, ['call']],
    ['a text', { channel: 'SMS', result: 'SENT' }, []],
    ['a letter of no kind', { channel: 'LETTER', result: 'SENT' }, ['letter']],
    [
      'a lawyer’s letter',
      { channel: 'LETTER', result: 'SENT', letterKind: 'LAWYERS_LETTER' },
      ['letter', 'lawyers_letter'],
    ],
    [
      'a statement of account',
      { channel: 'LETTER', result: 'SENT', letterKind: 'RECONCILIATION' },
      [],
    ],
  ])('%s', (_name, contact, deeds) => {
    expect(Object.keys(deedsAfter({}, contact, on))).toEqual(deeds);
  });

  it('keeps the last day when an earlier one is told late', () => {
    const call = { channel: 'CALL', result: 'NO_ANSWER' };
    expect(deedsAfter({ call: '2026-02-03' }, call, on)).toEqual({ call: '2026-02-03' });
    expect(deedsAfter({ call: '2026-01-03' }, call, on)).toEqual({ call: '2026-02-01' });
  });
});

describe('after a contact', () => {
  it.each([
    ['call', '2026-01-05', '2026-01-05', 'first_letter 2026-01-04'],
    ['letter', '2026-01-05', '2026-01-05', 'first_call 2026-01-08'],
    ['call', '2026-01-09', '2026-01-10', 'follow_up 2026-01-12'],
    ['letter', '2026-02-05', '2026-02-06', 'follow_up 2026-02-07'],
    ['matter', '2026-04-10', '2026-04-10', 'follow_up 2026-04-11'],
    ['call', '2026-01-14', '2026-01-16', 'second_letter 2026-01-15'],
  ])('a %s on %s, seen on %s, the next step is %s', (deed, on, today, expected) => {
    expect(said({ lastContactOn: day(on), deeds: { [deed]: on } }, today)).toBe(expected);
  });

  it('goes up after three missed calls instead of a fourth', () => {
    const on = '2026-01-09';
    const missed = { lastContactOn: day(on), missedCalls: 3, deeds: { call: on } };
    expect(said(missed, on)).toBe('escalate 2026-01-10');
    expect(said({ ...missed, missedCalls: 2 }, on)).toBe('follow_up 2026-01-12');
  });
});

describe('after a decision not to sue', () => {
  const forgone = (lookAgain: string, more: Partial<CaseWork> = {}) => ({
    lastContactOn: day('2026-04-10'),
    deeds: { look_again: lookAgain },
    ...more,
  });

  it.each([
    ['the day after', '2026-04-11', 'follow_up 2026-04-11'],
    ['the day before it is looked at again', '2026-05-31', 'follow_up 2026-04-11'],
    ['that day', '2026-06-01', 'litigation_assessment 2026-06-01'],
    ['long after', '2026-07-15', 'litigation_assessment 2026-06-01'],
  ])('%s the next step is as it should be', (_when, today, expected) => {
    expect(said(forgone('2026-06-01'), today)).toBe(expected);
  });

  it('comes back before a follow-up that is due later', () => {
    const contacted = { lastContactOn: day('2026-06-01') };
    expect(said(forgone('2026-06-01', contacted), '2026-05-31')).toBe(
      'litigation_assessment 2026-06-01',
    );
  });

  it('made early does not bring the assessment before its time', () => {
    expect(said(forgone('2026-02-15', { lastContactOn: undefined }), '2026-03-03')).toBe(
      'final_letter 2026-03-02',
    );
    expect(said(forgone('2026-02-15'), '2026-04-11')).toBe('litigation_assessment 2026-04-02');
  });

  it('is over once the case is sued on', () => {
    const sued = { deeds: { look_again: '2026-06-01', matter: '2026-05-20' } };
    expect(said(forgone('2026-06-01', sued), '2026-06-02')).toBe('follow_up 2026-04-11');
  });

  it('says until when, and why it is back', () => {
    const { why } = nextAction(work(forgone('2026-06-01')), day('2026-06-01'), rule);
    expect(why.facts).toEqual({
      days_overdue: '151',
      from_days: '91',
      look_again_on: '2026-06-01',
    });
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

describe('with an approved settlement', () => {
  const settlementDueDay = day('2026-01-20');
  it('reminds two days before, then waits for the money', () => {
    expect(said({ settlementDueDay }, '2026-01-15')).toBe('settlement_reminder 2026-01-18');
    expect(said({ settlementDueDay, lastContactOn: day('2026-01-18') }, '2026-01-18')).toBe(
      'settlement_due 2026-01-20',
    );
  });

  it('and a promise, does what is to be done first', () => {
    const of = (promiseDueDay: string): string =>
      said({ settlementDueDay, promiseDueDay: day(promiseDueDay) }, '2026-01-15');
    expect(of('2026-01-19')).toBe('promise_reminder 2026-01-18');
    expect(of('2026-01-20')).toBe('settlement_reminder 2026-01-18');
  });
});

describe('with a pending instalment', () => {
  const instalmentDueDay = day('2026-01-20');
  it('reminds two days before, then waits for the money', () => {
    expect(said({ instalmentDueDay }, '2026-01-15')).toBe('instalment_reminder 2026-01-18');
    expect(said({ instalmentDueDay, lastContactOn: day('2026-01-18') }, '2026-01-18')).toBe(
      'instalment_due 2026-01-20',
    );
  });

  it('and a promise, does what is to be done first', () => {
    const of = (promiseDueDay: string): string =>
      said({ instalmentDueDay, promiseDueDay: day(promiseDueDay) }, '2026-01-15');
    expect(of('2026-01-18')).toBe('promise_reminder 2026-01-17');
    expect(of('2026-01-19')).toBe('promise_reminder 2026-01-18');
    expect(of('2026-01-20')).toBe('instalment_reminder 2026-01-18');
  });
});
