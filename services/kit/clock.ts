import { fault } from './fault.ts';

/**
 * The one place that reads the clock. Business code gets the time as an argument; rpc, jobs and
 * inbox take it from here. A demo platform may be moved to another time so that a history can be
 * played through the real services; production refuses that.
 */
let offset = Temporal.Duration.from({ milliseconds: 0 });

/** The platform's present instant. */
export function now(): Temporal.Instant {
  return Temporal.Now.instant().add(offset);
}

/**
 * Moves this process to another time, from which the clock goes on; `undefined` is the real one.
 */
export function moveClock(to: Temporal.Instant | undefined, isProduction: boolean): void {
  if (isProduction) throw fault('refused', 'clock_moves_only_in_demo');
  offset =
    to === undefined
      ? Temporal.Duration.from({ milliseconds: 0 })
      : Temporal.Now.instant().until(to);
}
