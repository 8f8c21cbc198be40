import { Service, signal } from '@angular/core';
import type { Signal } from '@angular/core';

export type Note = { text: string; undo: (() => Promise<unknown>) | undefined };

/** How long a toast stays; it waits longer while it is pointed at or has the focus. */
export const toastMs = 8000;

/** The one toast. It is there to undo; anything a person has to read belongs on the page. */
@Service()
export class Toast {
  readonly #note = signal<Note | undefined>(undefined);
  readonly note: Signal<Note | undefined> = this.#note.asReadonly();

  /** Says that something was done and offers to undo it. */
  undo(text: string, undo: () => Promise<unknown>): void {
    this.#note.set({ text, undo });
  }

  /** Says something short that needs no answer, such as `copied`. */
  say(text: string): void {
    this.#note.set({ text, undo: undefined });
  }

  close(): void {
    this.#note.set(undefined);
  }
}
