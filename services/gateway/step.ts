import type { RequestHandler } from 'express';

/** One of Express's middlewares, taken as a step of ours. */
export type Step = RequestHandler;

type Given = Parameters<RequestHandler>;

/** Runs a middleware and waits until it hands on; rejects with what it hands on. */
export function pass(step: Step, request: Given[0], response: Given[1]): Promise<void> {
  return new Promise((resolve, reject) => {
    void step(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('step failed', { cause: error }));
    });
  });
}
