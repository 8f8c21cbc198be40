import { signal } from '@angular/core';
import type { Signal } from '@angular/core';
import type {
  LineMark,
  MarkStatementLineResponse,
} from '@recourse/proto/web/agencies/v1/commission';
import { newId } from '../session/new-id';
import { problemFrom } from '../session/problem';
import type { Problem } from '../session/problem';

/** How a person marked a line; a reason only where it is held. */
export type Mark = { lineId: string; mark: LineMark; holdReason: string };

export type MarkQueue = {
  /** Takes marks at once, however quickly they come; they are sent one after another. */
  add(marks: readonly Mark[]): Promise<void>;
  /** By line, what is not answered yet. */
  waiting: Signal<ReadonlyMap<string, Mark>>;
  /** By line, the last answer, which is newer than what the page had read. */
  answered: Signal<ReadonlyMap<string, MarkStatementLineResponse>>;
  /** Why the last mark failed; those behind it were not sent and stand as they stood. */
  problem: Signal<Problem | undefined>;
};

/** Marks of a statement's lines: none is lost because another is on its way. */
export function markQueue(
  send: (requestId: string, mark: Mark) => Promise<MarkStatementLineResponse>,
): MarkQueue {
  const waiting = signal<ReadonlyMap<string, Mark>>(new Map());
  const answered = signal<ReadonlyMap<string, MarkStatementLineResponse>>(new Map());
  const problem = signal<Problem | undefined>(undefined);
  let isSending = false;
  const next = async (one: Mark): Promise<void> => {
    try {
      const answer = await send(newId(), one);
      answered.update((all) => new Map(all).set(one.lineId, answer));
      waiting.update((all) => new Map([...all].filter(([, mark]) => mark !== one)));
    } catch (thrown) {
      problem.set(problemFrom(thrown));
      waiting.set(new Map());
    }
  };
  const add = async (marks: readonly Mark[]): Promise<void> => {
    problem.set(undefined);
    waiting.update((all) => new Map([...all, ...marks.map((one) => [one.lineId, one] as const)]));
    if (isSending) return;
    isSending = true;
    for (let [one] = waiting().values(); one !== undefined; [one] = waiting().values()) {
      await next(one);
    }
    isSending = false;
  };
  return {
    add,
    waiting: waiting.asReadonly(),
    answered: answered.asReadonly(),
    problem: problem.asReadonly(),
  };
}
