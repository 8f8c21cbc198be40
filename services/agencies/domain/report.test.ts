import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import {
  acknowledge,
  checkedWeek,
  draft,
  dueAt,
  linesOf,
  query,
  type Report,
  type ReportedPlacement,
  submit,
} from './report.ts';
import { agencyId, caseId, creditor, placementId } from './sample.ts';

const week = day('2026-03-02');
const worked: ReportedPlacement = {
  placementId,
  caseId,
  caseNumber: 'C-1',
  maskedName: '某某有限公司',
  creditorName: '远望机电',
  agencyName: '正信资产',
};
const asked = { reportId: 'r1', creditorId: creditor.orgId, agencyId, weekStart: week };
const words = { summary: '本周三户回款', risks: '', plan: '外访' };
const actor = { userId: 'u', name: '王丽', orgId: creditor.orgId, orgName: '远望机电' };
const inTime = Temporal.Instant.from('2026-03-09T10:00:00Z'); // Monday 18:00 in Shanghai
const tooLate = Temporal.Instant.from('2026-03-09T10:00:01Z');

const drafted = (): Report => draft(undefined, asked, [worked], undefined).state;
const submitted = (at = inTime): Report => submit(drafted(), words, 0n, agencyId, at).state;

describe('a week', () => {
  const friday = Temporal.Instant.from('2026-03-06T02:00:00Z');
  it.each([
    ['2026-03-02', undefined],
    ['2026-02-23', undefined],
    ['2026-03-03', 'week_start_not_monday'],
    ['2026-03-09', 'week_not_begun'],
  ])('starting %s: %s', (text, reason) => {
    if (reason === undefined) expect(checkedWeek(text, friday).toString()).toBe(text);
    else expect(() => checkedWeek(text, friday)).toThrow(reason);
  });

  it('is due on the Monday after at 18:00 of the creditor', () => {
    expect(dueAt(week).equals(inTime)).toBe(true);
  });
});

describe('drafting a report', () => {
  it('begins one without words', () => {
    expect(drafted()).toMatchObject({
      state: 'DRAFT',
      summary: '',
      creditorName: '远望机电',
      version: 1n,
      late: false,
    });
  });

  it('again keeps the words', () => {
    const queried = query(submitted(), '哪三户？', 0n).state;
    const { state } = draft(queried, asked, [worked], undefined);
    expect(state).toMatchObject({ state: 'QUERIED', summary: '本周三户回款', version: 4n });
  });

  it.each([
    ['without placements', undefined, [], undefined, 'no_placements_in_week'],
    ['of a submitted one', submitted(), [worked], undefined, 'report_is_submitted'],
    ['of a week that has one', undefined, [worked], 'r0', 'report_of_week_exists'],
    [
      'under the id of another week',
      { ...drafted(), weekStart: day('2026-02-23') },
      [worked],
      undefined,
      'report_exists_with_other_content',
    ],
  ])('is refused %s', (_name, before, placements, other, reason) => {
    expect(() => draft(before, asked, placements, other)).toThrow(reason);
  });

  it('has a line for every placement of the week, told of or not', () => {
    const activity = {
      caseId,
      caseNumber: 'C-1',
      debtorName: 'x',
      contacts: 3,
      effectiveContacts: 2,
      visits: 1,
      promisesMade: 1,
      promisesKept: 0,
      promisesBroken: 0,
      open: { currency: 'CNY', minor: 5n },
      received: [{ currency: 'CNY', minor: 7n }],
      lastAttitude: 'ATTITUDE_WILLING',
      lastNote: '约定周五',
      nextPromiseDay: '2026-03-06',
    };
    const silent = { ...worked, caseId: 'silent', placementId: 'p2', caseNumber: 'C-2' };
    const foreign = { ...activity, caseId: 'not placed' };
    const lines = linesOf([worked, silent], [activity, foreign]);
    expect(lines.map((line) => [line.caseNumber, line.contacts, line.lastNote])).toEqual([
      ['C-1', 3, '约定周五'],
      ['C-2', 0, ''],
    ]);
    expect(lines[0]?.received).toEqual([{ currency: 'CNY', minor: 7n }]);
  });
});

describe('handing in', () => {
  it.each([
    [inTime, false],
    [tooLate, true],
  ])('at %s is late: %s', (at, late) => {
    const { state, events } = submit(drafted(), words, 1n, agencyId, at);
    expect(state).toMatchObject({ state: 'SUBMITTED', late, submittedAt: at });
    expect(events[0]).toMatchObject({ $case: 'reportSubmitted', value: { late } });
  });

  it('the answer to a question later does not make it late', () => {
    const queried = query(submitted(), '哪三户？', 0n).state;
    expect(submit(queried, words, 0n, agencyId, tooLate).state).toMatchObject({
      late: false,
      submittedAt: inTime,
      state: 'SUBMITTED',
    });
  });

  it.each([
    ['nobody’s', undefined, 0n, 'report_unknown'],
    ['another agency’s', { ...drafted(), agencyId: 'b' }, 0n, 'report_unknown'],
    ['a submitted one', submitted(), 0n, 'report_is_submitted'],
    ['a stale one', drafted(), 7n, 'report_changed_meanwhile'],
  ])('%s is refused', (_name, found, version, reason) => {
    expect(() => submit(found, words, version, agencyId, inTime)).toThrow(reason);
  });
});

describe('the creditor’s answer', () => {
  it('acknowledges', () => {
    const { state, events } = acknowledge(submitted(), 2n, actor, tooLate);
    expect(state).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedBy: actor });
    expect(events.map((event) => event.$case)).toEqual(['reportAcknowledged']);
  });

  it('or queries', () => {
    const { state, events } = query(submitted(), '哪三户？', 2n);
    expect(state).toMatchObject({ state: 'QUERIED', question: '哪三户？' });
    expect(events.map((event) => event.$case)).toEqual(['reportQueried']);
  });

  it.each([
    ['a draft, which it does not see', drafted(), 0n, 'report_unknown'],
    [
      'an acknowledged one',
      acknowledge(submitted(), 0n, actor, tooLate).state,
      0n,
      'report_not_submitted',
    ],
    ['a stale one', submitted(), 9n, 'report_changed_meanwhile'],
  ])('is refused for %s', (_name, found, version, reason) => {
    expect(() => acknowledge(found, version, actor, tooLate)).toThrow(reason);
    expect(() => query(found, 'x', version)).toThrow(reason);
  });
});
