import { computed, inject } from '@angular/core';
import type { Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';

/** Which dialog of a page is open, kept in the URL as `?dialog=place&on=<id>`. */
export type DialogUrl<Name extends string> = {
  open: Signal<Name | undefined>;
  /** What the dialog is about; empty when it is about the page's object. */
  on: Signal<string>;
  show(name: Name, on?: string): void;
  close(): void;
};

/** Ties a page's dialogs to the URL; call it where the page's fields are made. */
export function dialogUrl<const Name extends string>(names: readonly Name[]): DialogUrl<Name> {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  const params = toSignal(route.queryParamMap, { initialValue: route.snapshot.queryParamMap });
  const go = (dialog: string | null, on: string | null): void =>
    void router.navigate([], {
      relativeTo: route,
      queryParams: { dialog, on },
      queryParamsHandling: 'merge',
    });
  return {
    open: computed(() => names.find((name) => name === params().get('dialog'))),
    on: computed(() => params().get('on') ?? ''),
    show: (name, on) => go(name, on ?? null),
    close: () => go(null, null),
  };
}
