import { fault } from '@recourse/kit/fault.ts';
import type { CreditModel } from '@recourse/proto/credit/v1/models.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';

/**
 * Puts a fitted model to use. Refusals, in this order: `refused` model_not_fitted,
 * own_model_activated (whoever fitted it may not), model_columns_unanswered (no customer's file
 * has them), model_leaks (a column that separates too well).
 */
export function activate(model: CreditModel, by: Actor, at: string): CreditModel {
  if (model.state === 'MODEL_STATE_ACTIVE') return model;
  if (model.state !== 'MODEL_STATE_FITTED' && model.state !== 'MODEL_STATE_RETIRED') {
    throw fault('refused', 'model_not_fitted', { state: model.state });
  }
  if (model.fittedBy?.userId === by.userId) throw fault('refused', 'own_model_activated');
  if (model.unanswered.length > 0) {
    const columns = model.unanswered.slice(0, 20).join(', ');
    throw fault('refused', 'model_columns_unanswered', { columns });
  }
  const leak = model.leaks.find((one) => one.code === 'separates_too_well');
  if (leak !== undefined) throw fault('refused', 'model_leaks', { column: leak.column });
  const version = model.version + 1n;
  return { ...model, state: 'MODEL_STATE_ACTIVE', activatedBy: by, activatedAt: at, version };
}

/** Takes a model out of use; one that is not in use stays as it is. */
export function retire(model: CreditModel): CreditModel {
  if (model.state !== 'MODEL_STATE_ACTIVE') return model;
  return { ...model, state: 'MODEL_STATE_RETIRED', version: model.version + 1n };
}

/** Verdict of a stability index (Siddiqi 2006); under a hundred scores nothing is said. */
export function stabilityVerdict(psi: number, count: number): string {
  if (count < 100) return 'too_few';
  if (psi < 0.1) return 'stable';
  return psi < 0.25 ? 'watch' : 'shifted';
}
