import { Fault } from '@recourse/kit/fault.ts';

/** Kinds that are an answer about one item; anything else is trouble of the whole command. */
const answers: ReadonlySet<string> = new Set([
  'invalid',
  'denied',
  'missing',
  'exists',
  'stale',
  'refused',
  'exhausted',
]);

/** Decides one of many: the decision, or the fault that is this item's result. */
export function attempt<T>(decide: () => T): T | Fault {
  try {
    return decide();
  } catch (thrown) {
    if (thrown instanceof Fault && answers.has(thrown.kind)) return thrown;
    throw thrown;
  }
}
