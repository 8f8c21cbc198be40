import { describe, expect, it } from '@jest/globals';
import { CreditModel } from '@recourse/proto/credit/v1/models.ts';
import { activate, retire, stabilityVerdict } from './model-life.ts';

const by = (userId: string) => ({ userId, name: '李', orgId: 'o', orgName: '远望' });
const at = '2026-06-01T02:00:00Z';
const fitted = CreditModel.fromPartial({
  modelId: 'm',
  state: 'MODEL_STATE_FITTED',
  fittedBy: by('fitter'),
  version: 1n,
});

describe('a model that was fitted', () => {
  it('is put to use by another person, once', () => {
    const active = activate(fitted, by('other'), at);
    expect(active).toMatchObject({
      state: 'MODEL_STATE_ACTIVE',
      activatedBy: { userId: 'other' },
      activatedAt: at,
      version: 2n,
    });
    expect(activate(active, by('third'), at)).toBe(active);
  });

  it.each([
    ['is still being fitted', { state: 'MODEL_STATE_FITTING' as const }, 'model_not_fitted'],
    ['has failed', { state: 'MODEL_STATE_FAILED' as const }, 'model_not_fitted'],
    ['is one’s own', { fittedBy: by('other') }, 'own_model_activated'],
    ['asks what no file answers', { unanswered: ['shoe_size'] }, 'model_columns_unanswered'],
    [
      'knows the outcome',
      { leaks: [{ column: 'extra', code: 'separates_too_well', aucMillionths: 999_000 }] },
      'model_leaks',
    ],
  ])('is not put to use when it %s', (_words, over, reason) => {
    const model = CreditModel.fromPartial({ ...fitted, ...over });
    expect(() => activate(model, by('other'), at)).toThrow(expect.objectContaining({ reason }));
  });

  it('comes back to use after it was retired', () => {
    const retired = retire(activate(fitted, by('other'), at));
    expect(retired.state).toBe('MODEL_STATE_RETIRED');
    expect(retire(retired)).toBe(retired);
    expect(activate(retired, by('other'), at).state).toBe('MODEL_STATE_ACTIVE');
  });
});

describe('the stability of its scores', () => {
  it.each([
    [0.3, 99, 'too_few'],
    [0.099, 100, 'stable'],
    [0.1, 100, 'watch'],
    [0.249, 100, 'watch'],
    [0.25, 100, 'shifted'],
  ])('of %s over %i is %s', (psi, count, verdict) => {
    expect(stabilityVerdict(psi, count)).toBe(verdict);
  });
});
