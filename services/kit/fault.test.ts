import { describe, expect, it } from '@jest/globals';
import { Fault, fault, faultFrom, never } from './fault.ts';

describe('a fault', () => {
  it('has a kind, a named reason and facts', () => {
    const made = fault('refused', 'case_closed', { caseId: 'c-1' });
    expect(made).toBeInstanceOf(Error);
    expect(made).toMatchObject({
      name: 'Fault',
      kind: 'refused',
      reason: 'case_closed',
      facts: { caseId: 'c-1' },
      violations: [],
      message: 'refused: case_closed',
    });
  });

  it('keeps its cause', () => {
    const cause = new Error('socket');
    expect(new Fault('unavailable', 'database_unavailable', {}, { cause }).cause).toBe(cause);
    expect('cause' in fault('invalid', 'x')).toBe(false);
  });
});

describe('anything thrown', () => {
  it('that is a fault stays the same one', () => {
    const thrown = fault('stale', 'version_moved');
    expect(faultFrom(thrown)).toBe(thrown);
  });

  it.each([new TypeError('x is undefined'), 'text', undefined, null, 7])(
    'else (%p) becomes internal with itself as the cause',
    (thrown) => {
      const made = faultFrom(thrown);
      expect(made).toMatchObject({ kind: 'internal', reason: 'unexpected_error' });
      expect(made.cause).toBe(thrown);
    },
  );
});

describe('a variant that no code handles', () => {
  it('is a defect', () => {
    expect(() => never('new_variant' as never)).toThrow('internal: unhandled_variant');
  });
});
