import { DestroyRef, inject, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { Export, ExportState } from '@recourse/proto/web/type/v1/export';
import type { ExportFormat } from '@recourse/proto/web/type/v1/export';
import { Api, path } from './api';
import { language } from './language';
import { Live } from './live';
import type { Loaded } from './load';
import { newId } from './new-id';
import { Problem, problemFrom } from './problem';

/** How far an export is; `total` is 0 while it waits, `perSecond` there where it is known. */
export type ExportProgress = { stage: string; done: number; total: number; perSecond?: number };

/** A list that the server writes to a file; it goes on when the page is left or reloaded. */
export type ListExport = {
  /** Undefined while nothing is under way. */
  progress: Signal<ExportProgress | undefined>;
  problem: Signal<Problem | undefined>;
  /** Rows of the last file that was handed to the browser. */
  saved: Signal<bigint | undefined>;
  /** Begins with the filter and the sort as they are now; once at a time. */
  start(columns: readonly string[], format: ExportFormat): Promise<void>;
  /** After a failure: goes on with what is under way, or begins anew. */
  again(): Promise<void>;
  cancel(): Promise<void>;
  /** Goes on with what was under way when this page was left. */
  resume(): Promise<void>;
};

export type ListExportOptions = {
  /** Where the service of the list has its exports. */
  at?: string;
  /** Columns that the screen shows with another one and the file does not. */
  also?: () => readonly string[];
};

const lookMs = 700;

const exportOf = (json: unknown): Export => Export.fromJSON(Reflect.get(Object(json), 'export'));

/** What the list was asked, without its page. */
function questionOf(loaded: Pick<Loaded<unknown>, 'asked'>): object {
  const { page: _, ...question } = Object(loaded.asked()?.query ?? {});
  return question;
}

/** Waits a moment; less when something is heard of the job, or when nobody waits any more. */
function pause(live: Live, id: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const heard = live.notes.subscribe((note) => {
      if (note.id === id && note.noun === 'job' && note.change !== 'progress') over();
    });
    const timer = setTimeout(over, lookMs);
    signal.addEventListener('abort', over, { once: true });
    function over(): void {
      clearTimeout(timer);
      heard.unsubscribe();
      signal.removeEventListener('abort', over);
      resolve();
    }
  });
}

/** What the file becomes: its rows, or why it did not come. */
function outcomeOf(found: Export): Problem | undefined {
  if (found.state === ExportState.DONE || found.state === ExportState.CANCELLED) return undefined;
  return new Problem({ status: 500, reason: found.failureReason || 'export_failed' });
}

/**
 * Ties a loaded list to its export on the server; `list` is its name in the contract's request.
 * Call it where a page's fields are made.
 */
export function listExport(
  loaded: Pick<Loaded<unknown>, 'asked'>,
  list: string,
  options: ListExportOptions = {},
): ListExport {
  const api = inject(Api);
  const live = inject(Live);
  const at = options.at ?? '/v1/exports';
  const key = `recourse.export.${at}.${list}`;
  const place = (id: string): string => at + path`/${id}`;
  const progress = signal<ExportProgress | undefined>(undefined);
  const problem = signal<Problem | undefined>(undefined);
  const saved = signal<bigint | undefined>(undefined);
  let wanted: { id: string; body: object } | undefined;
  let watching = new AbortController();
  inject(DestroyRef).onDestroy(() => watching.abort());

  const forget = (): void => {
    sessionStorage.removeItem(key);
    wanted = undefined;
    progress.set(undefined);
  };
  const follow = async (first: Export, { signal: over }: AbortController): Promise<void> => {
    let found = first;
    while (found.progress !== undefined) {
      const { stage, done, total } = found.progress;
      progress.set({ stage: stage || 'waiting', done: Number(done), total: Number(total) });
      await pause(live, found.exportId, over);
      if (over.aborted) return;
      found = await api.get(place(found.exportId), exportOf);
    }
    const failure = outcomeOf(found);
    // It has failed under this id; whoever tries again begins anew.
    const next = wanted === undefined ? undefined : { ...wanted, id: newId() };
    if (found.state === ExportState.DONE && found.file !== undefined) {
      await api.download(path`/v1/files/${found.file.fileId}`, found.file.fileName);
      saved.set(found.rows);
    }
    forget();
    problem.set(failure);
    if (failure !== undefined) wanted = next;
  };
  const attempt = async (ask: () => Promise<Export>): Promise<void> => {
    const mine = new AbortController();
    watching = mine;
    problem.set(undefined);
    saved.set(undefined);
    try {
      await follow(await ask(), mine);
    } catch (thrown) {
      if (!mine.signal.aborted) problem.set(problemFrom(thrown));
    }
  };
  const put = ({ id, body }: { id: string; body: object }): Promise<Export> => {
    sessionStorage.setItem(key, id);
    progress.set({ stage: 'waiting', done: 0, total: 0 });
    return api.put(place(id), body, exportOf, { requestId: id });
  };

  return {
    progress: progress.asReadonly(),
    problem: problem.asReadonly(),
    saved: saved.asReadonly(),
    start: (columns, format) => {
      if (progress() !== undefined) return Promise.resolve();
      const [first, ...rest] = columns;
      const named = first === undefined ? [] : [first, ...(options.also?.() ?? []), ...rest];
      const look = { format, columns: named, language: language() };
      const asked = { id: newId(), body: { look, [list]: questionOf(loaded) } };
      wanted = asked;
      return attempt(() => put(asked));
    },
    again: () => {
      const [id, known] = [sessionStorage.getItem(key), wanted];
      if (known !== undefined) return attempt(() => put(known));
      problem.set(undefined);
      return id === null ? Promise.resolve() : attempt(() => api.get(place(id), exportOf));
    },
    cancel: async () => {
      const id = sessionStorage.getItem(key);
      watching.abort();
      forget();
      problem.set(undefined);
      if (id === null) return;
      // What was not heard of yet, or has ended, needs no more.
      await api.post(`${place(id)}:cancel`, {}, exportOf).catch(() => undefined);
    },
    resume: async () => {
      const id = sessionStorage.getItem(key);
      if (id === null || progress() !== undefined) return;
      await attempt(() => api.get(place(id), exportOf));
      // One that is over since then is nothing to be told of.
      if (problem()?.reason === 'export_unknown') {
        problem.set(undefined);
        forget();
      }
    },
  };
}
