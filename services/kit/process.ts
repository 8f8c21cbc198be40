import { setFlagsFromString } from 'node:v8';
import { emptyClosedStreams } from './closed-streams.ts';
import type { Log } from './log.ts';

/** What runs as a process and can be told to go. */
type Leaving = {
  /** Tells by readiness that it goes, and goes on answering until whoever is in front knows. */
  leave(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Lets the heap double before all of it is collected. Under a small limit V8 would do so whenever
 * it has grown by 30 % (`MemoryController::MaxGrowingFactor`): twice a second under load, and the
 * threads that mark beside the work take a sixth of the processor's time. The limit itself stays.
 */
function letHeapDouble(): void {
  setFlagsFromString('--heap-growing-percent=100');
}

/**
 * Readies the process for a service: how memory grows and is let go, and that a defect nobody
 * caught, which leaves an unknown state behind, is logged and ends it, so that a new one starts.
 */
export function readyProcess(log: Log): void {
  letHeapDouble();
  emptyClosedStreams();
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception');
    process.exit(1);
  });
}

/**
 * Ends the process when told to, after everything has stopped; at once when told a second time. Who
 * sits at the keyboard (SIGINT) sends nothing more; others (SIGTERM) have first to be told.
 */
export function stopOnSignals(running: Leaving, log: Log): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info({ signal }, 'stopping');
      const left = signal === 'SIGTERM' ? running.leave() : Promise.resolve();
      left.then(running.stop).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
