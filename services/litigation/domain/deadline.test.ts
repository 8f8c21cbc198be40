import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import type { Deadline } from '@recourse/proto/litigation/v1/deadlines.ts';
import { atMorning, complete, confirm, lacksSecondPerson, recompute } from './deadline.ts';
import type { Deadline as Computed } from './law/deadline.ts';

const proceedingId = '01956f3e-0000-7000-8000-00000000c001';
const eventId = '01956f3e-0000-7000-8000-00000000e001';
const person = (userId: string) => ({ userId, name: userId, orgId: 'o', orgName: '远望机电' });
const at = Temporal.Instant.from('2026-03-25T01:00:00Z');
const how = {
  matter: { matterId: 'm', number: 'L-2026-0001', debtorName: '恒达' },
  proceedingId,
  atRisk: { currency: 'CNY', minor: 100n },
  actor: person('wang'),
  at,
};

function computed(dueOn: string, more: Partial<Computed> = {}): Computed {
  return {
    deadline: 'appeal_judgment',
    procedure: 'ordinary',
    boundParty: 'us',
    eventId,
    from: '2026-03-24',
    dueOn,
    countedEnd: dueOn,
    moved: false,
    provisional: false,
    fatal: true,
    secondCheck: true,
    act: { zh: '上诉', en: 'appeal' },
    rightLost: { zh: '丧失上诉权', en: 'no appeal' },
    rule: { rule: 'appeal_judgment', source: 'art. 171', grade: 'L', effectiveFrom: '2024-01-01' },
    ...more,
  };
}

function one(list: readonly Deadline[]): Deadline {
  const [first] = list;
  if (first === undefined) throw new Error('no deadline');
  return first;
}

const made = () => one(recompute([], [computed('2026-04-08')], new Map(), how));

describe('deadlines computed anew', () => {
  it('are made once, and the same computation changes nothing', () => {
    const before = made();
    expect(before).toMatchObject({ dueDay: '2026-04-08', fatal: true, version: 1n });
    expect(recompute([before], [computed('2026-04-08')], new Map(), how)).toEqual([]);
  });

  it('lose their confirmation when the day moves, and keep the day before', () => {
    const confirmed = confirm(made(), '2026-04-08', person('li'), at);
    const after = one(recompute([confirmed], [computed('2026-04-10')], new Map(), how));
    expect(after).toMatchObject({ previousDay: '2026-04-08', recomputed: 1, version: 3n });
    expect(after.confirmedBy).toBeUndefined();
    expect(lacksSecondPerson(after)).toBe(true);
  });

  it('are void when their ground falls away, open again when it comes back', () => {
    const gone = one(recompute([made()], [], new Map(), how));
    expect(gone.state).toBe('DEADLINE_STATE_VOID');
    const back = one(recompute([gone], [computed('2026-04-08')], new Map(), how));
    expect(back.state).toBe('DEADLINE_STATE_OPEN');
  });

  it('are done by the act on the file, late when it came after', () => {
    const acts = new Map([['filing', '2026-04-09']]);
    const met = computed('2026-04-08', { metBy: 'filing', metLate: true });
    const done = one(recompute([made()], [met], acts, how));
    expect(done).toMatchObject({ doneOn: '2026-04-09', late: true });
  });

  it('bind others without being fatal to us', () => {
    const theirs = computed('2026-04-08', { boundParty: 'opponent' });
    expect(one(recompute([], [theirs], new Map(), how))).toMatchObject({
      fatal: false,
      atRisk: undefined,
    });
  });
});

describe('a second person', () => {
  const refused = (reason: string) => expect.objectContaining({ reason });
  it.each([
    ['wang', '2026-04-08', 'confirmed_by_same_person'],
    ['li', '2026-04-09', 'confirmed_day_differs'],
  ])('%s with %s is refused: %s', (user, dueDay, reason) => {
    const confirming = () => confirm(made(), dueDay, person(user), at);
    expect(confirming).toThrow(refused(reason));
  });

  it('confirms once', () => {
    const confirmed = confirm(made(), '2026-04-08', person('li'), at);
    const again = () => confirm(confirmed, '2026-04-08', person('zhao'), at);
    expect(again).toThrow(refused('deadline_already_confirmed'));
  });
});

describe('the morning', () => {
  it.each([
    ['2026-03-25', undefined, undefined, []],
    ['2026-04-01', undefined, 7, ['deadlineDue']],
    ['2026-04-02', 7, 7, []],
    ['2026-04-05', 7, 3, ['deadlineDue']],
    ['2026-04-08', 1, 0, ['deadlineDue']],
    ['2026-04-09', 0, 0, ['deadlineMissed']],
  ])('of %s, told %s before: %s, %j', (today, toldDays, after, events) => {
    const seen = atMorning(made(), toldDays, day(today));
    expect(seen.toldDays).toBe(after);
    expect(seen.events.map((event) => event.$case)).toEqual(events);
  });

  it('leaves a missed one to be done late', () => {
    const missed = atMorning(made(), 0, day('2026-04-09')).state;
    const done = complete(missed, '2026-04-09', person('wang'), day('2026-04-10'));
    expect(done).toMatchObject({ state: 'DEADLINE_STATE_DONE', late: true });
    const future = () => complete(missed, '2026-04-12', person('wang'), day('2026-04-10'));
    expect(future).toThrow(expect.objectContaining({ reason: 'day_in_future' }));
  });
});
