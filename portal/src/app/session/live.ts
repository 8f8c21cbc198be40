import { computed, inject, Service, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import { parseEvents } from './event-stream';
import { Session } from './session';

/** How far a long-running job is; counts are whole. */
export type LiveProgress = { stage: string; done: number; total: number; perSecond: number };

/** A note that something changed. It says what to read again, never the content. */
export type LiveNote = { noun: string; id: string; change: string; progress?: LiveProgress };

const firstWaitMs = 1000;
const longestWaitMs = 30_000;

function text(json: object, name: string): string {
  const value: unknown = Reflect.get(json, name);
  return typeof value === 'string' ? value : '';
}

function progressOf(json: unknown): LiveProgress | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const whole = (name: string): number => Number(Reflect.get(json, name) ?? 0);
  return {
    stage: text(json, 'stage'),
    done: whole('done'),
    total: whole('total'),
    perSecond: whole('perSecond'),
  };
}

/** Reads a note; undefined for anything that is not one (a heartbeat, a newer kind). */
export function noteOf(data: string): LiveNote | undefined {
  try {
    const json: unknown = JSON.parse(data);
    if (typeof json !== 'object' || json === null) return undefined;
    const noun = text(json, 'noun');
    if (noun === '') return undefined;
    const note = { noun, id: text(json, 'id'), change: text(json, 'change') };
    const progress = progressOf(Reflect.get(json, 'progress'));
    return progress === undefined ? note : { ...note, progress };
  } catch {
    return undefined;
  }
}

/**
 * What happens now, from `/api/live`. Read with fetch because EventSource cannot carry a token.
 * After a gap every noun counts as changed, since notes sent meanwhile are lost.
 */
@Service()
export class Live {
  readonly #session = inject(Session);
  readonly #notes = new Subject<LiveNote>();
  readonly #counts = signal<Readonly<Record<string, number>>>({});
  readonly #gaps = signal(0);
  readonly #progress = signal<Readonly<Record<string, LiveProgress>>>({});
  readonly #connected = signal(false);
  #started = false;

  /** Every note, as it comes. */
  readonly notes: Observable<LiveNote> = this.#notes.asObservable();
  readonly connected: Signal<boolean> = this.#connected.asReadonly();

  /** A number that grows when something of the noun changed; with an id, only that thing. */
  changes(noun: string, id?: string): Signal<number> {
    const key = id === undefined ? noun : `${noun} ${id}`;
    return computed(() => (this.#counts()[key] ?? 0) + this.#gaps());
  }

  /** The last progress heard of a job. */
  progress(jobId: string): Signal<LiveProgress | undefined> {
    return computed(() => this.#progress()[jobId]);
  }

  /** Listens for as long as the page is open; asking twice does nothing. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#listen();
  }

  /** Takes one note in; public so that a page's own change shows without waiting for the server. */
  note(note: LiveNote): void {
    this.#counts.update((counts) => {
      const withId = `${note.noun} ${note.id}`;
      return {
        ...counts,
        [note.noun]: (counts[note.noun] ?? 0) + 1,
        [withId]: (counts[withId] ?? 0) + 1,
      };
    });
    const { progress } = note;
    if (progress !== undefined) {
      this.#progress.update((known) => ({ ...known, [note.id]: progress }));
    }
    this.#notes.next(note);
  }

  async #listen(): Promise<void> {
    let wait = firstWaitMs;
    let lost = false;
    while (this.#session.status() !== 'expired') {
      try {
        await this.#readStream(() => {
          wait = firstWaitMs;
          if (lost) this.#gaps.update((gaps) => gaps + 1);
        });
      } catch {
        wait = Math.min(wait * 2, longestWaitMs);
      }
      lost = true;
      this.#connected.set(false);
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
    }
  }

  async #readStream(opened: () => void): Promise<void> {
    const response = await fetch('/api/live', {
      headers: {
        Authorization: `Bearer ${await this.#session.token()}`,
        Accept: 'text/event-stream',
      },
      cache: 'no-store',
    });
    if (!response.ok || response.body === null) throw new Error(`live: ${response.status}`);
    this.#connected.set(true);
    opened();
    for await (const data of parseEvents(response.body)) {
      const note = noteOf(data);
      if (note !== undefined) this.note(note);
    }
  }
}
