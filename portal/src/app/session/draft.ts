import { effect, signal } from '@angular/core';
import type { WritableSignal } from '@angular/core';

/** bigint has no JSON; it is kept as `{"$big":"12"}`. */
function pack(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { $big: value.toString() } : value;
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$big' in value)) return value;
  return BigInt(String(value.$big));
}

/**
 * A signal that outlives a reload and a new sign-in, in this tab only. `fits` says whether what is
 * kept still fits (a newer version may want another shape); what does not fit is dropped.
 */
export function draft<T>(
  key: string,
  initial: T,
  fits: (kept: unknown) => kept is T,
): WritableSignal<T> & { forget(): void } {
  const name = `recourse.draft.${key}`;
  const read = (): T => {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? 'null', unpack);
      return fits(kept) ? kept : initial;
    } catch {
      return initial;
    }
  };
  const value = signal(read());
  effect(() => {
    const now = value();
    if (now === initial) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(now, pack));
  });
  return Object.assign(value, { forget: () => value.set(initial) });
}
