import { signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { newId } from './new-id';
import { problemFrom } from './problem';
import type { Problem } from './problem';

/** A change that a button starts. */
export type Action<Args extends readonly unknown[], Result> = {
  /** Runs unless it is running; gives undefined when it was refused or failed (see `problem`). */
  run(...args: Args): Promise<Result | undefined>;
  busy: Signal<boolean>;
  problem: Signal<Problem | undefined>;
  /** Forgets the problem, when a dialog is opened again. */
  clear(): void;
};

/**
 * Wraps a change: one at a time, its problem kept for the screen. The request id handed to `work`
 * stays the same while the outcome is unknown (no answer, 5xx), so that pressing again repeats the
 * same request instead of making a second one.
 *
 *     readonly accept = action((requestId, ids: string[]) =>
 *       this.api.post(path`…:accept`, Request.toJSON({…}), Response.fromJSON, { requestId }));
 */
export function action<Args extends readonly unknown[], Result>(
  work: (requestId: string, ...args: Args) => Promise<Result>,
): Action<Args, Result> {
  const busy = signal(false);
  const problem = signal<Problem | undefined>(undefined);
  let requestId = newId();
  const run = async (...args: Args): Promise<Result | undefined> => {
    if (busy()) return undefined;
    busy.set(true);
    problem.set(undefined);
    try {
      const result = await work(requestId, ...args);
      requestId = newId();
      return result;
    } catch (thrown) {
      const found = problemFrom(thrown);
      problem.set(found);
      if (!found.mayRepeat) requestId = newId();
      return undefined;
    } finally {
      busy.set(false);
    }
  };
  return {
    run,
    busy: busy.asReadonly(),
    problem: problem.asReadonly(),
    clear: () => problem.set(undefined),
  };
}
