import { computed, inject } from '@angular/core';
import type { Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';

/** Which tab of a page is open, kept in the URL as `?tab=money`; the first has no word there. */
export type TabUrl<Name extends string> = {
  open: Signal<Name>;
  index: Signal<number>;
  show(index: number): void;
};

/** Ties a page's tabs to the URL; call it where the page's fields are made. */
export function tabUrl<const Name extends string>(names: readonly [Name, ...Name[]]): TabUrl<Name> {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  const params = toSignal(route.queryParamMap, { initialValue: route.snapshot.queryParamMap });
  const index = computed(() => {
    const named = params().get('tab');
    return Math.max(
      0,
      names.findIndex((name) => name === named),
    );
  });
  return {
    index,
    open: computed(() => names[index()] ?? names[0]),
    show: (to) => {
      if (to === index()) return;
      void router.navigate([], {
        relativeTo: route,
        queryParams: { tab: to === 0 ? null : (names[to] ?? null) },
        queryParamsHandling: 'merge',
        replaceUrl: true,
      });
    },
  };
}
