import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { answerComplaint, fileComplaint, isOverdue, replyToComplaint } from './complaint.ts';

const told = {
  complaintId: 'p1',
  agencyId: 'a1',
  caseId: 'c1',
  source: 'DEBTOR' as const,
  subject: 'HARASSMENT',
  receivedOn: '2026-06-01',
  text: '夜间来电',
};
const today = day('2026-06-02');
const known = { worked: true, hadCase: true };

describe('a complaint about an agency', () => {
  it.each([
    ['DEBTOR' as const, '2026-06-16'],
    ['REGULATOR' as const, '2026-07-01'],
  ])('of a %s is to be answered by %s', (source, answerBy) => {
    const { state: made, events } = fileComplaint({ ...told, source }, known, today);
    expect(made).toMatchObject({ answerBy, outcome: '', reply: '', replyVersion: 0n });
    expect(events).toMatchObject([{ $case: 'complaintRecorded', value: { answerBy } }]);
    expect(isOverdue(made, day(answerBy))).toBe(false);
    expect(isOverdue(made, day(answerBy).add({ days: 1 }))).toBe(true);
  });

  it.each([
    ['of tomorrow', { receivedOn: '2026-06-03' }, known, 'complaint_in_future'],
    ['about one that never worked', {}, { worked: false, hadCase: false }, 'agency_never_worked'],
    ['of a case it never had', {}, { worked: true, hadCase: false }, 'case_not_of_agency'],
  ])('%s is refused', (_words, more, facts, reason) => {
    expect(() => fileComplaint({ ...told, ...more }, facts, today)).toThrow(reason);
  });

  it('of no known case is taken, and answered once', () => {
    const facts = { worked: true, hadCase: false };
    const { state: made } = fileComplaint({ ...told, caseId: '' }, facts, today);
    const answered = answerComplaint(made, 'UNFOUNDED', '录音显示未在禁止时段', 0n);
    expect(answered.state.outcome).toBe('UNFOUNDED');
    expect(answered.events).toMatchObject([{ value: { upheld: false, consideredReply: 0n } }]);
    expect(isOverdue(answered.state, day('2027-01-01'))).toBe(false);
    const twice = () => answerComplaint(answered.state, 'UPHELD', '', 0n);
    expect(twice).toThrow('complaint_answered');
  });
});

describe('a complaint that the agency replies to', () => {
  const { state: open } = fileComplaint(told, known, today);
  const replied = replyToComplaint(open, 'a1', '当晚没有外呼');

  it('carries the latest wording, and counts them', () => {
    expect(replied.state).toMatchObject({ reply: '当晚没有外呼', replyVersion: 1n });
    const anew = replyToComplaint(replied.state, 'a1', '当晚没有外呼，附话单');
    expect(anew.state).toMatchObject({ reply: '当晚没有外呼，附话单', replyVersion: 2n });
    expect(anew.events).toMatchObject([{ $case: 'complaintReplied' }]);
  });

  it.each(['', 'UPHELD'] as const)('is as it was when the same is said again (%j)', (outcome) => {
    const before = { ...replied.state, outcome };
    const again = replyToComplaint(before, 'a1', '当晚没有外呼');
    expect(again).toEqual({ state: before, events: [] });
  });

  const answered = { ...replied.state, outcome: 'UPHELD' as const };
  it.each([
    ['of nobody', undefined, 'a1', 'complaint_unknown'],
    ['of another agency', open, 'a2', 'complaint_unknown'],
    ['of another agency, answered', answered, 'a2', 'complaint_unknown'],
    ['already answered', answered, 'a1', 'complaint_answered'],
  ])('%s takes no reply', (_words, complaint, agencyId, reason) => {
    expect(() => replyToComplaint(complaint, agencyId, '另一说法')).toThrow(reason);
  });

  it.each([0n, 2n])('is not answered in view of wording %s', (considered) => {
    const answer = () => answerComplaint(replied.state, 'UPHELD', '已致歉', considered);
    expect(answer).toThrow('complaint_reply_not_considered');
  });

  it('is answered in view of the present wording', () => {
    const { state, events } = answerComplaint(replied.state, 'UPHELD', '已致歉', 1n);
    expect(state).toMatchObject({ outcome: 'UPHELD', reply: '当晚没有外呼' });
    expect(events).toMatchObject([{ value: { upheld: true, consideredReply: 1n } }]);
  });
});
