import { describe, expect, it } from '@jest/globals';
import { continueTrace } from './trace.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('a trace', () => {
  it('goes on under the same id with a span of its own', () => {
    const { traceparent, ...rest } = continueTrace(`00-${traceId}-00f067aa0ba902b7-00`);
    expect(rest).toEqual({ traceId });
    expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
    expect(traceparent).not.toContain('00f067aa0ba902b7');
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `01-${traceId}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-00f067aa0ba902b7-01`,
    `00-${traceId}-00f067aa0ba902b7-01\n`,
  ])('starts anew after %j', (incoming) => {
    const made = continueTrace(incoming);
    expect(made.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(made.traceId).not.toBe(traceId);
    expect(made.traceparent).toMatch(new RegExp(`^00-${made.traceId}-[0-9a-f]{16}-01$`));
  });
});
