import { computed, DestroyRef, effect, inject, signal, untracked } from '@angular/core';
import type { Signal } from '@angular/core';
import type { ListPlacementsResponse, Placement } from '@recourse/proto/web/agencies/v1/placements';
import { everyPage } from '../session/every-page';
import { everyRow } from '../session/every-row';
import type { Gathered } from '../session/every-row';
import type { Loaded } from '../session/load';
import { problemFrom } from '../session/problem';
import type { Problem } from '../session/problem';
import type { Selection } from '../ui/selection';

/** As many placements as are gathered for one answer. */
const most = 5000;

export type GatheredPlacements = {
  most: number;
  /** All that match, once they are here. */
  rows: Signal<readonly Placement[]>;
  isCut: Signal<boolean>;
  progress: Signal<{ done: number; total: number } | undefined>;
  problem: Signal<Problem | undefined>;
};

/** Reads all placements of the filter as soon as all that match are selected. */
export function gatherPlacements(
  loaded: Pick<Loaded<ListPlacementsResponse>, 'asked'>,
  selection: Signal<Selection>,
): GatheredPlacements {
  const every = everyPage(loaded, (answer: ListPlacementsResponse) => answer.placements);
  const found = signal<Gathered<Placement>>({ rows: [], isCut: false });
  const progress = signal<{ done: number; total: number } | undefined>(undefined);
  const problem = signal<Problem | undefined>(undefined);
  let over = new AbortController();
  const gather = async (mine: AbortController): Promise<void> => {
    const tell = (done: number, total: number): void => progress.set({ done, total });
    tell(0, 0);
    try {
      const all = await everyRow(every, { most, signal: mine.signal, tell });
      if (!mine.signal.aborted) found.set(all);
    } catch (thrown) {
      if (!mine.signal.aborted) problem.set(problemFrom(thrown));
    }
    if (over === mine) progress.set(undefined);
  };
  effect(() => {
    const isAll = selection().kind === 'matching';
    loaded.asked();
    untracked(() => {
      over.abort();
      over = new AbortController();
      found.set({ rows: [], isCut: false });
      problem.set(undefined);
      progress.set(undefined);
      if (isAll) void gather(over);
    });
  });
  inject(DestroyRef).onDestroy(() => over.abort());
  return {
    most,
    rows: computed(() => found().rows),
    isCut: computed(() => found().isCut),
    progress: progress.asReadonly(),
    problem: problem.asReadonly(),
  };
}
