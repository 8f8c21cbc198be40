import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { answerComplaint, fileComplaint, isOverdue } from './complaint.ts';

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
    const made = fileComplaint({ ...told, source }, known, today);
    expect(made).toMatchObject({ answerBy, outcome: '' });
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
    const made = fileComplaint({ ...told, caseId: '' }, { worked: true, hadCase: false }, today);
    const answered = answerComplaint(made, 'UNFOUNDED', '录音显示未在禁止时段');
    expect(answered.outcome).toBe('UNFOUNDED');
    expect(isOverdue(answered, day('2027-01-01'))).toBe(false);
    expect(() => answerComplaint(answered, 'UPHELD', '')).toThrow('complaint_answered');
  });
});
