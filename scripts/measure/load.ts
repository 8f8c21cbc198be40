import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `once` by `width` callers at a time, each starting anew when answered; calls per second. */
export async function closedLoop(
  width: number,
  seconds: number,
  once: () => Promise<unknown>,
): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let calls = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      await once();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: width }, caller));
  return (calls * 1000) / (performance.now() - begin);
}

export type Compared = { ours: number; bare: number; ratio: number };

/**
 * Calls per second of both, measured in turns after a warm-up of each, so that what else the
 * machine does falls on both alike. The ratio is the median of the rounds' own ratios.
 */
export async function compare(
  o: { width: number; seconds: number; rounds: number },
  ours: () => Promise<unknown>,
  bare: () => Promise<unknown>,
): Promise<Compared> {
  await closedLoop(o.width, o.seconds, ours);
  await closedLoop(o.width, o.seconds, bare);
  const rounds: Compared[] = [];
  for (let round = 0; round < o.rounds; round += 1) {
    const mine = await closedLoop(o.width, o.seconds, ours);
    const theirs = await closedLoop(o.width, o.seconds, bare);
    rounds.push({ ours: mine, bare: theirs, ratio: mine / theirs });
  }
  rounds.sort((a, b) => a.ratio - b.ratio);
  return rounds[Math.floor(rounds.length / 2)] ?? { ours: 0, bare: 0, ratio: 0 };
}

/**
 * Starts `once` at a steady rate whether or not earlier ones were answered, as people do who know
 * nothing of each other. Resolves when all are answered, or with `isHeld` false as soon as so many
 * wait for their answers that the rate is plainly not held.
 */
export async function openLoop(
  perSecond: number,
  seconds: number,
  once: () => Promise<unknown>,
): Promise<{ started: number; isHeld: boolean }> {
  const begin = performance.now();
  const wanted = perSecond * seconds;
  const flights = new Set<Promise<unknown>>();
  let started = 0;
  while (started < wanted && flights.size < perSecond) {
    const due = Math.min(wanted, Math.floor(((performance.now() - begin) / 1000) * perSecond) + 1);
    for (; started < due; started += 1) {
      const flight = once();
      flights.add(flight);
      void flight.finally(() => flights.delete(flight));
    }
    await sleep(1);
  }
  await Promise.all(flights);
  return { started, isHeld: started === wanted };
}

/** The value that a share of the sorted values does not exceed. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
