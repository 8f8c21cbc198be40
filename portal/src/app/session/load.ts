import {
  computed,
  DestroyRef,
  effect,
  inject,
  linkedSignal,
  resource,
  untracked,
} from '@angular/core';
import type { Signal } from '@angular/core';
import { Api } from './api';
import type { Read } from './api';
import { Live } from './live';
import { problemFrom } from './problem';
import type { Problem } from './problem';

/** What a page knows of something it reads from the server. */
export type Loaded<T> = {
  /**
   * The last answer. It stays while the same path is read anew (other filter, live change), so that
   * nothing flickers; it is undefined before the first answer and after the path changed.
   */
  value: Signal<T | undefined>;
  /** A read is under way. */
  loading: Signal<boolean>;
  /** Why the last read failed; undefined when it did not. */
  problem: Signal<Problem | undefined>;
  reload(): void;
  /** The question of the last read. */
  asked: Signal<Read<T> | undefined>;
};

/** A noun, or one thing of a noun, whose changes make a page read again. */
export type Watched = string | { noun: string; id: () => string };

type Got<T> = { path: string; value: T };
type Now<T> = { path: string | undefined; got: Got<T> | undefined };

/** Changes that come together cause one read. */
const settleMs = 300;

/**
 * Reads from the server and reads again when the description changes (its signals are followed),
 * when something of the `live` nouns changes, or on `reload()`. Call it where a page's fields are
 * made:
 *
 *     readonly cases = load(() => read('/v1/cases', ListCasesResponse.fromJSON, this.list.query()),
 *       { live: ['case', 'payment'] });
 *
 * A description of `undefined` reads nothing.
 */
export function load<T>(
  describe: () => Read<T> | undefined,
  options: { live?: readonly Watched[] } = {},
): Loaded<T> {
  const api = inject(Api);
  const source = resource<Got<T> | undefined, Read<T> | undefined>({
    params: describe,
    loader: ({ params, abortSignal }) =>
      api.get(params.path, params.decode, params.query, abortSignal).then(
        (value) => ({ path: params.path, value }),
        (thrown: unknown) => {
          throw problemFrom(thrown);
        },
      ),
  });
  const asked = computed(describe);
  const path = computed(() => asked()?.path);
  const last = linkedSignal<Now<T>, Got<T> | undefined>({
    source: () => ({ path: path(), got: source.hasValue() ? source.value() : undefined }),
    computation: (now, before) => {
      const got = now.got ?? before?.value;
      return got?.path === now.path ? got : undefined;
    },
  });
  const problem = computed(() => {
    const error = source.error();
    return error === undefined ? undefined : problemFrom(error);
  });
  const loaded: Loaded<T> = {
    value: computed(() => last()?.value),
    loading: source.isLoading,
    problem,
    reload: () => void source.reload(),
    asked,
  };
  if (options.live !== undefined) reloadOnChange(options.live, loaded);
  return loaded;
}

function reloadOnChange(watched: readonly Watched[], loaded: Loaded<unknown>): void {
  const live = inject(Live);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = computed(() =>
    watched
      .map((one) =>
        typeof one === 'string' ? live.changes(one) : live.changes(one.noun, one.id()),
      )
      .reduce((sum, count) => sum + count(), 0),
  );
  // A first reading under way cannot be read again; it may have been answered before the change.
  const again = (): void => {
    if (untracked(loaded.loading)) timer = setTimeout(again, settleMs);
    else untracked(loaded.reload);
  };
  let seen: number | undefined;
  effect(() => {
    const now = changed();
    if (seen !== undefined && seen !== now) {
      clearTimeout(timer);
      timer = setTimeout(again, settleMs);
    }
    seen = now;
  });
  inject(DestroyRef).onDestroy(() => clearTimeout(timer));
}
