/**
 * Fits off the main thread: a fit takes seconds of pure arithmetic, during which the service must
 * go on answering. One message in, one message out.
 */
import { parentPort } from 'node:worker_threads';
import { faultFrom } from '@recourse/kit/fault.ts';
import { type FittingTask, work } from './fitting-task.ts';

parentPort?.once('message', (task: FittingTask) => {
  try {
    // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
    parentPort?.postMessage({ done: work(task) });
  } catch (error) {
    const { kind, reason, facts } = faultFrom(error);
    // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
    parentPort?.postMessage({ failed: { kind, reason, facts } });
  }
});
