import { describe, expect, it } from '@jest/globals';
import type { ProcedureEvent } from '@recourse/proto/litigation/v1/calculators.ts';
import { Procedure } from '@recourse/proto/litigation/v1/matters.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';
import { askedDeadlines, deadlineRules } from './asked-deadlines.ts';

const event = (kind: string, on: string, more: Partial<ProcedureEvent> = {}): ProcedureEvent => ({
  kind,
  on,
  party: '',
  days: 0,
  ...more,
});

function asked(procedure: Procedure, ...events: ProcedureEvent[]) {
  return askedDeadlines(procedure, events, tracks, prcCalendar(), law);
}

function appeal(...events: ProcedureEvent[]) {
  return asked(Procedure.ORDINARY, ...events).find(({ rule }) => rule === 'appeal_judgment');
}

describe('a judgment that is nowhere recorded', () => {
  it('gives the day to appeal, moved off the holiday, and the right lost', () => {
    // 15 days from 2025-09-18 end on 3 October, in the national holiday (民事诉讼法 art. 85, 171).
    expect(appeal(event('judgment_served', '2025-09-18'))).toMatchObject({
      fromKind: 'judgment_served',
      unmovedDay: '2025-10-03',
      dueDay: '2025-10-09',
      boundParty: 'us',
      fatal: true,
      provisional: false,
      rightLostZh: expect.stringMatching(/./),
      why: { source: expect.stringContaining('民事诉讼法') },
    });
  });

  it('binds the opponent where it was served on him', () => {
    const served = event('judgment_served', '2025-11-03', { party: 'opponent' });
    expect(appeal(served)?.boundParty).toBe('opponent');
  });
});

describe('a notice to file evidence', () => {
  const due = (more: Partial<ProcedureEvent>) =>
    asked(Procedure.ORDINARY, event('evidence_notice_served', '2025-11-03', more)).find(
      ({ rule }) => rule === 'evidence',
    );

  it('is taken at its least length until the court’s own is given', () => {
    expect(due({})).toMatchObject({ dueDay: '2025-11-18', assumedLength: true });
    expect(due({ days: 30 })).toMatchObject({ dueDay: '2025-12-03', assumedLength: false });
  });

  it('cannot be shorter than the law allows', () => {
    expect(() => due({ days: 5 })).toThrow('length_not_allowed');
  });
});

it('an event that no rule knows is named', () => {
  const ask = () => asked(Procedure.ORDINARY, event('sunrise', '2025-11-03'));
  expect(ask).toThrow('happening_kind_unknown');
  const named = [expect.objectContaining({ field: '/events/0/kind' })];
  expect(ask).toThrow(expect.objectContaining({ violations: named }));
});

it('the rules of a day name only what is in force then', () => {
  const lengthOn = (on: string) =>
    deadlineRules(on, tracks, law).find(
      ({ rule, procedure }) => rule === 'deemed_served' && procedure === Procedure.ORDINARY,
    )?.length;
  expect([lengthOn('2021-06-01'), lengthOn('2024-06-01')]).toEqual([60, 30]);
});
