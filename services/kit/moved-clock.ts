import type { Bus } from './bus.ts';
import { moveClock } from './clock.ts';
import type { Log } from './log.ts';

/**
 * A demo plays its history on a moved clock, told to all processes alike on `recourse.clock` as
 * `{ at: instant | null }`; who asks is answered once it has been moved. Never called in
 * production. Returns when the connection closes.
 */
export async function followClock(bus: Bus, log: Log): Promise<void> {
  for await (const message of bus.nc.subscribe('recourse.clock')) {
    try {
      const { at } = message.json<{ at: string | null }>();
      moveClock(at === null ? undefined : Temporal.Instant.from(at), false);
      message.respond();
    } catch (thrown) {
      log.warn({ err: thrown }, 'clock was not moved');
    }
  }
}
