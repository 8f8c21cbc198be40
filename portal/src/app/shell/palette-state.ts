import { DestroyRef, inject, Service, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import type { Read } from '../session/api';
import type { IconName } from '../ui/icon-names';

/** One line of the palette. `go` is an address of the portal or something to do. */
export type Hit = {
  id: string;
  title: string;
  hint?: string;
  icon: IconName;
  /** More words that find it, such as pinyin initials. */
  also?: string;
  go: string | (() => void);
};

/** A noun's search: what to ask for a text of at least two characters (one Chinese one). */
export type SearchSource = {
  name: () => string;
  ask: (text: string) => Read<readonly Hit[]>;
};

/** Hits of one noun; who wants more opens its list. */
export const hitsAtMost = 6;

/** What the palette offers besides places: actions of the page that is open. */
@Service()
export class PaletteState {
  readonly #actions = signal<readonly (() => readonly Hit[])[]>([]);
  readonly actions: Signal<readonly (() => readonly Hit[])[]> = this.#actions.asReadonly();

  add(actions: () => readonly Hit[]): () => void {
    this.#actions.update((known) => [...known, actions]);
    return () => this.#actions.update((known) => known.filter((one) => one !== actions));
  }
}

/** Offers a page's actions in the palette while the page is open; call it where fields are made. */
export function pageActions(actions: () => readonly Hit[]): void {
  const remove = inject(PaletteState).add(actions);
  inject(DestroyRef).onDestroy(remove);
}
