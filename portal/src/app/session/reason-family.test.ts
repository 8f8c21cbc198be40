import { describe, expect, it } from '@jest/globals';
import { problemOf } from './problem';
import { problemText } from './problem-words';
import { chooseLanguage } from './language';
import { familyOf } from './reason-family';

describe('a named reason', () => {
  it.each([
    ['promise_exists_with_other_content', 'exists'],
    ['request_id_used_with_other_content', 'exists'],
    ['case_changed_meanwhile', 'stale'],
    ['changed_meanwhile', 'stale'],
    ['agencies_unavailable', 'unavailable'],
    ['cursor_of_other_query', 'list_moved'],
    ['case_closed', undefined],
  ])('%s means the same as %s', (reason, family) => {
    expect(familyOf(reason)).toBe(family);
  });

  it('is told in the words of its family when it has none of its own', () => {
    chooseLanguage('en');
    const problem = problemOf(412, { reason: 'listing_changed_meanwhile', title: 'Stale' });
    expect(problemText(problem)).toBe('Somebody changed this meanwhile. Reload and try again.');
  });
});
