import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, resource, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { Place } from '../routes';
import { Api } from '../session/api';
import { Icon } from '../ui/icon';
import { matchHits } from './match-hits';
import { PaletteState } from './palette-state';
import type { Hit, SearchSource } from './palette-state';
import { t } from './words';

type Group = { name: string; hits: readonly Hit[] };

/** Lets quick typing settle before the server is asked. */
const settleMs = 150;

async function searchAll(
  api: Api,
  sources: readonly (() => Promise<SearchSource>)[],
  text: string,
  signal: AbortSignal,
): Promise<Group[]> {
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  if (signal.aborted) return [];
  const asked = sources.map(async (source) => {
    const { name, ask } = await source();
    const { path, decode, query } = ask(text);
    return { name: name(), hits: await api.get(path, decode, query, signal) };
  });
  const answers = await Promise.allSettled(asked);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
}

/** Ctrl or ⌘ K: pages, actions of this page, and whatever the nouns let search. */
@Component({
  imports: [Icon],
  templateUrl: './palette.html',
  styleUrl: './palette.scss',
})
export class Palette {
  readonly #places = inject<readonly Place[]>(DIALOG_DATA);
  readonly #opened = inject<DialogRef<void>>(DialogRef);
  readonly #router = inject(Router);
  readonly #state = inject(PaletteState);
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly text = signal('');
  protected readonly at = signal(0);

  readonly #found = resource({
    params: () =>
      /\p{Script=Han}|.{2}/u.test(this.text().trim()) ? this.text().trim() : undefined,
    loader: ({ params, abortSignal }) =>
      searchAll(
        this.#api,
        this.#places.flatMap((place) => (place.search === undefined ? [] : [place.search])),
        params,
        abortSignal,
      ),
  });

  protected readonly groups = computed<readonly Group[]>(() => {
    const pages = this.#places.map((place): Hit => ({
      id: `page-${place.path}`,
      title: place.name(),
      icon: place.icon,
      also: `${place.initials} ${place.path}`,
      go: `/${place.path}`,
    }));
    const actions = this.#state.actions().flatMap((actionsOf) => actionsOf());
    return [
      { name: t('actions'), hits: matchHits(actions, this.text()) },
      { name: t('pages'), hits: matchHits(pages, this.text()) },
      ...(this.#found.hasValue() ? this.#found.value() : []),
    ].filter((group) => group.hits.length > 0);
  });
  protected readonly isSearching = this.#found.isLoading;
  readonly #hits = computed(() => this.groups().flatMap((group) => group.hits));
  protected readonly active = computed(() => this.#hits()[this.at()]);

  protected onText(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.text.set(event.target.value);
    this.at.set(0);
  }

  protected onKey(event: KeyboardEvent): void {
    const last = this.#hits().length - 1;
    if (event.key === 'ArrowDown') this.at.update((at) => (at >= last ? 0 : at + 1));
    else if (event.key === 'ArrowUp') this.at.update((at) => (at <= 0 ? last : at - 1));
    else if (event.key === 'Enter' && !event.isComposing) this.run(this.active());
    else return;
    event.preventDefault();
    document.getElementById(`hit-${this.active()?.id}`)?.scrollIntoView({ block: 'nearest' });
  }

  protected run(hit: Hit | undefined): void {
    if (hit === undefined) return;
    this.#opened.close();
    if (typeof hit.go === 'string') void this.#router.navigateByUrl(hit.go);
    else hit.go();
  }
}
