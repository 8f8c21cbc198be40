import { linkedSignal, untracked } from '@angular/core';
import type { Signal, WritableSignal } from '@angular/core';

/**
 * What a form was opened with, and then what is written in it. `read` is asked once for each thing
 * that `of` names: a live re-read of the same thing takes nothing that was typed or chosen away.
 * Kept as a whole (`asOpened(id, this.of)`) it also holds the version that the person saw, so that
 * a change by somebody else in between is refused and not undone.
 */
export function asOpened<T>(of: () => unknown, read: () => T): WritableSignal<T> {
  return linkedSignal<unknown, T>({
    source: of,
    // It is computed whenever something changes that the source has read, also to the same source;
    // and what a computation reads is followed as its source is.
    computation: (now, before) =>
      before !== undefined && before.source === now ? before.value : untracked(read),
  });
}

/** A form that stays on the screen: what it was filled from, and what is written in it now. */
export type Filled<T, Form> = { of: unknown; from: T; read: Form; form: Form };

/**
 * Fills a form that stays on the screen. It follows the server until something is written in it;
 * from then on it keeps what it was filled from (`from`, with its version) and what is written,
 * until `of` names another thing or `read` is made the same as `form` once it was sent.
 */
export function filled<T, Form>(
  of: () => unknown,
  source: Signal<T>,
  formOf: (from: T) => Form,
): WritableSignal<Filled<T, Form>> {
  return linkedSignal<{ of: unknown; from: T }, Filled<T, Form>>({
    source: () => ({ of: of(), from: source() }),
    computation: (now, before) => {
      const held = before?.value;
      if (held !== undefined && held.of === now.of && held.form !== held.read) return held;
      const read = formOf(now.from);
      return { ...now, read, form: read };
    },
  });
}
