import { randomUUIDv7 } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { now } from '@recourse/kit/clock.ts';
import { day, dayIn, daysBetween } from '@recourse/kit/day.ts';
import type { Db } from '@recourse/kit/db.ts';
import { decoded } from '@recourse/kit/decoded.ts';
import { type Fault, fault, type FaultKind, faultFrom } from '@recourse/kit/fault.ts';
import type { Files } from '@recourse/kit/files.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import type { FitModelRequest } from '@recourse/proto/credit/v1/models.ts';
import { defaultTimeZone } from './domain/customer.ts';
import type { FitAsked } from './domain/fitting/fit.ts';
import type { FittingResult, FittingTask } from './fitting-task.ts';
import { invoices } from './store/invoices.ts';
import { fittedModel, getModel, modelForUpdate, saveFitted, saveModel } from './store/models.ts';

/** A fit, or a validation on another file. */
export type FittingData = {
  modelId: string;
  validate: { validationId: string; fileId: string } | null;
};

type Answer =
  | { done: FittingResult }
  | { failed: { kind: FaultKind; reason: string; facts: Fault['facts'] } };

/** Runs a task in a thread of its own; cancelling ends the thread. */
function inThread(task: FittingTask, signal: AbortSignal): Promise<FittingResult> {
  const { promise, resolve, reject } = Promise.withResolvers<FittingResult>();
  const worker = new Worker(new URL('./fitting-worker.ts', import.meta.url));
  const stop = (): void => {
    reject(fault('cancelled', 'fit_cancelled'));
    void worker.terminate();
  };
  signal.addEventListener('abort', stop, { once: true });
  worker.once('message', (answer: Answer) => {
    if ('done' in answer) resolve(answer.done);
    else reject(fault(answer.failed.kind, answer.failed.reason, answer.failed.facts));
    void worker.terminate();
  });
  worker.once('error', reject);
  // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
  worker.postMessage(task);
  return promise.finally(() => {
    signal.removeEventListener('abort', stop);
  });
}

async function textOf(
  files: Files,
  orgId: string,
  fileId: string,
): Promise<{ text: string; fileName: string }> {
  const { meta, stream } = await files.get(orgId, fileId);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return { text: decoded(Buffer.concat(chunks)), fileName: meta.fileName };
}

function askedOf(command: FitModelRequest): FitAsked {
  return {
    target: command.target,
    bad: command.badValue === '' ? undefined : command.badValue,
    group: command.group === '' ? undefined : command.group,
    dropped: command.droppedColumns,
    folds: command.folds === 0 ? 5 : command.folds,
    seed: 1,
  };
}

type House = { db: Db; files: Files };
type Run = { orgId: string; data: FittingData; signal: AbortSignal };

async function fit({ db, files }: House, { orgId, data, signal }: Run): Promise<void> {
  const { modelId } = data;
  const found = await db.tenant(orgId, (tx) => getModel(tx, modelId));
  if (found?.model.state !== 'MODEL_STATE_FITTING') return;
  const { command } = found;
  const kind = command.kind === 'MODEL_KIND_TREES' ? 'trees' : 'scorecard';
  const asked = askedOf(command);
  const today = daysBetween(day('1970-01-01'), dayIn(defaultTimeZone, now()));
  const task: FittingTask =
    command.fileId === ''
      ? {
          do: 'fit-own',
          kind,
          asked,
          today,
          invoices: await db.tenant(orgId, (tx) => invoices(tx)),
        }
      : { do: 'fit', kind, asked, text: (await textOf(files, orgId, command.fileId)).text };
  const { report, fitted } = await inThread(task, signal);
  if (report === undefined || fitted === undefined) throw fault('internal', 'fit_said_nothing');
  await db.tenant(orgId, async (tx) => {
    const before = await modelForUpdate(tx, modelId);
    if (before?.model.state !== 'MODEL_STATE_FITTING') return;
    const state = 'MODEL_STATE_FITTED' as const;
    const version = before.model.version + 1n;
    const made = { ...before.model, ...report, state, fittedAt: now().toString(), version };
    await saveModel(tx, made);
    await saveFitted(tx, modelId, fitted);
  });
}

async function validation(
  house: House,
  { orgId, data, signal }: Run,
  asked: { validationId: string; fileId: string },
): Promise<void> {
  const { db, files } = house;
  const { modelId } = data;
  const found = await db.tenant(orgId, (tx) => getModel(tx, modelId));
  const model = await db.tenant(orgId, (tx) => fittedModel(tx, modelId));
  if (found === undefined || model === undefined) return;
  const { text, fileName } = await textOf(files, orgId, asked.fileId);
  const { target, badValue: bad } = found.model;
  const task: FittingTask = {
    do: 'validate',
    model,
    text,
    asked: { ...askedOf(found.command), target, bad },
  };
  const outcome = await inThread(task, signal).then(
    ({ figures }) => ({ figures, failure: '' }),
    (error: unknown) => ({ figures: undefined, failure: definite(error).reason }),
  );
  await db.tenant(orgId, async (tx) => {
    const before = await modelForUpdate(tx, modelId);
    if (before === undefined) return;
    const { validationId } = asked;
    const made = { validationId, validatedAt: now().toString(), fileName, ...outcome };
    const others = before.model.validations.filter((one) => one.validationId !== validationId);
    await saveModel(tx, { ...before.model, validations: [...others, made] });
  });
}

/** A refusal that another attempt would meet again; anything else is thrown on for a retry. */
function definite(error: unknown): Fault {
  const found = faultFrom(error);
  if (['invalid', 'refused', 'missing'].includes(found.kind)) return found;
  throw error;
}

async function failed(db: Db, orgId: string, modelId: string, found: Fault): Promise<void> {
  const facts = Object.entries(found.facts).map(([name, value]) => `${name}: ${String(value)}`);
  await db.tenant(orgId, async (tx) => {
    const before = await modelForUpdate(tx, modelId);
    if (before?.model.state !== 'MODEL_STATE_FITTING') return;
    const state = 'MODEL_STATE_FAILED' as const;
    await saveModel(tx, { ...before.model, state, failure: found.reason, notes: facts });
  });
}

/** Fits and validates as a job; a table that cannot be fitted leaves the model failed, by name. */
export function fittingJob(house: House): Job<FittingData> {
  return {
    name: 'credit-fit',
    width: 1,
    retries: 2,
    run: async ({ orgId, data, signal }) => {
      const run = { orgId, data, signal };
      if (data.validate !== null) return validation(house, run, data.validate);
      try {
        await fit(house, run);
      } catch (error) {
        await failed(house.db, orgId, data.modelId, definite(error));
      }
    },
  };
}

/** A new id for a validation. */
export function validationIdOf(requestId: string): string {
  return requestId === '' ? randomUUIDv7() : requestId;
}
