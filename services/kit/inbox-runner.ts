import type { Bus } from './bus.ts';
import type { Db } from './db.ts';
import { type Delivery, startIntake } from './delivery.ts';
import type { Consumer } from './inbox.ts';
import type { Log } from './log.ts';
import { retryDue } from './parked.ts';
import { startSettling } from './settle.ts';

export type Inbox = {
  /** Events applied or skipped as repeats since the start. */
  settled(): number;
  /** Events of the streams that wait to be delivered or acknowledged, per consumer key. */
  lag(): Promise<Map<string, number>>;
  stop(): Promise<void>;
};

const retryEveryMs = 2_000;

/** Runs a service's consumers until stopped. `width` transactions at a time per consumer. */
export function startInbox(o: {
  db: Db;
  bus: Bus;
  consumers: readonly Consumer[];
  log: Log;
  width?: number;
}): Inbox {
  const { db, bus, log, width = 4 } = o;
  const running = o.consumers.map((consumer) => {
    const settling = startSettling({ db, consumer, log, width });
    const take = (delivery: Delivery): void => settling.take(delivery);
    return { consumer, settling, intake: startIntake({ bus, consumer, log, take }) };
  });
  const retrying = setInterval(() => {
    if (o.consumers.length === 0) return;
    retryDue(db, o.consumers).catch((thrown: unknown) =>
      log.warn({ err: thrown }, 'parked events were not retried'),
    );
  }, retryEveryMs);
  return {
    settled: () => running.reduce((sum, { settling }) => sum + settling.settled(), 0),
    lag: async () => {
      const lags = running.map(async ({ consumer, intake }) => {
        return [consumer.key, await intake.lag()] as const;
      });
      return new Map(await Promise.all(lags));
    },
    stop: async () => {
      clearInterval(retrying);
      await Promise.all(running.map(({ intake }) => intake.stop()));
      await Promise.all(running.map(({ settling }) => settling.stop()));
    },
  };
}
