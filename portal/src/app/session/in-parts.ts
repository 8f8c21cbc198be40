import { signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { newId } from './new-id';
import { problemFrom } from './problem';

/** Sends a list in parts, as many at once as the contract takes. */
export type InParts<Item, Args extends readonly unknown[], Result> = {
  /** All results in order; throws the `Problem` of the part that failed. */
  run(items: readonly Item[], ...args: Args): Promise<readonly Result[]>;
  /** How many of the list under way have their answer. */
  done: Signal<number>;
  /** What has been answered of a list that was not sent to its end. */
  results: Signal<readonly Result[]>;
};

/**
 * Each part has a request id of its own, the same again while its outcome is unknown. Running the
 * same list (the same array) after a failure goes on with the part that failed.
 */
export function inParts<Item, Args extends readonly unknown[], Result>(
  size: number,
  send: (part: readonly Item[], requestId: string, ...args: Args) => Promise<readonly Result[]>,
): InParts<Item, Args, Result> {
  const done = signal(0);
  const results = signal<readonly Result[]>([]);
  let held: readonly Item[] | undefined;
  let requestId = newId();
  const next = async (items: readonly Item[], args: Args): Promise<void> => {
    const part = items.slice(done(), done() + size);
    try {
      const found = await send(part, requestId, ...args);
      requestId = newId();
      results.update((all) => [...all, ...found]);
      done.update((count) => count + part.length);
    } catch (thrown) {
      if (!problemFrom(thrown).mayRepeat) requestId = newId();
      throw thrown;
    }
  };
  const run = async (items: readonly Item[], ...args: Args): Promise<readonly Result[]> => {
    if (held !== items) {
      held = items;
      requestId = newId();
      done.set(0);
      results.set([]);
    }
    while (done() < items.length) await next(items, args);
    held = undefined;
    return results();
  };
  return { run, done: done.asReadonly(), results: results.asReadonly() };
}
