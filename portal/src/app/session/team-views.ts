import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import type { Signal } from '@angular/core';
import { CreateViewRequest, ListViewsResponse } from '@recourse/proto/web/cases/v1/views';
import type { View } from '@recourse/proto/web/cases/v1/views';
import { Api, path } from './api';
import { Live } from './live';
import { newId } from './new-id';
import { problemFrom } from './problem';
import type { Problem } from './problem';
import { Session } from './session';

/** What a view is made of; `columns` as a person chose them. */
export type ViewContent = {
  name: string;
  query: string;
  columns: {
    order: readonly string[];
    shown: readonly string[];
    widths?: Readonly<Record<string, number>>;
  } | null;
};

/** A view that the team shares. */
export type TeamView = ViewContent & { viewId: string; madeBy: string; mayDelete: boolean };

function contentOf({ viewId, name, query, columns, madeBy, mayDelete }: View): TeamView {
  const widths = Object.fromEntries((columns?.widths ?? []).map((w) => [w.column, w.pixels]));
  const { order = [], shown = [] } = columns ?? {};
  const chosen = columns === undefined ? null : { order, shown };
  const wide = chosen === null || Object.keys(widths).length === 0 ? {} : { widths };
  return {
    viewId,
    name,
    query,
    columns: chosen === null ? null : { ...chosen, ...wide },
    madeBy: madeBy?.name ?? '',
    mayDelete,
  };
}

function columnsOf({ columns }: ViewContent): CreateViewRequest['columns'] {
  if (columns === null) return undefined;
  const widths = Object.entries(columns.widths ?? {}).map(([column, pixels]) => ({
    column,
    pixels: Math.round(pixels),
  }));
  return { order: [...columns.order], shown: [...columns.shown], widths };
}

/** Views of tables that the organisation's people share; read when somebody looks for them. */
@Service()
export class TeamViews {
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  readonly #live = inject(Live);
  readonly #known = signal<Readonly<Record<string, readonly TeamView[]>>>({});
  readonly #problem = signal<Problem | undefined>(undefined);
  readonly #looked = new Set<string>();

  /** Why the last of it did not work. */
  readonly problem: Signal<Problem | undefined> = this.#problem.asReadonly();
  /** The platform's people have no team's tables. */
  readonly isShared = computed(
    () => this.#session.isIn() && this.#session.caller().orgKind !== 'platform',
  );

  constructor() {
    const changes = this.#live.changes('view');
    effect(() => {
      if (changes() === 0) return;
      untracked(() => {
        for (const table of this.#looked) void this.read(table);
      });
    });
  }

  of(table: string): readonly TeamView[] {
    return this.#known()[table] ?? [];
  }

  read(table: string): Promise<boolean> {
    this.#looked.add(table);
    return this.#told(async () => {
      const query = { place: table };
      const { views } = await this.#api.get('/v1/views', ListViewsResponse.fromJSON, query);
      this.#known.update((known) => ({ ...known, [table]: views.map(contentOf) }));
    });
  }

  /** True when it was shared. */
  share(table: string, view: ViewContent): Promise<boolean> {
    const viewId = newId();
    const { name, query } = view;
    const request = { viewId, place: table, name, query, columns: columnsOf(view) };
    return this.#told(async () => {
      await this.#api.put(path`/v1/views/${viewId}`, CreateViewRequest.toJSON(request), Object);
      await this.read(table);
    });
  }

  remove(table: string, viewId: string): Promise<boolean> {
    return this.#told(async () => {
      await this.#api.post(path`/v1/views/${viewId}:delete`, {}, Object);
      await this.read(table);
    });
  }

  async #told(work: () => Promise<void>): Promise<boolean> {
    this.#problem.set(undefined);
    try {
      await work();
      return true;
    } catch (thrown) {
      this.#problem.set(problemFrom(thrown));
      return false;
    }
  }
}
