import { HttpErrorResponse } from '@angular/common/http';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage, words } from './language';
import { Problem, problemFrom, problemOf } from './problem';
import { explain, fieldErrorText, problemText } from './problem-words';

const body = {
  type: '/api/problems/refused',
  title: 'Refused',
  status: 409,
  detail: 'The case is closed.',
  reason: 'case_shut',
  facts: { number: 'C-7', days: 3 },
  errors: [{ pointer: '/amount', rule: 'required', detail: 'Give an amount.' }],
  requestId: 'r1',
};

describe('a problem', () => {
  it('is read from the body of an answer (RFC 9457)', () => {
    expect(problemOf(409, body)).toMatchObject({
      status: 409,
      reason: 'case_shut',
      title: 'Refused',
      detail: 'The case is closed.',
      facts: { number: 'C-7', days: '3' },
      requestId: 'r1',
      errors: [{ field: '/amount', rule: 'required', repair: 'Give an amount.' }],
    });
  });

  it.each([
    [0, 'unreachable', true],
    [400, 'invalid', false],
    [404, 'missing', false],
    [412, 'stale', false],
    [429, 'exhausted', true],
    [503, 'unavailable', true],
    [599, 'internal', true],
  ])('of a bare status %d is %s; may be repeated: %s', (status, reason, mayRepeat) => {
    const problem = problemFrom(new HttpErrorResponse({ status, error: '<html>' }));
    expect([problem.reason, problem.mayRepeat]).toEqual([reason, mayRepeat]);
  });

  it('of a defect keeps its message', () => {
    expect(problemFrom(new TypeError('x is not a function'))).toMatchObject({
      reason: 'internal',
      detail: 'x is not a function',
    });
  });
});

describe('the words for a problem', () => {
  // The browser's own language would be the first one otherwise.
  beforeEach(() => chooseLanguage('zh-CN'));

  it('are the noun’s own when it explains the reason, with the facts', () => {
    const problem = problemOf(409, { ...body, reason: 'case_closed_test' });
    expect(problemText(problem)).toBe('The case is closed.');
    explain(
      words(
        { 'problem.case_closed_test': '案件 {number} 已关闭' },
        { 'problem.case_closed_test': 'Case {number} is closed' },
      ),
    );
    expect(problemText(problem)).toBe('案件 C-7 已关闭');
    chooseLanguage('en');
    expect(problemText(problem)).toBe('Case C-7 is closed');
  });

  it('are the server’s for a reason nobody explains, and ours when it says nothing', () => {
    expect(problemText(problemOf(409, body))).toBe('The case is closed.');
    expect(problemText(new Problem({ reason: 'odd' }))).toBe('操作未完成。');
  });

  it('stand beside the field they are about', () => {
    const problem = problemOf(400, body);
    expect(fieldErrorText(problem, 'amount')).toBe('必填');
    chooseLanguage('en');
    expect(fieldErrorText(problem, 'amount')).toBe('Give an amount.');
    expect(fieldErrorText(problem, 'other')).toBeUndefined();
  });
});
