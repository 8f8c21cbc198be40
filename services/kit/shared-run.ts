/**
 * A reading that several people ask for at once, made once for all of them. Nobody gets one that
 * began before they asked: who comes while one runs shares the next with all who come until then.
 * So an answer is never older than its question, and of one key no more than one runs at a time
 * however many ask. It fails for all who share it.
 */
export function sharedRuns<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<T>>();

  function begin(key: string, work: () => Promise<T>): Promise<T> {
    const run = work().finally(() => {
      if (running.get(key) === run) running.delete(key);
    });
    running.set(key, run);
    return run;
  }

  return (key, work) => {
    const current = running.get(key);
    if (current === undefined) return begin(key, work);
    const shared = waiting.get(key);
    if (shared !== undefined) return shared;
    const after = (): Promise<T> => {
      waiting.delete(key);
      return begin(key, work);
    };
    const next = current.then(after, after);
    waiting.set(key, next);
    return next;
  };
}
