import { Fault } from './fault.ts';
import type { Metrics } from './health.ts';

/**
 * The same check of a token, which also counts what it refuses, by reason. Reasons are a closed set
 * written in the code, so nobody outside can make new series. Keys that cannot be read (fault
 * `unavailable`) are no fault of the token and are not counted.
 */
export function countRefusals<A extends readonly unknown[], R>(
  metrics: Pick<Metrics, 'tokenRefusals'>,
  check: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    try {
      return await check(...args);
    } catch (thrown) {
      if (thrown instanceof Fault && thrown.kind === 'unauthenticated') {
        metrics.tokenRefusals.inc({ reason: thrown.reason });
      }
      throw thrown;
    }
  };
}
