import { actorOf } from '@recourse/kit/caller.ts';
import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  ActivateModelResponse,
  CreditModel,
  type FitModelRequest,
  ModelKind,
  type ModelServiceServer,
  ModelState,
  type MonitorModelResponse,
  RetireModelResponse,
  ValidateModelResponse,
} from '@recourse/proto/credit/v1/models.ts';
import { defaultTimeZone } from '../domain/customer.ts';
import { calibration, figures, sharesOf, stabilityIndex } from '../domain/fitting/figures.ts';
import { lateDays } from '../domain/fitting/late-payment.ts';
import { activate, retire, stabilityVerdict } from '../domain/model-life.ts';
import { validationIdOf } from '../fitting.ts';
import { customerOutcomes, type Ended, receivableOutcomes, scoresOf } from '../store/invoices.ts';
import {
  activeForUpdate,
  fittedModel,
  getModel,
  insertModel,
  listModels,
  modelForUpdate,
  saveModel,
  type StoredModel,
} from '../store/models.ts';
import { keepNamed, pageInfo, pageOf, rateAllAnew, type Rooms } from './rooms.ts';

function must(found: StoredModel | undefined, modelId: string): StoredModel {
  if (found === undefined) throw fault('missing', 'model_unknown', { modelId });
  return found;
}

/** Refuses a fit that names no outcome. */
function checkFit(request: FitModelRequest): void {
  if (request.fileId !== '' && request.target === '') {
    throw fault('invalid', 'target_missing', { modelId: request.modelId });
  }
  if (request.folds === 1) throw fault('invalid', 'folds_out_of_range', { folds: 1 });
}

async function askFit(
  { jobs, fitting }: Rooms,
  tx: Tx,
  command: FitModelRequest,
  call: Call,
): Promise<CreditModel> {
  const { modelId, name, kind, target } = command;
  const before = await modelForUpdate(tx, modelId);
  if (before !== undefined) {
    if (contentHash(before.command) !== contentHash(command)) {
      throw fault('exists', 'model_exists_with_other_content', { modelId });
    }
    return before.model;
  }
  checkFit(command);
  const model = CreditModel.fromPartial({
    modelId,
    name,
    kind: kind === ModelKind.TREES ? ModelKind.TREES : ModelKind.SCORECARD,
    state: ModelState.FITTING,
    target,
    fittedBy: actorOf(call.caller),
    askedAt: call.at.toString(),
    folds: command.folds === 0 ? 5 : command.folds,
    ownOutcomes: command.fileId === '',
    version: 1n,
  });
  await insertModel(tx, { model, command });
  await jobs.enqueue(tx, fitting, { id: modelId, data: { modelId, validate: null } });
  return model;
}

async function putToUse(rooms: Rooms, tx: Tx, modelId: string, call: Call): Promise<CreditModel> {
  const present = await activeForUpdate(tx);
  const { model } = must(await modelForUpdate(tx, modelId), modelId);
  const active = activate(model, actorOf(call.caller), call.at.toString());
  if (present !== undefined && present.modelId !== modelId) await saveModel(tx, retire(present));
  await saveModel(tx, active);
  await rateAllAnew(rooms, tx, call.at);
  return active;
}

/** Fewer outcomes than this, or than ten of either kind, say nothing of the area. */
const leastOutcomes = 50;
const leastOfEither = 10;

/** More days late than this is a default (Regulation (EU) 575/2013 Art. 178). */
const defaultDays = 90;

/** Area and calibration of what has ended; neither when that is too little. */
function held(
  ended: readonly Ended[],
): Pick<
  MonitorModelResponse,
  'outcomeCount' | 'outcomeBadCount' | 'aucMillionths' | 'calibration'
> {
  const each = ended.flatMap((one) => Array.from({ length: one.count }, () => one));
  const bad = Uint8Array.from(each, (one) => (one.bad ? 1 : 0));
  const pd = Float64Array.from(each, (one) => one.pdBps / 10_000);
  const badCount = bad.reduce((total, one) => total + one, 0);
  const isEnough =
    each.length >= leastOutcomes &&
    badCount >= leastOfEither &&
    each.length - badCount >= leastOfEither;
  return {
    outcomeCount: BigInt(each.length),
    outcomeBadCount: BigInt(badCount),
    aucMillionths: isEnough ? Math.round(figures(pd, bad).auc * 1_000_000) : 0,
    calibration: !isEnough
      ? []
      : calibration(pd, bad, 5).map((row) => ({
          count: BigInt(row.count),
          expectedBps: Math.round(row.meanExpected * 10_000),
          seenBps: Math.round(row.seen * 10_000),
        })),
  };
}

async function monitor(tx: Tx, modelId: string, call: Call): Promise<MonitorModelResponse> {
  const { model } = must(await getModel(tx, modelId), modelId);
  const fitted = await fittedModel(tx, modelId);
  if (fitted === undefined) throw fault('refused', 'model_not_fitted', { state: model.state });
  const scores = Float64Array.from(await scoresOf(tx, modelId));
  const psi = stabilityIndex(fitted.scoreShares, sharesOf(scores, fitted.scoreEdges));
  const watched = {
    modelId,
    since: model.activatedAt ?? call.at.toString(),
    today: dayIn(defaultTimeZone, call.at).toString(),
    zone: defaultTimeZone,
  };
  const { ended, running, runningBad } = model.ownOutcomes
    ? await receivableOutcomes(tx, watched, lateDays)
    : await customerOutcomes(tx, watched, defaultDays);
  return {
    ratedCount: BigInt(scores.length),
    psiMillionths: scores.length === 0 ? 0 : Math.round(psi * 1_000_000),
    verdict: stabilityVerdict(psi, scores.length),
    ...held(ended),
    runningCount: BigInt(running),
    runningBadCount: BigInt(runningBad),
    ofReceivables: model.ownOutcomes,
    lateDays: model.ownOutcomes ? lateDays : defaultDays,
  };
}

/** Models over gRPC. Faults: `missing` model_unknown, and those of the fitting engine by name. */
export function modelHandlers(rooms: Rooms): Handlers<ModelServiceServer> {
  const { db, files, jobs, fitting } = rooms;
  return {
    listModels: ({ page }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        const found = await listModels(tx, pageOf(page));
        return { models: found.models, page: pageInfo(found) };
      }),

    getModel: ({ modelId }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => ({
        model: must(await getModel(tx, modelId), modelId).model,
      })),

    fitModel: async (request, call) => {
      const { orgId } = call.caller;
      await keepNamed(files, orgId, [request.fileId], { passing: true });
      return db.tenant(orgId, async (tx) => ({
        model: await askFit(rooms, tx, request, call),
      }));
    },

    validateModel: async ({ modelId, requestId, fileId }, { caller }) => {
      await keepNamed(files, caller.orgId, [fileId], { passing: true });
      return db.tenant(caller.orgId, (tx) => {
        const command = { requestId, content: { modelId, fileId } };
        return onceOrNow(tx, command, ValidateModelResponse, async () => {
          const { model } = must(await modelForUpdate(tx, modelId), modelId);
          if ((await fittedModel(tx, modelId)) === undefined) {
            throw fault('refused', 'model_not_fitted', { state: model.state });
          }
          const validationId = validationIdOf(requestId);
          const data = { modelId, validate: { validationId, fileId } };
          await jobs.enqueue(tx, fitting, { id: validationId, data });
          return { model };
        });
      });
    },

    activateModel: ({ modelId, requestId, note }, call) =>
      db.tenant(call.caller.orgId, (tx) => {
        const command = { requestId, content: { modelId, note } };
        return onceOrNow(tx, command, ActivateModelResponse, async () => ({
          model: await putToUse(rooms, tx, modelId, call),
        }));
      }),

    retireModel: ({ modelId, requestId }, call) =>
      db.tenant(call.caller.orgId, (tx) => {
        const command = { requestId, content: { modelId } };
        return onceOrNow(tx, command, RetireModelResponse, async () => {
          const { model } = must(await modelForUpdate(tx, modelId), modelId);
          const retired = retire(model);
          if (retired !== model) {
            await saveModel(tx, retired);
            await rateAllAnew(rooms, tx, call.at);
          }
          return { model: retired };
        });
      }),

    monitorModel: ({ modelId }, call) =>
      db.tenant(call.caller.orgId, (tx) => monitor(tx, modelId, call)),
  };
}
