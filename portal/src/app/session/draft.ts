import { computed, effect, inject, linkedSignal, signal, untracked } from '@angular/core';
import type { Signal, WritableSignal } from '@angular/core';
import { Session } from './session';

/** A signal that is kept while it holds something, and how to drop what was kept. */
export type Draft<T> = WritableSignal<T> & {
  forget(): void;
  /** What is shown was written earlier and found again; false once it was forgotten. */
  isFound: Signal<boolean>;
};

/** bigint has no JSON; it is kept as `{"$big":"12"}`. */
function pack(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { $big: value.toString() } : value;
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$big' in value)) return value;
  return BigInt(String(value.$big));
}

/**
 * A signal that outlives a reload and a new sign-in of the same person, in this tab only. `key` may
 * follow signals, such as the thing that a form is about. `fits` says whether what is kept still
 * fits (a newer version may want another shape); what does not fit is dropped.
 */
export function draft<T>(
  key: string | (() => string),
  initial: T,
  fits: (kept: unknown) => kept is T,
): Draft<T> {
  const { userId } = inject(Session).caller();
  const name = computed(() => `recourse.draft.${userId}.${typeof key === 'string' ? key : key()}`);
  const found = computed((): T => {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(name()) ?? 'null', unpack);
      return fits(kept) ? kept : initial;
    } catch {
      return initial;
    }
  });
  // Two keys may hold the same, so it is the key that makes it start anew.
  const value = linkedSignal<string, T>({ source: name, computation: () => untracked(found) });
  const forgotten = signal('');
  effect(() => {
    const now = value();
    if (now === initial) sessionStorage.removeItem(name());
    else sessionStorage.setItem(name(), JSON.stringify(now, pack));
  });
  const forget = (): void => {
    value.set(initial);
    forgotten.set(name());
    // At once: a dialog that closes on saving is gone before its effects would run.
    sessionStorage.removeItem(name());
  };
  const isFound = computed(() => found() !== initial && forgotten() !== name());
  return Object.assign(value, { forget, isFound });
}

/** Recognises a kept text of any content. */
export function isText(kept: unknown): kept is string {
  return typeof kept === 'string';
}

/** Recognises one of the given names in what was kept. */
export function isOneOf<Name extends string>(
  names: readonly Name[],
): (kept: unknown) => kept is Name {
  return (kept): kept is Name => names.some((name) => name === kept);
}
