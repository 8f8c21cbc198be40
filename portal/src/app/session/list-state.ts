import { Location } from '@angular/common';
import { computed, inject } from '@angular/core';
import type { Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import type { Filter } from './list-filter';

type Filters = Readonly<Record<string, Filter<unknown>>>;
type ValueOf<F> = F extends Filter<infer T> ? T : never;
export type FilterValues<F extends Filters> = { readonly [Name in keyof F]: ValueOf<F[Name]> };

/** What a list shows, kept in the URL: filters, sort and page. */
export type ListState<F extends Filters = Filters> = {
  /** Every filter's value now; spread it into the request. */
  values: Signal<FilterValues<F>>;
  /** Changes some filters and goes to the first page. Typing does not fill the history. */
  set(patch: Partial<FilterValues<F>>): void;
  /** Takes all filters away. */
  clear(): void;
  /** How many filters are set. */
  active: Signal<number>;
  /** `open` ascending, `-open` descending, as the contract's `sort` field. */
  sort: Signal<string>;
  /** Sorts by a field; by the same again turns the direction. */
  sortBy(field: string): void;
  /** `page` of the request. */
  page: Signal<{ size: number; cursor: string }>;
  /** From 1. */
  pageNumber: Signal<number>;
  next(cursor: string): void;
  previous(): void;
};

export type ListOptions<F extends Filters> = {
  filters: F;
  /** The sort when the URL names none. */
  sort: string;
  /** Rows of a page, 50 when absent. */
  size?: number;
  /** Stands before every name in the URL, when a page has two lists. */
  prefix?: string;
};

/** Cursors of the pages before this one; kept with the history entry, so that Back works. */
function trailIn(state: unknown, name: string): readonly string[] {
  if (typeof state !== 'object' || state === null) return [];
  const trail: unknown = Reflect.get(state, name);
  return Array.isArray(trail) ? trail.map(String) : [];
}

function turned(sort: string, field: string): string {
  return sort === field ? `-${field}` : sort === `-${field}` ? field : `-${field}`;
}

function readValues<F extends Filters>(
  filters: F,
  textsOf: (name: string) => readonly string[],
): FilterValues<F> {
  const entries = Object.entries(filters).map(([name, filter]) => [
    name,
    filter.read(textsOf(name)),
  ]);
  return Object.fromEntries(entries);
}

/** Ties a list to the URL; call it where a page's fields are made. */
export function listState<const F extends Filters>(options: ListOptions<F>): ListState<F> {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  const location = inject(Location);
  const prefix = options.prefix ?? '';
  const params = toSignal(route.queryParamMap, { initialValue: route.snapshot.queryParamMap });
  const trail = computed(() => {
    params();
    return trailIn(location.getState(), `${prefix}trail`);
  });
  const values = computed(() =>
    readValues(options.filters, (name) => params().getAll(prefix + name)),
  );
  const go = (
    changed: Readonly<Record<string, string | readonly string[] | null>>,
    at: { replaceUrl: boolean; trail: readonly string[] },
  ): void => {
    const queryParams = Object.fromEntries(
      Object.entries(changed).map(([name, value]) => [prefix + name, value]),
    );
    void router.navigate([], {
      relativeTo: route,
      queryParams,
      queryParamsHandling: 'merge',
      replaceUrl: at.replaceUrl,
      state: { [`${prefix}trail`]: at.trail },
    });
  };
  const set = (patch: Partial<FilterValues<F>>): void => {
    const texts = Object.entries(patch).map(([name, value]) => {
      const written = options.filters[name]?.write(value) ?? [];
      return [name, written.length === 0 ? null : written];
    });
    go({ ...Object.fromEntries(texts), cursor: null }, { replaceUrl: true, trail: [] });
  };
  const sort = computed(() => params().get(`${prefix}sort`) ?? options.sort);
  const cursor = computed(() => params().get(`${prefix}cursor`) ?? '');
  return {
    values,
    set,
    clear: () =>
      go(
        { ...Object.fromEntries(Object.keys(options.filters).map((n) => [n, null])), cursor: null },
        { replaceUrl: false, trail: [] },
      ),
    active: computed(
      () =>
        Object.entries(values()).filter(
          ([name, value]) => (options.filters[name]?.write(value) ?? []).length > 0,
        ).length,
    ),
    sort,
    sortBy: (field) =>
      go({ sort: turned(sort(), field), cursor: null }, { replaceUrl: true, trail: [] }),
    page: computed(() => ({ size: options.size ?? 50, cursor: cursor() })),
    pageNumber: computed(() => (cursor() === '' ? 1 : trail().length + 1)),
    next: (to) => go({ cursor: to }, { replaceUrl: false, trail: [...trail(), cursor()] }),
    previous: () =>
      go({ cursor: trail().at(-1) || null }, { replaceUrl: false, trail: trail().slice(0, -1) }),
  };
}
